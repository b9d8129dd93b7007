import { expect, test, type Page } from '@playwright/test';
import { gallery } from '../../src/app/words/gallery.en';
import { learn } from '../../src/app/words/learn.en';
import { shell } from '../../src/app/words/shell.en';
import { lessonSteps } from '../../src/course/lesson-flow';
import { expectAccessible } from '../helpers/axe';
import { collectComplaints } from '../helpers/complaints';
import { lessonPage, playToBreak } from '../helpers/lesson-page';
import { lessonTruth } from '../helpers/engine-bundle';

for (const colorScheme of ['light', 'dark'] as const)
  for (const reducedMotion of ['no-preference', 'reduce'] as const)
    test(`every step, every view: no accessibility violation, ${colorScheme}, motion ${reducedMotion}${
      colorScheme === 'dark' && reducedMotion === 'reduce' ? '' : ' @long'
    }`, async ({ page }) => {
      test.slow();
      const complaints = await collectComplaints(page);
      await page.emulateMedia({ colorScheme, reducedMotion });
      const lesson = lessonPage(page);
      await lesson.open();
      for (const step of lessonSteps) {
        await lesson.openStep(step);
        await expectAccessible(page);
      }
      for (const view of [learn.views.table, learn.views.story]) {
        await lesson.tab(view).click();
        await expectAccessible(page);
      }
      expect(complaints).toEqual([]);
    });

for (const slug of ['sync-chain', 'three-things'] as const)
  for (const colorScheme of ['light', 'dark'] as const)
    test(`${slug}, every step, every view: no accessibility violation, ${colorScheme} @long`, async ({
      page,
    }) => {
      test.setTimeout(360_000);
      const complaints = await collectComplaints(page);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const lesson = lessonPage(page, slug);
      await lesson.open();
      for (const step of lessonSteps) {
        await lesson.openStep(step);
        await expectAccessible(page);
      }
      // Orders are under way and a service is down: signs, tracks, tables full of what is in hand.
      await lesson.openStep('fix');
      await lesson.standAt(slug === 'sync-chain' ? '4:22' : '0:25');
      for (const view of [learn.views.stage, learn.views.table, learn.views.story]) {
        await lesson.tab(view).click();
        await expectAccessible(page);
      }
      expect(complaints).toEqual([]);
    });

for (const slug of ['sync-chain', 'three-things'] as const)
  test(`${slug} at 320 px: the Table takes the stage’s place, and nothing is scrolled sideways${
    slug === 'three-things' ? '' : ' @long'
  }`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    const lesson = lessonPage(page, slug);
    await lesson.open();
    for (const step of lessonSteps) {
      await lesson.openStep(step);
      await expect(lesson.tab(learn.views.table)).toHaveAttribute('aria-selected', 'true');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    }
    await lesson.openStep('fix');
    await expectAccessible(page);
  });

test('three-things on a phone: boxes of the path are as large as a finger, and are moved by touch', async ({
  browser,
}) => {
  for (const width of [390, 320]) {
    const context = await browser.newContext({ viewport: { width, height: 740 }, hasTouch: true });
    const page = await context.newPage();
    const lesson = lessonPage(page, 'three-things');
    await lesson.open();
    await lesson.openStep('fix');
    const boxes = lesson.page.getByRole('switch', { name: /before the answer/ });
    await expect(boxes).toHaveCount(17);
    for (const box of await boxes.all()) {
      await box.scrollIntoViewIfNeeded();
      expect((await box.boundingBox())!.height).toBeGreaterThanOrEqual(44);
      await box.tap();
      await expect(box).toHaveAttribute('aria-checked', 'false');
    }
    await context.close();
  }
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`the gallery: no accessibility violation, ${colorScheme}`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('./#/gallery');
    await expect(page.getByRole('heading', { level: 1, name: gallery.title })).toBeVisible();
    await expectAccessible(page);
  });

test('the keyboard help of a lesson: no accessibility violation', async ({ page }) => {
  const lesson = lessonPage(page);
  await lesson.open();
  await page.getByRole('button', { name: shell.help }).first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page);
});

test('at 320 px the Table takes the stage’s place, and nothing is scrolled sideways', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const lesson = lessonPage(page);
  await lesson.open();
  for (const step of lessonSteps) {
    await lesson.openStep(step);
    await expect(lesson.tab(learn.views.table)).toHaveAttribute('aria-selected', 'true');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  }
  await expectAccessible(page);
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const)
  test(`at ${width} × ${height} whatever can be pressed is large enough to hit`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const lesson = lessonPage(page);
    await lesson.open();
    for (const step of ['scene', 'predict', 'break', 'fix'] as const) {
      await lesson.openStep(step);
      expect(await smallTargets(page), step).toEqual([]);
    }
  });

