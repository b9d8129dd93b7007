import { expect, test } from '@playwright/test';
import { collectComplaints } from '../helpers/complaints';

test('the page opens in a deep folder, with nothing blocked and no error', async ({ page }) => {
  const complaints = await collectComplaints(page);
  await page.goto('./');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('every file of the page comes from the site itself', async ({ page, baseURL }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(baseURL!)) foreign.push(request.url());
  });
  await page.goto('./');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(foreign).toEqual([]);
});

test('the second visit needs no network', async ({ page, context }) => {
  await page.goto('./');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  // A link that somebody shared: another query, the same page.
  await page.goto('./?from=a-friend');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
