/** What is kept on this device, for the whole page: one storage, its status as a rune, and the mirror of settings. */
import { openStorage } from '../storage/open';
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
    if (change.of === 'attempt') this.elsewhere = [...new Set([...this.elsewhere, change.slug])];
    if (change.of !== 'settings') this.changes += 1;
  }

  /** What is kept was replaced from outside: settings are taken over, and progress on screen is read again. */
  async refresh(): Promise<void> {
    settings.adopt(await (await this.storage).settings());
    this.changes += 1;
  }
}

export const kept = new Kept();
