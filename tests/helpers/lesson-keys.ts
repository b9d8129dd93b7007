/** What a person without a mouse does in a lesson: Tab, arrows, Enter, and nothing else. */
import { expect, type Locator } from '@playwright/test';
import { learn } from '../../src/app/words/learn.en';
import type { Confidence } from '../../src/course/lesson-flow';
import type { KnobWords, QuestionWords } from '../../src/course/words';
import { pickRadio, press, tabTo } from './keyboard';
import { millisecondsOf, optionText, type LessonPage } from './lesson-page';

export type LessonKeys = ReturnType<typeof lessonKeys>;

export function lessonKeys({ page, text, controls, time, tab, expectNow }: LessonPage) {
  async function pick(question: Pick<QuestionWords, 'options'>, id: string): Promise<void> {
    await pickRadio(page, text.getByRole('radio', { name: optionText(question, id), exact: true }));
  }

  /** To a time by writing it, as "0:30". */
  async function goTo(when: string): Promise<void> {
    await tabTo(page, time);
    await page.keyboard.press('g');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('textbox')).toBeFocused();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(when);
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    await expectNow(millisecondsOf(when));
  }

  return {
    pick,
    goTo,
    press: (target: Locator) => press(page, target),

    async answer(question: Pick<QuestionWords, 'options'>, id: string, sure: Confidence): Promise<void> {
      await pick(question, id);
      await press(page, text.getByRole('button', { name: learn.predict.confidences[sure], exact: true }));
    },

    async end(): Promise<void> {
      await tabTo(page, time);
      await page.keyboard.press('End');
    },

    /** Types a number into a control's field. */
    async type(knob: KnobWords, number: number): Promise<void> {
      await tabTo(page, controls.getByRole('textbox', { name: knob.label, exact: true }));
      await page.keyboard.press('Control+A');
      await page.keyboard.type(String(number));
      await page.keyboard.press('Enter');
    },

    /** The Table in place of the stage: what follows is read, not seen. */
    async leaveStage(): Promise<void> {
      await tabTo(page, tab(learn.views.stage));
      await page.keyboard.press('ArrowRight');
    },
    async toStory(): Promise<void> {
      await tabTo(page, tab(learn.views.table));
      await page.keyboard.press('ArrowRight');
    },
  };
}
