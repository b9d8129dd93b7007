import { expect, test, type Locator, type Page } from '@playwright/test';
import { learn } from '../../src/app/words/learn.en';
import { stageWords } from '../../src/stage/words.en';
import { collectComplaints } from '../helpers/complaints';
import { lessonTruth } from '../helpers/engine-bundle';
import { pickRadio, press, tabTo } from '../helpers/keyboard';
import { bet, firstWords, lessonPage, optionText, said, slug, transfer } from '../helpers/lesson-page';

const patience = { timeout: 20_000 };

test('lesson 4 by keyboard alone, in Table and Story, without the stage', async ({ page }) => {
  test.slow();
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page);
  const { text, work, controls, next, mark, time } = lesson;
  await page.goto(`./#/learn/${slug}`);
  await lesson.expectStep('scene');

  await test.step('the Table takes the stage’s place', async () => {
    await tabTo(page, lesson.tab(learn.views.stage));
    await page.keyboard.press('ArrowRight');
    await expect(lesson.tab(learn.views.table)).toHaveAttribute('aria-selected', 'true');
    await expect(work.locator('canvas, figure svg')).toHaveCount(0);
    await expect(work.getByRole('group', { name: stageWords.stage })).toHaveCount(0);
  });

  await test.step('a bet', async () => {
    await press(page, next(learn.scene.go));
    await lesson.expectStep('predict');
    await pickRadio(page, text.getByRole('radio', { name: optionText(bet, 'own-flag') }));
    await press(page, text.getByRole('button', { name: learn.predict.confidences.unsure, exact: true }));
    await press(page, next(learn.predict.go));
  });

  await test.step('the run, read in the Table', async () => {
    await tabTo(page, time);
    await page.keyboard.press('End');
    await lesson.expectStep('observe');
    // The flags are cells of the table.
    await expect(work.getByRole('table').first()).toBeVisible();
    await expect(work.getByRole('tabpanel')).toContainText('cache');
  });

  await test.step('what was seen', async () => {
    await tabTo(page, text.getByRole('textbox', { name: learn.observe.offset, exact: true }));
    await page.keyboard.type(String(await (await lessonTruth()).firstOffset()));
    await page.keyboard.press('Enter');
    await expect(text).toContainText(firstWords(said.explanations['observe']));
    await press(page, next(learn.observe.on));
    await lesson.expectStep('break');
  });

  await test.step('goal A, told as a Story', async () => {
    await tabTo(page, lesson.tab(learn.views.table));
    await page.keyboard.press('ArrowRight');
    await expect(lesson.tab(learn.views.story)).toHaveAttribute('aria-selected', 'true');
    await goTo(page, '0:30');
    await seek(page, 'cache', 0, 0);
    await tabTo(page, time);
    await page.keyboard.press('End');
    await expect(mark(learn.marks.shown, true)).toBeAttached(patience);
    await expect(work.getByRole('tabpanel')).toContainText(/again/);
    await press(page, next(learn.break.on));
    await lesson.expectStep('fix');
  });

  await test.step('goal B, proved', async () => {
    await goTo(page, '0:36.5');
    for (const partition of [0, 1, 2]) await seek(page, 'search', partition, 0);
    await expect(work.getByRole('tabpanel')).toContainText(
      /Search was told to go to offset 0 on partition 2/,
    );
    await press(page, next(learn.fix.prove));
    await expect(mark(learn.marks.fixed, true)).toBeAttached(patience);
    await press(page, next(learn.fix.on));
    await lesson.expectStep('transfer');
  });

  await test.step('the same idea elsewhere, and the card', async () => {
    await pickRadio(page, text.getByRole('radio', { name: optionText(transfer, 'again'), exact: true }));
    await press(page, text.getByRole('button', { name: learn.predict.confidences.sure, exact: true }));
    await press(page, next(learn.transfer.go));
    await tabTo(page, time);
    await page.keyboard.press('End');
    await expect(mark(learn.marks.transferred, true)).toBeAttached(patience);
    await press(page, next(learn.transfer.on));
    await lesson.expectStep('card');
    await expect(text.locator('b.own').first()).toHaveText(/^[1-9]\d*$/);
  });
  await expect(work.getByRole('group', { name: stageWords.stage })).toHaveCount(0);
  expect(complaints).toEqual([]);

  async function seek(where: Page, group: string, partition: number, offset: number) {
    await choose(where, controls.getByRole('combobox', { name: learn.knobs.group, exact: true }), group);
    await choose(
      where,
      controls.getByRole('combobox', { name: learn.knobs.partition, exact: true }),
      String(partition),
    );
    await tabTo(where, controls.getByRole('textbox', { name: learn.knobs.offset, exact: true }));
    await where.keyboard.press('Control+A');
    await where.keyboard.type(String(offset));
    // The offset is settled on the way to "Go".
    await where.keyboard.press('Tab');
    await press(
      where,
      controls.getByRole('button', { name: learn.knobs.goLabel(group, partition, offset), exact: true }),
    );
  }

  /** Key G asks for a time wherever a timeline has focus. */
  async function goTo(where: Page, when: string) {
    await tabTo(where, time);
    await where.keyboard.press('g');
    const dialog = where.getByRole('dialog');
    await expect(dialog.getByRole('textbox')).toBeFocused();
    await where.keyboard.press('Control+A');
    await where.keyboard.type(when);
    await where.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
  }
});

/** Picks an entry of a list by typing what it begins with. */
async function choose(page: Page, list: Locator, entry: string) {
  await tabTo(page, list);
  await page.keyboard.type(entry);
  await expect(list.getByRole('option', { selected: true })).toHaveText(entry);
}
