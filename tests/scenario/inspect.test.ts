import { describe, expect, test } from 'vitest';
import { factType, type NewFact } from '../../src/kernel/fact';
import type { Body } from '../../src/kernel/bodies';
import { Trace } from '../../src/kernel/trace';
import { Handlings } from '../../src/scenario/handlings';
import { compareRows, nextExpiry, progressOf } from '../../src/scenario/inspect';
import { optionsOf } from '../../src/scenario/option-values';
import { loadRegistry } from '../../src/scenario/registry';
import { TruthAndSeen } from '../../src/scenario/truth';
import { fact } from '../helpers/fake-host';
import { action, at, recordingOf, shopScenario } from '../helpers/recordings';
import { writeFact } from '../helpers/write-fact';

const second = 1_000_000;
const lane = 'kafka/shop-events/0';
const types = {
  accepted: factType('accepted', 'RecordAppended'),
  written: factType('applied', 'RowWritten'),
  added: factType('applied', 'AmountAdded'),
  wiped: factType('changed', 'StoreWiped'),
  deleted: factType('expired', 'SegmentDeleted'),
  offsetExpired: factType('expired', 'OffsetExpired'),
  delivered: factType('delivered', 'RecordDelivered'),
  redelivered: factType('redelivered', 'RecordRedelivered'),
  skipped: factType('skipped', 'NothingToProject'),
  writeFailed: factType('failed', 'WriteFailed'),
  handlerFailed: factType('failed', 'HandlerFailed'),
};

/** A history by hand: one fact a second, from the first second on. */
class History {
  readonly trace = new Trace();
  readonly bodies: Body[] = [];

  /** A record about `key`; its message is its number. */
  record(key: string | null, version: number): number {
    this.bodies.push({
      domain: 'order', type: 'OrderPlaced', label: `OC${this.bodies.length}`, key, version, correlation: '', data: {},
    }); // prettier-ignore
    const message = this.bodies.length - 1;
    this.add({ is: types.accepted, subject: lane, message, position: message });
    return message;
  }

  add(more: NewFact, process = 'kafka'): number {
    const id = this.trace.length;
    writeFact(this.trace, id, (id + 1) * second, process, more.cause ?? -1, more);
    return id;
  }

  write(message: number, cause = -1): number {
    const { version } = this.bodies[message];
    const more = { message, position: message, amount: version, group: 'search', cause };
    return this.add({ is: types.written, subject: 'index', ...more }, 'index');
  }

  truth(): TruthAndSeen {
    const truth = new TruthAndSeen('index', ['shop-events']);
    truth.upTo(this.trace, (message) => this.bodies[message]);
    return truth;
  }
}

