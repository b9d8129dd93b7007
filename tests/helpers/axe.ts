import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Nothing that axe knows is wrong with the page as it is now, or with one part of it. */
export async function expectAccessible(page: Page, part: string | null = null): Promise<void> {
  const builder = new AxeBuilder({ page });
  const { violations } = await (part === null ? builder : builder.include(part)).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}
