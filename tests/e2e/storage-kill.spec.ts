/** The system kills the browser, or its files are damaged: what was called kept is there, or its loss is announced. */
import { expect, test } from '@playwright/test';
import { learn } from '../../src/app/words/learn.en';
import { map } from '../../src/app/words/map.en';
import { share } from '../../src/app/words/share.en';
import { shell } from '../../src/app/words/shell.en';
import { Account, everythingIn } from '../helpers/acknowledged';
import { lessonPage } from '../helpers/lesson-page';
import { collectComplaints } from '../helpers/complaints';
import { launch, newProfile, spoilDatabases } from '../helpers/persistent';

const kills = process.env['LONG'] ? 20 : 4;
/** Saving has gone on for at most this long when the browser is killed. */
const savingMsMax = 1200;

test('a browser that is killed while it saves has lost nothing it had acknowledged', async ({ baseURL }) => {
  test.setTimeout(60_000 + kills * 20_000);
  const profile = await newProfile();
  const account = new Account();
  const moments: string[] = [];
  try {
    for (let kill = 1; kill <= kills; kill++) {
      const { page, kill: killNow } = await launch(profile.path, baseURL!);
      await page.goto('./#/about');
      account.expectAllIn(await everythingIn(page));
      const before = account.count;
      const { done } = await account.write(page, 'a', kill * 1_000_000);
      // The page goes away under it: that is what happens here.
      done.catch(() => undefined);
      await expect.poll(() => account.count, { intervals: [5] }).toBeGreaterThan(before);
      // The moment is the point: there is nothing to wait for.
      const moment = Math.random() * savingMsMax;
      await new Promise((resolve) => setTimeout(resolve, moment));
      await killNow();
      moments.push(`${Math.round(moment)} ms: ${account.count - before}`);
    }
    const { page, context } = await launch(profile.path, baseURL!);
    await page.goto('./#/about');
    account.expectAllIn(await everythingIn(page));
    await context.close();
    console.log(`Killed after … with so many acknowledged: ${moments.join(', ')}`);
  } finally {
    await profile.remove();
  }
});

test('a run that the page calls kept is there after the browser was killed', async ({ baseURL }) => {
  test.slow();
  const profile = await newProfile();
  try {
    const { page, kill } = await launch(profile.path, baseURL!);
    await lessonPage(page).open();
    await page.getByRole('button', { name: share.open, exact: true }).click();
    const dialog = page.getByRole('dialog', { name: share.title });
    await dialog.getByRole('button', { name: share.keep }).click();
    await expect(dialog.getByText(share.kept, { exact: true })).toBeVisible();
    await kill();

    const again = await launch(profile.path, baseURL!);
    await again.page.goto('./#/run');
    await expect(again.page.getByText(share.page.lead(1, 100))).toBeVisible();
    await again.context.close();
  } finally {
    await profile.remove();
  }
});

test('a database that the browser cannot read any more is announced, and a new one is begun', async ({
  baseURL,
}) => {
  test.slow();
  const profile = await newProfile();
  try {
    const before = await launch(profile.path, baseURL!);
    await lessonPage(before.page).open();
    await lessonPage(before.page).next(learn.scene.go).click();
    await lessonPage(before.page).expectStep('predict');
    await before.page.goto('./#/learn');
    await expect(before.page.getByText(map.at('predict'))).toBeVisible();
    await before.context.close();
    await spoilDatabases(profile.path);

    const { page, context } = await launch(profile.path, baseURL!);
    const complaints = await collectComplaints(page);
    const lesson = lessonPage(page);
    await lesson.open();
    await lesson.expectStep('scene');
    const notice = page.getByRole('status').filter({ hasText: shell.trouble.lost.what });
    await expect(notice).toContainText(shell.trouble.lost.next);
    await lesson.next(learn.scene.go).click();
    await lesson.expectStep('predict');
    await page.reload();
    await lesson.expectStep('predict');
    await expect(notice).toHaveCount(0);
    expect(complaints).toEqual([]);
    await context.close();
  } finally {
    await profile.remove();
  }
});