describe('truth and seen', () => {
  test('a row is behind from the moment on at which the log knew more, until it is written', () => {
    const history = new History();
    const first = history.record('mug', 1);
    history.write(first);
    history.record('mug', 2);
    const third = history.record('mug', 3);
    history.write(third);
    const truth = history.truth();
    const sinces = [1, 2, 3, 4, 5].map((count) => truth.at(count).get('mug')!.since);
    expect(sinces).toEqual([1 * second, null, 3 * second, 3 * second, null]);
    expect(truth.at(4).get('mug')!.truth).toMatchObject({ message: third, version: 3, offset: 2 });
    expect(truth.at(0).size).toBe(0);
  });

  test('an emptied store misses its rows from then on; reading again from the start goes through older ones', () => {
    const history = new History();
    const [one, two] = [history.record('mug', 1), history.record('mug', 2)];
    history.write(two);
    const wiped = history.add({ is: types.wiped, subject: 'index' }, 'index');
    history.write(one);
    history.write(two);
    const truth = history.truth();
    expect(truth.at(3).get('mug')!.since).toBeNull();
    expect(truth.at(4).get('mug')!.since).toBe((wiped + 1) * second);
    expect(truth.at(5).get('mug')!.since).toBe((wiped + 1) * second);
    expect(truth.at(6).get('mug')!.since).toBeNull();
  });

  test('what the log deleted is no longer true, and a flag that expires deletes nothing', () => {
    const history = new History();
    const one = history.record('mug', 1);
    history.write(one);
    history.add({ is: types.offsetExpired, subject: lane, position: 0, group: 'search' });
    history.add({ is: types.deleted, subject: lane, position: 0, amount: 1 });
    const truth = history.truth();
    expect(truth.at(3).get('mug')).toMatchObject({ truth: { version: 1 }, since: null });
    expect(truth.at(4).get('mug')).toMatchObject({ truth: null, since: 4 * second });
  });

  test('a row that sums up has taken in as many records as were added, and one too many is ahead', () => {
    const history = new History();
    const [one, two] = [history.record('mug', 1), history.record('mug', 2)];
    const add = (message: number) =>
      history.add({ is: types.added, subject: 'index', message, amount: 700, group: 'search' }, 'index');
    add(one);
    add(two);
    add(two);
    const truth = history.truth();
    const sinces = [3, 4, 5].map((count) => truth.at(count).get('mug')!.since);
    expect(sinces).toEqual([1 * second, null, 5 * second]);
  });

  test('an older version that comes later does not become the truth; a record without a key is about no row', () => {
    const history = new History();
    history.record('mug', 2);
    history.record('mug', 1);
    history.record(null, 7);
    const standings = history.truth().at(3);
    expect([...standings.keys()]).toEqual(['mug']);
    expect(standings.get('mug')!.truth!.version).toBe(2);
  });

  test('rows are the same, missing, behind or ahead', () => {
    const known = (version: number) => ({ message: version, lane, offset: version, version });
    const row = (key: string, version: number) => ({
      key, version, fields: {}, changedAt: 0, writes: 1, face: null,
    }); // prettier-ignore
    const face = (message: number) => ({ message, domain: 'order' as const, label: 'OC', key: null, version: message }); // prettier-ignore
    const standings = new Map([
      ['a', { truth: known(2), since: null }],
      ['b', { truth: known(2), since: 5 }],
      ['c', { truth: known(4), since: 6 }],
      ['d', { truth: null, since: 7 }],
      ['e', { truth: null, since: null }],
    ]);
    const compared = compareRows(standings, [row('d', 1), row('c', 1), row('a', 2)], face);
    expect(compared.map(({ key, state, since }) => [key, state, since])).toEqual([
      ['a', 'same', null],
      ['b', 'missing', 5],
      ['c', 'behind', 6],
      ['d', 'ahead', 7],
    ]);
  });
});

describe('the last handlings of a service', () => {
  test('are those of its deliveries, counted per group, with what was skipped and what failed for good', () => {
    const history = new History();
    const message = history.record('mug', 1);
    const deliver = (is: NewFact['is'], process: string) =>
      history.add({ is, subject: lane, message, position: 0, group: 'search' }, process);
    const given = deliver(types.delivered, 'search-a');
    history.add(
      { is: types.writeFailed, subject: 'index', message, group: 'search', cause: given },
      'search-a',
    );
    const first = history.write(message, given);
    const again = history.write(message, deliver(types.redelivered, 'search-b'));
    const third = deliver(types.redelivered, 'search-b');
    const skipped = history.add({ is: types.skipped, subject: 'index', message, group: 'search', cause: third }, 'search-b'); // prettier-ignore
    const handlings = new Handlings();
    handlings.upTo(history.trace);
    const last = (process: string, count = history.trace.length, limit = 20) =>
      handlings
        .last(process, count, limit)
        .map(({ fact: id, kind, nth, lane: from }) => [id, kind, nth, from]);
    expect(last('search-a')).toEqual([[first, 'applied', 1, lane]]);
    expect(last('search-b')).toEqual([
      [again, 'applied', 2, lane],
      [skipped, 'skipped', 2, lane],
    ]);
    expect(last('search-b', skipped)).toEqual([[again, 'applied', 2, lane]]);
    expect(last('search-b', skipped + 1, 1)).toEqual([[skipped, 'skipped', 2, lane]]);
    expect(last('index')).toEqual([]);
  });

  test('a transaction of several rows is one of them', () => {
    const history = new History();
    const message = history.record('mug', 1);
    const cause = history.add({ is: types.delivered, subject: lane, message, group: 'search' }, 'search-a');
    const write = { is: types.written, subject: 'index', message, group: 'search', cause };
    writeFact(history.trace, 2, 3 * second, 'index', cause, write);
    writeFact(history.trace, 3, 3 * second, 'index', cause, write);
    const handlings = new Handlings();
    handlings.upTo(history.trace);
    expect(handlings.last('search-a', 4, 20).map(({ nth }) => nth)).toEqual([1]);
  });
});

