import { expect, test, type Locator, type Page } from '@playwright/test';
import { learn } from '../../src/app/words/learn.en';
import { transport } from '../../src/app/words/transport.en';
import { parseLessonWords } from '../../scripts/lesson-words';
import { readFileSync } from 'node:fs';
import { collectComplaints } from '../helpers/complaints';
import { firstWords, lessonPage, optionText, type LessonPage } from '../helpers/lesson-page';

const patience = { timeout: 20_000 };
const file = 'lessons/04-event-sourcing/16-ledger/index.en.md';
const { words: said } = parseLessonWords(
  readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'),
  file,
);
const [how, after] = [said.bets['how-it-got-there'], said.bets['after-line-2']];
const seen = said.observations['what-is-kept'];
const transfer = said.probes['mails-after-replay'];

/** Asks, challenges, writes a slip: one of a control's values, done once. */
async function act({ controls }: LessonPage, knob: string, value: string) {
  const { label, values } = said.knobs[knob];
  await controls.getByRole('combobox', { name: label, exact: true }).selectOption({ label: values[value] });
  await controls.getByRole('button', { name: `${label}: ${values[value]}`, exact: true }).click();
}

/** Files a finding. */
async function fileFinding({ controls }: LessonPage, account: string, cause: string, rests: string) {
  const pick = (name: string) => controls.getByRole('combobox', { name, exact: true });
  await pick(learn.knobs.nameAccount).selectOption({ label: `account ${account}` });
  await pick(learn.knobs.nameCause).selectOption({ label: said.knobs['name'].values[cause] });
  await pick(learn.knobs.nameRests).selectOption(rests);
  await controls.getByRole('button', { name: new RegExp(`^File for account ${account}`) }).click();
}

/** What an account's log shows of −200 in this run: the learner looks, and so does this. */
async function causeOf({ work }: LessonPage, account: string): Promise<'lost' | 'refused'> {
  const band = work.getByRole('button', {
    name: new RegExp(`^Log of account ${account}, (two|three) lines`),
  });
  await expect(band).toBeAttached(patience);
  return /two lines/.test((await band.getAttribute('aria-label')) ?? '') ? 'lost' : 'refused';
}

test('lesson 16 by mouse, wrong answers first, to the card', async ({ page }) => {
  test.slow();
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page);
  await page.goto('./#/learn/ledger');
  await test.step('two bets, both wrong', () => betWrong(lesson));
  await test.step('what was kept: wrong first, then right', () => reportTwice(lesson));
  await test.step('goal A: both are asked', () => askBoth(lesson));
  await test.step('goal B: the balance tells nothing', () => failByBalance(lesson));
  await test.step('goal B: read from the logs, and proved', () => prove(lesson));
  await test.step('four e-mails', () => carryOver(lesson));
  await test.step('the card has numbers of one’s own', () => readCard(lesson));
  expect(complaints).toEqual([]);
});

async function betWrong({ text, next, answer, expectStep }: LessonPage) {
  await next(learn.scene.go).click();
  await expectStep('predict');
  await answer(how, 'database', 'sure');
  await next(learn.predict.go).click();
  await answer(after, 'thousand', 'guess');
  await expect(text).not.toContainText(firstWords(said.misconceptions['today-is-then']));
  await next(learn.predict.go).click();
  await expectStep('run');
}

async function reportTwice({ text, toEnd, next, expectStep }: LessonPage) {
  await toEnd();
  await expectStep('observe');
  for (const [id, told] of [
    ['three-three', false],
    ['three-one', true],
  ] as const) {
    await text.getByRole('radio', { name: optionText(seen, id), exact: true }).check();
    await next(learn.observe.go).click();
    if (!told) await expect(text.getByText(learn.observe.wrong(''))).toBeVisible();
  }
  await expect(text).toContainText(firstWords(said.explanations['observe']));
  for (const id of ['write-ahead-log', 'today-is-then'])
    await expect(text).toContainText(firstWords(said.misconceptions[id]));
  await next(learn.observe.on).click();
  await expectStep('break');
}

