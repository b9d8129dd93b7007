/** Keeps account of what a page's storage has called safe, and compares it with what is there later. */
import { expect, type Page } from '@playwright/test';
import type { Archive } from '../../src/storage/types';
import { bringWriter, type WithWriter } from './persistent';
import { slug, type Acknowledged } from './storage-writer';

type WithTell = WithWriter & { readonly acknowledged: (safe: Acknowledged) => void };

export class Account {
  readonly #bets = new Set<string>();
  readonly #marks = new Set<string>();
  /** Id → newest write. */
  readonly #recordings = new Map<string, number>();
  #count = 0;

  /** Acknowledgements so far. */
  get count(): number {
    return this.#count;
  }

  /** Lets a page write at full speed until `stopWriting`, or until it is no more. Resolves to the count of writes. */
  async write(page: Page, tab: string, from = 0): Promise<{ readonly done: Promise<number> }> {
    await page.exposeFunction('acknowledged', (safe: Acknowledged) => this.#hear(safe));
    await bringWriter(page);
    const done = page.evaluate(
      ([name, first]) => {
        const { storageWriter, acknowledged } = globalThis as unknown as WithTell;
        return storageWriter.write(name, first, acknowledged);
      },
      [tab, from] as const,
    );
    return { done };
  }

  /** Everything that was called safe is in there, in this write or a newer one. */
  expectAllIn({ progress, recordings }: Archive): void {
    const lesson = progress.find((one) => one.slug === slug);
    const bets = new Set(lesson?.attempt?.bets.map(({ id }) => id));
    const marks = new Set(Object.keys(lesson?.marks ?? {}));
    const writes = new Map(recordings.map(({ id, savedAt }) => [id, savedAt]));
    const lost = [
      ...[...this.#bets].filter((id) => !bets.has(id)).map((id) => `bet ${id}`),
      ...[...this.#marks].filter((id) => !marks.has(id)).map((id) => `mark ${id}`),
      ...[...this.#recordings]
        .filter(([id, write]) => !((writes.get(id) ?? -1) >= write))
        .map(([id, write]) => `write ${write} of recording ${id}, there is ${writes.get(id)}`),
    ];
    expect(lost).toEqual([]);
  }

  #hear({ kind, id, write }: Acknowledged): void {
    this.#count += 1;
    if (kind === 'bet') this.#bets.add(id);
    else if (kind === 'mark') this.#marks.add(id);
    else this.#recordings.set(id, Math.max(write, this.#recordings.get(id) ?? 0));
  }
}

export async function stopWriting(page: Page): Promise<void> {
  await page.evaluate(() => (globalThis as unknown as WithWriter).storageWriter.stop());
}

/** What is on this device, by a page that has just been opened. */
export async function everythingIn(page: Page): Promise<Archive> {
  await bringWriter(page);
  return page.evaluate(() => (globalThis as unknown as WithWriter).storageWriter.everything());
}
