import { expect, test } from '@playwright/test';

const themeOf = 'document.documentElement.className';

test('without a choice the page follows the system', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('./');
  expect(await page.evaluate(themeOf)).toContain('dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.reload();
  expect(await page.evaluate(themeOf)).toContain('light');
});

test('a stored choice wins over the system, before anything is painted', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.addInitScript(() => localStorage.setItem('alo.theme', 'dark'));
  // The theme script must do it alone: the application is kept from loading.
  await page.route('**/assets/*.js', (route) => route.abort());
  await page.goto('./');
  expect(await page.evaluate(themeOf)).toContain('dark');
});
