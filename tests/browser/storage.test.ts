/** What is kept on this device, in a real browser's IndexedDB. */
import { openDB } from 'idb';
import { afterEach, expect, test, vi } from 'vitest';
import { databaseVersion, openDatabase } from '../../src/storage/database';
import { openStorage } from '../../src/storage/open';
import { KeptStorage } from '../../src/storage/storage';
import { attempt, fullAttempt, saved } from '../storage/helpers';

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
  const text = JSON.stringify(await first.exportEverything());
  await first.deleteEverything();
  first.close();
  const second = await page(name);
  expect(await second.allProgress()).toEqual([]);
  await second.importEverything(text);
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
  expect(await (await openDB(name)).get('attempts', 'kafka-log')).toEqual({ slug: 'kafka-log', step: 7 });
});

test('the same name gives the same storage', async () => {
  const name = freshName();
  expect(openStorage(name)).toBe(openStorage(name));
  (await openStorage(name)).close();
});
