/** Pictures: every shape in every condition, as the real fonts and the real browser draw it. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { exhibits as inspected } from '../../src/app/gallery/inspected';
import { gallery } from '../../src/app/words/gallery.en';

const sizes = ['Desk', 'Laptop', 'Phone'] as const;

async function openGallery(page: Page, width = 1440): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('./#/gallery');
  await expect(page.getByRole('heading', { level: 1, name: 'Gallery' })).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
}

function exhibit(page: Page, name: string): Locator {
  return page.getByRole('region', { name });
}

/** Texts that cover another or leave their drawing. */
function drawingFaults(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('section svg.drawing')].flatMap((drawing) => {
      const frame = drawing.getBoundingClientRect();
      // The middle of each text: its line box is taller than what is inked.
      const texts = [...drawing.querySelectorAll('text')].map((element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        const rest = (bottom - top) * 0.22;
        return {
          text: element.textContent,
          left: left + 0.5,
          right: right - 0.5,
          top: top + rest,
          bottom: bottom - rest,
        };
      });
      const outside = texts.filter(
        ({ left, right, top, bottom }) =>
          left < frame.left - 1 || right > frame.right + 1 || top < frame.top || bottom > frame.bottom,
      );
      const covered = texts.flatMap((a, index) =>
        texts
          .slice(index + 1)
          .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
          .map((b) => `${a.text} | ${b.text}`),
      );
      return [...outside.map(({ text }) => `outside: ${text}`), ...covered];
    }),
  );
}

function smallTexts(page: Page): Promise<(string | null)[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('svg.drawing text')]
      .filter((text) => parseFloat(getComputedStyle(text).fontSize) < 14)
      .map((text) => text.textContent),
  );
}

for (const size of sizes)
  test(`${size}: no text covers another or leaves its drawing`, async ({ page }) => {
    await openGallery(page);
    await page.getByRole('button', { name: size }).click();
    expect(await drawingFaults(page)).toEqual([]);
  });

test('everything broken at once: no accessibility violation', async ({ page }) => {
  await openGallery(page);
  // Contrast is held by tests/stage/theme.test.ts; over this many drawn texts it takes half a minute here.
  const { violations } = await new AxeBuilder({ page })
    .include('[aria-labelledby="exhibit-troubled"]')
    .disableRules('color-contrast')
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
});

test('a crash between apply and commit is heard as it is drawn, in the order of reading', async ({
  page,
}) => {
  await openGallery(page);
  const stage = exhibit(page, 'A crash between apply and commit');
  const names = await stage
    .getByRole('button')
    .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''));
  expect(names.slice(0, 5)).toEqual([
    'shop API, producer, publishes 1 a second',
    'search A, consumer of search, reads partition 0, reading',
    'Group search in partition 0: committed 9, the next to read, reading at 10, lag 2',
    'shop-events, partition 0, 11 records, offsets 0 to 10, next is 11',
    'SK01, stock, offset 0, key mug',
  ]);
  expect(names).toContain('search B, consumer of search, reads no partition, crashed, broke before commit');
});

test('without colour every condition and every domain still has a look of its own', async ({ page }) => {
  await openGallery(page);
  const looks = await page.evaluate(() =>
    [...document.querySelectorAll('li svg.drawing')].map((drawing) =>
      [...drawing.querySelectorAll('path, rect, circle, text')]
        .map((part) =>
          [
            part.tagName,
            part.getAttribute('d'),
            part.getAttribute('class'),
            part.getAttribute('fill-opacity'),
          ].join(' '),
        )
        .join(),
    ),
  );
  expect(looks.length).toBeGreaterThan(25);
  expect(new Set(looks).size).toBe(looks.length);
});

test('drawn text is never smaller than 14 px', async ({ page }) => {
  await openGallery(page);
  expect(await smallTexts(page)).toEqual([]);
});

test('at 320 px the gallery does not scroll sideways', async ({ page }) => {
  await openGallery(page, 320);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test.describe('Kafka', () => {
  async function openKafka(page: Page, width?: number): Promise<void> {
    await openGallery(page, width);
    await page.getByRole('button', { name: gallery.parts.kafka, exact: true }).click();
    await expect(exhibit(page, gallery.strips.share.title).locator('svg.drawing')).toHaveCount(5);
  }

  test('copies, transactions and share groups are drawn without one text over another, at every size', async ({
    page,
  }) => {
    await openKafka(page);
    for (const size of sizes) {
      await page.getByRole('button', { name: size }).click();
      await expect(exhibit(page, gallery.strips.share.title).locator('svg.drawing')).toHaveCount(5);
      expect(await drawingFaults(page), size).toEqual([]);
    }
    expect(await smallTexts(page)).toEqual([]);
  });

  test('has no accessibility violation', async ({ page }) => {
    await openKafka(page);
    const { violations } = await new AxeBuilder({ page })
      .include('[aria-labelledby="exhibit-transacted"]')
      .include('[aria-labelledby="exhibit-shared"]')
      .include('[aria-labelledby="strip-consumer"]')
      // Contrast is held by tests/stage/theme.test.ts, and on a picture in failover.spec.ts.
      .disableRules('color-contrast')
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
  });

  test('does not scroll sideways at 320 px', async ({ page }) => {
    await openKafka(page, 320);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
});

test.describe('inspectors', () => {
  const count = inspected.reduce((sum, { addresses }) => sum + addresses.length, 0);

  async function openInspectors(page: Page, width?: number): Promise<void> {
    await openGallery(page, width);
    await page.getByRole('button', { name: gallery.parts.inspectors, exact: true }).click();
    await expect(page.getByRole('article', { name: /^Inspector/ })).toHaveCount(count);
    await expect(page.getByRole('alert')).toHaveCount(0);
  }

  test('are drawn without one text over another, at every size', async ({ page }) => {
    await openInspectors(page);
    for (const size of sizes) {
      await page.getByRole('button', { name: size }).click();
      expect(await drawingFaults(page), size).toEqual([]);
    }
    expect(await smallTexts(page)).toEqual([]);
  });

  test('have no accessibility violation: empty, crashed, and while partitions are shared out', async ({
    page,
  }) => {
    await openInspectors(page);
    const { violations } = await new AxeBuilder({ page })
      .include('[aria-labelledby="inspected-empty"]')
      .include('[aria-labelledby="inspected-crashed"]')
      .include('[aria-labelledby="inspected-rebalancing"]')
      .include('[aria-labelledby="inspected-diverged"]')
      .include('[aria-labelledby="inspected-transacted"]')
      .include('[aria-labelledby="inspected-shared"]')
      .include('[aria-labelledby="inspected-reconciling"]')
      .disableRules('color-contrast')
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
  });

  test('at 320 px do not scroll sideways', async ({ page }) => {
    await openInspectors(page, 320);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
});
