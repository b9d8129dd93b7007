import { describe, expect, test } from 'vitest';
import { BadContent } from '../../src/scenario/bad-content';
import { archiveCharactersMax, parseArchive } from '../../src/storage/archive';
import type { KeptStorage } from '../../src/storage/storage';
import type { ImportSummary } from '../../src/storage/types';
import { attempt, FakeDevice, fullAttempt, recording, saved, storageOn } from './helpers';

async function archiveText(): Promise<string> {
  const storage = await storageOn(new FakeDevice());
  await storage.saveAttempt('kafka-log', fullAttempt());
  await storage.setMark('kafka-log', 'shown', 40);
  await storage.saveRecording(saved('a', 1));
  await storage.saveSettings({ theme: 'dark', characterKeys: false });
  return JSON.stringify(await storage.exportEverything());
}

async function importInto(storage: KeptStorage, text: string): Promise<ImportSummary> {
  const prepared = await storage.prepareImport(parseArchive(text));
  expect(await prepared.carryOut()).toEqual(prepared.summary);
  return prepared.summary;
}

function problemOf(text: string): string {
  try {
    parseArchive(text);
  } catch (error) {
    if (error instanceof BadContent) return error.problem;
    throw error;
  }
  return 'none';
}

test('everything goes out in one file and comes back on another device', async () => {
  const other = await storageOn(new FakeDevice());
  const summary = await importInto(other, await archiveText());
  expect(summary).toEqual({ lessons: 1, stays: 0, recordings: 1, settings: 2, left: 0 });
  expect(await other.progress('kafka-log')).toMatchObject({ marks: { shown: 40 }, attempt: fullAttempt() });
  expect(await other.recordings()).toEqual([saved('a', 1)]);
  expect(await other.settings()).toEqual({ theme: 'dark', characterKeys: false });
});

test('importing twice changes nothing more', async () => {
  const storage = await storageOn(new FakeDevice());
  const text = await archiveText();
  await importInto(storage, text);
  const before = await storage.exportEverything();
  expect(await importInto(storage, text)).toEqual({
    lessons: 0,
    stays: 1,
    recordings: 0,
    settings: 0,
    left: 0,
  });
  expect(await storage.exportEverything()).toEqual(before);
  expect(await storage.recordings()).toHaveLength(1);
});

test('what is newer here stays, and marks are joined', async () => {
  const storage = await storageOn(new FakeDevice());
  await storage.saveAttempt('kafka-log', attempt('card', 99_999));
  await storage.setMark('kafka-log', 'fixed', 50);
  await storage.setMark('kafka-log', 'shown', 60);
  await importInto(storage, await archiveText());
  expect(await storage.progress('kafka-log')).toMatchObject({
    marks: { shown: 40, fixed: 50 },
    attempt: { step: 'card' },
  });
});

test('an import says what it would do and does nothing until it is told to', async () => {
  const storage = await storageOn(new FakeDevice());
  const { summary } = await storage.prepareImport(parseArchive(await archiveText()));
  expect(summary.lessons).toBe(1);
  expect(await storage.allProgress()).toEqual([]);
});

test('where a lesson is in both, the newer says where one stands, and nothing of the older is lost', async () => {
  const storage = await storageOn(new FakeDevice());
  const bet = { id: 'left', option: 'copies', confidence: 'guess', at: 15 } as const;
  const run = { ...fullAttempt().recordings[0], recording: { ...recording, seed: 99 } };
  await storage.saveAttempt('kafka-log', { ...attempt('card', 99_999), bets: [bet], recordings: [run] });
  await importInto(storage, await archiveText());
  const now = (await storage.progress('kafka-log'))?.attempt;
  expect(now).toMatchObject({ step: 'card', goalShown: true });
  expect(now?.bets).toEqual([fullAttempt().bets[0], bet]);
  expect(now?.recordings.map(({ id }) => id)).toEqual(['run-1', 'run-2']);
  // Two runs under one name: the newer stays in its place, the other is kept for itself.
  expect(now?.recordings[0].recording.seed).toBe(99);
  const kept = (await storage.recordings()).find(({ id }) => id.startsWith('kafka-log/run-1'));
  expect(kept?.recording.seed).toBe(7);
});

test('deleting everything leaves nothing behind', async () => {
  const device = new FakeDevice();
  const storage = await storageOn(device);
  await importInto(storage, await archiveText());
  await storage.deleteEverything();
  expect(await storage.allProgress()).toEqual([]);
  expect(await storage.recordings()).toEqual([]);
  expect([device.attempts.size, device.marks.size, device.recordings.size]).toEqual([0, 0, 0]);
});

describe('a file that is not to be trusted', () => {
  const edited = async (edit: (archive: any) => void) => {
    const archive = JSON.parse(await archiveText());
    edit(archive);
    return JSON.stringify(archive);
  };

  test('is named as what it is', async () => {
    expect(problemOf('{"product":')).toBe('notJson');
    expect(problemOf('[1,2]')).toBe('notOurs');
    expect(problemOf('{"product":"something else"}')).toBe('notOurs');
    expect(problemOf(await edited((archive) => (archive.version = 2)))).toBe('newer');
    expect(problemOf('x'.repeat(archiveCharactersMax + 1))).toBe('tooBig');
    expect(problemOf(await archiveText())).toBe('none');
  });

  test('names the place of the first mistake', async () => {
    const text = await edited((archive) => (archive.progress[0].attempt.bets[0].confidence = 'certain'));
    expect(() => parseArchive(text)).toThrow(/progress\.0\.attempt\.bets\.0\.confidence/);
  });

  test('may hold nothing that is not understood, and no run that could not be opened', async () => {
    expect(problemOf(await edited((archive) => (archive.progress[0].attempt.mood = 'good')))).toBe('unknown');
    const run = (archive: any) => archive.recordings[0].recording;
    expect(problemOf(await edited((archive) => (run(archive).scenario.brokers[0].kind = 'pigeon')))).toBe(
      'unknown',
    );
    expect(problemOf(await edited((archive) => (run(archive).inputs[0].time = 1e300)))).toBe('absurd');
  });

  test('may not put one lesson’s attempt under another’s name', async () => {
    expect(problemOf(await edited((archive) => (archive.progress[0].slug = 'twice')))).toBe('notValid');
    expect(problemOf(await edited((archive) => archive.progress.push(archive.progress[0])))).toBe('notValid');
    expect(problemOf(await edited((archive) => (archive.progress[0].slug = 'constructor')))).toBe(
      'hostileName',
    );
  });

  test.each(['__proto__', 'constructor', 'prototype'])('cannot reach a prototype through %s', async (key) => {
    const text = (await archiveText()).replace('"lens":1000', `"${key}":{"polluted":true}`);
    expect(problemOf(text)).toBe('hostileName');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('cannot exhaust the stack', async () => {
    const text = (await archiveText()).replace(
      '"lens":1000',
      `"deep":${'['.repeat(5000)}${']'.repeat(5000)}`,
    );
    expect(problemOf(text)).toBe('tooDeep');
  });
});
