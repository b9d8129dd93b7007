import { describe, expect, test } from 'vitest';
import { part as consumer } from '../../src/services/consumer';
import { part as projection } from '../../src/services/projection';
import { part as store } from '../../src/services/store';
import type { TransactRequest, Write } from '../../src/services/store-protocol';
import { Bodies } from '../../src/kernel/bodies';
import type { Handle } from '../../src/kernel/delivery';
import type { Machine, Tagged } from '../../src/kernel/machine';
import type { Look } from '../../src/kernel/part';
import { ms, toMs } from '../../src/kernel/time';
import { seeded, transition, type Setting } from '../helpers/transition';

const bodies = new Bodies();
const compose = (label: string, key: string | null, version = 1) =>
  bodies.add({
    domain: 'price',
    type: 'PriceChanged',
    label,
    key,
    version,
    correlation: '',
    data: { cents: 100 * version },
  });

const handle = (message: number, ticket = 1): Handle => ({
  type: 'Handle',
  ticket,
  replyTo: 'driver',
  delivery: { message, source: 'kafka/t/0', position: 4, group: 'search', cause: 77 },
});

/** One command with everything a part tells itself. */
function perform<State>(
  machine: Machine<State, any, any>,
  state: State,
  command: Tagged,
  setting: Setting = {},
) {
  const usual = { bodies, self: 'search-a', part: 'main', ...setting };
  let outcome = transition(machine, state, command as never, usual);
  const facts = [...outcome.facts];
  const told = [];
  const { sent, timers, replies, cancelled, disconnected } = outcome;
  for (const { part, command: own } of [...outcome.told]) {
    if (part !== 'main') told.push({ part, command: own });
    else {
      outcome = transition(machine, outcome.state, own as never, usual);
      facts.push(...outcome.facts);
      told.push(...outcome.told);
    }
  }
  const all = { sent: [...sent, ...(outcome.sent === sent ? [] : outcome.sent)] };
  return { ...all, state: outcome.state, facts, told, timers, replies, cancelled, disconnected };
}

const look: Look = {
  now: 0,
  cells: 10,
  rows: 10,
  laneEnd: () => null,
  face: (message) => ({ message, ...bodies.get(message) }),
};

describe('a consumer', () => {
  const start = (options = {}) => consumer.machine.init(options);
  const message = compose('OC01', 'mug');

  test('without latency applies at once and says so', () => {
    const { facts, told, state } = perform(consumer.machine, start(), handle(message));
    expect(facts).toEqual([
      { kind: 'applied', type: 'MessageHandled', subject: 'search-a', message, position: 4, group: 'search' },
    ]);
    expect(told).toEqual([{ part: 'driver', command: { type: 'Handled', ticket: 1 } }]);
    expect(state.applied).toBe(1);
  });

  test('works for its latency, then comes the step "apply"', () => {
    const { facts, timers, state } = perform(consumer.machine, start({ latencyMs: 120 }), handle(message), {
      random: seeded(1),
    });
    expect(facts).toEqual([]);
    expect(timers).toMatchObject([{ at: ms(120), command: { type: 'Apply', step: 'apply' } }]);
    expect(consumer.describe!(state, look).process).toMatchObject({
      current: { label: 'OC01' },
      step: { name: 'receive', since: 0, until: ms(120) },
      applied: 0,
    });
  });

  test('takes longer in a slow process', () => {
    const setting = { slowness: 4, random: seeded(1) };
    const { timers } = perform(consumer.machine, start({ latencyMs: 120 }), handle(message), setting);
    expect(timers[0].at).toBe(ms(480));
  });

  test('draws its latency from a distribution', () => {
    const latencyMs = { kind: 'uniform', minMs: 10, maxMs: 20 };
    const { timers } = perform(consumer.machine, start({ latencyMs }), handle(message), {
      random: seeded(1),
    });
    expect(toMs(timers[0].at)).toBeGreaterThanOrEqual(10);
    expect(toMs(timers[0].at)).toBeLessThanOrEqual(20);
  });

  test.each([-1, '5', { kind: 'poisson' }, { kind: 'uniform', minMs: 1 }])(
    'refuses the latency %j',
    (latencyMs) => {
      expect(() => start({ latencyMs })).toThrow('"latencyMs" is a number of milliseconds or a distribution');
    },
  );

  test('takes as many at a time as its driver gives it', () => {
    let state = start({ latencyMs: 10 });
    for (const ticket of [1, 2]) {
      state = perform(consumer.machine, state, handle(message, ticket), { random: seeded(1) }).state;
    }
    const apply = { type: 'Apply', step: 'apply', ticket: 2 };
    const { told, state: after } = perform(consumer.machine, state, apply);
    expect(told).toEqual([{ part: 'driver', command: { type: 'Handled', ticket: 2 } }]);
    expect(after.jobs.map((job) => job.handle.ticket)).toEqual([1]);
  });

  test('throws on the messages it is told to', () => {
    const { facts, told } = perform(consumer.machine, start({ failing: 'OC01' }), handle(message));
    expect(facts).toEqual([]);
    expect(told[0].command).toMatchObject({ type: 'HandlingFailed', ticket: 1 });
  });

  test('a crash forgets what it was working on, and not how much it has done', () => {
    const { state } = perform(consumer.machine, start(), handle(message));
    const working = perform(consumer.machine, state, handle(message, 2)).state;
    consumer.machine.restart(working);
    expect(working).toMatchObject({ jobs: [], applied: 2 });
  });
});

