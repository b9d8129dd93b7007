/**
 * An order and its event: saved and published one after the other, or the event noted with the order and sent by a
 * relay. Whole runs on Kafka, with crashes between any two steps and at random moments (brokers.md X-05).
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ms } from '../../src/kernel/time';
import { Trace } from '../../src/kernel/trace';
import { buildKernel } from '../../src/scenario/build';
import { loadRegistry, type Registry } from '../../src/scenario/registry';
import type { Scenario, ScheduledAction } from '../../src/scenario/scenario';
import { one } from '../helpers/http-world';

const numRuns = process.env.LONG ? 1000 : 60;
const orders = 5;
/** Long after the last order and the last crash: a group may wait a minute for members that died while they joined. */
const endMs = 300_000;
let registry: Promise<Registry> | null = null;

/** What the API does for an order. */
const twoWrites = { steps: 'validate persist publish respond' };
const publishFirst = { steps: 'validate publish persist respond' };
const withOutbox = { steps: 'validate persist respond', outbox: 'outbox' };

interface Outcome {
  /** By order: its row was written; how many copies of its event the log holds; how often a reader applied it. */
  readonly rows: ReadonlySet<number>;
  readonly copies: readonly number[];
  readonly applied: readonly number[];
  /** Orders in the order in which the first copy of each was appended. */
  readonly order: readonly number[];
}

async function play(api: object, schedule: readonly ScheduledAction[], seed = 1): Promise<Outcome> {
  const group = { groupId: 'reader', topics: 'orders', fromBeginning: true, handler: 'idempotence' };
  const back = { restartAfterMs: 1000 };
  const scenario: Scenario = {
    version: 1,
    name: 'outbox',
    latencyMs: 1,
    links: [],
    brokers: [
      {
        name: 'kafka',
        kind: 'kafka',
        topics: [{ name: 'orders', partitions: 1 }],
        options: { 'group.initial.rebalance.delay.ms': 500 },
      },
    ],
    services: [
      one('browser', 'browser', { to: 'api', ratePerSecond: 1, jitter: 0, limit: orders }),
      {
        ...{ name: 'api', role: 'api', ...back },
        parts: [
          { kind: 'http-api', options: { store: 'shop-db', ...api } },
          { kind: 'kafka.producer', options: {} },
        ],
      },
      { ...one('shop-db', 'store'), ...back },
      {
        ...{ name: 'relay', role: 'relay', ...back },
        parts: [
          { kind: 'outbox', options: { store: 'shop-db', batch: 2 } },
          { kind: 'kafka.producer', options: {} },
        ],
      },
      {
        ...{ name: 'reader', role: 'reader', ...back },
        parts: [
          { kind: 'projection', options: { store: 'reader-db' } },
          { kind: 'idempotence', options: { ids: 'together', store: 'reader-db', handler: 'projection' } },
          { kind: 'kafka.consumer', options: group },
        ],
      },
      one('reader-db', 'store'),
    ],
    schedule,
    endMs,
  };
  const recording = { engine: 'test', scenario, seed, inputs: [] };
  const trace = new Trace();
  buildKernel(recording, await (registry ??= loadRegistry(scenario)), trace).runUntil(ms(endMs));
  const facts = [...trace.facts()];
  const count = (type: string, subject?: string) =>
    Array.from(
      { length: orders },
      (_, message) =>
        facts.filter(
          (fact) =>
            fact.type === type &&
            fact.message === message &&
            (subject === undefined || fact.subject === subject),
        ).length,
    );
  const appended = facts.filter(({ type }) => type === 'RecordAppended').map(({ message }) => message);
  return {
    rows: new Set(count('RowWritten', 'shop-db').flatMap((times, order) => (times > 0 ? [order] : []))),
    copies: count('RecordAppended'),
    applied: count('RowWritten', 'reader-db'),
    order: [...new Set(appended)],
  };
}

const pin = (target: string, step: string, atMs = 0): ScheduledAction => ({
  atMs,
  action: { class: 'fault', name: 'pin', target, options: { step } },
});
const crash = (target: string, atMs: number): ScheduledAction => ({
  atMs,
  action: { class: 'fault', name: 'crash', target, options: {} },
});

describe('two writes, one after the other', () => {
  test('saved, then published: a crash in between leaves an order that nobody hears of', async () => {
    const { rows, copies } = await play(twoWrites, [pin('api', 'publish', 1500)]);
    expect(rows.has(1)).toBe(true);
    expect(copies[1]).toBe(0);
  });

  test('published, then saved: a crash in between leaves an event of no order', async () => {
    const { rows, copies } = await play(publishFirst, [pin('api', 'persist', 1500)]);
    expect(rows.has(1)).toBe(false);
    expect(copies[1]).toBe(1);
  });
});

describe('an outbox', () => {
  test('every order has its event, in order, once when nothing fails', async () => {
    const { rows, copies, order } = await play(withOutbox, []);
    expect(rows.size).toBe(orders);
    expect(copies).toEqual([1, 1, 1, 1, 1]);
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  test('a relay that dies after publishing and before marking publishes once more, and an idempotent reader applies it once', async () => {
    const { copies, applied } = await play(withOutbox, [pin('relay', 'mark', 1500)]);
    expect(copies).toEqual([1, 2, 1, 1, 1]);
    expect(applied).toEqual([1, 1, 1, 1, 1]);
  });

  test('while nobody relays the orders go on, and their events wait', async () => {
    const off = { class: 'fault', name: 'down', target: 'relay', options: { forMs: 20_000 } } as const;
    const { rows, copies, order } = await play(withOutbox, [{ atMs: 500, action: off }]);
    expect(rows.size).toBe(orders);
    expect(copies).toEqual([1, 1, 1, 1, 1]);
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  test('wherever anything crashes, an event is there exactly when its order is, and takes effect once', async () => {
    const atMs = fc.integer({ min: 100, max: 9000 });
    const struck = fc
      .tuple(fc.constantFrom('api', 'relay', 'shop-db', 'reader'), atMs)
      .map(([target, at]) => crash(target, at));
    const pinned = fc
      .tuple(
        fc.constantFrom(['api', 'persist'], ['relay', 'publish'], ['relay', 'mark'], ['reader', 'commit']),
        atMs,
      )
      .map(([[target, step], at]) => pin(target, step, at));
    const schedule = fc.array(fc.oneof(struck, pinned), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(schedule, fc.nat(10_000), async (faults, seed) => {
        const { rows, copies, applied, order } = await play(withOutbox, faults, seed);
        copies.forEach((count, message) => {
          expect(count > 0, `event of order ${message}`).toBe(rows.has(message));
          expect(applied[message], `effect of order ${message}`).toBe(rows.has(message) ? 1 : 0);
        });
        expect(order).toEqual([...order].sort((a, b) => a - b));
      }),
      { numRuns },
    );
  }, 240_000);
});
