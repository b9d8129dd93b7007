/** Keys as a person presses them who has no mouse. */
import { expect, type Locator, type Page } from '@playwright/test';

const patience = { timeout: 20_000 };

/** Goes there with the Tab key, or back with Shift, as a person without a mouse has to. */
export async function tabTo(page: Page, target: Locator) {
  await expect(target).toBeAttached(patience);
  for (let presses = 0; presses < 150; presses++) {
    const way = await target.evaluate((element) => {
      const from = document.activeElement;
      if (!from || element === from) return from ? null : 'Tab';
      const isRadio = (one: Element): one is HTMLInputElement => one.matches('input[type="radio"]');
      if (isRadio(from) && isRadio(element) && from.name === element.name) return null;
      const isBefore = from.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING;
      return isBefore && from !== document.body ? 'Shift+Tab' : 'Tab';
    });
    if (way === null) return;
    await page.keyboard.press(way);
  }
  throw new Error(`The Tab key does not lead to ${String(target)}.`);
}

/** Radio buttons are one stop of the Tab key; inside, arrow keys pick. */
export async function pickRadio(page: Page, target: Locator) {
  await tabTo(page, target);
  await page.keyboard.press('Space');
  for (let presses = 0; presses < 10 && !(await target.isChecked()); presses++)
    await page.keyboard.press('ArrowDown');
  await expect(target).toBeChecked();
}

export async function press(page: Page, target: Locator) {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}
