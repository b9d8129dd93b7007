/** What is kept on this device, in a real browser's IndexedDB. */
import { deleteDB, openDB } from 'idb';
import { afterEach, expect, test, vi } from 'vitest';
import { parseArchive } from '../../src/storage/archive';
import { databaseVersion, openDatabase } from '../../src/storage/database';
import { openStorage } from '../../src/storage/open';
import { KeptStorage } from '../../src/storage/storage';
import database1 from '../golden/database-1.json';
import type { Attempt, SavedRecording, SavedSettings } from '../../src/storage/types';
import { attempt, fullAttempt, saved } from '../storage/helpers';

/** Rows as version 1 wrote them; JSON's type is wider than theirs. */
const golden1 = database1 as unknown as {
  readonly attempts: readonly Attempt[];
  readonly marks: readonly { readonly slug: string; readonly marks: Record<string, number> }[];
  readonly recordings: readonly SavedRecording[];
  readonly settings: SavedSettings;
};

let counter = 0;
const freshName = () => `test-${Date.now()}-${counter++}`;
const noEvents = { blocked() {}, blocking() {}, terminated() {} };

/** A page that has this database open, as after a reload. */
async function page(name: string): Promise<KeptStorage> {
  const storage = new KeptStorage(null, () => 5000);
  await storage.attach(await openDatabase(name, noEvents));
  return storage;
}

afterEach(() => vi.restoreAllMocks());

test('a reload finds everything as it was', async () => {
  const name = freshName();
  const before = await page(name);
  await before.saveAttempt('kafka-log', fullAttempt());
  await before.setMark('kafka-log', 'shown', 40);
  await before.saveRecording(saved('a', 1));
  await before.saveSettings({ theme: 'dark' });
  before.close();

  const after = await page(name);
  expect(await after.progress('kafka-log')).toEqual({
    slug: 'kafka-log',
    marks: { shown: 40 },
    attempt: fullAttempt(),
    changedAt: 900,
  });
  expect(await after.recordings()).toEqual([saved('a', 1)]);
  expect(await after.settings()).toEqual({ theme: 'dark' });
  expect(after.status()).toEqual({ trouble: null, keeping: true, detail: '' });
});

test('a hundred quick saves end with the last one', async () => {
  const name = freshName();
  const before = await page(name);
  for (let i = 1; i <= 100; i++) void before.saveAttempt('kafka-log', attempt('run', i));
  await before.flush();
  before.close();
  expect((await (await page(name)).progress('kafka-log'))?.attempt?.changedAt).toBe(100);
});

test('two tabs that earn marks in one lesson lose neither', async () => {
  const name = freshName();
  const [one, two] = [await page(name), await page(name)];
  await Promise.all([one.setMark('kafka-log', 'shown', 1), two.setMark('kafka-log', 'fixed', 2)]);
  expect((await one.progress('kafka-log'))?.marks).toEqual({ shown: 1, fixed: 2 });
});

test('an import is there after a reload, and deleting everything too', async () => {
  const name = freshName();
  const first = await page(name);
  await first.saveAttempt('kafka-log', fullAttempt());
  const archive = parseArchive(JSON.stringify(await first.exportEverything()));
  await first.deleteEverything();
  first.close();
  const second = await page(name);
  expect(await second.allProgress()).toEqual([]);
  await (await second.prepareImport(archive)).carryOut();
  second.close();
  expect((await (await page(name)).progress('kafka-log'))?.attempt).toEqual(fullAttempt());
});

test('data of a newer version is left alone, and work goes on in memory', async () => {
  const name = freshName();
  const newer = await openDB(name, databaseVersion + 1, {
    upgrade: (database) => void database.createObjectStore('later'),
  });
  newer.close();
  const storage = await openStorage(name);
  expect(storage.status()).toMatchObject({ trouble: 'newer', keeping: false });
  await storage.saveAttempt('kafka-log', attempt('break', 1));
  expect((await storage.progress('kafka-log'))?.attempt?.step).toBe('break');
  const untouched = await openDB(name);
  expect([...untouched.objectStoreNames]).toEqual(['later']);
});

test('a newer version in another tab may go ahead, and this page says so', async () => {
  const name = freshName();
  const storage = await openStorage(name);
  await storage.saveAttempt('kafka-log', attempt('break', 1));
  const newer = await openDB(name, databaseVersion + 1);
  expect(storage.status()).toMatchObject({ trouble: 'newer', keeping: false });
  await storage.saveAttempt('kafka-log', attempt('fix', 2));
  expect((await storage.progress('kafka-log'))?.attempt?.step).toBe('fix');
  newer.close();
});