describe('a projection', () => {
  const start = (options = {}) => projection.machine.init({ store: 'index', ...options });
  const message = compose('PR01', 'mug', 3);
  const writing = (options = {}) => perform(projection.machine, start(options), handle(message));
  const answered = (state: ReturnType<typeof start>, setting: Setting = {}) =>
    perform(projection.machine, state, { type: 'TransactResponse', ticket: 1, fact: 5 } as Tagged, setting);

  test('writes one row per message in one transaction, on behalf of the group', () => {
    expect(writing().sent).toEqual([
      {
        to: 'index',
        message: {
          type: 'TransactRequest',
          ticket: 1,
          writes: [{ key: 'mug', version: 3, fields: { cents: 300 } }],
          message,
          group: 'search',
          position: 4,
          cause: 77,
        },
      },
    ]);
  });

  test('is done when the store has answered, and not before', () => {
    const { told, state } = writing();
    expect(told).toEqual([]);
    const after = answered(state);
    expect(after.told).toEqual([{ part: 'driver', command: { type: 'Handled', ticket: 1 } }]);
    expect(projection.describe!(after.state, look).process).toMatchObject({
      applied: 1,
      lastApplied: { label: 'PR01' },
    });
  });

  test('is in the step "apply" while the write is on its way', () => {
    expect(projection.describe!(writing().state, look).process?.step).toEqual({
      name: 'apply',
      since: 0,
      until: null,
    });
  });

  test('a store that is gone: the write is tried again a little later, and the failure told once', () => {
    const closed = { type: 'ConnectionClosed', connection: 1, peer: 'index/store' };
    const first = perform(projection.machine, writing().state, closed as Tagged);
    expect(first.facts).toMatchObject([
      { kind: 'failed', type: 'WriteFailed', subject: 'index', message, cause: 77 },
    ]);
    expect(first.timers).toMatchObject([{ at: ms(200), command: { type: 'AskAgain', ticket: 1 } }]);
    const second = perform(projection.machine, first.state, {
      type: 'AskAgain',
      to: 'index',
      ticket: 1,
    } as Tagged);
    expect(second.sent).toHaveLength(1);
    expect(perform(projection.machine, second.state, closed as Tagged).facts).toEqual([]);
  });

  test('a store that does not answer: the connection is given up, and the write tried again', () => {
    const late = perform(projection.machine, writing().state, {
      type: 'AskTimedOut',
      to: 'index',
      ticket: 1,
    } as Tagged);
    expect(late.disconnected).toEqual(['index']);
    expect(late.timers).toHaveLength(1);
  });

  test('an answer that comes twice settles once', () => {
    const { state } = answered(writing().state);
    expect(answered(state).told).toEqual([]);
  });

  test('a message without a key is about no row', () => {
    const keyless = compose('PR02', null);
    const { sent, facts, told } = perform(projection.machine, start(), handle(keyless));
    expect(sent).toEqual([]);
    expect(facts).toMatchObject([{ kind: 'skipped', message: keyless }]);
    expect(told).toHaveLength(1);
  });

  test('check newer: the store is to keep the row it has when the message is older', () => {
    const [{ message: request }] = writing({ check: 'newer' }).sent;
    expect((request as TransactRequest).writes[0].onlyNewer).toBe(true);
  });
});

