/** Two tabs of one browser: neither loses what it did, nor what the other did. */
import { expect, test } from '@playwright/test';
import { dialogs } from '../../src/app/words/dialogs.en';
import { learn } from '../../src/app/words/learn.en';
import { shell } from '../../src/app/words/shell.en';
import { Account, everythingIn, stopWriting } from '../helpers/acknowledged';
import { collectComplaints } from '../helpers/complaints';
import { bet, lessonPage, slug } from '../helpers/lesson-page';

const writingMs = process.env['LONG'] ? 60_000 : 4_000;

test('two tabs that write at once, at full speed, lose nothing', async ({ context }) => {
  test.setTimeout(60_000 + writingMs * 3);
  const account = new Account();
  const pages = [await context.newPage(), await context.newPage()];
  for (const page of pages) await page.goto('./#/about');
  const until = Date.now() + writingMs;
  const begun = await Promise.all(pages.map((page, tab) => account.write(page, 'ab'[tab])));
  // For as long as was asked for: what happens meanwhile is the test.
  await expect.poll(() => Date.now(), { timeout: writingMs * 2 }).toBeGreaterThan(until);
  for (const page of pages) await stopWriting(page);
  const counts = await Promise.all(begun.map(({ done }) => done));
  console.log(`Two tabs wrote ${counts.join(' and ')} times in ${writingMs / 1000} s.`);
  for (const count of counts) expect(count).toBeGreaterThan(writingMs / 100);
  await expect.poll(() => account.count).toBe(counts[0] + counts[1]);
  const fresh = await context.newPage();
  await fresh.goto('./#/about');
  account.expectAllIn(await everythingIn(fresh));
});

test('two tabs in one lesson: each hears of the other, and both bets are kept', async ({ context }) => {
  test.slow();
  const [one, two] = [lessonPage(await context.newPage()), lessonPage(await context.newPage())];
  const complaints = [await collectComplaints(one.page), await collectComplaints(two.page)];
  await one.open();
  await two.open();
  for (const lesson of [one, two]) {
    await lesson.next(learn.scene.go).click();
    await lesson.expectStep('predict');
  }
  await one.placeBet('own-flag', 'sure');
  await one.toEnd();
  await one.expectStep('observe');
  await expect(two.page.getByText(learn.elsewhere)).toBeVisible();
  await two.placeBet('nothing', 'guess');
  await two.toEnd();
  await two.expectStep('observe');
  await expect(one.page.getByText(learn.elsewhere)).toBeVisible();

  await one.page.getByRole('button', { name: learn.elsewhereShow }).click();
  await expect(one.page.getByText(learn.elsewhere)).toHaveCount(0);
  await one.expectStep('observe');
  const fresh = await context.newPage();
  await fresh.goto('./#/about');
  const { progress } = await everythingIn(fresh);
  const attempt = progress.find((lesson) => lesson.slug === slug)?.attempt;
  expect(bet.options.map(({ id }) => id)).toEqual(expect.arrayContaining(['own-flag', 'nothing']));
  expect(attempt?.bets.map(({ option }) => option).sort()).toEqual(['nothing', 'own-flag']);
  expect(complaints).toEqual([[], []]);
});

test('what is deleted in one tab is not written back by a lesson that is open in another', async ({
  context,
}) => {
  test.slow();
  const lesson = lessonPage(await context.newPage());
  const complaints = await collectComplaints(lesson.page);
  await lesson.open();
  await lesson.next(learn.scene.go).click();
  await lesson.placeBet('own-flag', 'sure');
  await lesson.toEnd();
  await lesson.expectStep('observe');

  const other = await context.newPage();
  await other.goto('./#/learn');
  await other.getByRole('button', { name: shell.settings, exact: true }).click();
  await other.getByRole('button', { name: dialogs.settings.deleting }).click();
  await other.getByRole('button', { name: dialogs.settings.deleteNow }).click();
  await expect(other.getByText(dialogs.settings.deleted)).toBeVisible();

  await lesson.expectStep('scene');
  await lesson.page.close();
  const fresh = await context.newPage();
  await fresh.goto('./#/about');
  expect(await everythingIn(fresh)).toMatchObject({ progress: [], recordings: [] });
  expect(complaints).toEqual([]);
});
