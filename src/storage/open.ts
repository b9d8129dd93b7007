/** Opens what is kept on this device, whatever state it is in. */
import { databaseName, openDatabase } from './database';
import { neighbours } from './neighbours';
import { KeptStorage } from './storage';
import { describeError, troubleOf } from './trouble';
import type { Storage } from './types';
import { pageTextStore } from './unsaved';

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
  const storage = new KeptStorage(pageTextStore(), () => Date.now());
  const others = neighbours(name, (change) => storage.heard(change));
  storage.tell = (change) => others.tell(change);
  storage.reconnect = () => connect(storage, name, () => {}, true);
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
        storage.detach('closed', 'The browser closed the database.');
        void connect(storage, name, ready, false);
      },
    });
    await storage.attach(device, anyway);
  } catch (error) {
    storage.detach(troubleOf(error), describeError(error));
  }
  ready();
}
