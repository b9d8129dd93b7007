import { expect, test } from '@playwright/test';
import { learn } from '../../src/app/words/learn.en';
import { stageWords } from '../../src/stage/words.en';
import { collectComplaints } from '../helpers/complaints';
import { pickRadio, press, tabTo } from '../helpers/keyboard';
import { firstWords, lessonPage, optionText, wordsOf, type LessonPage } from '../helpers/lesson-page';

const patience = { timeout: 20_000 };
const said = wordsOf('05-four-pitfalls/20-twice');
const { 'minus-again': again, 'which-setting': setting } = said.bets;
const seen = said.observations['how-often'];
const mails = said.probes['how-many-mails'];
const { crash, commit, ids } = said.knobs;

test('lesson 20 by mouse, wrong answers first', async ({ page }) => {
  test.slow();
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page, 'twice');
  await lesson.open();
  await test.step('two bets, both wrong', () => betWrong(lesson));
  await test.step('what was seen: wrong first, then right', () => reportTwice(lesson));
  await test.step('goal A: Ben twice, Cleo lost', () => breakBoth(lesson));
  await test.step('goal B: two designs that fail, and one that holds', () => repair(lesson));
  await test.step('two mails', () => carryOver(lesson));
  await test.step('the card has numbers of one’s own', () => readCard(lesson));
  expect(complaints).toEqual([]);
});

async function betWrong({ text, next, placeBet, answer, hurry, expectStep }: LessonPage) {
  await next(learn.scene.go).click();
  await expectStep('predict');
  await placeBet('thousand', 'sure', again);
  await expect(text).toContainText(firstWords(setting.html));
  await expect(text).not.toContainText(firstWords(said.misconceptions['broker-filters']));
  await answer(setting, 'transactions', 'unsure');
  await next(learn.predict.go).click();
  await expectStep('run');
  await hurry();
  await expectStep('observe');
}

async function reportTwice({ text, reportOption, next, now, expectStep }: LessonPage) {
  await reportOption(seen, 'once');
  await expect(text.getByText(learn.observe.wrong(''))).toBeVisible();
  // the moment is shown again: −200 comes a second time
  await expect.poll(now).toBeLessThan(15_000);
  expect(await now()).toBeGreaterThan(10_000);
  await reportOption(seen, 'twice');
  await expect(text).toContainText(firstWords(said.explanations['observe']));
  for (const id of ['broker-filters', 'broker-exactly-once'])
    await expect(text).toContainText(firstWords(said.misconceptions[id]));
  await next(learn.observe.on).click();
  await expectStep('break');
}

async function breakBoth({ text, next, value, goTo, toEnd, mark, expectStep }: LessonPage) {
  await goTo('0:18');
  await value(crash, 'apply').click();
  await goTo('0:23.5');
  await expect(value(crash, 'apply')).toHaveAttribute('aria-pressed', 'false');
  // that crash has doubled nothing; the next one will
  await value(crash, 'commit').click();
  await goTo('0:33');
  await value(commit, 'before').click();
  await goTo('0:38');
  await value(crash, 'apply').click();
  await toEnd();
  await expect(mark(learn.marks.shown, true)).toBeVisible(patience);
  await expect(text).toContainText(firstWords(said.goals.a.done));
  await next(learn.break.on).click();
  await expectStep('fix');
}

async function repair({ page, text, next, value, mark, expectStep }: LessonPage) {
  const rows = page.getByRole('table', { name: learn.proof.title }).getByRole('row');
  await expect(text.getByRole('note')).toBeVisible();
  await next(learn.fix.toFault('0:09.0')).click();
  await expect(next(learn.fix.prove)).toBeVisible(patience);
  for (const [id, idea] of [
    ['first', 'note-beforehand'],
    ['last', 'note-afterwards'],
  ] as const) {
    await value(ids, id).click();
    await next(learn.fix.prove).click();
    await expect(rows).toHaveCount(3, patience);
    for (const row of await rows.all()) await expect(row).toContainText(learn.proof.verdicts.violated);
    await expect(text).toContainText(firstWords(said.misconceptions[idea]));
  }
  await value(ids, 'together').click();
  await next(learn.fix.prove).click();
  await expect(rows).toHaveCount(3, patience);
  for (const row of await rows.all()) await expect(row).toContainText(learn.proof.verdicts.shown);
  await expect(mark(learn.marks.fixed, true)).toBeVisible();
  await expect(text).toContainText(firstWords(said.goals.b.done));
  await next(learn.fix.on).click();
  await expectStep('transfer');
}

