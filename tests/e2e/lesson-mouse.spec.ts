import { expect, test, type Page } from '@playwright/test';
import { learn } from '../../src/app/words/learn.en';
import { map } from '../../src/app/words/map.en';
import { shell } from '../../src/app/words/shell.en';
import { transport } from '../../src/app/words/transport.en';
import { chartWords } from '../../src/stage/charts/words.en';
import { collectComplaints } from '../helpers/complaints';
import {
  bet,
  firstWords,
  lessonPage,
  optionText,
  said,
  transfer,
  type LessonPage,
} from '../helpers/lesson-page';
import { lessonTruth } from '../helpers/engine-bundle';

/** Nothing is shown before its time, so whatever is looked for may take a moment. */
const patience = { timeout: 20_000 };
const outcome = firstWords(said.explanations['observe']);

test('lesson 4 by mouse, from the front page to the card', async ({ page }) => {
  test.slow();
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page);

  await test.step('from the front page over the map to the lesson', () => travel(page));
  await test.step('a bet, before anything of the outcome is on the page', () => betWrong(lesson));
  await test.step('what was seen: wrong first, then right', () => reportTwice(lesson));
  await test.step('goal A: a flag goes back', () => breakIt(lesson));
  await test.step('goal B: a wrong idea is refuted, and the page says where', () => failToProve(lesson));
  await test.step('another try in the past leaves the first run as it was', () => fork(lesson));
  await test.step('the solution can be watched, and earns nothing', () => watchGhost(lesson));
  await test.step('goal B: solved on a new run, and proved on three', () => solve(lesson));
  await test.step('the same idea elsewhere', () => carryOver(lesson));
  await test.step('the card has numbers of one’s own', () => readCard(lesson));
  await test.step('the marks are on the map', () => seeMarks(page));
  expect(complaints).toEqual([]);
});

async function travel(page: Page) {
  await page.goto('./');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page
    .getByRole('navigation', { name: shell.nav })
    .getByRole('link', { name: shell.places.learn, exact: true })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: map.title })).toBeVisible();
  await page
    .getByRole('navigation', { name: map.lessons })
    .getByRole('link', { name: new RegExp(said.title) })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: said.title })).toBeVisible();
}

async function betWrong({ page, text, next, placeBet, hurry, expectStep, stop }: LessonPage) {
  await expect(stop('scene', 'here')).toBeVisible();
  await expectUntold(page);
  await next(learn.scene.go).click();
  await expectStep('predict');
  await expectUntold(page);
  await expect(next(learn.predict.go)).toHaveAttribute('aria-disabled', 'true');
  await placeBet('unread', 'sure');
  await expectStep('run');
  await hurry();
  await expectStep('observe');
  await expect(text.getByText(learn.bet.yours('sure'))).toBeVisible();
  await expectUntold(page);
}

async function expectUntold(page: Page) {
  const body = page.locator('body');
  await expect(body).not.toContainText(outcome);
  for (const id of ['queue-thinking', 'one-reader', 'push-thinking'])
    await expect(body).not.toContainText(firstWords(said.misconceptions[id]));
  await expect(body).not.toContainText(learn.bet.seen);
}

async function reportTwice({ text, time, report, next, expectNow, now, expectStep }: LessonPage) {
  const right = await (await lessonTruth()).firstOffset();
  const before = await now();
  await report(right + 3);
  await expect(text.getByText(learn.observe.wrong(String(right + 3)))).toBeVisible();
  await expect(text).not.toContainText(outcome);
  // The moment is shown again: the timeline stands at the record that was read, which the Story says.
  await expect(time).not.toHaveAttribute('aria-valuenow', String(before));
  await expect(time).toHaveAttribute('aria-valuetext', new RegExp(`offset ${right}\\b|\\b${right}\\b`));
  const moment = await now();
  expect(moment).toBeGreaterThan(11_000);
  expect(moment).toBeLessThan(14_000);

  await report(right);
  await expect(text.getByText(learn.observe.right(String(right)))).toBeVisible();
  await expect(text).toContainText(outcome);
  await expect(text).toContainText(firstWords(said.misconceptions['queue-thinking']));
  await expect(text.getByRole('listitem').filter({ hasText: optionText(bet, 'own-flag') })).toContainText(
    learn.bet.seen,
  );
  await expectNow(moment);
  await next(learn.observe.on).click();
  await expectStep('break');
}

async function breakIt({ page, text, next, goTo, seek, play, toEnd, mark, expectStep }: LessonPage) {
  await expect(mark(learn.marks.shown, false)).toBeVisible();
  await goTo('0:30');
  await seek('cache', 0, 0);
  await play.click();
  await toEnd();
  await expect(mark(learn.marks.shown, true)).toBeVisible(patience);
  await expect(text).toContainText(firstWords(said.goals.a.done));
  await expect(
    page.getByRole('button', { name: new RegExp(`^${escape(learn.goal.why)}`) }).first(),
  ).toBeVisible();
  await next(learn.break.on).click();
  await expectStep('fix');
}

