import { expect, test, type Page } from '@playwright/test';
import { collectComplaints } from '../helpers/complaints';

const action = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const card = (page: Page) => page.getByRole('table', { name: 'Mia’s card' });
const time = (page: Page) => page.getByRole('slider', { name: 'Time' });

/** Words are on the page in some frame from now on. */
function seen(page: Page, words: string): Promise<unknown> {
  return page.waitForFunction((text) => document.body.innerText.includes(text), words, { timeout: 15_000 });
}

/** Results are there at once: how they are played has a test of its own. */
async function openStill(page: Page) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('./');
  await expect(card(page)).toContainText('PA02');
}

test('one crash charges the card twice; the same crash on another design charges it once', async ({
  page,
}) => {
  const complaints = await collectComplaints(page);
  await openStill(page);
  const before = await page.locator('.sum').textContent();
  await action(page, 'Break it').click();
  await expect(page.getByRole('status').getByText('Charged twice.')).toBeAttached();
  await expect(card(page).getByText('2nd time')).toBeVisible();
  expect(await page.locator('.sum').textContent()).not.toBe(before);
  await expect(page.getByText(/^should be \$/)).toBeVisible();

  await action(page, 'Fix it').click();
  await expect(page.getByRole('status').getByText('Same crash, charged once.')).toBeAttached();
  await expect(card(page).getByText('came again: charged already')).toBeVisible();
  await page.getByRole('link', { name: /^Lesson \d+: see why$/ }).click();
  await expect(page).toHaveURL(/#\/learn\/[a-z-]+$/);
  expect(complaints).toEqual([]);
});

test('it plays the run, and stops with the result', async ({ page }) => {
  await page.goto('./');
  await expect(card(page)).toContainText('PA02');
  // Both stand for a moment of a run that plays: looked for in every frame, where expect() looks once a second.
  await Promise.all([seen(page, 'crashed after the charge'), action(page, 'Break it').click()]);
  await seen(page, 'Its group still waits');
  await expect(action(page, 'Fix it')).toBeVisible({ timeout: 15_000 });
});

test('nothing moves before somebody presses something', async ({ page }) => {
  await page.goto('./');
  await expect(card(page)).toContainText('PA02');
  const first = await page.screenshot();
  await page.waitForTimeout(3000);
  expect((await page.screenshot()).equals(first)).toBe(true);
});

test('any instant can be gone to, with the keys and with the mouse', async ({ page }) => {
  await openStill(page);
  await time(page).focus();
  await page.keyboard.press('Home');
  await expect(time(page)).toHaveAttribute('aria-valuetext', '0 seconds, 0 charges');
  await expect(card(page)).not.toContainText('PA01');
  await page.keyboard.press('End');
  await expect(time(page)).toHaveAttribute('aria-valuetext', /^24 seconds/);
  await page.keyboard.press('PageDown');
  await expect(time(page)).toHaveAttribute('aria-valuetext', /^22 seconds/);
  const box = (await time(page).boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.9, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 40);
  await page.mouse.up();
  await expect(card(page)).not.toContainText('PA02');
});

test('all of it can be done with the keyboard, and focus is never lost', async ({ page }) => {
  await openStill(page);
  await action(page, 'Break it').focus();
  await page.keyboard.press('Enter');
  await expect(action(page, 'Fix it')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: /see why$/ })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(action(page, 'Break it')).toBeVisible();
});

test('what does not work yet says so, and leads to words about it', async ({ page }) => {
  await openStill(page);
  const lab = page.getByRole('row', { name: /Lab/ });
  await expect(lab).toContainText('in the works');
  await lab.getByRole('link', { name: 'What it will be: Lab' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Lab' })).toBeFocused();
});
