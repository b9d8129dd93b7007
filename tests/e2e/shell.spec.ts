import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';

test('focus and title follow the page', async ({ page }) => {
  await page.goto('./');
  await expect(page).toHaveTitle(/^At Least Once:/);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Learn' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Course map' })).toBeFocused();
  await expect(page).toHaveTitle('Course map · At Least Once');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'At Least Once' })).toBeFocused();
});

test('the first key press offers to skip to the content', async ({ page }) => {
  await page.goto('./#/about');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page).toHaveURL(/#\/about$/);
});

test('an address that is nobody’s leads on', async ({ page }) => {
  await page.goto('./#/learn/no-such-lesson');
  await expect(page.getByRole('heading', { level: 1, name: 'There is nothing here' })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Course map' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Course map' })).toBeFocused();
});

test('Alt with a number goes to a place or opens the settings', async ({ page }) => {
  await page.goto('./');
  await page.keyboard.press('Alt+Digit2');
  await expect(page).toHaveURL(/#\/lab$/);
  await page.keyboard.press('Alt+Digit4');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await page.keyboard.press('Alt+Digit1');
  await expect(page).toHaveURL(/#\/lab$/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('theme, text size and motion can be chosen, and are kept', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('./#/about');
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('group', { name: 'Theme' }).getByRole('radio', { name: 'dark' }).check();
  await dialog.getByRole('group', { name: 'Text' }).getByRole('radio', { name: 'large' }).check();
  await dialog.getByRole('group', { name: 'Motion' }).getByRole('radio', { name: 'reduced' }).check();
  await expect(page.locator('html')).toHaveClass(/dark/);
  await page.reload();
  for (const name of ['dark', 'text-large', 'reduce-motion'])
    await expect(page.locator('html')).toHaveClass(new RegExp(name));
});

test('the keyboard help is a dialog that gives focus back', async ({ page }) => {
  await page.goto('./#/about');
  await page.getByRole('button', { name: 'Keyboard help' }).click();
  const dialog = page.getByRole('dialog', { name: 'Keyboard help' });
  await expect(dialog.getByRole('row', { name: /Go to Lab/ })).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('button', { name: 'Keyboard help' })).toBeFocused();
});

test('everything can be exported, deleted and imported again', async ({ page }) => {
  await page.goto('./#/learn');
  await page.getByRole('button', { name: /^Architect/ }).click();
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export everything' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^at-least-once-\d{4}-\d\d-\d\d\.json$/);
  const text = await readFile(await file.path(), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ product: 'at-least-once', settings: { route: 'architect' } });

  await dialog.getByRole('button', { name: 'Delete everything' }).click();
  await expect(dialog.getByText('This cannot be undone.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Delete it all' }).click();
  await expect(dialog.getByRole('status')).toHaveText('Everything is deleted.');
  await expect(page.getByRole('button', { name: /^Short tour/, includeHidden: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );

  const choose = (content: string) =>
    dialog
      .getByLabel('Import a file')
      .setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(content) });
  await choose('{"product":"something else"}');
  await expect(dialog.getByRole('alert')).toContainText('It is no file of At Least Once.');
  await choose(text);
  // What it adds is said before anything is changed.
  await expect(dialog.getByText(/^This file adds/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Add it' }).click();
  await expect(dialog.getByRole('status')).toHaveText(/^Added /);
  await expect(page.getByRole('button', { name: /^Architect/, includeHidden: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('a browser that keeps nothing is announced, and the page works', async ({ page }) => {
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  });
  await page.goto('./#/learn');
  await expect(
    page.getByRole('status').getByText('This browser does not let the page keep anything.'),
  ).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Lessons' }).getByRole('link')).toHaveCount(24);
  await page.getByRole('button', { name: 'Hide' }).click();
  await expect(page.getByText('This browser does not let')).toHaveCount(0);
});