test('nothing moves before somebody presses something', async ({ page }) => {
  const lesson = lessonPage(page);
  await lesson.open();
  await lesson.expectNow(0);
  await page.evaluate(() => document.fonts.ready);
  await expect.poll(async () => (await page.screenshot()).equals(await page.screenshot())).toBe(true);
  const first = await page.screenshot();
  await page.waitForTimeout(3000);
  expect((await page.screenshot()).equals(first)).toBe(true);
});

test('with reduced motion nothing is moved by a transform while a run plays', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const lesson = lessonPage(page);
  await lesson.open();
  await lesson.openStep('break');
  const before = await lesson.now();
  await lesson.play.click();
  const moved = await page.evaluate(async () => {
    const found = new Set<string>();
    const until = performance.now() + 3000;
    while (performance.now() < until) {
      for (const animation of document.getAnimations()) {
        const effect = animation.effect as KeyframeEffect | null;
        const keyframes = effect?.getKeyframes() ?? [];
        if (
          keyframes.some((frame) =>
            ['transform', 'translate', 'scale', 'rotate'].some((name) => name in frame),
          )
        )
          found.add(effect?.target?.className.toString() ?? '');
      }
      await new Promise(requestAnimationFrame);
    }
    return [...found];
  });
  expect(moved).toEqual([]);
  // It plays all the same, from one fact to the next.
  await expect.poll(lesson.now).toBeGreaterThan(before);
});

test('with reduced motion both goals can be reached', async ({ page }) => {
  test.slow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const lesson = lessonPage(page);
  await lesson.open();
  await playToBreak(lesson, await (await lessonTruth()).firstOffset());
  await lesson.goTo('0:30');
  await lesson.seek('cache', 0, 0);
  await lesson.toEnd();
  await expect(lesson.mark(learn.marks.shown, true)).toBeVisible({ timeout: 20_000 });
  await lesson.next(learn.break.on).click();
  await lesson.expectStep('fix');
  await lesson.goTo('0:36.5');
  for (const partition of [0, 1, 2]) await lesson.seek('search', partition, 0);
  await lesson.next(learn.fix.prove).click();
  await expect(lesson.mark(learn.marks.fixed, true)).toBeVisible({ timeout: 20_000 });
});

test('characters that are typed into a field do nothing else', async ({ page }) => {
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page);
  await lesson.open();
  await lesson.openStep('break');
  await lesson.goTo('0:05');
  const field = lesson.controls.getByRole('textbox', { name: learn.knobs.offset, exact: true });
  await field.focus();
  await page.keyboard.type(' .,][-+gbfFitkh r?123');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(/\.,\]\[-\+gbfFitkh r\?123/);
  await lesson.expectNow(5000);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(lesson.play).toBeVisible();
  await expect(lesson.tab(learn.views.stage)).toHaveAttribute('aria-selected', 'true');
  expect(complaints).toEqual([]);
});

test('where they are meant, characters work; switched off, they do not', async ({ page }) => {
  const lesson = lessonPage(page);
  await lesson.open();
  await lesson.openStep('break');
  await lesson.time.focus();
  await page.keyboard.press('t');
  await expect(lesson.tab(learn.views.table)).toHaveAttribute('aria-selected', 'true');
  await page.evaluate(() => localStorage.setItem('alo.settings', JSON.stringify({ characterKeys: 'off' })));
  await page.reload();
  await lesson.time.focus();
  await page.keyboard.press('t');
  await page.keyboard.press('Home');
  await lesson.expectNow(0);
  await expect(lesson.tab(learn.views.stage)).toHaveAttribute('aria-selected', 'true');
});

/** What can be pressed and is smaller than 24 × 24 px. Links and words inside a sentence may be (WCAG 2.5.8). */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const pressable =
      'button, a[href], input, select, summary, [role="slider"], [role="tab"], [role="button"]';
    const elements = [...document.querySelectorAll<HTMLElement | SVGElement>(pressable)];
    return elements.flatMap((element) => {
      if (!element.checkVisibility() || element.closest('.visually-hidden, .prose p, .prose li')) return [];
      // A label around a control is pressed as well.
      const target = element.closest('label') ?? element;
      if (target.matches('.visually-hidden')) return [];
      const { width, height } = target.getBoundingClientRect();
      const name = element.getAttribute('aria-label') ?? element.textContent.trim();
      return width >= 23.9 && height >= 23.9 ? [] : [`${name}: ${width.toFixed(1)} × ${height.toFixed(1)}`];
    });
  });
}
