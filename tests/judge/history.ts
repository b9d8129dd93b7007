/**
 * Small histories of the one shop, written down by hand: a shop publishes prices to the topic `shop-events`, the
 * groups `search` and `cache` read it and write rows to stores of their own.
 */
import type { Body } from '../../src/kernel/bodies';
import { factType, type Fact, type FactKind } from '../../src/kernel/fact';
import { createJudge, judgeHistory, type Setting } from '../../src/judge/judge';
import type { Expression, Goal, Judgement } from '../../src/judge/goal';
import { writeFact } from '../helpers/write-fact';

const roles = new Map([
  ['shop', 'shop'],
  ['search-a', 'search'],
  ['search-b', 'search'],
  ['cache-a', 'cache'],
  ['search-store', 'search-index'],
  ['cache-store', 'cache-rows'],
]);

/** Messages 0, 1, 2 … : key and version of each. Message 3 is a newer price of key p0; 4 has no key; 5 is an order. */
const bodies: readonly Body[] = [
  body('p0', 1),
  body('p1', 1),
  body('p2', 1),
  body('p0', 2),
  body(null, 0),
  { ...body('o1', 1), domain: 'order', type: 'OrderPlaced' },
];

export const setting: Setting = {
  roleOf: (process) => roles.get(process) ?? '',
  bodyOf: (message) => bodies[message],
};

/** A fact before it has its place in a history. */
export type Entry = Omit<Fact, 'id' | 'time'> & { readonly atMs?: number };

export function entry(kind: FactKind, type: string, process: string, rest: Partial<Entry> = {}): Entry {
  const absent = { message: -1, position: -1, amount: 0, group: '', detail: '', cause: -1 } as const;
  return { process, kind, type, subject: process, ...absent, ...rest };
}

/** Numbered from 0; 100 ms apart unless they say when. */
export function history(entries: readonly Entry[]): Fact[] {
  return entries.map(({ atMs, ...fact }, id) => ({ ...fact, id, time: (atMs ?? id * 100) * 1000 }));
}

export const published = (message: number, more: Partial<Entry> = {}) =>
  entry('published', 'RecordSent', 'shop', { message, ...more });
export const accepted = (message: number, position: number, more: Partial<Entry> = {}) =>
  entry('accepted', 'RecordAppended', 'kafka', {
    message,
    position,
    subject: 'kafka/shop-events/0',
    ...more,
  });
export const delivered = (message: number, group: string, more: Partial<Entry> = {}) =>
  entry('delivered', 'RecordDelivered', `${group}-a`, {
    message,
    group,
    subject: 'kafka/shop-events/0',
    ...more,
  });
/** A row written to the store of the group. */
export const applied = (message: number, group: string, more: Partial<Entry> = {}) =>
  entry('applied', 'RowWritten', `${group}-store`, {
    message,
    group,
    amount: bodies[message].version,
    ...more,
  });
export const wiped = (store: string) => entry('changed', 'StoreWiped', store);
export const sought = (group: string, from: number, to: number, more: Partial<Entry> = {}) =>
  entry('sought', 'OffsetSought', `${group}-a`, {
    group,
    amount: from,
    position: to,
    subject: 'kafka/shop-events/0',
    ...more,
  });
export const crashed = (process: string) => entry('crashed', 'ProcessCrashed', process);

/** A goal with one clause, `it`. */
export function goalOf(expression: Expression): Goal {
  return { id: 'goal', clauses: [{ id: 'it', expression }] };
}

export function judge(goal: Goal, entries: readonly Entry[], atEnd = true): Judgement {
  return judgeHistory(goal, setting, history(entries), atEnd);
}

/** The verdict on one expression, with what decided it. */
export function outcome(expression: Expression, entries: readonly Entry[], atEnd = true) {
  return judge(goalOf(expression), entries, atEnd).clauses[0];
}

/** A judge fed fact by fact, as a kernel feeds it: absent fields left out. */
export function streamed(goal: Goal, facts: readonly Fact[]) {
  const sink = createJudge(goal, setting);
  const feed = ({ id, time, process, cause, kind, type, subject, ...rest }: Fact): void => {
    const { message, position, amount, group, detail } = rest;
    writeFact(sink, id, time, process, cause, {
      is: factType(kind, type),
      subject,
      ...(message >= 0 ? { message } : {}),
      ...(position >= 0 ? { position } : {}),
      ...(amount !== 0 ? { amount } : {}),
      ...(group ? { group } : {}),
      ...(detail ? { detail } : {}),
    });
  };
  const feedAll = () => facts.forEach(feed);
  return { sink, feed, feedAll };
}

