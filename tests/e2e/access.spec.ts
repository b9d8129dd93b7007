import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

const pages = [
  { name: 'front page', address: './', ready: 'PA02' },
  { name: 'course map', address: './#/learn', ready: 'Short tour' },
  { name: 'about', address: './#/about', ready: 'Licences' },
  { name: 'lesson that is not built', address: './#/learn/four-freedoms', ready: 'not built yet' },
  { name: 'place in the works', address: './#/lab', ready: 'What it will do' },
  { name: 'nothing there', address: './#/nowhere', ready: 'There is nothing here' },
] as const;

for (const { name, address, ready } of pages)
  for (const colorScheme of ['light', 'dark'] as const)
    test(`${name}: no accessibility violation, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto(address);
      await expect(page.getByText(ready).first()).toBeAttached();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual(
        [],
      );
    });

for (const { name, address, ready } of pages)
  test(`${name}: no violation and no sideways scrolling at 320 px`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(address);
    await expect(page.getByText(ready).first()).toBeAttached();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual(
      [],
    );
  });

test('the settings dialog: no accessibility violation', async ({ page }) => {
  await page.goto('./#/about');
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
});
