/** Opens what is kept on this device, whatever state it is in. */
import { databaseName, openDatabase } from './database';
import { keptBefore } from './kept-before';
import { neighbours } from './neighbours';
import { KeptStorage } from './storage';
import { pageTextStore } from './text-store';
import { describeError, troubleOf } from './trouble';
import type { Storage } from './types';

const opened = new Map<string, Promise<Storage>>();

/**
 * Never rejects: when nothing can be kept, the storage says so in its status and works in memory. The same name gives
 * the same storage for as long as the page lives.
 */
export function openStorage(name = databaseName): Promise<Storage> {
  const known = opened.get(name) ?? open(name);
  opened.set(name, known);
  return known;
}

async function open(name: string): Promise<Storage> {
  const textStore = pageTextStore();
  const storage = new KeptStorage(textStore, () => Date.now(), keptBefore(textStore, name));
  const others = neighbours(name, (change) => storage.heard(change));
  storage.tell = (change) => others.tell(change);
  storage.reconnect = () => connect(storage, name, () => {}, true);
  storage.reopen = () => reopen(storage, name);
  await new Promise<void>((ready) => void connect(storage, name, ready, true));
  if (typeof document !== 'undefined') {
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') storage.leaveUnsaved();
      else void storage.lookAround();
    });
    addEventListener('pagehide', () => storage.leaveUnsaved());
  }
  return storage;
}

/** While a browser clears a site's data it lets nothing be opened; a moment later it does. */
const reopenAfterMs = [0, 100, 400, 1500];

/** What was there may be gone by now: then it is not filled again without being asked. */
async function reopen(storage: KeptStorage, name: string): Promise<void> {
  for (const delay of reopenAfterMs) {
    await new Promise((resolve) => setTimeout(resolve, delay));
    // Meanwhile the person may have asked for it themselves.
    if (storage.status().trouble !== 'closed') return;
    await connect(storage, name, () => {}, false);
  }
}

/**
 * `ready` is called as soon as the storage can be used, which may be before the device can. `anyway`: even if what was
 * there is gone.
 */
async function connect(
  storage: KeptStorage,
  name: string,
  ready: () => void,
  anyway: boolean,
): Promise<void> {
  try {
    const device = await openDatabase(name, {
      blocked() {
        storage.detach('blocked', 'Another tab holds an older version of the database open.');
        ready();
      },
      blocking(why) {
        if (why === 'deleted') return storage.detach('deleted', 'The database was deleted.');
        // The other tab waits for this one: write what is waiting, then let go.
        void storage
          .flush()
          .finally(() => storage.detach('newer', 'Another tab has a newer version of this page.'));
      },
      terminated() {
        storage.closed('The browser closed the database.');
        ready();
      },
    });
    await storage.attach(device, anyway);
  } catch (error) {
    storage.detach(troubleOf(error), describeError(error));
  }
  ready();
}
