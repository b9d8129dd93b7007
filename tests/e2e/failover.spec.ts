/** A leader that is lost, as two strips of pictures: what was acknowledged with acks=1 is lost, with acks=all it is not. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { gallery } from '../../src/app/words/gallery.en';
import { expectAccessible } from '../helpers/axe';

const { acksOne, acksAll } = gallery.strips;

async function openStrips(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('./#/gallery');
  await page.getByRole('button', { name: gallery.parts.kafka, exact: true }).click();
  await expect(page.getByRole('region', { name: acksAll.title }).locator('svg.drawing')).toHaveCount(5);
}

function frame(page: Page, strip: typeof acksOne, name: string): Locator {
  return page.getByRole('region', { name: strip.title }).getByRole('listitem', { name: strip.frames[name] });
}

/** What each copy says of itself, in the order of the nodes. */
function copies(at: Locator): Promise<string[]> {
  return at
    .getByRole('button', { name: /^copy on/ })
    .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''));
}

test('with acks=1 the new leader does not have what was acknowledged, and the old one throws it away', async ({
  page,
}) => {
  await openStrips(page);

  const alone = frame(page, acksOne, 'alone');
  expect(await copies(alone)).toEqual([
    'copy on kafka 1, leader, 7 records, next is 7',
    'copy on kafka 2, in sync, 5 records, next is 5',
    'copy on kafka 3, in sync, 5 records, next is 5',
  ]);
  await expect(alone).toContainText('Shop was told that OC07 is stored (partition 0, offset 6)');
  await expect(alone.locator('svg.drawing')).toContainText('high watermark 5');

  const crashed = frame(page, acksOne, 'crashed');
  expect(await copies(crashed)).toEqual([
    'copy on kafka 1, leader, down, 7 records, next is 7',
    'copy on kafka 2, in sync, 5 records, next is 5',
    'copy on kafka 3, in sync, 5 records, next is 5',
  ]);

  const elected = frame(page, acksOne, 'elected');
  expect(await copies(elected)).toEqual([
    'copy on kafka 1, down, 7 records, next is 7, 2 records that its leader does not have',
    'copy on kafka 2, leader, 6 records, next is 6',
    'copy on kafka 3, in sync, 6 records, next is 6',
  ]);
  await expect(elected).toContainText('Kafka 2 leads partition 0 from now on (epoch 1)');

  const agreed = frame(page, acksOne, 'agreed');
  expect((await copies(agreed))[0]).toBe(
    'copy on kafka 1, out of sync, 6 records, next is 6, 2 records cut off',
  );
  await expect(agreed.locator('svg.drawing')).toContainText('they are in no copy any more');
  await expect(agreed).toContainText('OC07 is gone from the copy of kafka 1, where it had offset 6');
});

test('with acks=all nobody was told that it is stored, and it stands further on in the log in the end', async ({
  page,
}) => {
  await openStrips(page);

  const alone = frame(page, acksAll, 'alone');
  expect((await copies(alone))[0]).toBe('copy on kafka 1, leader, 6 records, next is 6');
  await expect(alone).not.toContainText('Shop was told that OC06 is stored');

  const elected = frame(page, acksAll, 'elected');
  await expect(elected).toContainText('Shop was told that OC06 is stored');
  await expect(elected).toContainText('Shop was told that OC07 is stored');

  const agreed = frame(page, acksAll, 'agreed');
  expect(await copies(agreed)).toEqual([
    'copy on kafka 1, out of sync, 8 records, next is 8, 1 record cut off',
    'copy on kafka 2, leader, 8 records, next is 8',
    'copy on kafka 3, in sync, 8 records, next is 8',
  ]);
  await expect(agreed.locator('svg.drawing')).toContainText('it stands further on in the log');
});

test('copies are reached with arrow keys, node by node, and one of them is chosen with Enter', async ({
  page,
}) => {
  await openStrips(page);
  const stage = frame(page, acksOne, 'elected');
  await stage.getByRole('button', { name: /^orders, partition 0/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(stage.getByRole('button', { name: /^copy on kafka 1/ })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(stage.getByRole('button', { name: /^copy on kafka 2/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(stage.getByRole('button', { name: /^copy on kafka 2/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('the picture of logs that differ has no accessibility violation, light and dark', async ({ page }) => {
  const diverged = '[aria-labelledby="strip-acksOne"] > ol > li:nth-child(4)';
  await openStrips(page);
  await expectAccessible(page, diverged);
  await page.getByRole('button', { name: gallery.dark, exact: true }).click();
  await expectAccessible(page, diverged);
});