async function askBoth(lesson: LessonPage) {
  const { text, work, next, goTo, mark, expectStep } = lesson;
  await goTo('0:14');
  await act(lesson, 'challenge', 'today');
  await goTo('0:14.5');
  await expect(text).toContainText(firstWords(said.misconceptions['row-knows-nothing']));
  await act(lesson, 'ask', 'line-2');
  await act(lesson, 'challenge', 'line-2');
  await act(lesson, 'ask', 'how');
  await goTo('0:15');
  // The picture answers: three hundred from two lines, and a row that admits it.
  await expect(
    work.getByRole('button', { name: 'Balance after line 2? Row: It cannot say. Log: $300 = +500, −200.' }),
  ).toBeAttached(patience);
  await expect(mark(learn.marks.shown, true)).toBeVisible(patience);
  await expect(text).toContainText(firstWords(said.goals.a.done));
  await next(learn.break.on).click();
  await expectStep('fix');
}

async function failByBalance(lesson: LessonPage) {
  const { page, text, controls, next, mark, toEnd } = lesson;
  await next(learn.fix.toFault('0:22.0')).click();
  await expect(next(learn.fix.prove)).toBeVisible(patience);
  await fileFinding(lesson, '8', 'lost', 'row');
  await next(learn.fix.prove).click();
  const rows = page.getByRole('table', { name: learn.proof.title }).getByRole('row');
  await expect(rows).toHaveCount(3, patience);
  await expect(rows.first()).toContainText(learn.proof.verdicts.violated);
  await expect(mark(learn.marks.fixed, false)).toBeVisible();
  await expect(text).toContainText(firstWords(said.misconceptions['balance-tells']));
  await toEnd();
  await controls.getByRole('button', { name: learn.knobs.reset, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: learn.knobs.resetYes, exact: true }).click();
}

async function prove(lesson: LessonPage) {
  const { page, text, next, mark, expectStep } = lesson;
  await next(learn.fix.toFault('0:22.0')).click();
  await expect(next(learn.fix.prove)).toBeVisible(patience);
  for (const account of ['8', '9']) await fileFinding(lesson, account, await causeOf(lesson, account), 'log');
  await next(learn.fix.prove).click();
  const rows = page.getByRole('table', { name: learn.proof.title }).getByRole('row');
  await expect(rows).toHaveCount(3, patience);
  for (const row of await rows.all()) await expect(row).toContainText(learn.proof.verdicts.shown);
  await expect(mark(learn.marks.fixed, true)).toBeVisible();
  await expect(text).toContainText(firstWords(said.goals.b.done));
  await next(learn.fix.on).click();
  await expectStep('transfer');
}

async function carryOver({ text, work, answer, next, mark, expectStep }: LessonPage) {
  await answer(transfer, 'four', 'unsure');
  await next(learn.transfer.go).click();
  await expect(text.getByText(learn.transfer.right)).toBeVisible(patience);
  await expect(mark(learn.marks.transferred, true)).toBeVisible();
  await expect(work.getByRole('button', { name: 'Mail gateway: 4 e-mails sent, 4 held' })).toBeAttached();
  await next(learn.transfer.on).click();
  await expectStep('card');
}

async function readCard({ text }: LessonPage) {
  const own = text.locator('b.own');
  await expect(own).toHaveCount(3);
  for (const number of await own.all()) await expect(number).toHaveText(/^[1-9]\d*$/);
  await expect(text.getByText(learn.bet.yours('sure'))).toBeVisible();
}

