import { describe, expect, test } from 'vitest';
import { RecordingsFull, roomFor } from '../../src/storage/recordings';
import { KeptStorage } from '../../src/storage/storage';
import type { StorageStatus } from '../../src/storage/types';
import {
  attempt,
  browserError,
  FakeDevice,
  fullAttempt,
  saved,
  storageOn,
  textStore,
  unsavedIn,
} from './helpers';

describe('saving as it happens', () => {
  test('an attempt is on the device when saving resolves', async () => {
    const device = new FakeDevice();
    const storage = await storageOn(device);
    await storage.saveAttempt('kafka-log', fullAttempt());
    expect(device.attempts.get('kafka-log')).toEqual(fullAttempt());
    expect((await storage.progress('kafka-log'))?.attempt).toEqual(fullAttempt());
  });

  test('saves that come while one is written are merged, and the last one wins', async () => {
    const device = new FakeDevice();
    const storage = await storageOn(device);
    const open = device.hold();
    const saves = [1, 2, 3, 4].map((time) => storage.saveAttempt('kafka-log', attempt('run', time)));
    open();
    await Promise.all(saves);
    expect(device.written.map((row) => row.changedAt)).toEqual([1, 4]);
    expect(device.attempts.get('kafka-log')?.changedAt).toBe(4);
  });

  test('lessons do not wait for each other’s merge', async () => {
    const device = new FakeDevice();
    const storage = await storageOn(device);
    await Promise.all([
      storage.saveAttempt('kafka-log', attempt('run', 1)),
      storage.saveAttempt('twice', attempt('fix', 2, 'twice')),
    ]);
    expect([...device.attempts.keys()].sort()).toEqual(['kafka-log', 'twice']);
  });

  test('starting over forgets the attempt and keeps the marks', async () => {
    const storage = await storageOn(new FakeDevice());
    await storage.saveAttempt('kafka-log', attempt('card', 5));
    await storage.setMark('kafka-log', 'shown', 4);
    await storage.clearAttempt('kafka-log');
    expect(await storage.progress('kafka-log')).toEqual({
      slug: 'kafka-log',
      marks: { shown: 4 },
      attempt: null,
      changedAt: 4,
    });
  });

  test('a mark keeps the time it was first earned', async () => {
    const storage = await storageOn(new FakeDevice());
    await storage.setMark('kafka-log', 'shown', 40);
    await storage.setMark('kafka-log', 'shown', 90);
    expect((await storage.progress('kafka-log'))?.marks).toEqual({ shown: 40 });
  });

  test('what another tab wrote is seen', async () => {
    const device = new FakeDevice();
    const [here, there] = [await storageOn(device), await storageOn(device)];
    await there.setMark('kafka-log', 'fixed', 3);
    await here.setMark('kafka-log', 'shown', 2);
    expect((await here.progress('kafka-log'))?.marks).toEqual({ shown: 2, fixed: 3 });
  });
});

