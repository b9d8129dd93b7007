import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { course } from '../../src/app/words/course.en';
import { dialogs } from '../../src/app/words/dialogs.en';
import { learn } from '../../src/app/words/learn.en';
import { shell } from '../../src/app/words/shell.en';
import { worksWords } from '../../src/app/words/works.en';
import { lessonBySlug, lessons } from '../../src/course/catalogue';
import { collectComplaints } from '../helpers/complaints';
import { lessonPage, slug } from '../helpers/lesson-page';

/** "04-kafka-log" → "kafka-log": folder names are the registry. */
const built = new Set(
  readdirSync('lessons', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('lesson.ts'))
    .map((file) => basename(dirname(file)).replace(/^\d+-/, '')),
);

test('all 24 lessons open for somebody who was never here, and say what they are', async ({ page }) => {
  test.slow();
  const complaints = await collectComplaints(page);
  expect(lessons).toHaveLength(24);
  for (const lesson of lessons) {
    await page.goto(`./#/learn/${lesson.slug}`);
    const { title, teaches } = course.lessons[lesson.slug];
    await expect(page.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible();
    await expect(page).toHaveTitle(shell.title(title));
    if (built.has(lesson.slug)) {
      await lessonPage(page).expectStep('scene');
      continue;
    }
    await expect(page.getByText(worksWords.unbuilt.lead)).toBeVisible();
    await expect(page.getByText(teaches)).toBeVisible();
    // What it builds on is named, and never a lock.
    for (const needed of lesson.prerequisites.map((one) => lessonBySlug(one)!))
      await expect(
        page
          .getByRole('main')
          .getByRole('link', {
            name: worksWords.unbuilt.lesson(needed.number, course.lessons[needed.slug].title),
            exact: true,
          })
          .first(),
      ).toBeVisible();
  }
  expect(complaints).toEqual([]);
});

test('an address that is nobody’s says so and leads on', async ({ page }) => {
  const complaints = await collectComplaints(page);
  for (const address of ['./#/nowhere', './#/learn/no-such-lesson', './#/learn/kafka-log/further']) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1, name: worksWords.notFound.title })).toBeVisible();
    await expect(
      page.getByRole('main').getByRole('link', { name: worksWords.notFound.map, exact: true }),
    ).toBeVisible();
  }
  expect(complaints).toEqual([]);
});

test('where nothing can be kept the page says so, and the lesson goes on in memory', async ({ page }) => {
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  });
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page);
  await lesson.open();
  await expect(page.getByRole('status').getByText(shell.trouble.blocked.what)).toBeVisible();
  await lesson.next(learn.scene.go).click();
  await lesson.placeBet('own-flag');
  await lesson.toEnd();
  await lesson.expectStep('observe');

  // Within this visit nothing is lost: out to the map and back.
  await page.goto('./#/learn');
  await expect(lesson.text).toHaveCount(0);
  await page.goto(`./#/learn/${slug}`);
  await lesson.expectStep('observe');
  await expect(lesson.text.getByText(learn.bet.yours('guess'))).toBeVisible();
  expect(complaints).toEqual([]);
});

test('what was done can be taken to another browser as a file', async ({ page, browser, baseURL }) => {
  const lesson = lessonPage(page);
  await lesson.open();
  await lesson.next(learn.scene.go).click();
  await lesson.placeBet('nothing', 'sure');
  await lesson.toEnd();
  await lesson.expectStep('observe');
  await lesson.settings.click();
  const dialog = page.getByRole('dialog', { name: dialogs.settings.title });
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: dialogs.settings.exporting }).click();
  const content = await readFile(await (await downloading).path());
  await expect(dialog.getByRole('status')).toHaveText(dialogs.settings.exported);

  const elsewhere = await browser.newContext({ baseURL: baseURL! });
  try {
    const other = await elsewhere.newPage();
    await other.goto('./#/learn');
    await other.getByRole('button', { name: shell.settings, exact: true }).click();
    const there = other.getByRole('dialog', { name: dialogs.settings.title });
    await there
      .getByLabel(dialogs.settings.importing)
      .setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: content });
    await there.getByRole('button', { name: dialogs.settings.importNow }).click();
    await expect(there.getByRole('status')).toHaveText(/^Added 1 lesson/);
    await other.goto(`./#/learn/${slug}`);
    await other.reload();
    const taken = lessonPage(other);
    await taken.expectStep('observe');
    await expect(taken.text.getByText(learn.bet.yours('sure'))).toBeVisible();
    await taken.expectNow(await lesson.now());
  } finally {
    await elsewhere.close();
  }
});