describe('a store', () => {
  const write = (version: number, fields = {}, onlyNewer = false) => ({
    key: 'mug',
    version,
    fields,
    onlyNewer,
  });
  const request = (...writes: readonly Write[]): TransactRequest => ({
    type: 'TransactRequest',
    ticket: 9,
    writes,
    message: compose('PR03', 'mug'),
    group: 'search',
    position: 4,
    cause: 77,
  });
  const index = { self: 'index', now: 50 };
  const empty = transition(store.machine, store.machine.init({}), { type: 'Start' }, index).state;
  const transact = (state: typeof empty, ...writes: readonly Write[]) =>
    transition(store.machine, state, request(...writes), index);
  const shape = (state: typeof empty) => {
    const [described] = store.describe!(state, look).shapes!;
    if (described.shape !== 'store') throw new Error('A store describes itself as one.');
    return described;
  };

  test('writes a row, says for whom, and answers with the fact', () => {
    const { facts, replies } = transact(empty, write(3));
    expect(facts).toMatchObject([
      {
        kind: 'applied',
        type: 'RowWritten',
        subject: 'index',
        position: 4,
        group: 'search',
        amount: 3,
        cause: 77,
      },
    ]);
    expect(replies).toEqual([{ connection: 1, message: { type: 'TransactResponse', ticket: 9, fact: 0 } }]);
  });

  test('an update names some columns and leaves the others', () => {
    const { state } = transact(transact(empty, write(1, { cents: 300 })).state, write(2, { inStock: 5 }));
    expect(shape(state)).toMatchObject({
      address: 'index',
      rowCount: 1,
      writes: 2,
      rows: [{ key: 'mug', version: 2, fields: { cents: 300, inStock: 5 }, changedAt: 50, writes: 2 }],
    });
  });

  test('takes an older version as well, when nobody asks it to check', () => {
    expect(shape(transact(transact(empty, write(5)).state, write(4)).state).rows[0].version).toBe(4);
  });

  test('keeps a newer row when asked to, and says so', () => {
    const { state, facts } = transact(transact(empty, write(5)).state, write(4, {}, true));
    expect(shape(state).rows[0].version).toBe(5);
    expect(facts).toMatchObject([{ kind: 'outdated', type: 'WriteOutdated', amount: 5 }]);
  });

  test('rows survive a crash', () => {
    const { state } = transact(empty, write(1));
    store.machine.restart(state);
    expect(shape(state).rowCount).toBe(1);
  });

  test('wiping it loses every row, and says how many', () => {
    const { state, facts } = transition(
      store.machine,
      transact(empty, write(1)).state,
      { type: 'WipeStore' },
      index,
    );
    expect(facts).toEqual([{ kind: 'changed', type: 'StoreWiped', subject: 'index', amount: 1 }]);
    expect(shape(state)).toMatchObject({ rowCount: 0, rows: [], wipedAt: 50 });
  });

  test('shows as many rows as are on screen, by key', () => {
    const keys = ['pen', 'mug', 'tee'];
    const writes = keys.map((key) => ({ ...write(1), key }));
    const { state } = transact(empty, ...writes);
    const [described] = store.describe!(state, { ...look, rows: 2 }).shapes!;
    expect(described).toMatchObject({ rowCount: 3, rows: [{ key: 'mug' }, { key: 'pen' }] });
  });
});
