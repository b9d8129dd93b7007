/** Compare: the same orders and faults on three brokers under one playhead. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { compare as w } from '../../src/app/words/compare.en';
import { expectAccessible } from '../helpers/axe';

async function open(page: Page, query = '', size = { width: 1440, height: 900 }): Promise<void> {
  await page.setViewportSize(size);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`./#/lab/compare${query}`);
  await expect(page.getByRole('table', { name: w.table.caption })).toBeVisible();
}

/** A row of the sums, without its name. */
async function sums(page: Page, name: string): Promise<string[]> {
  const row = page
    .getByRole('table', { name: w.table.caption })
    .getByRole('row', { name: new RegExp(`^${name}`) });
  return row.getByRole('cell').allTextContents();
}

const slider = (page: Page): Locator => page.getByRole('slider', { name: w.scrub });

test('a worker that dies with its job done: all three do it twice, and Kafka makes others wait the longest', async ({
  page,
}) => {
  await open(page);
  for (const name of [w.names.kafka, w.names.rabbitmq, w.names.sqs]) {
    const [twice, missing] = await sums(page, name);
    expect([name, twice, missing]).toEqual([name, '1', '0']);
  }
  // Kafka waits for the session of the dead to end; the other two have a free worker all the while
  const longestWait = async (name: string) => Number.parseFloat((await sums(page, name))[3]);
  const kafka = await longestWait(w.names.kafka);
  for (const name of [w.names.rabbitmq, w.names.sqs])
    expect(kafka).toBeGreaterThan(2 * (await longestWait(name)));
});

test('the first divergence is told and can be gone to, and the next one after it', async ({ page }) => {
  await open(page);
  const jump = page.getByRole('button', { name: /^Jump to/ });
  const at = (await jump.textContent())!.replace('Jump to ', '');
  await jump.click();
  await expect(page.getByText(`At ${at}, following`)).toBeVisible();
  // what was given out a moment ago is somewhere
  const place = async () => (await sums(page, w.names.rabbitmq))[5];
  await expect.poll(place).toMatch(/^on its way to A$|^in A’s hands/);
  const before = Number(await slider(page).inputValue());
  await page.getByRole('button', { name: w.next }).first().click();
  await expect.poll(async () => Number(await slider(page).inputValue())).toBeGreaterThan(before);
});

test('one playhead for all: what each broker says of the followed order is of that moment', async ({
  page,
}) => {
  await open(page, '?t=30000');
  const places = async () =>
    Promise.all([w.names.kafka, w.names.rabbitmq].map(async (name) => (await sums(page, name))[5]));
  // a log keeps what was read, a queue does not
  await expect.poll(places).toEqual([expect.stringContaining('behind the flag'), 'not there']);
});

test('what can be asked is in sight beside the runs', async ({ page }) => {
  await open(page);
  await expect(page.getByRole('group', { name: w.trouble.label })).toBeInViewport({ ratio: 1 });
});

test('a poison message: Kafka stands behind it, RabbitMQ and SQS go on', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: w.trouble.names.poison }).click();
  await expect(page).toHaveURL(/trouble=poison/);
  const missing = async (name: string) => Number((await sums(page, name))[1]);
  await expect.poll(() => missing(w.names.kafka)).toBeGreaterThan(1);
  expect([await missing(w.names.rabbitmq), await missing(w.names.sqs)]).toEqual([1, 1]);
});

test('FIFO keeps the order of a product, as Kafka does', async ({ page }) => {
  await open(page, '?queue=fifo&trouble=after');
  expect((await sums(page, w.names.fifo)).slice(0, 3)).toEqual(['1', '0', '0']);
});

test('by keyboard and in words: table, story, slider', async ({ page }) => {
  await open(page);
  await slider(page).focus();
  await page.keyboard.press('End');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /30.0 seconds/);
  await page.getByRole('tab', { name: w.views.table }).click();
  await expect(page.getByRole('table', { name: w.each.caption }).getByRole('row')).toHaveCount(17);
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('listitem').filter({ hasText: 'begins' }).first()).toBeVisible();
});

for (const [name, size] of [
  ['desk', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const)
  test(`${name}: nothing is wider than the screen, and no accessibility violation`, async ({ page }) => {
    await open(page, '?t=8200', size);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(size.width);
    await expectAccessible(page);
  });
