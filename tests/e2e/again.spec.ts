import { expect, test } from '@playwright/test';
import { learn } from '../../src/app/words/learn.en';
import { transport } from '../../src/app/words/transport.en';
import { collectComplaints } from '../helpers/complaints';
import { lessonTruth } from '../helpers/engine-bundle';
import { lessonPage, playToFix, type LessonPage } from '../helpers/lesson-page';

const patience = { timeout: 20_000 };

test('a lesson begun again has to be done again, and another design can be proved', async ({ page }) => {
  test.slow();
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page);
  const { text, next, mark } = lesson;
  await lesson.open();
  await playToFix(lesson, await (await lessonTruth()).firstOffset());
  await solve(lesson);
  await expect(next(learn.fix.on)).toBeVisible(patience);

  // Another edit: what was proved is not proved of this, and the way on stays open.
  await lesson.seek('cache', 0, 0);
  await expect(next(learn.fix.prove)).toBeVisible(patience);
  await expect(next(learn.fix.on)).toBeVisible();
  await next(learn.fix.prove).click();
  await expect(page.getByRole('table', { name: learn.proof.title })).toContainText(
    learn.proof.verdicts.violated,
    patience,
  );

  await lesson.openStep('card');
  await next(learn.card.again).click();
  await lesson.expectStep('scene');
  await lesson.openStep('break');
  await expect(text).not.toContainText(learn.break.done);
  await lesson.openStep('fix');
  await lesson.goTo('0:36.5');
  await expect(next(learn.fix.prove)).toBeVisible(patience);
  await expect(mark(learn.marks.fixed, true)).toBeVisible();
  expect(complaints).toEqual([]);
});

test('watching the solution twice in a row keeps one’s own run', async ({ page }) => {
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page);
  const { text, next, region } = lesson;
  await lesson.open();
  await lesson.openStep('fix');
  await lesson.goTo('0:37');
  await lesson.seek('search', 0, 0);
  await text.getByRole('button', { name: learn.ghost.show, exact: true }).dblclick();
  await expect(next(learn.ghost.stop)).toBeVisible(patience);
  await next(learn.ghost.stop).click();
  await lesson.expectNow(37_000);
  await expect(region.getByRole('button', { name: /Search was told to go to offset 0/ })).toBeAttached();
  expect(complaints).toEqual([]);
});

test('a step where nothing more happens goes to the end; a question told again waits for its answer', async ({
  page,
}) => {
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page);
  await lesson.open();
  await lesson.openStep('break');
  await lesson.goTo('0:39.9');
  await lesson.region.getByRole('button', { name: transport.step, exact: true }).click();
  await lesson.expectNow(40_000);
  // Whoever has looked ahead comes back to before the question.
  await lesson.openStep('predict');
  await expect.poll(lesson.now).toBeLessThan(11_000);
  await lesson.placeBet('unread');
  await lesson.expectStep('observe');
  expect(complaints).toEqual([]);
});

test('a number is asked for, and nothing else is taken for one', async ({ page }) => {
  const lesson = lessonPage(page);
  await lesson.open();
  await lesson.openStep('observe');
  const field = lesson.text.getByRole('textbox', { name: learn.observe.offset, exact: true });
  await field.fill('-3abc');
  await field.press('Enter');
  await expect(lesson.next(learn.observe.go)).toHaveAttribute('aria-disabled', 'true');
  await expect(lesson.text.getByText(learn.observe.wrong('-3abc'))).toHaveCount(0);
});

test('while time goes by, a time can be typed', async ({ page }) => {
  const lesson = lessonPage(page);
  await lesson.open();
  await lesson.openStep('break');
  await lesson.play.click();
  await lesson.region
    .getByRole('button', { name: new RegExp(transport.goTo) })
    .first()
    .click();
  const field = page.getByRole('dialog', { name: transport.goTo }).getByRole('textbox');
  await field.fill('0:05');
  await page.waitForTimeout(1000);
  await expect(field).toHaveValue('0:05');
});

async function solve({ next, goTo, seek, mark }: LessonPage) {
  await goTo('0:36.5');
  for (const partition of [0, 1, 2]) await seek('search', partition, 0);
  await next(learn.fix.prove).click();
  await expect(mark(learn.marks.fixed, true)).toBeVisible(patience);
}
