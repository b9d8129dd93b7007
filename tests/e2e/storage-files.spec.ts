/** Everything a person has as one file, out of the page and back; and files and links that are not what they should be. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { dialogs } from '../../src/app/words/dialogs.en';
import { learn } from '../../src/app/words/learn.en';
import { problems } from '../../src/app/words/problems.en';
import { share } from '../../src/app/words/share.en';
import { shell } from '../../src/app/words/shell.en';
import type { Archive } from '../../src/storage/types';
import { badFiles, badLinks, withFlow, withNames } from '../helpers/bad-files';
import { collectComplaints } from '../helpers/complaints';
import { lessonPage, slug, type LessonPage } from '../helpers/lesson-page';

const w = dialogs.settings;
const patience = { timeout: 30_000 };
test.describe.configure({ timeout: 180_000 });
const settingsIn = (page: Page) => page.getByRole('dialog', { name: w.title });

async function openSettings(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: shell.settings, exact: true }).click();
  return settingsIn(page);
}

/** Whatever the page has, as the file it writes. */
async function exported(page: Page): Promise<{ readonly text: string; readonly archive: Archive }> {
  const downloading = page.waitForEvent('download');
  await settingsIn(page).getByRole('button', { name: w.exporting }).click();
  const text = await readFile(await (await downloading).path(), 'utf8');
  return { text, archive: JSON.parse(text) as Archive };
}

/** What matters of it: the moment at which it was written does not. */
const stateOf = ({ savedAt: _, ...archive }: Archive) => archive;

async function choose(dialog: Locator, text: string) {
  const file = dialog.getByLabel(w.importing);
  // Playwright hands large files over by their path only.
  if (text.length > 1_000_000) {
    const path = test.info().outputPath('large.json');
    await writeFile(path, text);
    await file.setInputFiles(path);
  } else
    await file.setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(text) });
}

async function deleteAll(dialog: Locator) {
  await dialog.getByRole('button', { name: w.deleting }).click();
  await dialog.getByRole('button', { name: w.deleteNow }).click();
  await expect(dialog.getByRole('status')).toHaveText(w.deleted);
}

/** A bet, an observation still open, and a run that is kept. */
async function doSomething(lesson: LessonPage) {
  await lesson.open();
  await lesson.next(learn.scene.go).click();
  await lesson.placeBet('own-flag', 'sure');
  await lesson.toEnd();
  await lesson.expectStep('observe');
  await lesson.page.getByRole('button', { name: share.open, exact: true }).click();
  const dialog = lesson.page.getByRole('dialog', { name: share.title });
  await dialog.getByRole('button', { name: share.keep }).click();
  await expect(dialog.getByText(share.kept, { exact: true })).toBeVisible();
  await lesson.page.keyboard.press('Escape');
}

test('everything is exported, deleted with a lesson open, and back after the import', async ({ page }) => {
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page);
  await doSomething(lesson);
  const left = await lesson.now();

  const dialog = await openSettings(page);
  const before = await exported(page);
  await deleteAll(dialog);
  // The lesson that is open was closed first: what it held is not written back.
  await lesson.expectStep('scene');
  const emptied = await exported(page);
  expect(emptied.archive).toMatchObject({ progress: [], recordings: [] });

  await choose(dialog, before.text);
  await expect(dialog.getByText(/^This file adds 1 lesson and 1 run/)).toBeVisible();
  await dialog.getByRole('button', { name: w.cancel }).click();
  expect(stateOf((await exported(page)).archive)).toEqual(stateOf(emptied.archive));

  await choose(dialog, before.text);
  await dialog.getByRole('button', { name: w.importNow }).click();
  await expect(dialog.getByRole('status')).toHaveText('Added 1 lesson and 1 run.');
  expect(stateOf((await exported(page)).archive)).toEqual(stateOf(before.archive));
  await page.keyboard.press('Escape');
  // What was open shows it at once, and after a reload.
  for (const look of ['now', 'after a reload'])
    await test.step(look, async () => {
      await lesson.expectStep('observe');
      await expect(lesson.text.getByText(learn.bet.yours('sure'))).toBeVisible();
      await lesson.expectNow(left);
      await page.reload();
    });
  expect(complaints).toEqual([]);
});

test('each kind of bad file is refused in words of its own, and nothing is lost', async ({ page }) => {
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page);
  await doSomething(lesson);
  const dialog = await openSettings(page);
  const before = await exported(page);
  for (const [what, problem, text] of badFiles)
    await test.step(`a file ${what}`, async () => {
      await choose(dialog, text);
      await expect(dialog.getByRole('alert')).toContainText(problems.of[problem]('file'), patience);
      // The next one shall bring its own words.
      await page.keyboard.press('Escape');
      await openSettings(page);
      await expect(dialog.getByRole('alert')).toHaveCount(0);
      await rm(test.info().outputPath('large.json'), { force: true });
    });
  expect(stateOf((await exported(page)).archive)).toEqual(stateOf(before.archive));
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
  await page.keyboard.press('Escape');
  await lesson.expectStep('observe');
  expect(complaints).toEqual([]);
});

test('a file with everything, opened where runs are, is asked about in the settings', async ({ page }) => {
  const complaints = await collectComplaints(page);
  await page.goto('./#/run');
  const file = { name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(withNames('my run')) };
  await page.getByLabel(share.page.file).setInputFiles(file);
  await expect(settingsIn(page).getByText(/^This file adds/)).toBeVisible();
  await settingsIn(page).getByRole('button', { name: w.importNow }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('link', { name: share.page.opens('my run') })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('each kind of bad link is refused in words of its own', async ({ page }) => {
  const complaints = await collectComplaints(page);
  for (const [problem, link] of await badLinks())
    await test.step(problem, async () => {
      await page.goto(`./#/run?s=${link}`);
      await expect(page.getByRole('alert')).toContainText(problems.of[problem]('link'), patience);
      await page.goto('./#/about');
    });
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
  expect(complaints).toEqual([]);
});

test('names that would be a page’s code elsewhere are text here', async ({ page }) => {
  const complaints = await collectComplaints(page);
  await page.goto('./#/learn');
  const dialog = await openSettings(page);
  const name = '<img src=x onerror="document.title=1"><b>bold</b>';
  await choose(dialog, withNames(name));
  await dialog.getByRole('button', { name: w.importNow }).click();
  await dialog.getByRole('link', { name: w.openRuns }).click();
  await page.getByRole('link', { name: share.page.opens(name) }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name, patience);
  await expect(page.locator('img')).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test('a lesson out of a file that cannot be gone on with says so, and is begun anew only when asked', async ({
  page,
}) => {
  const complaints = await collectComplaints(page);
  await page.goto('./#/learn');
  const dialog = await openSettings(page);
  await choose(dialog, withFlow({ visited: 7, seeds: 'x', times: null }));
  await dialog.getByRole('button', { name: w.importNow }).click();
  await expect(dialog.getByRole('status')).toHaveText(/^Added/);
  await page.keyboard.press('Escape');
  const lesson = lessonPage(page);
  await page.goto(`./#/learn/${slug}`);
  await expect(page.getByRole('alert')).toHaveText(learn.spoilt.what);
  await page.reload();
  await expect(page.getByRole('alert')).toHaveText(learn.spoilt.what);
  await page.getByRole('button', { name: learn.spoilt.anew }).click();
  await lesson.expectStep('scene');
  // Begun anew: what had been earned stays.
  await openSettings(page);
  const { progress } = (await exported(page)).archive;
  expect(progress.find((one) => one.slug === slug)).toMatchObject({ marks: { shown: 40 }, attempt: null });
  expect(complaints).toEqual([]);
});
