// Frame strips of the gallery as pictures, to be looked at: node scripts/strips.mjs FOLDER (after npm run build).
// One PNG for each strip, size and theme, its frames side by side, and each frame by itself.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { chromiumArgs, findChromium } from './browsers.mjs';
import { root } from './install.mjs';
import { serve } from './serve.mjs';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Say where the pictures go: node scripts/strips.mjs FOLDER');
mkdirSync(folder, { recursive: true });

/** What a person has, the gallery's word for it, and the width of one frame. */
const sizes = [
  { name: '1440x900', width: 1440, height: 900, size: /^Desk/, frame: 984 },
  { name: '1280x720', width: 1280, height: 720, size: /^Laptop/, frame: 872 },
  { name: '390x844', width: 390, height: 844, size: /^Phone/, frame: 390 },
];
const framesMax = 6;
const gap = 24;

const { url, close } = await serve(join(root, 'dist'));
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs });
for (const size of sizes)
  for (const theme of ['light', 'dark'])
    for (const part of ['Kafka', 'RabbitMQ', 'SQS and SNS']) await shoot(size, theme, part);
await browser.close();
close();

async function shoot({ name, height, size, frame }, theme, part) {
  const width = framesMax * (frame + gap) + 2 * gap;
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  await page.goto(`${url}#/gallery`);
  await page.getByRole('button', { name: size }).click();
  await page.getByRole('button', { name: theme === 'dark' ? 'Dark' : 'Light', exact: true }).click();
  await page.getByRole('button', { name: part, exact: true }).click();
  await page.evaluate(() => document.fonts.ready);
  const isDrawn = () =>
    document.querySelectorAll('section[aria-labelledby^="strip-"]').length ===
    document.querySelectorAll('section > ol:has(> li:last-child svg.drawing)').length;
  await page.waitForSelector('section > ol > li');
  await page.waitForFunction(isDrawn);
  for (const strip of await page.locator('section:has(> ol)').all()) {
    const id = (await strip.getAttribute('aria-labelledby')).replace('strip-', '');
    await strip.screenshot({ path: join(folder, `${id}-${name}-${theme}.png`) });
    for (const [index, one] of (await strip.locator('ol > li[aria-label]').all()).entries())
      await one.screenshot({ path: join(folder, `${id}-${name}-${theme}-${index + 1}.png`) });
  }
  await page.close();
}
