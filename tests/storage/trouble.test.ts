/** A device that is taken away, comes back empty, or is to be emptied. */
import { describe, expect, test } from 'vitest';
import { KeptStorage } from '../../src/storage/storage';
import { attempt, browserError, FakeDevice, saved, storageOn, textStore, unsavedIn } from './helpers';

describe('a device that was closed under way', () => {
  test('is opened again, and gets what it refused', async () => {
    const device = new FakeDevice();
    const storage = await storageOn(device);
    storage.reopen = () => {
      device.failure = null;
      return storage.attach(device, false);
    };
    await storage.saveAttempt('kafka-log', attempt('break', 7));
    device.failure = browserError('AbortError');
    await storage.saveAttempt('kafka-log', attempt('fix', 8));
    await storage.flush();
    expect(storage.status()).toMatchObject({ trouble: null, keeping: true });
    expect(device.attempts.get('kafka-log')?.step).toBe('fix');
  });

  test('is not opened again and again when that does not help', async () => {
    const device = new FakeDevice();
    const storage = await storageOn(device);
    let times = 0;
    storage.reopen = () => {
      times += 1;
      return storage.attach(device, false);
    };
    device.failure = browserError('AbortError');
    await storage.saveAttempt('kafka-log', attempt('fix', 8));
    await storage.saveAttempt('kafka-log', attempt('fix', 9));
    expect(times).toBe(1);
    expect(storage.status()).toMatchObject({ trouble: 'closed', keeping: false });
  });

  test('says nothing about the one that was opened in its place', async () => {
    const old = new FakeDevice();
    const storage = await storageOn(old);
    const open = old.hold();
    const saving = storage.saveAttempt('kafka-log', attempt('fix', 8));
    old.failure = browserError('AbortError');
    const next = new FakeDevice();
    const attached = storage.attach(next);
    open();
    await Promise.all([saving, attached]);
    await storage.flush();
    expect(storage.status()).toMatchObject({ trouble: null, keeping: true });
    expect(next.attempts.get('kafka-log')?.step).toBe('fix');
  });
});

describe('a device that is empty though something was kept there', () => {
  test('is announced, and keeps what is new', async () => {
    const text = textStore();
    await (await storageOn(new FakeDevice(), text)).saveAttempt('kafka-log', attempt('break', 7));
    const wiped = new FakeDevice();
    const storage = await storageOn(wiped, text);
    expect(storage.status()).toMatchObject({ trouble: 'lost', keeping: true });
    await storage.saveAttempt('kafka-log', attempt('predict', 8));
    expect(wiped.attempts.get('kafka-log')?.step).toBe('predict');
    expect((await storageOn(wiped, text)).status().trouble).toBeNull();
  });

  test('is no news when the person has deleted everything', async () => {
    const text = textStore();
    const device = new FakeDevice();
    const storage = await storageOn(device, text);
    await storage.saveRecording(saved('a', 1));
    await storage.deleteEverything();
    expect((await storageOn(device, text)).status().trouble).toBeNull();
    await storage.saveRecording(saved('b', 2));
    await storage.deleteRecording('b');
    expect((await storageOn(device, text)).status().trouble).toBeNull();
  });
});

describe('everything deleted', () => {
  test('takes along what other tabs have left behind', async () => {
    const text = textStore();
    const full = new FakeDevice();
    const other = await storageOn(full, text);
    full.failure = browserError('QuotaExceededError');
    await other.saveAttempt('kafka-log', attempt('break', 7));
    const here = new KeptStorage(text, () => 5000);
    other.leaveUnsaved();
    await here.deleteEverything();
    expect(unsavedIn(text)).toEqual([]);
  });

  test('is not written back by a tab that hears of it', async () => {
    const device = new FakeDevice();
    const [here, there] = [await storageOn(device), await storageOn(device)];
    here.tell = (change) => there.heard(change);
    await there.saveAttempt('kafka-log', attempt('break', 7));
    await here.deleteEverything();
    await there.setMark('twice', 'shown', 8);
    expect((await there.exportEverything()).progress.map(({ slug }) => slug)).toEqual(['twice']);
  });
});
