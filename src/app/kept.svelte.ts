/** What is kept on this device, for the whole page: one storage, its status as a rune, and the mirror of settings. */
import { openStorage } from '../storage/open';
import type { Storage, StorageStatus } from '../storage/types';
import { settings } from './settings.svelte';

class Kept {
  /** Opens when the page starts; never rejects. */
  readonly storage: Promise<Storage> = openStorage();
  /** null until it is known. */
  status = $state.raw<StorageStatus | null>(null);
  /** Counts imports and deletions: read it where progress is shown, to read that again. */
  changes = $state(0);

  constructor() {
    void this.storage.then((storage) => {
      this.status = storage.status();
      storage.onStatus((status) => (this.status = status));
      settings.mirrorTo((values) => void storage.saveSettings(values));
    });
  }

  /** What is kept was replaced from outside: settings are taken over, and progress on screen is read again. */
  async refresh(): Promise<void> {
    settings.adopt(await (await this.storage).settings());
    this.changes += 1;
  }
}

export const kept = new Kept();
