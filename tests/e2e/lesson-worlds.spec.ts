/** Lesson 20 on other brokers: each has its own picture and its own words for settling, keeps its run, and is proved by itself. */
import { expect, test, type Locator } from '@playwright/test';
import { learn } from '../../src/app/words/learn.en';
import { queueWords } from '../../src/stage/queues/words.en';
import { stageWords } from '../../src/stage/words.en';
import { expectAccessible } from '../helpers/axe';
import { collectComplaints } from '../helpers/complaints';
import { lessonPage, wordsOf, type LessonPage } from '../helpers/lesson-page';

const patience = { timeout: 20_000 };
const said = wordsOf('05-four-pitfalls/20-twice');
const { world, ids } = said.knobs;
const toFault = learn.fix.toFault('0:09.0');

/** What entries lie on, as the stage alone names it: the knob says the broker's name before anything of it is there. */
const lies = {
  transactions: stageWords.partition(0),
  rabbitmq: queueWords.queueType.classic,
  sqs: queueWords.pileType.standard,
  fifo: queueWords.pileType.fifo,
};

function entries(lesson: LessonPage, id: keyof typeof lies): Locator {
  return lesson.work.getByRole('button', { name: new RegExp(`^entries.*, ${lies[id]}`, 'i') });
}

for (const [id, settles] of [
  ['transactions', said.knobs['commit']],
  ['rabbitmq', said.knobs['ack']],
  ['sqs', said.knobs['delete']],
  ['fifo', said.knobs['delete']],
] as const)
  test(`on ${id}: the crash doubles an entry here too, and the same design survives it`, async ({ page }) => {
    test.slow();
    const complaints = await collectComplaints(page);
    const lesson = lessonPage(page, 'twice');
    await lesson.open();
    await lesson.openStep('fix');
    await lesson.value(world, id).click();
    await expect(lesson.value(world, id)).toHaveAttribute('aria-pressed', 'true');
    await expect(lesson.value(settles, 'before')).toBeVisible(patience);
    await expect(entries(lesson, id)).toBeVisible(patience);
    await lesson.next(toFault).click();
    await expect(lesson.next(learn.fix.prove)).toBeVisible(patience);
    await expect(entries(lesson, id)).toBeVisible();
    // a message by the default exchange changes nothing about who stands on the stage
    await expect(lesson.work.getByRole('button', { name: queueWords.defaultExchange })).toHaveCount(0);
    const rows = page.getByRole('table', { name: learn.proof.title }).getByRole('row');
    await lesson.next(learn.fix.prove).click();
    await expect(rows).toHaveCount(3, patience);
    for (const row of await rows.all()) await expect(row).toContainText(learn.proof.verdicts.violated);
    await lesson.value(ids, 'together').click();
    await lesson.next(learn.fix.prove).click();
    await expect(rows).toHaveCount(3, patience);
    for (const row of await rows.all()) await expect(row).toContainText(learn.proof.verdicts.shown);
    await expectAccessible(page);
    expect(complaints).toEqual([]);
  });

test('each world is where it was left, also after a reload', async ({ page }) => {
  test.slow();
  const lesson = lessonPage(page, 'twice');
  await lesson.open();
  await lesson.openStep('fix');
  await lesson.value(ids, 'together').click();
  await lesson.value(world, 'rabbitmq').click();
  await expect(lesson.value(ids, 'together')).toHaveAttribute('aria-pressed', 'false');
  await lesson.standAt('0:07');
  await page.reload();
  await expect(lesson.value(world, 'rabbitmq')).toHaveAttribute('aria-pressed', 'true', patience);
  await lesson.expectNow(7000);
  await lesson.value(world, 'kafka').click();
  await expect(lesson.value(ids, 'together')).toHaveAttribute('aria-pressed', 'true', patience);
});

test.describe('in a hurry', () => {
  // What it keeps would come at once.
  test.use({ serviceWorkers: 'block' });

  test('nothing is done to a world that leaves the stage: what comes next waits for the one that comes', async ({
    page,
  }) => {
    test.slow();
    const lesson = lessonPage(page, 'twice');
    await lesson.open();
    await lesson.openStep('fix');
    await expect(lesson.next(toFault)).toBeEnabled();
    let arrive = (): void => {};
    const onItsWay = new Promise<void>((resolve) => (arrive = resolve));
    await page.route('**/assets/*.js', async (route) => {
      await onItsWay;
      await route.continue();
    });
    await lesson.value(world, 'rabbitmq').click();
    await expect(lesson.value(world, 'rabbitmq')).toHaveAttribute('aria-pressed', 'true');
    await expect(lesson.next(toFault)).toBeDisabled();
    await expect(lesson.value(ids, 'together')).toBeDisabled();
    arrive();
    await lesson.next(toFault).click();
    await expect(lesson.next(learn.fix.prove)).toBeVisible(patience);
    await expect(entries(lesson, 'rabbitmq')).toBeVisible();
  });

  test('a proof that is asked for at once is of what was just done', async ({ page }) => {
    test.slow();
    const lesson = lessonPage(page, 'twice');
    await lesson.open();
    await lesson.openStep('fix');
    await lesson.next(toFault).click();
    await expect(lesson.next(learn.fix.prove)).toBeVisible(patience);
    const [knob, prove] = [lesson.value(ids, 'together'), lesson.next(learn.fix.prove)];
    // No driver is as quick as two clicks of one task.
    await knob.evaluate(
      (first, second) => [first, second].forEach((button) => (button as HTMLElement).click()),
      await prove.elementHandle(),
    );
    const rows = page.getByRole('table', { name: learn.proof.title }).getByRole('row');
    await expect(rows).toHaveCount(3, patience);
    for (const row of await rows.all()) await expect(row).toContainText(learn.proof.verdicts.shown);
  });
});