async function carryOver({ text, answer, next, mark, work, expectStep }: LessonPage) {
  await answer(mails, 'one', 'sure');
  await next(learn.transfer.go).click();
  await expect(text).toContainText(firstWords(said.explanations['how-many-mails']), patience);
  await expect(text).toContainText(firstWords(said.misconceptions['transaction-covers-all']));
  await expect(mark(learn.marks.transferred, false)).toBeVisible();
  await expect(work).toContainText('account mail');
  await next(learn.transfer.on).click();
  await expectStep('card');
}

async function readCard({ text }: LessonPage) {
  const own = text.locator('b.own');
  await expect(own).toHaveCount(3);
  for (const number of await own.all()) await expect(number).toHaveText(/^[1-9]\d*$/);
  await expect(text.getByText(learn.bet.yours('sure'))).toBeVisible();
  await expect(text.getByRole('listitem').filter({ hasText: optionText(setting, 'none') })).toBeVisible();
}

test('lesson 20 by keyboard alone, in the Table, without the stage @long', async ({ page }) => {
  test.slow();
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page, 'twice');
  const { text, work, next, mark, time, value } = lesson;
  const end = async () => {
    await tabTo(page, time);
    await page.keyboard.press('End');
  };
  const goTo = async (when: string) => {
    await tabTo(page, time);
    await page.keyboard.press('g');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('textbox')).toBeFocused();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(when);
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
  };
  const pick = async (
    id: string,
    question: { readonly options: typeof again.options },
    sure: 'sure' | 'guess',
  ) => {
    await pickRadio(page, text.getByRole('radio', { name: optionText(question, id), exact: true }));
    await press(page, text.getByRole('button', { name: learn.predict.confidences[sure], exact: true }));
  };
  await lesson.open();
  await tabTo(page, lesson.tab(learn.views.stage));
  await page.keyboard.press('ArrowRight');
  await expect(work.getByRole('group', { name: stageWords.stage })).toHaveCount(0);

  await test.step('two bets, and what was seen', async () => {
    await press(page, next(learn.scene.go));
    await pick('eight', again, 'sure');
    await press(page, next(learn.predict.go));
    await pick('none', setting, 'guess');
    await press(page, next(learn.predict.go));
    await end();
    await lesson.expectStep('observe');
    await expect(work.getByRole('tabpanel')).toContainText('balance 800');
    await pickRadio(page, text.getByRole('radio', { name: optionText(seen, 'twice'), exact: true }));
    await press(page, next(learn.observe.go));
    await press(page, next(learn.observe.on));
  });

  await test.step('goal A', async () => {
    await goTo('0:18');
    await press(page, value(crash, 'commit'));
    await goTo('0:33');
    await press(page, value(commit, 'before'));
    await goTo('0:38');
    await press(page, value(crash, 'apply'));
    await end();
    await expect(mark(learn.marks.shown, true)).toBeAttached(patience);
    await press(page, next(learn.break.on));
  });

  await test.step('goal B, proved', async () => {
    await goTo('0:02.5');
    await press(page, value(ids, 'together'));
    await press(page, next(learn.fix.prove));
    await expect(mark(learn.marks.fixed, true)).toBeAttached(patience);
    await press(page, next(learn.fix.on));
  });

  await test.step('two mails, and the card', async () => {
    await pick('two', mails, 'sure');
    await press(page, next(learn.transfer.go));
    await end();
    await expect(mark(learn.marks.transferred, true)).toBeAttached(patience);
    await press(page, next(learn.transfer.on));
    await lesson.expectStep('card');
  });
  await expect(work.getByRole('group', { name: stageWords.stage })).toHaveCount(0);
  expect(complaints).toEqual([]);
});
