import { expect, test } from '@playwright/test';
import { learn } from '../../src/app/words/learn.en';
import { transport } from '../../src/app/words/transport.en';
import { collectComplaints } from '../helpers/complaints';
import { lessonTruth } from '../helpers/engine-bundle';
import {
  bet,
  firstWords,
  lessonPage,
  optionText,
  said,
  transfer,
  type LessonPage,
} from '../helpers/lesson-page';
import type { LessonStep } from '../../src/course/lesson';

const patience = { timeout: 20_000 };

test('a reload in the middle of any step loses nothing', async ({ page }) => {
  test.slow();
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page);
  const { text, next, mark, region } = lesson;
  const sought = (group: string) =>
    region.getByRole('button', { name: new RegExp(`${group} was sent`, 'i') });
  const ownBet = text.getByText(learn.bet.yours('sure'));

  await lesson.open();
  await lesson.expectStep('scene');
  await reload(lesson, 'scene');

  await next(learn.scene.go).click();
  await lesson.expectStep('predict');
  // chosen and not placed yet
  await lesson.answer(bet, 'unread', 'sure');
  await reload(lesson, 'predict');
  await expect(text.getByRole('radio', { name: optionText(bet, 'unread'), exact: true })).toBeChecked();
  await next(learn.predict.go).click();
  await lesson.expectStep('run');
  await expect.poll(lesson.now).toBeGreaterThan(0);
  await lesson.pause.click();
  await reload(lesson, 'run');
  await expect(ownBet).toBeVisible();
  await lesson.toEnd();

  await lesson.expectStep('observe');
  const right = await (await lessonTruth()).firstOffset();
  await lesson.report(right + 1);
  await expect(text.getByText(learn.observe.wrong(String(right + 1)))).toBeVisible();
  await reload(lesson, 'observe');
  await expect(text).not.toContainText(firstWords(said.explanations['observe']));
  await lesson.report(right);
  await expect(text).toContainText(firstWords(said.explanations['observe']));
  await reload(lesson, 'observe');
  await expect(text).toContainText(firstWords(said.explanations['observe']));
  await next(learn.observe.on).click();

  await lesson.expectStep('break');
  await lesson.goTo('0:30');
  await lesson.seek('cache', 0, 0);
  // A consumer carries a seek out before it fetches again.
  await lesson.play.click();
  await expect(sought('cache')).toBeAttached(patience);
  await reload(lesson, 'break');
  await expect(sought('cache')).toBeAttached(patience);
  await lesson.toEnd();
  await expect(mark(learn.marks.shown, true)).toBeVisible(patience);
  await reload(lesson, 'break');
  await expect(mark(learn.marks.shown, true)).toBeVisible();
  await keepsRuns(lesson);
  await next(learn.break.on).click();

  await lesson.expectStep('fix');
  await lesson.goTo('0:36.5');
  for (const partition of [0, 1, 2]) await lesson.seek('search', partition, 0);
  await lesson.play.click();
  await expect(sought('search')).toBeAttached(patience);
  await reload(lesson, 'fix');
  await expect(sought('search')).toBeAttached(patience);
  await next(learn.fix.prove).click();
  await expect(mark(learn.marks.fixed, true)).toBeVisible(patience);
  await next(learn.fix.on).click();

  await lesson.expectStep('transfer');
  await reload(lesson, 'transfer');
  await lesson.answer(transfer, 'next', 'unsure');
  await next(learn.transfer.go).click();
  await lesson.toEnd();
  await expect(text.getByText(learn.transfer.wrong)).toBeVisible(patience);
  await reload(lesson, 'transfer');
  await expect(text.getByText(learn.transfer.wrong)).toBeVisible();
  await next(learn.transfer.on).click();

  await lesson.expectStep('card');
  const own = text.locator('b.own');
  await expect(own.first()).toHaveText(/^[1-9]\d*$/, patience);
  const numbers = await own.allTextContents();
  await reload(lesson, 'card');
  await expect(own).toHaveText(numbers, patience);
  await expect(mark(learn.marks.shown, true)).toBeVisible();
  await expect(mark(learn.marks.fixed, true)).toBeVisible();
  await expect(mark(learn.marks.transferred, false)).toBeVisible();
  expect(complaints).toEqual([]);
});

/** Another try in the past, a bookmark, and the first run: all there after a reload, and one can go from one to the other. */
async function keepsRuns(lesson: LessonPage): Promise<void> {
  const { page, region, goTo, seek, forkQuestion, expectNow } = lesson;
  const more = region.getByRole('button', { name: transport.more, exact: true });
  const runs = page.getByRole('group', { name: transport.branches });
  const run = (number: number) => runs.getByRole('radio', { name: transport.run(number) });
  await goTo('0:20');
  await seek('cache', 0, 1);
  await forkQuestion.getByRole('button', { name: transport.forkYes }).click();
  await expect(forkQuestion).toHaveCount(0);
  await more.click();
  await page.getByRole('button', { name: transport.bookmarkHere, exact: true }).click();
  await reload(lesson, 'break');
  await more.click();
  await expect(page.getByRole('button', { name: transport.bookmarkAway, exact: true })).toBeVisible();
  await expect(run(2)).toBeChecked();
  await run(1).check();
  await page.keyboard.press('Escape');
  await expectNow(20_000);
  await reload(lesson, 'break');
  await more.click();
  await expect(run(1)).toBeChecked();
  await page.keyboard.press('Escape');
}

/** The same step at the same instant, and nothing moves. */
async function reload({ page, time, expectStep, expectNow, now, region }: LessonPage, step: LessonStep) {
  await expectStep(step);
  // Time that still goes by is stopped first: what is kept is where somebody left.
  const pause = region.getByRole('button', { name: transport.pause, exact: true });
  if (await pause.isVisible()) await pause.click();
  await expect(pause).toHaveCount(0);
  await settled();
  const left = await now();
  await page.reload();
  await expectStep(step);
  await expect(time).toBeVisible();
  await expectNow(left);
  await expect(pause).toHaveCount(0);

  /** The last view asked for is on screen. */
  async function settled() {
    let before = -1;
    await expect
      .poll(async () => {
        const stood = before;
        before = await now();
        return before === stood;
      })
      .toBe(true);
  }
}
