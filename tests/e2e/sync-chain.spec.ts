import { expect, test } from '@playwright/test';
import { learn } from '../../src/app/words/learn.en';
import { stageWords } from '../../src/stage/words.en';
import { collectComplaints } from '../helpers/complaints';
import { lessonKeys } from '../helpers/lesson-keys';
import { firstWords, lessonPage, optionText, wordsOf, type LessonPage } from '../helpers/lesson-page';

const patience = { timeout: 30_000 };
const said = wordsOf('01-why/01-sync-chain');
const slowest = said.bets['slowest-orders'];
const seen = said.observations['what-held-them-up'];
const minute = said.questions['email-minute'];
const shop = said.probes['six-calls'];
const { email, mode, timeout, retries } = said.knobs;

test('lesson 1 by mouse, wrong answers first', async ({ page }) => {
  test.slow();
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page, 'sync-chain');
  await lesson.open();
  await test.step('a wrong bet', () => betWrong(lesson));
  await test.step('what was seen: wrong first, then right', () => reportTwice(lesson));
  await test.step('goal A: slow is not down', () => stopAll(lesson));
  await test.step('goal B: three designs that fail', () => failThrice(lesson));
  await test.step('goal B: side by side, a timeout, one retry', () => repair(lesson));
  await test.step('six calls', () => carryOver(lesson));
  await test.step('the card has numbers of one’s own', () => readCard(lesson));
  expect(complaints).toEqual([]);
});

async function betWrong({ text, next, placeBet, hurry, expectStep }: LessonPage) {
  await next(learn.scene.go).click();
  await expectStep('predict');
  await placeBet('two', 'sure', slowest);
  await expectStep('run');
  await expect(text).not.toContainText(firstWords(said.misconceptions['adds-medians']));
  await hurry();
  await expectStep('observe');
}

async function reportTwice({ text, reportOption, next, now, expectStep }: LessonPage) {
  await reportOption(seen, 'same-service');
  await expect(text.getByText(learn.observe.wrong(''))).toBeVisible();
  // An order that hangs is shown again.
  await expect.poll(now).toBeLessThan(60_000);
  await reportOption(seen, 'one-call');
  await expect(text).toContainText(firstWords(said.explanations['observe']));
  await expect(text).toContainText(firstWords(said.misconceptions['adds-medians']));
  await next(learn.observe.on).click();
  await expectStep('break');
}

async function stopAll({ text, work, next, value, standAt, toEnd, mark, expectStep }: LessonPage) {
  await standAt('1:30');
  await value(email, 'slow').click();
  await standAt('1:40');
  await expect(text).toContainText(firstWords(said.misconceptions['slow-is-down']));
  await value(email, 'slow').click();
  await standAt('2:00');
  await value(email, 'down').click();
  await standAt('2:15');
  await expect(
    work.getByRole('button', {
      name: new RegExp(`email, service 3 of 14, ${stageWords.condition.down(15_000)}`),
    }),
  ).toBeAttached();
  await value(email, 'down').click();
  await expect(value(email, 'down')).toHaveAttribute('aria-pressed', 'false');
  await toEnd();
  await expect(mark(learn.marks.shown, true)).toBeVisible(patience);
  await expect(text).toContainText(firstWords(said.goals.a.done));
  await next(learn.break.on).click();
  await expectStep('fix');
}

async function failThrice(lesson: LessonPage) {
  const { page, text, next, value, hurry, controls } = lesson;
  const rows = page.getByRole('table', { name: learn.proof.title }).getByRole('row');
  await expect(text.getByRole('note')).toBeVisible();
  await hurry(1);
  await next(learn.fix.toFault('4:22.0')).click();
  await expect(next(learn.fix.prove)).toBeVisible(patience);
  await text.getByRole('radio', { name: optionText(minute, 'retries'), exact: true }).check();
  await expect(text).toContainText(firstWords(said.misconceptions['retries-outlast']));
  await value(mode, 'parallel').click();
  await expectBroken();
  await expect(text).toContainText(firstWords(said.misconceptions['parallel-cures-tail']));
  await controls.getByRole('textbox', { name: timeout.label, exact: true }).fill('500');
  await controls.getByRole('textbox', { name: timeout.label, exact: true }).press('Enter');
  await expectBroken();
  await expect(text).toContainText(firstWords(said.misconceptions['timeout-is-repair']));

  async function expectBroken() {
    await next(learn.fix.prove).click();
    await expect(rows).toHaveCount(3, patience);
    for (const row of await rows.all()) await expect(row).toContainText(learn.proof.verdicts.violated);
  }
}

