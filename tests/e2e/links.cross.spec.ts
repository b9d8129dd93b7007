import { expect, test } from '@playwright/test';
import { learn } from '../../src/app/words/learn.en';
import { problems } from '../../src/app/words/problems.en';
import { share } from '../../src/app/words/share.en';
import { collectComplaints } from '../helpers/complaints';
import { lessonTruth } from '../helpers/engine-bundle';
import { lessonPage, slug } from '../helpers/lesson-page';

const patience = { timeout: 30_000 };

/** Seed 4 of lesson 4 at 40 s with the solution of goal A in it: what a Chromium made (tests/golden/link-2.json). */
const golden = async () => {
  const { default: file } = await import('../golden/link-2.json', { with: { type: 'json' } });
  return file.links[1];
};

test('a link opens the same instant, paused, and leaves one’s own work alone', async ({ page }) => {
  test.slow();
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page);
  await lesson.open();
  await lesson.next(learn.scene.go).click();
  await lesson.expectStep('predict');

  const { link, opens } = await golden();
  await page.goto(`./#/learn/${slug}?s=${link}`);
  const keep = lesson.text.getByRole('button', { name: learn.visit.keep, exact: true });
  await expect(keep).toBeVisible(patience);
  await lesson.expectNow(opens.time / 1000);
  await expect(lesson.pause).toHaveCount(0);

  // The same instant has the same hash in every browser, and in Node.
  await page.getByRole('button', { name: share.open, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: share.title });
  await expect(dialog.getByRole('textbox', { name: share.link })).toHaveValue(/s=2/, patience);
  const { hashOfLink } = await lessonTruth();
  await expect(dialog).toContainText(`${share.hash} ${await hashOfLink(link)}.`);
  await page.keyboard.press('Escape');

  await keep.click();
  await expect(lesson.text.getByText(share.kept)).toBeVisible(patience);
  await lesson.next(learn.ghost.stop).click();
  await expect(keep).toHaveCount(0);
  await lesson.expectStep('predict');
  await expect(page).not.toHaveURL(/s=/);
  expect(complaints).toEqual([]);
});

test('a broken link says what is wrong, and the lesson is there', async ({ page }) => {
  const { link } = await golden();
  const lesson = lessonPage(page);
  await page.goto(`./#/learn/${slug}?s=${link.slice(0, 60)}`);
  const dialog = page.getByRole('dialog', { name: problems.titles.link });
  await expect(dialog).toContainText(problems.of.damaged('link'), patience);
  await dialog.getByRole('button', { name: share.back }).click();
  await lesson.expectStep('scene');
});

test('a run that is no lesson’s opens at its instant, with the hash that it has everywhere', async ({
  page,
}) => {
  const complaints = await collectComplaints(page);
  const { default: file } = await import('../golden/link-2.json', { with: { type: 'json' } });
  const { link, opens } = file.links[0];
  await page.goto(`./#/run?s=${link}`);
  await lessonPage(page).expectNow(Math.round(opens.time / 1000));
  await page.getByRole('button', { name: share.open, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: share.title });
  const { hashOfLink } = await lessonTruth();
  await expect(dialog).toContainText(`${share.hash} ${await hashOfLink(link)}.`, patience);

  // As a link of today it is opened without a warning, and says the same.
  const address = await dialog.getByRole('textbox', { name: share.link }).inputValue();
  const hash = await dialog.locator('code').textContent();
  await page.goto('./#/about');
  // What it says is of the page that was left.
  await expect(dialog).toHaveCount(0);
  await page.goto(address);
  await lessonPage(page).expectNow(Math.round(opens.time / 1000));
  await expect(page.getByText(share.visitDiffers)).toHaveCount(0);
  await page.getByRole('button', { name: share.open, exact: true }).click();
  await expect(dialog.locator('code')).toHaveText(hash!, patience);
  expect(complaints).toEqual([]);
});
