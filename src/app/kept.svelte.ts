/** What is kept on this device, for the whole page: one storage, its status as a rune, and the mirror of settings. */
import { openStorage } from '../storage/open';
import { tick } from 'svelte';
import type { Change } from '../storage/neighbours';
import type { Storage, StorageStatus } from '../storage/types';
import { settings } from './settings.svelte';

class Kept {
  /** Opens when the page starts; never rejects. */
  readonly storage: Promise<Storage> = openStorage();
  /** null until it is known. */
  status = $state.raw<StorageStatus | null>(null);
  /** Counts imports and deletions: read it where progress is shown, to read that again. */
  changes = $state(0);
  /** While everything is replaced or deleted no lesson is open; then it is opened as it is kept. */
  replacing = $state(false);
  /** What is open must not be saved once more: it is being deleted. */
  deleting = false;
  /** Lessons that went on in another tab since this one read them. */
  elsewhere = $state.raw<readonly string[]>([]);

  constructor() {
    void this.storage.then((storage) => {
      this.status = storage.status();
      storage.onStatus((status) => (this.status = status));
      storage.onChange((change) => this.#heard(change));
      settings.mirrorTo((values) => void storage.saveSettings(values));
    });
  }

  /** This lesson is shown as it is kept now. */
  seen(slug: string): void {
    this.elsewhere = this.elsewhere.filter((one) => one !== slug);
  }

  #heard(change: Change): void {
    if (change.of === 'deleted') {
      this.elsewhere = [];
      void this.#replace(true, () => Promise.resolve());
    }
    if (change.of === 'attempt') this.elsewhere = [...new Set([...this.elsewhere, change.slug])];
    if (change.of !== 'settings') this.changes += 1;
  }

  /** Settings are taken over, and what is on screen is read again. */
  importing<Result>(carryOut: () => Promise<Result>): Promise<Result> {
    return this.#replace(false, async () => {
      const result = await carryOut();
      settings.adopt(await (await this.storage).settings());
      return result;
    });
  }

  /** Resolves to whether it is gone from the device too. */
  deleteEverything(): Promise<boolean> {
    return this.#replace(true, async () => {
      const storage = await this.storage;
      await storage.deleteEverything();
      settings.reset();
      return storage.status().keeping;
    });
  }

  async #replace<Result>(deleting: boolean, work: () => Promise<Result>): Promise<Result> {
    this.deleting = deleting;
    this.replacing = true;
    try {
      // Now an open lesson closes.
      await tick();
      return await work();
    } finally {
      this.deleting = this.replacing = false;
      this.changes += 1;
    }
  }
}

export const kept = new Kept();