async function repair({ page, text, controls, next, standAt, mark, expectStep }: LessonPage) {
  const rows = page.getByRole('table', { name: learn.proof.title }).getByRole('row');
  await standAt('4:40');
  await controls.getByRole('button', { name: learn.knobs.plus(retries.label), exact: true }).click();
  await standAt('4:50');
  await text.getByRole('radio', { name: optionText(minute, 'cannot'), exact: true }).check();
  await next(learn.fix.prove).click();
  await expect(mark(learn.marks.fixed, true)).toBeVisible(patience);
  for (const row of await rows.all()) await expect(row).toContainText(learn.proof.verdicts.shown);
  await expect(text).toContainText(firstWords(said.goals.b.done));
  await next(learn.fix.on).click();
  await expectStep('transfer');
}

async function carryOver({ text, answer, next, mark, expectStep }: LessonPage) {
  await answer(shop, 'as-each', 'sure');
  await next(learn.transfer.go).click();
  await expect(text).toContainText(firstWords(said.explanations['six-calls']), patience);
  await expect(text).toContainText(firstWords(said.misconceptions['weakest-link']));
  await expect(mark(learn.marks.transferred, false)).toBeVisible();
  await next(learn.transfer.on).click();
  await expectStep('card');
}

async function readCard({ text }: LessonPage) {
  const own = text.locator('b.own');
  await expect(own).toHaveCount(3);
  for (const number of await own.all()) await expect(number).toHaveText(/^[1-9][\d,]*$/, patience);
  await expect(text.getByText(learn.bet.yours('sure'))).toBeVisible();
  await expect(text.getByRole('listitem').filter({ hasText: optionText(slowest, 'twelve') })).toBeVisible();
}

test('lesson 1 by keyboard alone, in Table and Story, without the stage @long', async ({ page }) => {
  test.slow();
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page, 'sync-chain');
  const { text, work, next, mark, value, tab } = lesson;
  const keys = lessonKeys(lesson);
  const stage = work.getByRole('group', { name: stageWords.stage });
  await lesson.open();
  await keys.leaveStage();
  await expect(stage).toHaveCount(0);

  await test.step('a bet, and what was seen', async () => {
    await keys.press(next(learn.scene.go));
    await keys.answer(slowest, 'twelve', 'sure');
    await keys.press(next(learn.predict.go));
    await keys.end();
    await lesson.expectStep('observe');
    // What is asked about can be read in the Table.
    await expect(work.getByRole('tabpanel')).toContainText('1 hanging');
    await keys.pick(seen, 'one-call');
    await keys.press(next(learn.observe.go));
    await keys.press(next(learn.observe.on));
  });

  await test.step('goal A', async () => {
    await keys.goTo('2:00');
    await keys.press(value(email, 'down'));
    await keys.goTo('2:15');
    await keys.press(value(email, 'down'));
    await keys.end();
    await expect(mark(learn.marks.shown, true)).toBeAttached(patience);
    await keys.press(next(learn.break.on));
  });

  await test.step('goal B, in the Story, proved', async () => {
    await keys.toStory();
    await expect(tab(learn.views.story)).toHaveAttribute('aria-selected', 'true');
    await keys.goTo('0:01');
    await keys.press(value(mode, 'parallel'));
    await keys.goTo('4:22');
    await keys.type(timeout, 500);
    await keys.goTo('4:40');
    await keys.type(retries, 1);
    await keys.goTo('4:50');
    await keys.pick(minute, 'cannot');
    await keys.press(next(learn.fix.prove));
    await expect(mark(learn.marks.fixed, true)).toBeAttached(patience);
    await keys.press(next(learn.fix.on));
  });

  await test.step('six calls, and the card', async () => {
    await keys.answer(shop, 'product', 'sure');
    await keys.press(next(learn.transfer.go));
    await expect(mark(learn.marks.transferred, true)).toBeAttached(patience);
    await keys.press(next(learn.transfer.on));
    await lesson.expectStep('card');
  });
  await expect(stage).toHaveCount(0);
  await expect(text.locator('b.own')).toHaveCount(3);
  expect(complaints).toEqual([]);
});