test('a browser that refuses is announced, and work goes on in memory', async () => {
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  });
  const storage = await openStorage(freshName());
  expect(storage.status()).toMatchObject({ trouble: 'blocked', keeping: false });
  await storage.setMark('kafka-log', 'shown', 1);
  expect((await storage.progress('kafka-log'))?.marks).toEqual({ shown: 1 });
});

test('a row that makes no sense is named and left where it is', async () => {
  const name = freshName();
  const before = await page(name);
  await before.setMark('twice', 'shown', 1);
  before.close();
  const raw = await openDB(name);
  await raw.put('attempts', { slug: 'kafka-log', step: 7 });
  raw.close();
  const storage = await page(name);
  expect(storage.status()).toEqual({ trouble: 'corrupt', keeping: true, detail: 'attempts/kafka-log' });
  expect(await storage.allProgress()).toHaveLength(1);
  const found = await openDB(name);
  expect(await found.get('attempts', 'kafka-log')).toEqual({ slug: 'kafka-log', step: 7 });

  // What is written in its place does not destroy it.
  await storage.saveAttempt('kafka-log', attempt('break', 9));
  expect(await found.get('attempts', 'kafka-log')).toMatchObject({ step: 'break' });
  expect(await found.getAll('spoilt')).toMatchObject([
    { store: 'attempts', key: 'kafka-log', row: { slug: 'kafka-log', step: 7 } },
  ]);
  found.close();
});

test('a database of version 1 opens with everything in it', async () => {
  const name = freshName();
  const old = await openDB(name, 1, {
    upgrade(database) {
      database.createObjectStore('attempts', { keyPath: 'slug' });
      database.createObjectStore('marks', { keyPath: 'slug' });
      database.createObjectStore('recordings', { keyPath: 'id' });
      database.createObjectStore('settings');
    },
  });
  for (const store of ['attempts', 'marks', 'recordings'] as const)
    for (const row of golden1[store]) await old.put(store, row);
  await old.put('settings', golden1.settings, 'all');
  old.close();

  const storage = await page(name);
  expect(storage.status()).toEqual({ trouble: null, keeping: true, detail: '' });
  for (const row of golden1.attempts) expect((await storage.progress(row.slug))?.attempt).toEqual(row);
  for (const { slug, marks } of golden1.marks) expect((await storage.progress(slug))?.marks).toEqual(marks);
  expect(await storage.recordings()).toEqual(golden1.recordings);
  expect(await storage.settings()).toEqual(golden1.settings);
});

test('two tabs in one lesson lose neither’s bets nor runs', async () => {
  const name = freshName();
  const [one, two] = [await page(name), await page(name)];
  const bets = (id: string, at: number) => [{ id, option: 'x', confidence: null, at }];
  await one.saveAttempt('kafka-log', { ...fullAttempt(), bets: bets('a', 1), changedAt: 10 });
  await two.saveAttempt('kafka-log', { ...attempt('run', 20), bets: bets('b', 2) });
  await one.saveAttempt('kafka-log', { ...fullAttempt(), bets: bets('a', 1), changedAt: 30 });
  one.close();
  two.close();
  const now = (await (await page(name)).progress('kafka-log'))?.attempt;
  expect(now?.bets.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(now?.recordings).toEqual(fullAttempt().recordings);
});

test('a database that is deleted while it is open is announced, and comes back when the person says so', async () => {
  const name = freshName();
  const storage = await openStorage(name);
  await storage.saveAttempt('kafka-log', attempt('break', 1));
  await deleteDB(name);
  expect(storage.status()).toMatchObject({ trouble: 'deleted', keeping: false });
  await storage.saveAttempt('kafka-log', attempt('fix', 2));
  expect((await storage.exportEverything()).progress).toHaveLength(1);
  await storage.tryAgain();
  expect(storage.status()).toMatchObject({ trouble: null, keeping: true });
  expect((await (await page(name)).progress('kafka-log'))?.attempt?.step).toBe('fix');
});

test('the same name gives the same storage', async () => {
  const name = freshName();
  expect(openStorage(name)).toBe(openStorage(name));
  (await openStorage(name)).close();
});
