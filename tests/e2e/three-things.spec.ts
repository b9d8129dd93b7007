import { expect, test } from '@playwright/test';
import { learn } from '../../src/app/words/learn.en';
import { stageWords } from '../../src/stage/words.en';
import { collectComplaints } from '../helpers/complaints';
import { lessonKeys } from '../helpers/lesson-keys';
import { firstWords, lessonPage, wordsOf, type LessonPage } from '../helpers/lesson-page';

const patience = { timeout: 30_000 };
const said = wordsOf('01-why/02-three-things');
const bet = said.bets['email-down'];
const seen = said.observations['who-failed'];
const later = said.probes['after-the-answer'];
const { email, analytics, path } = said.knobs;
const services = Object.keys(path.values).filter((id) => !['validate', 'persist', 'publish'].includes(id));

/** The switch of one box: on while the customer waits for it. */
const boxOf = ({ controls }: LessonPage, id: string) =>
  controls.getByRole('switch', { name: learn.knobs.path.box(path.values[id]), exact: true });

test('lesson 2 by mouse, wrong answers first', async ({ page }) => {
  test.slow();
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page, 'three-things');
  await lesson.open();
  await test.step('a wrong bet', () => betWrong(lesson));
  await test.step('who failed: wrong first, then right', () => reportTwice(lesson));
  await test.step('goal A: two fall behind, and nobody notices', () => hideBoth(lesson));
  await test.step('goal B: payment kept, then publish moved', () => failTwice(lesson));
  await test.step('goal B: three before the answer, proved', () => cut(lesson));
  await test.step('a declined card', () => carryOver(lesson));
  await test.step('the card has numbers of one’s own', () => readCard(lesson));
  expect(complaints).toEqual([]);
});

async function betWrong({ text, next, placeBet, hurry, expectStep }: LessonPage) {
  await next(learn.scene.go).click();
  await expectStep('predict');
  await placeBet('all', 'sure', bet);
  await expectStep('run');
  await expect(text).not.toContainText(firstWords(said.misconceptions['still-in-the-chain']));
  await hurry();
  await expectStep('observe');
}

async function reportTwice({ text, reportOption, next, now, expectStep }: LessonPage) {
  await reportOption(seen, 'both');
  await expect(text.getByText(learn.observe.wrong(''))).toBeVisible();
  await expect.poll(now).toBeLessThan(75_000);
  await reportOption(seen, 'old-only');
  await expect(text).toContainText(firstWords(said.explanations['observe']));
  await expect(text).toContainText(firstWords(said.misconceptions['still-in-the-chain']));
  await next(learn.observe.on).click();
  await expectStep('break');
}

async function hideBoth({ text, next, value, standAt, toEnd, mark, expectStep }: LessonPage) {
  await standAt('1:20');
  await value(email, 'down').click();
  await standAt('1:25');
  await expect(text).toContainText(firstWords(said.misconceptions['one-backlog']));
  await value(email, 'down').click();
  await expect(value(email, 'down')).toHaveAttribute('aria-pressed', 'false');
  await value(analytics, 'slow').click();
  await toEnd();
  await expect(mark(learn.marks.shown, true)).toBeVisible(patience);
  await expect(text).toContainText(firstWords(said.goals.a.done));
  await next(learn.break.on).click();
  await expectStep('fix');
}

async function failTwice(lesson: LessonPage) {
  const { page, text, next } = lesson;
  const rows = page.getByRole('table', { name: learn.proof.title }).getByRole('row');
  await expect(text.getByRole('note')).toBeVisible();
  await next(learn.fix.toFault('0:25.0')).click();
  await expect(next(learn.fix.prove)).toBeVisible(patience);
  for (const id of services.filter((one) => one !== 'payment-reader')) await toggle(lesson, id, false);
  await expectBroken('important-must-wait');
  await toggle(lesson, 'payment-reader', false);
  await toggle(lesson, 'publish', false);
  await expectBroken('answer-first');

  async function expectBroken(idea: string) {
    await next(learn.fix.prove).click();
    await expect(text).toContainText(firstWords(said.misconceptions[idea]), patience);
    await expect(rows).toHaveCount(3, patience);
    for (const row of await rows.all()) await expect(row).toContainText(learn.proof.verdicts.violated);
  }
}

