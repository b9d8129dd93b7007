import { describe, expect, test } from 'vitest';
import { part } from '../../src/services/store';
import type { ReadResponse, TransactResponse, Write } from '../../src/services/store-protocol';
import { Bodies } from '../../src/kernel/bodies';
import type { Look } from '../../src/kernel/part';
import { transition } from '../helpers/transition';

const bodies = new Bodies();
const message = bodies.add({
  domain: 'ledger',
  type: 'Withdrawn',
  label: 'LG−200',
  key: 'anna',
  version: 2,
  correlation: '7f3a',
  data: { amount: -200 },
});
const look: Look = {
  now: 0,
  cells: 0,
  rows: 10,
  laneEnd: () => null,
  face: (id) => ({ message: id, ...bodies.get(id) }),
};
const behalf = { message, group: 'account', position: 1, cause: 77 };
const book = { self: 'book', now: 50 };
type State = ReturnType<typeof part.machine.init>;

const empty = transition(part.machine, part.machine.init({}), { type: 'Start' }, book).state;
const transact = (state: State, ...writes: readonly Write[]) =>
  transition(part.machine, state, { type: 'TransactRequest', ticket: 9, writes, ...behalf }, book);
const answerOf = ({ replies }: ReturnType<typeof transact>) => replies[0].message as TransactResponse;
const read = (state: State, what: object): ReadResponse['rows'] => {
  const { replies } = transition(
    part.machine,
    state,
    { type: 'ReadRequest', ticket: 3, ...what, ...behalf },
    book,
  );
  return (replies[0].message as ReadResponse).rows;
};

const add = (amount: number, min?: number): Write => ({
  key: 'anna',
  version: 0,
  fields: {},
  add: { field: 'balance', amount, ...(min === undefined ? {} : { min }) },
});
const id = (key: string): Write => ({ table: 'ids', key, version: 1, fields: {}, insert: true });

describe('a sum', () => {
  test('is made from what stands there, and the fact says what came out', () => {
    const { state, facts } = transact(transact(empty, add(500)).state, add(-200));
    expect(facts).toEqual([
      {
        kind: 'applied',
        type: 'AmountAdded',
        subject: 'book',
        amount: 300,
        message,
        group: 'account',
        position: 1,
        cause: 77,
      },
    ]);
    expect(read(state, { key: 'anna' })).toEqual([
      { key: 'anna', version: 2, fields: { balance: 300 }, message },
    ]);
  });

  test('below the lowest allowed is refused, and the row stays as it is', () => {
    const { state, facts } = transact(transact(empty, add(100)).state, add(-200, 0));
    expect(facts).toMatchObject([{ kind: 'refused', type: 'AmountRefused', amount: 100, message }]);
    expect(read(state, { key: 'anna' })[0].fields).toEqual({ balance: 100 });
  });

  test('may just reach the lowest allowed', () => {
    expect(transact(transact(empty, add(200)).state, add(-200, 0)).facts[0]).toMatchObject({ amount: 0 });
  });

  test('shows on stage in place of a version', () => {
    const [shape] = part.describe!(transact(empty, add(500)).state, look).shapes!;
    expect(shape).toMatchObject({ rows: [{ key: 'anna', value: '500' }] });
  });
});

describe('a row to insert', () => {
  test('that is there already undoes the whole transaction, and the answer says so', () => {
    const once = transact(empty, id('e1'), add(500));
    expect(answerOf(once).conflict).toBeUndefined();
    const twice = transact(once.state, id('e1'), add(500));
    expect(answerOf(twice)).toMatchObject({ fact: -1, conflict: 'e1' });
    expect(twice.facts).toEqual([]);
    expect(read(twice.state, { key: 'anna' })[0].fields).toEqual({ balance: 500 });
  });

  test('undoes it wherever it stands in it', () => {
    const { state } = transact(empty, id('e1'));
    expect(transact(state, add(500), id('e1')).facts).toEqual([]);
  });

  test('does not undo a refusal: that was decided once and for all', () => {
    const { state, facts } = transact(empty, id('e1'), add(-200, 0));
    expect(facts.map(({ kind }) => kind)).toEqual(['persisted', 'refused']);
    expect(answerOf(transact(state, id('e1'), add(-200, 0))).conflict).toBe('e1');
  });
});

describe('tables beside the main one', () => {
  const state = ['e1', 'e2', 'e3'].reduce((before, key) => transact(before, id(key)).state, empty);

  test('are noted in, which is no effect of a message', () => {
    expect(transact(empty, id('e1')).facts).toMatchObject([
      { kind: 'persisted', type: 'RowNoted', subject: 'book/ids' },
    ]);
  });

  test('are stores of their own on stage, under their own address', () => {
    const shapes = part.describe!(state, look).shapes!;
    expect(shapes).toMatchObject([
      { address: 'book', rowCount: 0 },
      { address: 'book/ids', name: 'book ids', rowCount: 3, rows: [{ key: 'e1', value: 'LG−200' }, {}, {}] },
    ]);
  });

  test('can be read by key, by what stands in their rows, and not further than asked', () => {
    const sent: Write = { table: 'ids', key: 'e2', version: 2, fields: { sent: true } };
    const marked = transact(state, sent).state;
    expect(read(marked, { table: 'ids', key: 'e9' })).toEqual([]);
    expect(read(marked, { table: 'ids', where: { sent: true } }).map(({ key }) => key)).toEqual(['e2']);
    expect(read(marked, { table: 'ids', limit: 2 }).map(({ key }) => key)).toEqual(['e1', 'e2']);
    expect(read(marked, { table: 'nowhere' })).toEqual([]);
  });

  test('survive a crash, and are lost when the store is emptied', () => {
    const crashed = part.machine.clone(state);
    part.machine.restart(crashed);
    expect(read(crashed, { table: 'ids' })).toHaveLength(3);
    const wiped = transition(part.machine, state, { type: 'WipeStore' }, book).state;
    expect(read(wiped, { table: 'ids' })).toEqual([]);
  });
});
