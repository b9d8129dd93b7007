import { describe, expect, test } from 'vitest';
import { part } from '../../src/patterns/idempotence';
import type { Handle } from '../../src/kernel/delivery';
import type { Tagged } from '../../src/kernel/machine';
import { transition } from '../helpers/transition';

type State = ReturnType<typeof part.machine.init>;
const start = (ids: string) => part.machine.init({ ids, handler: 'account', store: 'book' });
const handle: Handle = {
  type: 'Handle',
  ticket: 7,
  replyTo: 'driver',
  delivery: { message: 3, source: 'kafka/entries/0', position: 4, group: 'account', cause: 77 },
};
const hand = (state: State, command: unknown) =>
  transition(part.machine, state, command as Tagged as never, { self: 'account', part: 'idempotence' });

/** Everything that was said, in order, until it waits for somebody else. */
function run(ids: string, ...answers: readonly object[]) {
  const said: string[] = [];
  let state = start(ids);
  for (const command of [handle, ...answers]) {
    let outcome = hand(state, command);
    for (let todo = [outcome]; todo.length > 0;) {
      outcome = todo.shift()!;
      ({ state } = outcome);
      said.push(...outcome.facts.map(({ type }) => type));
      said.push(...outcome.sent.map(({ message }) => message.type));
      for (const { part: to, command: own } of outcome.told) {
        if (to === 'idempotence') todo.push(hand(state, own));
        else said.push(`${to}: ${own.type}${'once' in own ? ' once' : ''}`);
      }
    }
  }
  return said;
}

const done = { type: 'Handled', ticket: 1 };
const written = { type: 'TransactResponse', ticket: 1, fact: 5 };
const conflict = { ...written, fact: -1, conflict: 'e3' };
const found = (count: number) => ({ type: 'ReadResponse', ticket: 1, rows: Array(count).fill({}) });

describe('what it does first', () => {
  test('off: lets everything through', () => {
    expect(run('off', done)).toEqual(['account: Handle', 'driver: Handled']);
  });

  test('first: notes the id, then lets it through', () => {
    expect(run('first', written, done)).toEqual(['TransactRequest', 'account: Handle', 'driver: Handled']);
  });

  test('first: skips an id that is there', () => {
    expect(run('first', conflict)).toEqual(['TransactRequest', 'DuplicateSkipped', 'driver: Handled']);
  });

  test('last: looks, lets it through, and notes the id when the effect has happened', () => {
    expect(run('last', found(0), done, { ...written, ticket: 2 })).toEqual([
      'ReadRequest',
      'account: Handle',
      'TransactRequest',
      'driver: Handled',
    ]);
  });

  test('last: skips an id that is there', () => {
    expect(run('last', found(1))).toEqual(['ReadRequest', 'DuplicateSkipped', 'driver: Handled']);
  });

  test('together: hands the id on, for the transaction of the effect', () => {
    expect(run('together', done)).toEqual(['account: Handle once', 'driver: Handled']);
  });

  test('together: says so when the effect was there already', () => {
    expect(run('together', { ...done, duplicate: true })).toEqual([
      'account: Handle once',
      'DuplicateSkipped',
      'driver: Handled',
    ]);
  });
});

test('the id is the same for every copy of an event', () => {
  const [first, second] = [1, 2].map(
    (ticket) => hand(start('together'), { ...handle, ticket }).told[0].command,
  );
  expect((first as unknown as Handle).once).toEqual({ table: 'ids', key: 'e3' });
  expect((second as unknown as Handle).once).toEqual((first as unknown as Handle).once);
});

test('noting is a named step, so that a process can be broken before it', () => {
  expect(hand(start('first'), handle).told).toMatchObject([{ command: { type: 'NoteId', step: 'note' } }]);
});

test('a handler that throws is reported under the driver’s own ticket', () => {
  const { state } = hand(start('off'), handle);
  expect(hand(state, { type: 'HandlingFailed', ticket: 1, error: 'thrown' }).told).toEqual([
    { part: 'driver', command: { type: 'HandlingFailed', ticket: 7, error: 'thrown' } },
  ]);
});

test('another design counts from the next event on', () => {
  const state = hand(start('off'), handle).state;
  part.machine.configure!(state, { ids: 'last' });
  expect(hand(state, done).told).toMatchObject([{ part: 'driver', command: { type: 'Handled' } }]);
  expect(hand(state, handle).sent).toMatchObject([{ to: 'book', message: { type: 'ReadRequest' } }]);
});

test('a crash forgets what was on its way through', () => {
  const { state } = hand(start('last'), handle);
  part.machine.restart(state);
  expect(state).toMatchObject({ passages: [], store: { open: [] } });
});
