import type { Goal } from '../../../src/judge/goal';
import type { Bet, Knob, Lesson, Observation } from '../../../src/course/lesson';
import type { Action } from '../../../src/scenario/scenario';
import { receipts } from './receipts';
import { shop } from './shop';

const topic = 'shop-events';

const a: Goal = {
  id: 'a',
  clauses: [
    { id: 'moved-back', expression: { op: 'some', of: { kind: 'sought', on: topic, backMin: 3 } } },
    {
      id: 'applied-again',
      expression: { op: 'repeated', of: { kind: 'applied' }, same: ['message', 'group'], times: 2 },
    },
    {
      id: 'log-as-long',
      expression: {
        op: 'caused',
        of: { kind: 'accepted', on: topic },
        from: { kind: 'sought', on: topic },
        expect: 'none',
      },
    },
  ],
};

const wiped = { kind: 'changed', type: 'StoreWiped' } as const;

const b: Goal = {
  id: 'b',
  clauses: [
    {
      id: 'sent-back',
      expression: {
        op: 'cover',
        of: { kind: 'sought', on: topic, group: 'search', backMin: 1 },
        is: { min: 1 },
      },
    },
    {
      id: 'index-whole',
      expression: {
        op: 'final',
        left: { table: 'seen', role: 'index' },
        is: 'equal',
        right: { table: 'truth', topic },
        after: wiped,
      },
    },
    {
      id: 'nothing-published',
      expression: { op: 'none', of: { kind: 'accepted', on: topic }, since: wiped },
    },
    {
      id: 'cache-unmoved',
      expression: { op: 'none', of: { kind: ['sought', 'settled'], group: 'cache' }, since: wiped },
    },
  ],
};

const bet: Bet = {
  id: 'left-for-cache',
  options: [
    { id: 'unread', misconception: 'queue-thinking' },
    { id: 'own-flag', right: true },
    { id: 'nothing', misconception: 'one-reader' },
    { id: 'copies', misconception: 'push-thinking' },
  ],
};

const observation: Observation = {
  id: 'first-after-pause',
  kind: 'position',
  of: { kind: ['delivered', 'redelivered'], group: 'cache' },
  // the last knob turned before the question is the end of the pause
  since: { kind: 'changed', type: 'KnobTurned' },
  lane: `kafka/${topic}/0`,
};

const pause = (group: string): Action => ({ class: 'operation', name: 'pause', target: group, options: {} });
const resume = (group: string): Action => ({ ...pause(group), name: 'resume' });
const pin = (step: string): Action => ({
  class: 'fault',
  name: 'pin',
  target: 'search-b',
  options: { step },
});
const unpin = (step: string): Action => ({ ...pin(step), name: 'unpin' });

const knobs: readonly Knob[] = [
  {
    id: 'rate',
    kind: 'number',
    action: { class: 'workload', name: 'rate', target: 'shop', options: {} },
    option: 'ratePerSecond',
    min: 0,
    max: 4,
    step: 0.5,
    initial: 1,
    steps: ['break'],
  },
  {
    id: 'pause',
    kind: 'choice',
    values: [
      { id: 'search', enter: [pause('search')], leave: [resume('search')] },
      { id: 'cache', enter: [pause('cache')], leave: [resume('cache')] },
    ],
    steps: ['break', 'fix'],
  },
  {
    id: 'crash',
    kind: 'choice',
    until: { kind: 'restarted', role: 'search' },
    values: [
      ...['apply', 'commit', 'committed'].map((step) => ({
        id: step,
        enter: [pin(step)],
        leave: [unpin(step)],
      })),
    ],
    steps: ['break'],
  },
  { id: 'seek', kind: 'seek', topic, partitions: 3, groups: ['search', 'cache'], steps: ['break', 'fix'] },
  {
    id: 'publish',
    kind: 'act',
    values: ['mug', 'tee', 'pen', 'cap', 'book', 'lamp'].map((key) => ({
      id: key,
      actions: [{ class: 'operation', name: 'publish', target: 'shop', options: { key } }],
    })),
    steps: ['fix'],
  },
  {
    id: 'restart',
    kind: 'act',
    values: ['search-a', 'search-b', 'search-c'].map((name) => ({
      id: name,
      actions: [{ class: 'operation', name: 'restart', target: name, options: {} }],
    })),
    steps: ['fix'],
  },
];

export const lesson: Lesson = {
  slug: 'kafka-log',
  number: 4,
  minutes: 8,
  claims: ['K1', 'K2', 'K3', 'K4', 'K5', 'T1', 'T4'],
  introduces: ['the committed offset'],
  prerequisites: [],
  scenario: shop,
  seed: 60,
  lensMs: 1000,
  knobs,
  bets: [bet],
  spoilsAtMs: 10_900,
  observeAtMs: 14_000,
  observation,
  starts: {
    fix: {
      schedule: [
        {
          atMs: 36_000,
          action: { class: 'fault', name: 'wipe', target: 'search-index', options: {} },
        },
      ],
      atMs: 35_000,
      playToMs: 36_500,
      endMs: 60_000,
    },
  },
  goals: { a, b },
  missteps: [
    { goal: 'b', clause: 'nothing-published', misconception: 'replay-is-publishing' },
    { goal: 'b', clause: 'cache-unmoved', misconception: 'wrong-group' },
    {
      goal: 'b',
      did: { name: 'seek', target: 'search', option: { name: 'offset', min: 1 } },
      misconception: 'latest-is-state',
    },
    { goal: 'b', did: { name: 'restart' }, misconception: 'restart-rereads' },
    {
      goal: 'a',
      did: { name: 'pin', option: { name: 'step', is: 'apply' } },
      misconception: 'crash-always-repeats',
    },
  ],
  own: {
    records: { kind: 'accepted', on: topic },
    applied: { kind: 'applied' },
    again: { kind: 'redelivered' },
  },
  transfer: receipts('after-the-gap', 'commit', [
    { id: 'again', right: true },
    { id: 'next', misconception: 'position-survives' },
    { id: 'start', misconception: 'crash-starts-over' },
    { id: 'new', misconception: 'crash-skips' },
  ]),
  warmups: [
    receipts('after-the-commit', 'committed', [
      { id: 'again', misconception: 'crash-repeats-last' },
      { id: 'next', right: true },
      { id: 'start', misconception: 'crash-starts-over' },
      { id: 'new', misconception: 'crash-skips' },
    ]),
  ],
};
