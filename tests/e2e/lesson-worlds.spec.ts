/** Lesson 20 on other brokers: each has its own picture and its own words for settling, keeps its run, and is proved by itself. */
import { expect, test } from '@playwright/test';
import { learn } from '../../src/app/words/learn.en';
import { expectAccessible } from '../helpers/axe';
import { collectComplaints } from '../helpers/complaints';
import { lessonPage, wordsOf } from '../helpers/lesson-page';

const patience = { timeout: 20_000 };
const said = wordsOf('05-four-pitfalls/20-twice');
const { world, ids } = said.knobs;

for (const [id, broker, settles] of [
  ['transactions', 'Kafka', said.knobs['commit']],
  ['rabbitmq', 'RabbitMQ', said.knobs['ack']],
  ['sqs', 'SQS', said.knobs['delete']],
  ['fifo', 'SQS', said.knobs['delete']],
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
    await expect(lesson.work).toContainText(new RegExp(broker, 'i'), patience);
    await lesson.next(learn.fix.toFault('0:09.0')).click();
    await expect(lesson.next(learn.fix.prove)).toBeVisible(patience);
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
