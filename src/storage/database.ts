/**
 * This device, through IndexedDB: one object store per kind of thing. Versions are climbed one step at a time
 * (`ladder`), so a database of any older version opens. Every save asks for strict durability: it is on the disk when
 * the promise resolves, not on its way there.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { earliest, type Contents, type MarkTimes, type Shelf } from './contents';
import { readAttempt, readMarks, readRecording, readSettings } from './schema';
import type { Attempt, SavedRecording, SavedSettings } from './types';

export const databaseName = 'at-least-once';

interface MarksRow {
  readonly slug: string;
  readonly marks: MarkTimes;
}

interface Schema extends DBSchema {
  attempts: { key: string; value: Attempt };
  marks: { key: string; value: MarksRow };
  recordings: { key: string; value: SavedRecording };
  /** One row, under the key 'all'. */
  settings: { key: string; value: SavedSettings };
}

const stores = ['attempts', 'marks', 'recordings', 'settings'] as const;
const strict = { durability: 'strict' } as const;

/** Step i leads from version i to i + 1. Add steps; never change one that was released. */
const ladder: readonly ((database: IDBPDatabase<Schema>) => void)[] = [
  (database) => {
    database.createObjectStore('attempts', { keyPath: 'slug' });
    database.createObjectStore('marks', { keyPath: 'slug' });
    database.createObjectStore('recordings', { keyPath: 'id' });
    database.createObjectStore('settings');
  },
];

export const databaseVersion = ladder.length;

export interface DatabaseEvents {
  /** Another tab holds an older version open; opening goes on when it is closed. */
  blocked(): void;
  /** Another tab wants to open a newer version: close, or it waits for ever. */
  blocking(): void;
  /** The browser took the database away. */
  terminated(): void;
}

/** Rejects with the browser's error: see troubleOf. */
export async function openDatabase(name: string, events: DatabaseEvents): Promise<Shelf> {
  const database = await openDB<Schema>(name, databaseVersion, {
    upgrade(opened, oldVersion) {
      for (const step of ladder.slice(oldVersion)) step(opened);
    },
    blocked: () => events.blocked(),
    blocking: () => events.blocking(),
    terminated: () => events.terminated(),
  });
  return new DatabaseShelf(database);
}

class DatabaseShelf implements Shelf {
  constructor(private readonly database: IDBPDatabase<Schema>) {}

  async read() {
    const transaction = this.database.transaction(stores);
    quiet(transaction);
    const [attemptRows, markRows, recordingRows, settingsRow] = await Promise.all([
      transaction.objectStore('attempts').getAll(),
      transaction.objectStore('marks').getAll(),
      transaction.objectStore('recordings').getAll(),
      transaction.objectStore('settings').get('all'),
    ]);
    const unreadable: string[] = [];
    const attempts = readable(attemptRows, (row) => row.slug, readAttempt, 'attempts', unreadable);
    const marks = readable(
      markRows,
      (row) => row.slug,
      (row) => readMarks(row.marks),
      'marks',
      unreadable,
    );
    const recordings = readable(recordingRows, (row) => row.id, readRecording, 'recordings', unreadable);
    const settings = settingsRow === undefined ? {} : readSettings(settingsRow);
    if (settings === null) unreadable.push('settings');
    return { contents: { attempts, marks, recordings, settings: settings ?? {} }, unreadable };
  }

  async putAttempt(attempt: Attempt) {
    const transaction = this.database.transaction('attempts', 'readwrite', strict);
    await finish(transaction, transaction.store.put(attempt));
  }

  async deleteAttempt(slug: string) {
    const transaction = this.database.transaction('attempts', 'readwrite', strict);
    await finish(transaction, transaction.store.delete(slug));
  }

  async addMarks(slug: string, marks: MarkTimes) {
    const transaction = this.database.transaction('marks', 'readwrite', strict);
    quiet(transaction);
    const known = await transaction.store.get(slug);
    await finish(transaction, transaction.store.put({ slug, marks: together(known, marks) }));
  }

  async putRecording(recording: SavedRecording) {
    const transaction = this.database.transaction('recordings', 'readwrite', strict);
    await finish(transaction, transaction.store.put(recording));
  }

  async deleteRecording(id: string) {
    const transaction = this.database.transaction('recordings', 'readwrite', strict);
    await finish(transaction, transaction.store.delete(id));
  }

  async putSettings(settings: SavedSettings) {
    const transaction = this.database.transaction('settings', 'readwrite', strict);
    await finish(transaction, transaction.store.put(settings, 'all'));
  }

  async putAll(contents: Contents) {
    const transaction = this.database.transaction(stores, 'readwrite', strict);
    quiet(transaction);
    const known = new Map((await transaction.objectStore('marks').getAll()).map((row) => [row.slug, row]));
    const oldSettings = readSettings(await transaction.objectStore('settings').get('all')) ?? {};
    const writes: Promise<unknown>[] = [];
    for (const attempt of contents.attempts.values())
      writes.push(transaction.objectStore('attempts').put(attempt));
    for (const [slug, marks] of contents.marks)
      writes.push(transaction.objectStore('marks').put({ slug, marks: together(known.get(slug), marks) }));
    for (const recording of contents.recordings.values())
      writes.push(transaction.objectStore('recordings').put(recording));
    writes.push(transaction.objectStore('settings').put({ ...oldSettings, ...contents.settings }, 'all'));
    await finish(transaction, ...writes);
  }

  async clear() {
    const transaction = this.database.transaction(stores, 'readwrite', strict);
    await finish(transaction, ...stores.map((store) => transaction.objectStore(store).clear()));
  }

  close() {
    this.database.close();
  }
}

/** Resolves when the transaction is on the disk. Every promise is awaited, so that a failure is reported once, here. */
async function finish(
  transaction: { readonly done: Promise<void> },
  ...requests: Promise<unknown>[]
): Promise<void> {
  await Promise.all([transaction.done, ...requests]);
}

/** A request that fails reports it; the transaction's own rejection would be a second, unheard one. */
function quiet(transaction: { readonly done: Promise<void> }): void {
  transaction.done.catch(() => undefined);
}

function together(known: MarksRow | undefined, marks: MarkTimes): MarkTimes {
  return earliest(readMarks(known?.marks) ?? {}, marks);
}

function readable<Row, Value>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  read: (row: Row) => Value | null,
  store: string,
  unreadable: string[],
): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  for (const row of rows) {
    const value = read(row);
    if (value === null) unreadable.push(`${store}/${keyOf(row)}`);
    else values.set(keyOf(row), value);
  }
  return values;
}
