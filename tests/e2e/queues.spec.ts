/** RabbitMQ, SQS, SNS and Lambda on the stage, from real runs: what is drawn is said as well, and can be reached by keyboard. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { gallery } from '../../src/app/words/gallery.en';
import { expectAccessible } from '../helpers/axe';

type Strip = keyof typeof gallery.strips;

async function open(page: Page, part: 'rabbitmq' | 'aws', strip: Strip): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('./#/gallery');
  await page.getByRole('button', { name: gallery.parts[part], exact: true }).click();
  await expect(
    page.getByRole('region', { name: gallery.strips[strip].title }).locator('svg.drawing').last(),
  ).toBeVisible();
}

function frame(page: Page, strip: Strip, name: string): Locator {
  const { title, frames } = gallery.strips[strip];
  return page.getByRole('region', { name: title }).getByRole('listitem', { name: frames[name] });
}

test('an order that cannot be handled is rejected, and ends in the queue of dead letters', async ({
  page,
}) => {
  await open(page, 'rabbitmq', 'rejected');
  const unacked = frame(page, 'rejected', 'unacked');
  await expect(unacked.getByRole('button', { name: /^OC03, unacknowledged, from europe/ })).toBeVisible();
  const rejected = frame(page, 'rejected', 'rejected');
  await expect(rejected.getByRole('button', { name: 'europe: OC03 rejected' })).toBeVisible();
  const kept = frame(page, 'rejected', 'kept');
  await expect(kept.getByRole('button', { name: /^OC03, order, at the head.*died 1×/ })).toBeVisible();
  await expect(rejected).toContainText('Europe gave up OC03, as it was rejected');
});

test('a visibility timeout runs out twice, and the message is moved', async ({ page }) => {
  await open(page, 'aws', 'timeout');
  const said = /^OC02, order, in flight at worker, visible again in .*, received 2 of 2 times/;
  await expect(frame(page, 'timeout', 'again').getByRole('button', { name: said })).toBeVisible();
  const moved = frame(page, 'timeout', 'moved');
  await expect(moved.getByRole('button', { name: /^jobs-dlq/ })).toHaveAccessibleName(/1 visible|1 kept/);
  await expect(moved).toContainText('OC02 went from jobs to jobs-dlq');
});

test('groups of a FIFO queue are locked one by one, and a function runs in several environments', async ({
  page,
}) => {
  await open(page, 'aws', 'fan');
  const locked = frame(page, 'lock', 'locked').getByRole('button', { name: /^ledger\.fifo/ });
  await expect(locked).toHaveAccessibleName(/group anna locked .* group ben locked|group ben locked .* group anna locked/); // prettier-ignore
  const busy = frame(page, 'fan', 'multiplied').getByRole('button', { name: /^Environment \d+, busy/ });
  expect(await busy.count()).toBeGreaterThan(1);
});

test('arrow keys lead along the picture, and Enter chooses', async ({ page }) => {
  await open(page, 'rabbitmq', 'rejected');
  const stage = frame(page, 'rejected', 'unacked');
  await stage.getByRole('button', { name: /^orders, topic exchange/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(stage.getByRole('button', { name: /^shop, publisher/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(stage.getByRole('button', { name: /^shop, publisher/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('both pictures have no accessibility violation, light and dark', async ({ page }) => {
  for (const [part, strip] of [['rabbitmq', 'rejected'], ['aws', 'timeout']] as const) {
    await open(page, part, strip);
    const first = `[aria-labelledby="strip-${strip}"] > ol > li:nth-child(2)`;
    await expectAccessible(page, first);
    await page.getByRole('button', { name: gallery.dark, exact: true }).click();
    await expectAccessible(page, first);
    await page.getByRole('button', { name: gallery.light, exact: true }).click();
  }
}); // prettier-ignore