describe('two tabs in one lesson', () => {
  const bet = (id: string, at: number) => ({ id, option: 'x', confidence: null, at }) as const;

  /** A run of the lesson in which something was done to `target`. */
  function runAt(target: string) {
    const [run] = fullAttempt().recordings;
    const [input] = run.recording.inputs;
    const inputs = [{ ...input, action: { ...input.action, target } }];
    return [{ ...run, recording: { ...run.recording, inputs } }];
  }

  async function twoTabs() {
    const device = new FakeDevice();
    const [one, two] = [await storageOn(device), await storageOn(device)];
    await one.saveAttempt('kafka-log', attempt('scene', 1));
    for (const tab of [one, two]) await tab.progress('kafka-log');
    return { device, one, two };
  }

  test('both write, and nothing that either was told is safe is lost', async () => {
    const { one, two } = await twoTabs();
    await one.saveAttempt('kafka-log', { ...attempt('predict', 10), bets: [bet('a', 9)], goalShown: true });
    await two.saveAttempt('kafka-log', { ...attempt('run', 20), bets: [bet('b', 19)] });
    // The first has not heard of the second, and knows only its own bet.
    await one.saveAttempt('kafka-log', { ...attempt('observe', 30), bets: [bet('a', 9), bet('c', 29)] });
    await two.saveAttempt('kafka-log', { ...attempt('observe', 40), bets: [bet('b', 19)] });
    const now = (await one.progress('kafka-log'))?.attempt;
    expect(now).toMatchObject({ step: 'observe', changedAt: 40, goalShown: true });
    expect(now?.bets.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  test('two runs under one name are both kept', async () => {
    const { one, two } = await twoTabs();
    await one.saveAttempt('kafka-log', { ...attempt('break', 10), recordings: runAt('search-a') });
    await two.saveAttempt('kafka-log', { ...attempt('break', 20), recordings: runAt('search-b') });
    const now = (await two.progress('kafka-log'))?.attempt;
    const targets = [...now!.recordings, ...(await two.recordings())].map(
      ({ recording }) => recording.inputs[0].action.target,
    );
    expect(targets.sort()).toEqual(['search-a', 'search-b']);
  });

  test('a save that waits for the one that finds the other’s work does not take it away', async () => {
    const { device, one, two } = await twoTabs();
    await one.saveAttempt('kafka-log', { ...attempt('predict', 10), bets: [bet('a', 9)] });
    const open = device.hold();
    const first = two.saveAttempt('kafka-log', { ...attempt('run', 20), bets: [bet('b', 19)] });
    const second = two.saveAttempt('kafka-log', {
      ...attempt('run', 30),
      bets: [bet('b', 19), bet('c', 29)],
    });
    open();
    await Promise.all([first, second]);
    expect(device.attempts.get('kafka-log')?.bets.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  test('a run of the other’s is kept too when it is found newer than what was waiting', async () => {
    const { device, one, two } = await twoTabs();
    await one.saveAttempt('kafka-log', { ...attempt('break', 20), recordings: runAt('search-a') });
    // Begun before the other's was, and written after it.
    await two.saveAttempt('kafka-log', { ...attempt('break', 10), recordings: runAt('search-b') });
    await two.saveAttempt('kafka-log', { ...attempt('break', 30), recordings: runAt('search-b') });
    await two.flush();
    const rows = [...device.attempts.get('kafka-log')!.recordings, ...device.recordings.values()];
    const targets = rows.map(({ recording }) => recording.inputs[0].action.target);
    expect([...new Set(targets)].sort()).toEqual(['search-a', 'search-b']);
  });

  test('a run that went on is not kept twice', async () => {
    const { one, two } = await twoTabs();
    const { recordings } = fullAttempt();
    const begun = recordings.map((run) => ({ ...run, recording: { ...run.recording, inputs: [] } }));
    await one.saveAttempt('kafka-log', { ...attempt('break', 10), recordings: begun });
    await two.saveAttempt('kafka-log', { ...attempt('break', 20), recordings });
    expect(await two.recordings()).toEqual([]);
  });

  test('the one that finds the other’s work says so, and reading the lesson settles it', async () => {
    const { one, two } = await twoTabs();
    const heard: unknown[] = [];
    two.onChange((change) => heard.push(change));
    await one.saveAttempt('kafka-log', attempt('predict', 10));
    expect(heard).toEqual([]);
    await two.lookAround();
    expect(heard).toEqual([{ of: 'attempt', slug: 'kafka-log' }]);
    expect((await two.progress('kafka-log'))?.attempt?.step).toBe('predict');
    await two.lookAround();
    expect(heard).toHaveLength(1);
  });
});

describe('a device whose contents are gone', () => {
  test('is not filled again behind the person’s back, and is when they say so', async () => {
    const device = new FakeDevice();
    const storage = await storageOn(device);
    await storage.saveAttempt('kafka-log', attempt('break', 8));
    storage.detach('closed', '');
    const empty = new FakeDevice();
    await storage.attach(empty, false);
    expect(storage.status()).toMatchObject({ trouble: 'deleted', keeping: false });
    expect(empty.attempts.size).toBe(0);
    expect((await storage.exportEverything()).progress).toHaveLength(1);

    storage.reconnect = () => storage.attach(empty);
    await storage.tryAgain();
    expect(storage.status()).toMatchObject({ trouble: null, keeping: true });
    expect(empty.attempts.get('kafka-log')?.step).toBe('break');
  });

  test('is just empty when the person deleted everything here', async () => {
    const storage = await storageOn(new FakeDevice());
    await storage.saveAttempt('kafka-log', attempt('break', 8));
    await storage.deleteEverything();
    storage.detach('closed', '');
    await storage.attach(new FakeDevice(), false);
    expect(storage.status()).toMatchObject({ trouble: null, keeping: true });
  });
});

describe('a device that does not keep', () => {
  test('without one, work goes on in memory', async () => {
    const storage = new KeptStorage(null, () => 0);
    storage.detach('blocked', 'private window');
    await storage.saveAttempt('kafka-log', attempt('break', 2));
    expect(storage.status()).toEqual({ trouble: 'blocked', keeping: false, detail: 'private window' });
    expect((await storage.progress('kafka-log'))?.attempt?.step).toBe('break');
    expect((await storage.exportEverything()).progress).toHaveLength(1);
  });

  test('what was done in memory is written when a device comes', async () => {
    const storage = new KeptStorage(null, () => 0);
    storage.detach('blocked', '');
    await storage.saveAttempt('kafka-log', attempt('break', 8));
    const device = new FakeDevice();
    await device.putAttempt(attempt('scene', 3));
    await storage.attach(device);
    expect(device.attempts.get('kafka-log')?.step).toBe('break');
    expect(storage.status().keeping).toBe(true);
  });

  test('a full device is announced, and written again once there is room', async () => {
    const device = new FakeDevice();
    const storage = await storageOn(device);
    const told: StorageStatus[] = [];
    storage.onStatus((status) => told.push(status));
    device.failure = browserError('QuotaExceededError');
    await storage.saveAttempt('kafka-log', attempt('break', 8));
    expect(told.at(-1)).toMatchObject({ trouble: 'full', keeping: false });

    device.failure = null;
    await storage.setMark('twice', 'shown', 9);
    await storage.flush();
    expect(told.at(-1)).toMatchObject({ trouble: null, keeping: true });
    expect(device.attempts.get('kafka-log')?.step).toBe('break');
  });

  test.each([
    ['InvalidStateError', 'closed'],
    ['UnknownError', 'corrupt'],
    ['SecurityError', 'blocked'],
  ] as const)('%s while saving means %s, and nothing is lost from the page', async (name, trouble) => {
    const device = new FakeDevice();
    const storage = await storageOn(device);
    device.failure = browserError(name);
    await storage.saveAttempt('kafka-log', attempt('fix', 8));
    expect(storage.status()).toMatchObject({ trouble, keeping: false });
    expect((await storage.progress('kafka-log'))?.attempt?.step).toBe('fix');
  });

  test('rows that cannot be read are named, and the rest is used', async () => {
    const device = new FakeDevice();
    device.unreadable = ['attempts/twice'];
    await device.addMarks('kafka-log', { shown: 1 });
    const storage = await storageOn(device);
    expect(storage.status()).toEqual({ trouble: 'corrupt', keeping: true, detail: 'attempts/twice' });
    expect((await storage.progress('kafka-log'))?.marks).toEqual({ shown: 1 });
  });
});

describe('leaving the page in the middle of a save', () => {
  test('the newest attempt and marks are found at the next start', async () => {
    const text = textStore();
    const device = new FakeDevice();
    const before = await storageOn(device, text);
    device.hold();
    void before.saveAttempt('kafka-log', attempt('break', 7));
    void before.saveAttempt('kafka-log', attempt('fix', 8));
    void before.setMark('kafka-log', 'shown', 6);
    before.leaveUnsaved();

    const after = await storageOn(new FakeDevice(), text);
    expect(await after.progress('kafka-log')).toMatchObject({
      marks: { shown: 6 },
      attempt: { step: 'fix' },
    });
    expect(unsavedIn(text)).toEqual([]);
  });

  test('an older copy never replaces what is on the device', async () => {
    const text = textStore();
    text.setItem('alo.unsaved', JSON.stringify({ attempts: [attempt('scene', 2)], marks: [] }));
    const device = new FakeDevice();
    await device.putAttempt(attempt('card', 9));
    const storage = await storageOn(device, text);
    expect((await storage.progress('kafka-log'))?.attempt?.step).toBe('card');
  });

  test('what one tab left is not cleared away by another that has nothing to leave', async () => {
    const text = textStore();
    const here = await storageOn(new FakeDevice(), text);
    const full = new FakeDevice();
    const there = await storageOn(full, text);
    full.failure = browserError('QuotaExceededError');
    await there.saveAttempt('kafka-log', attempt('break', 7));
    there.leaveUnsaved();
    here.leaveUnsaved();
    const after = await storageOn(new FakeDevice(), text);
    expect((await after.progress('kafka-log'))?.attempt?.step).toBe('break');
  });

  test('nonsense in the last resort is ignored', async () => {
    const text = textStore();
    text.setItem('alo.unsaved', '{"attempts":[{"slug":1}],"marks":"no"');
    expect(await (await storageOn(new FakeDevice(), text)).allProgress()).toEqual([]);
  });
});

describe('recordings', () => {
  test('are listed newest first and can be deleted', async () => {
    const storage = await storageOn(new FakeDevice());
    await storage.saveRecording(saved('a', 1));
    await storage.saveRecording(saved('b', 2));
    await storage.deleteRecording('a');
    expect((await storage.recordings()).map((one) => one.id)).toEqual(['b']);
  });

  test('beyond the limit the oldest are offered for clearing, oldest first', () => {
    const kept = [saved('c', 3), saved('a', 1), saved('b', 2)];
    const room = (count: number) =>
      roomFor(saved('d', 4), kept, { count, characters: 1e6 })?.map((one) => one.id);
    expect(room(4)).toEqual([]);
    expect(room(3)).toEqual(['a']);
    expect(room(2)).toEqual(['a', 'b']);
  });

  test('one that is too big even alone is told apart', () => {
    expect(roomFor(saved('d', 4), [saved('a', 1)], { count: 9, characters: 10 })).toBeNull();
  });

  test('replacing a recording needs no room', () => {
    expect(roomFor(saved('a', 4), [saved('a', 1)], { count: 1, characters: 1e6 })).toEqual([]);
  });

  test('a save that finds no room asks instead of clearing', async () => {
    const storage = await storageOn(new FakeDevice());
    for (let i = 0; i < 100; i++) await storage.saveRecording(saved(`r${i}`, i));
    const refusal: unknown = await storage.saveRecording(saved('new', 200)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RecordingsFull);
    expect((refusal as RecordingsFull).oldest.map((one) => one.id)).toEqual(['r0']);
    expect(await storage.recordings()).toHaveLength(100);
  });
});