test('lesson 16 by keyboard alone, in Table and Story, without the stage @long', async ({ page }) => {
  test.slow();
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page);
  const { text, work, controls, next, mark, time } = lesson;
  await page.goto('./#/learn/ledger');
  await lesson.expectStep('scene');
  await press(page, lesson.tab(learn.views.stage), 'ArrowRight');
  await expect(work.locator('.view svg.drawing[role="group"]')).toHaveCount(0);
  await press(page, next(learn.scene.go));
  for (const [bet, id] of [
    [how, 'cannot'],
    [after, 'three-hundred'],
  ] as const) {
    await press(page, text.getByRole('radio', { name: optionText(bet, id), exact: true }), 'Space');
    await press(page, text.getByRole('button', { name: learn.predict.confidences.sure, exact: true }));
    await press(page, next(learn.predict.go));
  }
  await lesson.expectStep('run');
  await press(page, time, 'End');
  await lesson.expectStep('observe');
  // What is asked about can be read in the Table.
  await expect(work.getByRole('tabpanel')).toContainText('Log of account 7, three lines');
  await press(page, text.getByRole('radio', { name: optionText(seen, 'three-one'), exact: true }), 'Space');
  await press(page, next(learn.observe.go));
  await press(page, next(learn.observe.on));
  await lesson.expectStep('break');

  await goTo(page, '0:14');
  for (const [knob, value] of [
    ['ask', 'line-2'],
    ['challenge', 'line-2'],
    ['ask', 'how'],
  ] as const) {
    const { label, values } = said.knobs[knob];
    await choose(page, controls.getByRole('combobox', { name: label, exact: true }), values[value]);
    await press(page, controls.getByRole('button', { name: `${label}: ${values[value]}`, exact: true }));
  }
  await goTo(page, '0:15');
  await expect(work.getByRole('tabpanel')).toContainText('$300 = +500, −200');
  await expect(mark(learn.marks.shown, true)).toBeAttached(patience);
  await press(page, next(learn.break.on));
  await lesson.expectStep('fix');

  await goTo(page, '0:22');
  for (const account of ['8', '9']) {
    const log = work.getByRole('table', { name: new RegExp(`^Log of account ${account}`) });
    await expect(log).toBeVisible(patience);
    const cause = (await log.getByRole('row').count()) === 3 ? 'lost' : 'refused';
    await choose(
      page,
      controls.getByRole('combobox', { name: learn.knobs.nameAccount }),
      `account ${account}`,
    );
    await choose(
      page,
      controls.getByRole('combobox', { name: learn.knobs.nameCause }),
      said.knobs['name'].values[cause],
    );
    await choose(page, controls.getByRole('combobox', { name: learn.knobs.nameRests }), 'its log');
    await press(page, controls.getByRole('button', { name: new RegExp(`^File for account ${account}`) }));
  }
  await press(page, next(learn.fix.prove));
  await expect(mark(learn.marks.fixed, true)).toBeAttached(patience);
  await press(page, next(learn.fix.on));
  await press(page, text.getByRole('radio', { name: optionText(transfer, 'four'), exact: true }), 'Space');
  await press(page, text.getByRole('button', { name: learn.predict.confidences.sure, exact: true }));
  await press(page, next(learn.transfer.go));
  await expect(mark(learn.marks.transferred, true)).toBeAttached(patience);
  await press(page, next(learn.transfer.on));
  await lesson.expectStep('card');
  expect(complaints).toEqual([]);
});

async function press(page: Page, target: Locator, key = 'Enter') {
  await expect(target).toBeAttached(patience);
  await target.focus();
  await page.keyboard.press(key);
}

async function choose(page: Page, list: Locator, entry: string) {
  await list.focus();
  const options = await list.getByRole('option').allTextContents();
  const index = options.findIndex((option) => option.trim().startsWith(entry));
  await page.keyboard.press('Home');
  for (let presses = 0; presses < index; presses++) await page.keyboard.press('ArrowDown');
}

async function goTo(page: Page, where: string) {
  const button = page
    .getByRole('region', { name: transport.region, exact: true })
    .getByRole('button', { name: new RegExp(transport.goTo) });
  await press(page, button.first());
  const dialog = page.getByRole('dialog', { name: transport.goTo });
  await dialog.getByRole('textbox').fill(where);
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
}