/** Every operator once, for what must hold of all of them. */
export const oneOfEach: readonly Expression[] = [
  { op: 'some', of: { kind: 'sought', backMin: 3 } },
  { op: 'none', of: { kind: 'published' } },
  { op: 'none', of: { kind: 'published' }, since: { type: 'StoreWiped' } },
  { op: 'count', of: { kind: 'applied' }, is: { min: 2 } },
  { op: 'count', of: { kind: 'applied' }, is: { max: 3 } },
  { op: 'count', of: { kind: 'delivered', group: 'search' }, is: { min: 1, max: 4 } },
  { op: 'repeated', of: { kind: 'applied' }, same: ['message', 'group'], times: 2 },
  { op: 'repeated', of: { kind: 'applied' }, same: ['message', 'group'], times: 2, expect: 'none' },
  { op: 'caused', of: { kind: 'accepted' }, from: { kind: 'sought' }, expect: 'none' },
  { op: 'caused', of: { kind: 'applied' }, from: { kind: 'accepted' }, expect: 'some' },
  { op: 'seq', of: [{ kind: 'published' }, { kind: 'accepted' }, { kind: 'applied' }], same: ['message'] },
  { op: 'seq', of: [{ kind: 'crashed' }, { kind: 'applied' }], withinMs: 250 },
  { op: 'seq', of: [{ kind: 'applied' }, { kind: 'published' }], same: ['message'], expect: 'none' },
  { op: 'span', from: { kind: 'published' }, to: { kind: 'applied' }, percentile: 50, isMs: { max: 400 } },
  {
    op: 'final',
    left: { table: 'seen', role: 'search-index' },
    is: 'equal',
    right: { table: 'truth', topic: 'shop-events' },
  },
  {
    op: 'final',
    left: { table: 'seen', role: 'search-index' },
    is: 'different',
    right: { table: 'seen', role: 'cache-rows' },
    after: { type: 'StoreWiped' },
  },
  { op: 'share', of: { kind: 'applied' }, among: { kind: 'published' }, is: { min: 0.5 } },
  {
    op: 'share',
    of: { kind: 'applied', group: 'search' },
    among: { kind: 'accepted' },
    else: { kind: 'applied', group: 'cache' },
    is: { max: 0.4 },
    least: 2,
  },
  { op: 'distinct', of: { kind: 'applied' }, by: 'message', least: 2 },
  { op: 'distinct', of: { kind: 'sought' }, by: 'position', least: 2, then: { kind: 'applied' } },
  { op: 'last', of: { kind: 'applied', group: 'search' }, is: { min: 2 } },
  { op: 'answer', question: 'why', is: 'because' },
  {
    op: 'during',
    from: { kind: 'crashed' },
    to: { type: 'StoreWiped' },
    of: [{ id: 'quiet', expression: { op: 'none', of: { kind: 'applied' } } }],
  },
  {
    op: 'during',
    to: { kind: 'crashed' },
    of: [
      { id: 'busy', expression: { op: 'count', of: { kind: 'applied' }, is: { min: 2 } } },
      { id: 'calm', expression: { op: 'count', of: { kind: 'sought' }, is: { max: 2 } } },
    ],
  },
  { op: 'cover', of: { kind: 'delivered' }, is: { min: 2 } },
  {
    op: 'any',
    of: [
      { id: 'crash', expression: { op: 'some', of: { kind: 'crashed' } } },
      {
        id: 'both',
        expression: {
          op: 'all',
          of: [
            { id: 'wiped', expression: { op: 'some', of: { type: 'StoreWiped' } } },
            { id: 'quiet', expression: { op: 'none', of: { kind: 'sought' } } },
          ],
        },
      },
    ],
  },
];

function body(key: string | null, version: number): Body {
  return {
    domain: 'price',
    type: 'PriceChanged',
    label: `PR${version}`,
    key,
    version,
    correlation: key ?? '',
    data: {},
  };
}
