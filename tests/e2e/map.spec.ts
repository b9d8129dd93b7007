import { expect, test, type Page } from '@playwright/test';
import { lessons } from '../../src/course/catalogue';
import { course } from '../../src/app/words/course.en';

const list = (page: Page) => page.getByRole('navigation', { name: 'Lessons' });

/** As if the person had done this here before. */
async function withProgress(page: Page) {
  await page.goto('./#/about');
  await page.evaluate(async () => {
    const attempt = {
      slug: 'kafka-log', step: 'break', startedAt: 1, changedAt: 2, bets: [], observations: [], answers: [],
      hintsOpened: [], judged: [], goalShown: true, goalFixed: false, transferred: false, solutionSeen: [],
      recordings: [], currentRecording: null, time: 0, flow: null,
    }; // prettier-ignore
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.open('at-least-once');
      request.onerror = () => reject(new Error('no database'));
      request.onsuccess = () => {
        const transaction = request.result.transaction(['attempts', 'marks'], 'readwrite');
        transaction.objectStore('attempts').put(attempt);
        transaction.objectStore('marks').put({ slug: 'kafka-log', marks: { shown: 5 } });
        transaction.objectStore('marks').put({ slug: 'twice', marks: { shown: 5, fixed: 6 } });
        transaction.oncomplete = () => {
          request.result.close();
          resolve();
        };
      };
    });
  });
  await page.goto('./#/learn');
}

test('all 24 lessons are there in order, each with a title', async ({ page }) => {
  await page.goto('./#/learn');
  const links = list(page).getByRole('link');
  await expect(links).toHaveCount(24);
  for (const lesson of lessons)
    await expect(links.nth(lesson.number - 1)).toContainText(
      course.lessons[lesson.slug].title.split('-').at(-1)!,
    );
});

test('a lesson that is not built says so, and its page says what it will teach', async ({ page }) => {
  await page.goto('./#/learn');
  const link = list(page).getByRole('link', { name: /Nothing happened/ });
  await expect(link).toContainText('not built');
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing happened, and nobody said so');
  await expect(page.getByText('This lesson is not built yet.')).toBeVisible();
  await expect(page).toHaveTitle('Nothing happened, and nobody said so · At Least Once');
});

test('what was done here is on the map, and is gone on with', async ({ page }) => {
  await withProgress(page);
  await expect(page.getByRole('link', { name: 'Continue with 4' })).toBeVisible();
  await expect(page.getByText('at Break,')).toBeVisible();
  const four = list(page).getByRole('link', { name: /Reading does not delete/ });
  await expect(four).toContainText('you are here');
  await expect(four).toContainText('Shown');
  await expect(four.locator('path.earned')).toHaveCount(1);
  await expect(page.getByText('one question from 20')).toBeVisible();
});

test('a route can be chosen, and stays chosen', async ({ page }) => {
  await page.goto('./#/learn');
  const architect = page.getByRole('button', { name: /^Architect/ });
  await expect(architect).toHaveAttribute('aria-pressed', 'false');
  await architect.click();
  await expect(architect).toHaveAttribute('aria-pressed', 'true');
  await page.reload();
  await expect(architect).toHaveAttribute('aria-pressed', 'true');
  await expect(list(page).getByRole('link', { name: /When not to/ })).toContainText('on the chosen route');
  await expect(list(page).getByRole('link', { name: /Four ways/ })).not.toContainText('on the chosen route');
});

for (const [width, height] of [
  [1440, 900],
  [1280, 720],
  [1920, 1080],
  [820, 1100],
  [390, 844],
  [320, 640],
] as const)
  test(`nothing is written over anything else at ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await withProgress(page);
    await page.evaluate(() => document.fonts.ready);
    const overlaps = await page.evaluate(() => {
      const seen = (element: Element) =>
        !element.closest('.visually-hidden') && element.getClientRects().length > 0;
      const written = [
        ...document.querySelectorAll(
          'main :is(h1, h2, .title, .minutes, .branch, .word, .next, .due, .legend li, .top > p)',
        ),
      ];
      const boxes = written.filter(seen).map((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return { text: element.textContent.trim(), element, box: range.getBoundingClientRect() };
      });
      return boxes.flatMap((a, index) =>
        boxes.slice(index + 1).flatMap((b) => {
          if (a.element.contains(b.element) || b.element.contains(a.element)) return [];
          const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
          const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
          // Boxes of lines are taller than what is written in them.
          return across > 1 && down > 5 ? [`${a.text} × ${b.text}`] : [];
        }),
      );
    });
    expect(overlaps).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  });
