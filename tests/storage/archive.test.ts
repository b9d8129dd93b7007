import { describe, expect, test } from 'vitest';
import { ArchiveError, archiveCharactersMax, parseArchive } from '../../src/storage/archive';
import { attempt, FakeDevice, fullAttempt, saved, storageOn } from './helpers';

async function archiveText(): Promise<string> {
  const storage = await storageOn(new FakeDevice());
  await storage.saveAttempt('kafka-log', fullAttempt());
  await storage.setMark('kafka-log', 'shown', 40);
  await storage.saveRecording(saved('a', 1));
  await storage.saveSettings({ theme: 'dark', characterKeys: false });
  return JSON.stringify(await storage.exportEverything());
}

function problemOf(text: string): string {
  try {
    parseArchive(text);
  } catch (error) {
    if (error instanceof ArchiveError) return error.problem;
    throw error;
  }
  return 'none';
}

test('everything goes out in one file and comes back on another device', async () => {
  const other = await storageOn(new FakeDevice());
  const summary = await other.importEverything(await archiveText());
  expect(summary).toEqual({ lessons: 1, recordings: 1, settings: 2, left: 0 });
  expect(await other.progress('kafka-log')).toMatchObject({ marks: { shown: 40 }, attempt: fullAttempt() });
  expect(await other.recordings()).toEqual([saved('a', 1)]);
  expect(await other.settings()).toEqual({ theme: 'dark', characterKeys: false });
});

test('importing twice changes nothing more', async () => {
  const storage = await storageOn(new FakeDevice());
  const text = await archiveText();
  await storage.importEverything(text);
  expect(await storage.importEverything(text)).toMatchObject({ recordings: 0 });
  expect(await storage.recordings()).toHaveLength(1);
});

test('what is newer here stays, and marks are joined', async () => {
  const storage = await storageOn(new FakeDevice());
  await storage.saveAttempt('kafka-log', attempt('card', 99_999));
  await storage.setMark('kafka-log', 'fixed', 50);
  await storage.setMark('kafka-log', 'shown', 60);
  await storage.importEverything(await archiveText());
  expect(await storage.progress('kafka-log')).toMatchObject({
    marks: { shown: 40, fixed: 50 },
    attempt: { step: 'card' },
  });
});

test('deleting everything leaves nothing behind', async () => {
  const device = new FakeDevice();
  const storage = await storageOn(device);
  await storage.importEverything(await archiveText());
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

  test('may not put one lesson’s attempt under another’s name', async () => {
    expect(problemOf(await edited((archive) => (archive.progress[0].slug = 'twice')))).toBe('damaged');
  });

  test.each(['__proto__', 'constructor', 'prototype'])('cannot reach a prototype through %s', async (key) => {
    const text = (await archiveText()).replace('"lens":1000', `"${key}":{"polluted":true}`);
    expect(problemOf(text)).toBe('damaged');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('cannot exhaust the stack', async () => {
    const text = (await archiveText()).replace(
      '"lens":1000',
      `"deep":${'['.repeat(5000)}${']'.repeat(5000)}`,
    );
    expect(problemOf(text)).toBe('damaged');
  });
});