async function failToProve({ page, text, next, seek, mark, time, expectNow, now }: LessonPage) {
  await expect(text.getByRole('note')).toBeVisible();
  await next(learn.fix.toFault('0:36.5')).click();
  await expect(next(learn.fix.prove)).toBeVisible(patience);
  await expectNow(36_500);
  // Everything that is needed, and the flag of the other group as well.
  for (const partition of [0, 1, 2]) await seek('search', partition, 0);
  await seek('cache', 0, 0);
  await next(learn.fix.prove).click();

  const proof = page.getByRole('table', { name: learn.proof.title });
  await expect(proof.getByRole('row')).toHaveCount(3, patience);
  const [own] = await proof.getByRole('row').all();
  await expect(own).toContainText(learn.proof.yours);
  await expect(own).toContainText(learn.proof.verdicts.violated);
  // Which clause, and when.
  await expect(own).toContainText(/, 0:3\d\.\d/);
  await expect(mark(learn.marks.fixed, false)).toBeVisible();
  await expect(text).toContainText(firstWords(said.misconceptions['wrong-group']));

  const why = text
    .getByRole('listitem')
    .filter({ has: page.locator('.trouble') })
    .getByRole('button');
  await why.first().click();
  await expect(time).toHaveAttribute('aria-valuetext', /cache/i);
  await expect.poll(now).toBeGreaterThanOrEqual(36_500);
  expect(await now()).toBeLessThan(37_000);
}

async function fork({ page, goTo, seek, forkQuestion, now, region, time }: LessonPage) {
  await goTo('0:36.3');
  const at = await now();
  await seek('search', 0, 0);
  await expect(forkQuestion).toContainText(transport.forkText(transport.run(1)));
  await forkQuestion.getByRole('button', { name: transport.forkYes }).click();
  await expect(forkQuestion).toHaveCount(0);

  // The first run is still there: with the seek of cache in it, which the second does not have.
  const [first, second] = [1, 2].map((number) => new RegExp(`^Show ${transport.run(number)},`));
  await expect(region.getByRole('button', { name: first })).toBeVisible();
  await region.getByRole('button', { name: first }).click();
  await expect(region.getByRole('button', { name: second })).toBeVisible();
  const soughtByCache = region.getByRole('button', { name: /cache.*offset 0|seek/i });
  await expect(soughtByCache.first()).toBeAttached();
  await region.getByRole('button', { name: second }).click();
  await expect(region.getByRole('button', { name: first })).toBeVisible();
  await expect(time).toHaveAttribute('aria-valuenow', String(at));
  await expect(page.getByText(chartWords.kept(transport.run(1)))).toBeVisible();
}

async function watchGhost({ page, text, work, next, mark, region, controls }: LessonPage) {
  await text.getByRole('button', { name: learn.ghost.show, exact: true }).click();
  await expect(work.getByText(learn.ghost.label)).toBeVisible();
  // Another's run cannot be changed, and a control says so.
  await expect(controls).toContainText(learn.knobs.lockedElsewhere);
  await region.getByRole('button', { name: transport.end, exact: true }).click();
  await next(learn.ghost.stop).click();
  await expect(work.getByText(learn.ghost.label)).toHaveCount(0);
  await expect(page.getByText(learn.marks.solutionSeen)).toBeVisible();
  await expect(mark(learn.marks.fixed, false)).toBeVisible();
}

async function solve({ page, text, controls, next, seek, mark, expectStep, expectNow }: LessonPage) {
  await controls.getByRole('button', { name: learn.knobs.reset, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: learn.knobs.resetYes, exact: true }).click();
  await expectNow(35_000);
  await next(learn.fix.toFault('0:36.5')).click();
  await expect(next(learn.fix.prove)).toBeVisible(patience);
  for (const partition of [0, 1, 2]) await seek('search', partition, 0);
  await next(learn.fix.prove).click();

  const rows = page.getByRole('table', { name: learn.proof.title }).getByRole('row');
  await expect(rows).toHaveCount(3, patience);
  for (const row of await rows.all()) await expect(row).toContainText(learn.proof.verdicts.shown);
  await expect(rows.filter({ hasText: learn.proof.yours })).toHaveCount(1);
  await expect(rows.filter({ hasText: learn.proof.unseen })).toHaveCount(2);
  await expect(mark(learn.marks.fixed, true)).toBeVisible();
  await expect(text).toContainText(firstWords(said.goals.b.done));
  await next(learn.fix.on).click();
  await expectStep('transfer');
}

async function carryOver({ text, answer, next, mark, expectStep }: LessonPage) {
  await expect(text).not.toContainText(firstWords(said.explanations['after-the-gap']));
  await answer(transfer, 'again', 'unsure');
  await next(learn.transfer.go).click();
  await expect(text.getByText(learn.transfer.right)).toBeVisible(patience);
  await expect(text).toContainText(firstWords(said.explanations['after-the-gap']));
  await expect(mark(learn.marks.transferred, true)).toBeVisible();
  await next(learn.transfer.on).click();
  await expectStep('card');
}

async function readCard({ text }: LessonPage) {
  const own = text.locator('b.own');
  await expect(own).toHaveCount(3);
  for (const number of await own.all()) await expect(number).toHaveText(/^[1-9]\d*$/);
  await expect(text.getByText(learn.bet.yours('sure'))).toBeVisible();
  await expect(text.getByRole('heading', { name: learn.card.production })).toBeVisible();
}

async function seeMarks(page: Page) {
  await page.getByRole('region', { name: learn.lesson }).getByRole('link', { name: learn.card.map }).click();
  const station = page
    .getByRole('navigation', { name: map.lessons })
    .getByRole('link', { name: new RegExp(said.title) });
  for (const name of ['shown', 'fixed', 'transferred'] as const)
    await expect(station).toContainText(map.marks[name].name);
  await expect(station).not.toContainText(map.marks.remembered.name);
  await expect(station.locator('path.earned')).toHaveCount(3);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