describe('the pace of a group', () => {
  const settled = (time: number, from: number, to: number) =>
    fact(0, time * second, { kind: 'settled', subject: lane, group: 'search', position: to, amount: from });
  const sought = (time: number, to: number) =>
    fact(0, time * second, { kind: 'sought', subject: lane, group: 'search', position: to });
  const pace = (now: number, ...facts: ReturnType<typeof fact>[]) =>
    progressOf(facts, 'search', (address) => address === lane, now * second);

  test('is what its flags went past in the last five seconds', () => {
    const arrival = (time: number, subject = lane) => fact(0, time * second, { kind: 'accepted', subject });
    const progress = pace(
      12, settled(6, 0, 3), settled(8, 3, 4), settled(11, 4, 8), arrival(7), arrival(9), arrival(9.5, 'kafka/other/0'),
    ); // prettier-ignore
    expect(progress).toEqual({ settled: 5, arrived: 1, over: 5 * second });
  });

  test('a first commit counts from the start of the log, and the measured time from the start of the run', () => {
    expect(pace(2, settled(1, -1, 3))).toEqual({ settled: 3, arrived: 0, over: 2 * second });
  });

  test('what a seek jumps over was not read, forward or back; what is read after it was', () => {
    expect(pace(10, settled(7, 0, 4), sought(8, 40), settled(8.1, 4, 40), settled(9, 40, 41)).settled).toBe(
      5,
    );
    expect(pace(10, sought(8, 0), settled(8.1, 4, 0), settled(9, 0, 2)).settled).toBe(2);
    expect(pace(10, sought(4.9, 40), settled(5.5, 4, 40)).settled).toBe(0);
  });
});

describe('what expires next', () => {
  const by = (times: readonly (number | null)[]) => (offset: number) => times[offset - 3];
  const next = (...times: (number | null)[]) => nextExpiry(3, 3 + times.length, by(times));

  test('is the run of records that go no later than the first', () => {
    expect(next(50, 50, 50, 60, 60)).toEqual({ at: 50, count: 3 });
    expect(next(50)).toEqual({ at: 50, count: 1 });
    expect(next(50, 50, 50, 50)).toEqual({ at: 50, count: 4 });
    expect(next(50, 50, null)).toEqual({ at: 50, count: 2 });
  });

  test('is nothing in an empty log, or where nothing limits it', () => {
    expect(next()).toBeNull();
    expect(next(null, null)).toBeNull();
  });
});

test('options are as given, else their defaults, and as a knob has turned them by now', async () => {
  const scenario = shopScenario();
  const registry = await loadRegistry(scenario);
  const recording = recordingOf(scenario, 4, [
    at(5000, action('workload', 'rate', 'shop', { ratePerSecond: 9 })),
    at(6000, action('operation', 'publish', 'shop', { key: 'mug' })),
  ]);
  const rateAt = (time: number) =>
    optionsOf('shop', recording, registry, time).find(({ name }) => name === 'ratePerSecond');
  expect(rateAt(4 * second)).toMatchObject({ value: 4, isDefault: false, unit: 'per second', part: 'shop' });
  expect(rateAt(5 * second)).toMatchObject({ value: 9 });
  const shop = optionsOf('shop', recording, registry, 0);
  expect(shop.find(({ name }) => name === 'products')!.value).toBe('mug pen tee cap jar');
  expect(shop.find(({ name }) => name === 'acks')).toMatchObject({
    value: -1,
    isDefault: true,
    part: 'driver',
  });
  const slow = { ...scenario.services[1], parts: [{ kind: 'projection', options: { latencyMs: { kind: 'uniform', minMs: 1, maxMs: 2 } } }] }; // prettier-ignore
  const [latency] = optionsOf(slow.name, recordingOf({ ...scenario, services: [slow] }), registry, 0);
  expect(latency.value).toBe('uniform, minMs 1, maxMs 2');
});