async function toggle(lesson: LessonPage, id: string, on: boolean) {
  await boxOf(lesson, id).click();
  await expect(boxOf(lesson, id)).toHaveAttribute('aria-checked', String(on));
}

async function cut(lesson: LessonPage) {
  const { page, text, next, mark, expectStep } = lesson;
  const rows = page.getByRole('table', { name: learn.proof.title }).getByRole('row');
  await toggle(lesson, 'publish', true);
  await next(learn.fix.prove).click();
  await expect(mark(learn.marks.fixed, true)).toBeVisible(patience);
  for (const row of await rows.all()) await expect(row).toContainText(learn.proof.verdicts.shown);
  await expect(text).toContainText(firstWords(said.goals.b.done));
  await next(learn.fix.on).click();
  await expectStep('transfer');
}

async function carryOver({ text, work, answer, next, mark, expectStep }: LessonPage) {
  await answer(later, 'take-back', 'sure');
  await next(learn.transfer.go).click();
  await expect(text).toContainText(firstWords(said.explanations['after-the-answer']), patience);
  await expect(text).toContainText(firstWords(said.misconceptions['answer-can-change']));
  await expect(mark(learn.marks.transferred, false)).toBeVisible();
  await expect(work).toContainText('payment');
  await next(learn.transfer.on).click();
  await expectStep('card');
}

async function readCard({ text }: LessonPage) {
  const own = text.locator('b.own');
  await expect(own).toHaveCount(4);
  for (const index of [0, 2, 3]) await expect(own.nth(index)).toHaveText(/^[1-9][\d,]*$/, patience);
  // The new design has failed nobody.
  await expect(own.nth(1)).toHaveText('0');
  await expect(text.getByText(learn.bet.yours('sure'))).toBeVisible();
}

test('lesson 2 by keyboard alone, in Table and Story, without the stage @long', async ({ page }) => {
  test.slow();
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page, 'three-things');
  const { work, next, mark, value, tab } = lesson;
  const keys = lessonKeys(lesson);
  const stage = work.getByRole('group', { name: stageWords.stage });
  await lesson.open();
  await keys.leaveStage();
  await expect(stage).toHaveCount(0);

  await test.step('a bet, and what was seen', async () => {
    await keys.press(next(learn.scene.go));
    await keys.answer(bet, 'none-wait', 'sure');
    await keys.press(next(learn.predict.go));
    await keys.end();
    await lesson.expectStep('observe');
    // Who failed can be read in the Table.
    await expect(work.getByRole('tabpanel')).toContainText('100%');
    await keys.pick(seen, 'old-only');
    await keys.press(next(learn.observe.go));
    await keys.press(next(learn.observe.on));
  });

  await test.step('goal A', async () => {
    await keys.goTo('1:25');
    await keys.press(value(analytics, 'slow'));
    await keys.end();
    await expect(mark(learn.marks.shown, true)).toBeAttached(patience);
    await keys.press(next(learn.break.on));
  });

  await test.step('goal B, in the Story: from box to box by arrow keys, proved', async () => {
    await keys.toStory();
    await expect(tab(learn.views.story)).toHaveAttribute('aria-selected', 'true');
    await keys.goTo('0:25');
    await keys.press(boxOf(lesson, 'validate'));
    await page.keyboard.press('Enter');
    await expect(boxOf(lesson, 'validate')).toHaveAttribute('aria-checked', 'true');
    for (const id of ['persist', ...services]) {
      await page.keyboard.press('ArrowRight');
      await expect(boxOf(lesson, id)).toBeFocused();
      if (id === 'persist') continue;
      await page.keyboard.press('Space');
      await expect(boxOf(lesson, id)).toHaveAttribute('aria-checked', 'false');
    }
    await keys.press(next(learn.fix.prove));
    await expect(mark(learn.marks.fixed, true)).toBeAttached(patience);
    await keys.press(next(learn.fix.on));
  });

  await test.step('a declined card, and the card', async () => {
    await keys.answer(later, 'pending', 'sure');
    await keys.press(next(learn.transfer.go));
    await expect(mark(learn.marks.transferred, true)).toBeAttached(patience);
    await keys.press(next(learn.transfer.on));
    await lesson.expectStep('card');
  });
  await expect(stage).toHaveCount(0);
  expect(complaints).toEqual([]);
});
