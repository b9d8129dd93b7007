import type { Expression, Goal, Match } from '../../../src/judge/goal';
import type { Bet, Knob, Lesson, Observation, World } from '../../../src/course/lesson';
import type { Scenario } from '../../../src/scenario/scenario';
import { bank, crash, crashAt, statement } from './bank';
import { mails, settled } from './probes';
import { design, footings, others, type Footing, type FootingName } from './worlds';

/** Entries of one customer that reached a balance. */
const booked = (key: string): Match => ({ kind: 'applied', on: 'book', key });
const crashed: Match = { kind: 'crashed', role: 'account' };
const balance = (key: string): Match => ({ ...booked(key), type: 'AmountAdded' });

const ends = (key: string, amount: number): Expression => ({
  op: 'last',
  of: balance(key),
  is: { min: amount, max: amount },
});
const twice = (key: string, expect: 'some' | 'none') =>
  ({ op: 'repeated', of: booked(key), same: ['message'], times: 2, expect }) as const;
const oneOf = (key: string, amounts: readonly number[]): Expression => ({
  op: 'any',
  of: amounts.map((amount) => ({ id: `is-${amount}`, expression: ends(key, amount) })),
});

const a: Goal = {
  id: 'a',
  clauses: [
    // entries are handled in order: once the next customer's first one is in, the one before is settled
    { id: 'day-over', expression: { op: 'cover', of: booked('dora'), is: { min: 1 } } },
    // one crash is the lesson's own
    { id: 'own-crashes', expression: { op: 'cover', of: crashed, is: { min: 3 } } },
    { id: 'ben-twice', expression: twice('ben', 'some') },
    { id: 'ben-balance', expression: oneOf('ben', [800, 1500, 1700]) },
    { id: 'cleo-once', expression: twice('cleo', 'none') },
    { id: 'cleo-balance', expression: oneOf('cleo', [300, 700, 1200]) },
  ],
};

const b: Goal = {
  id: 'b',
  clauses: [
    { id: 'skipped', expression: { op: 'cover', of: { kind: 'skipped', key: 'anna' }, is: { min: 1 } } },
    { id: 'crashed-thrice', expression: { op: 'count', of: crashed, is: { min: 3 } } },
    { id: 'came-again', expression: { op: 'some', of: { kind: 'redelivered', key: 'anna' } } },
    { id: 'applied-once', expression: twice('anna', 'none') },
    { id: 'balance', expression: ends('anna', 1000) },
  ],
};

const bets: readonly Bet[] = [
  {
    id: 'minus-again',
    options: [
      { id: 'thousand', misconception: 'broker-filters' },
      { id: 'eight', right: true },
      { id: 'twelve', misconception: 'crash-undoes' },
      { id: 'three', misconception: 'crash-stops' },
    ],
  },
  {
    id: 'which-setting',
    options: [
      { id: 'commit-after', misconception: 'after-is-safe' },
      { id: 'commit-before', misconception: 'before-is-safe' },
      { id: 'transactions', misconception: 'broker-exactly-once' },
      { id: 'none', right: true },
    ],
  },
];

const observation: Observation = {
  id: 'how-often',
  kind: 'choice',
  options: [
    { id: 'once', holds: { id: 'once', clauses: [{ id: 'once', expression: twice('anna', 'none') }] } },
    { id: 'twice', holds: { id: 'twice', clauses: [{ id: 'twice', expression: twice('anna', 'some') }] } },
    {
      id: 'never',
      holds: {
        id: 'never',
        clauses: [
          { id: 'never', expression: { op: 'none', of: { ...balance('anna'), amountMax: 300 } } },
          { id: 'others', expression: { op: 'some', of: balance('anna') } },
        ],
      },
    },
  ],
  moment: { kind: 'redelivered', key: 'anna' },
};

/** What can be turned where entries are settled in these steps, and so. */
const knobsOn = ({ settles: { part, option }, settle, settled }: Footing): readonly Knob[] => [
  {
    id: settle === 'commit' ? 'crash' : `crash-${settle}`,
    kind: 'choice',
    until: { kind: 'restarted', role: 'account' },
    values: ['apply', settle, ...(settled === null ? [] : [settled])].map((step) => ({
      id: step,
      enter: [crash(step)],
      leave: [{ ...crash(step), name: 'unpin' }],
    })),
    steps: ['break'],
  },
  {
    id: settle,
    kind: 'choice',
    values: [
      {
        id: 'before',
        enter: [design(part, option, 'before')],
        leave: [design(part, option, 'after')],
      },
    ],
    steps: ['break', 'fix'],
  },
  {
    id: 'ids',
    kind: 'choice',
    values: ['first', 'last', 'together'].map((id) => ({
      id,
      enter: [design('idempotence', 'ids', id)],
      leave: [design('idempotence', 'ids', 'off')],
    })),
    steps: ['fix'],
  },
  { id: 'world', kind: 'world', steps: ['break', 'fix'] },
];

const startsOn = ({ settled }: Footing): Lesson['starts'] => ({
  fix: {
    schedule: [crashAt(1000, 'apply'), crashAt(1000, 'note'), crashAt(14_000, settled ?? 'apply')],
    atMs: 2000,
    playToMs: 9000,
    endMs: 23_500,
  },
});

/** Anna's is the lesson's; Ben's and Cleo's are the learner's; with Dora's the day is over. */
const customers = ['anna', 'ben', 'cleo'].map(statement).join(' ') + ' dora+500';

const scenarioOn = (on: FootingName): Scenario => {
  const { settle } = footings[on];
  return bank({ on, entries: customers, schedule: [crashAt(9000, settle)], endMs: 56_000 });
};

const worldOn = (on: FootingName): World => {
  const footing = footings[on];
  return {
    id: on,
    changes: { scenario: scenarioOn(on), knobs: knobsOn(footing), starts: startsOn(footing) },
  };
};

export const lesson: Lesson = {
  slug: 'twice',
  number: 20,
  minutes: 7,
  claims: ['P3', 'T7', 'A2', 'O10'],
  introduces: ['the idempotent consumer'],
  prerequisites: ['kafka-log'],
  scenario: scenarioOn('kafka'),
  seed: 20,
  lensMs: 2000,
  knobs: knobsOn(footings.kafka),
  worlds: [{ id: 'kafka', changes: {} }, ...others.map(worldOn)],
  bets,
  spoilsAtMs: 9500,
  observeAtMs: 17_000,
  observation,
  starts: startsOn(footings.kafka),
  goals: { a, b },
  missteps: [
    {
      goal: 'a',
      clause: 'ben-balance',
      did: { name: 'pin', option: { name: 'step', is: 'apply' } },
      misconception: 'crash-always-repeats',
    },
    { goal: 'a', clause: 'cleo-balance', misconception: 'after-is-safe' },
    {
      goal: 'b',
      did: { name: 'set', option: { name: 'value', is: 'before' } },
      misconception: 'before-is-safe',
    },
    {
      goal: 'b',
      clause: 'balance',
      did: { name: 'set', option: { name: 'value', is: 'first' } },
      misconception: 'note-beforehand',
    },
    {
      goal: 'b',
      clause: 'balance',
      did: { name: 'set', option: { name: 'value', is: 'last' } },
      misconception: 'note-afterwards',
    },
  ],
  own: {
    crashes: { kind: 'crashed', role: 'account' },
    again: { kind: 'redelivered' },
    applied: { kind: 'applied', on: 'book' },
  },
  transfer: mails(),
  warmups: [settled()],
};
