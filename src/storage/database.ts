/**
 * This device, through IndexedDB: one object store per kind of thing. Versions are climbed one step at a time
 * (`ladder`), so a database of any older version opens. Every save asks for strict durability: it is on the disk when
 * the promise resolves, not on its way there.
 */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { earliest, type Contents, type MarkTimes, type Put, type Reading, type Shelf } from './contents';
import { asRecording, joined } from './join';
import { readAttempt, readMarks, readRecording, readSettings } from './schema';
import type { Attempt, SavedRecording, SavedSettings } from './types';

export const databaseName = 'at-least-once';

interface MarksRow {
  readonly slug: string;
  readonly marks: MarkTimes;
}

/** Rows of version 1 have no revision. */
interface AttemptRow extends Attempt {
  readonly revision?: string;
}

interface SpoiltRow {
  readonly store: StoreName;
  readonly key: string;
  readonly row: unknown;
  readonly at: number;
}

interface Schema extends DBSchema {
  attempts: { key: string; value: AttemptRow };
  marks: { key: string; value: MarksRow };
  recordings: { key: string; value: SavedRecording };
  /** One row, under the key 'all'. */
  settings: { key: string; value: SavedSettings };
  /** Rows that made no sense, put aside when something was written in their place. */
  spoilt: { key: number; value: SpoiltRow };
}

const stores = ['attempts', 'marks', 'recordings', 'settings'] as const;
type StoreName = (typeof stores)[number];
const strict = { durability: 'strict' } as const;

/** Step i leads from version i to i + 1. Add steps; never change one that was released. */
const ladder: readonly ((database: IDBPDatabase<Schema>) => void)[] = [
  (database) => {
    database.createObjectStore('attempts', { keyPath: 'slug' });
    database.createObjectStore('marks', { keyPath: 'slug' });
    database.createObjectStore('recordings', { keyPath: 'id' });
    database.createObjectStore('settings');
  },
  (database) => {
    database.createObjectStore('spoilt', { autoIncrement: true });
  },
];

export const databaseVersion = ladder.length;

export interface DatabaseEvents {
  /** Another tab holds an older version open; opening goes on when it is closed. */
  blocked(): void;
  /** Another tab wants to open a newer version, or to delete everything: close, or it waits for ever. */
  blocking(why: 'newer' | 'deleted'): void;
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
    blocking: (_current, wanted) => events.blocking(wanted === null ? 'deleted' : 'newer'),
    terminated: () => events.terminated(),
  });
  return new DatabaseShelf(database);
}

class DatabaseShelf implements Shelf {
  /** Who writes: revisions of one tab can be told from those of another. */
  private readonly writer = Math.random().toString(36).slice(2, 10);
  private writes = 0;

  constructor(private readonly database: IDBPDatabase<Schema>) {}

  async read(): Promise<Reading> {
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
    const revisions = new Map(attemptRows.map((row) => [row.slug, revisionOf(row)]));
    return { contents: { attempts, marks, recordings, settings: settings ?? {} }, unreadable, revisions };
  }

  async putAttempt(attempt: Attempt, known: string | null): Promise<Put> {
    const transaction = this.database.transaction(['attempts', 'recordings', 'spoilt'], 'readwrite', strict);
    quiet(transaction);
    const { slug } = attempt;
    const row = await transaction.objectStore('attempts').get(slug);
    const revision = `${this.writer}:${++this.writes}`;
    const other = row && revisionOf(row) !== known ? readAttempt(row) : null;
    const both = other && joined(attempt, other);
    const writes: Promise<unknown>[] = [];
    if (row && readAttempt(row) === null) writes.push(putAside(transaction, 'attempts', slug, row));
    for (const run of both?.displaced ?? []) {
      const { changedAt, time } = other!;
      const kept = asRecording(slug, run, revisionOf(row!).split(':')[0], changedAt, time);
      writes.push(transaction.objectStore('recordings').put(kept));
    }
    writes.push(transaction.objectStore('attempts').put({ ...(both?.attempt ?? attempt), revision }));
    await finish(transaction, ...writes);
    return { revision, joined: both?.attempt ?? null };
  }

  async deleteAttempt(slug: string) {
    const transaction = this.database.transaction('attempts', 'readwrite', strict);
    await finish(transaction, transaction.store.delete(slug));
  }

  async addMarks(slug: string, marks: MarkTimes) {
    const transaction = this.database.transaction(['marks', 'spoilt'], 'readwrite', strict);
    quiet(transaction);
    const known = await transaction.objectStore('marks').get(slug);
    const aside =
      known && readMarks(known.marks) === null ? [putAside(transaction, 'marks', slug, known)] : [];
    const put = transaction.objectStore('marks').put({ slug, marks: together(known, marks) });
    await finish(transaction, put, ...aside);
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
    const rows = new Map((await transaction.objectStore('attempts').getAll()).map((row) => [row.slug, row]));
    const revision = `${this.writer}:${++this.writes}`;
    const oldSettings = readSettings(await transaction.objectStore('settings').get('all')) ?? {};
    const writes: Promise<unknown>[] = [];
    for (const attempt of contents.attempts.values()) {
      // Another tab may have written since it was decided what to put here.
      const other = readAttempt(rows.get(attempt.slug));
      const both = other ? joined(attempt, other).attempt : attempt;
      writes.push(transaction.objectStore('attempts').put({ ...both, revision }));
    }
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

function revisionOf({ revision, changedAt }: AttemptRow): string {
  return revision ?? `old:${changedAt}`;
}

function putAside(
  transaction: IDBPTransaction<Schema, ('spoilt' | StoreName)[], 'readwrite'>,
  store: StoreName,
  key: string,
  row: unknown,
): Promise<unknown> {
  return transaction.objectStore('spoilt').add({ store, key, row, at: Date.now() });
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
