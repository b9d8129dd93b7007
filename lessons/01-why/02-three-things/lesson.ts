import type { Goal } from '../../../src/judge/goal';
import type { Bet, Knob, Lesson, Observation } from '../../../src/course/lesson';
import type { Action } from '../../../src/scenario/scenario';
import { setAction } from '../../../src/scenario/design';
import { afterTheAnswer } from './declined';
import { slowReader } from './quiet';
import { newApi, oneLongPath, reactions, readerName, roleOf, shop, topic } from './shop';

const placed = { kind: 'requested', type: 'OrderPlaced', on: 'after' } as const;
const answered = { kind: 'responded', type: 'OrderAnswered', on: 'after' } as const;
const failed = { kind: 'failed', type: 'OrderFailed', on: 'after' } as const;
/** The same orders in the old design. */
const oldPlaced = { ...placed, on: 'before' } as const;
const oldAnswered = { ...answered, on: 'before' } as const;
const oldFailed = { ...failed, on: 'before' } as const;
/** What a service does for an order when it reads the event. */
const handled = { kind: 'applied', type: 'MessageHandled' } as const;
/**
 * Three steps take 180 ms at p99; of a thousand orders that is anything from 170 to 207, by the seed. One call that
 * hangs makes it eight seconds: the bound tells the two apart, and lets no seed fail by chance.
 */
const quickMs = 250;
const email = roleOf('email');
const analytics = roleOf('analytics');

const a: Goal = {
  id: 'a',
  clauses: [
    { id: 'enough', expression: { op: 'cover', of: answered, is: { min: 1000 } } },
    {
      id: 'all-answered',
      expression: {
        op: 'during',
        from: { kind: 'crashed', on: email },
        to: { kind: 'restarted', on: email },
        of: [
          {
            id: 'answered',
            expression: { op: 'share', of: answered, among: placed, else: failed, is: { min: 1 }, least: 500 },
          },
        ],
      },
    },
    {
      id: 'quick',
      expression: { op: 'span', from: placed, to: answered, percentile: 99, isMs: { max: quickMs } },
    },
    { id: 'email-waits', expression: { op: 'waiting', topic, group: 'email', least: 500 } },
    {
      id: 'analytics-slow',
      expression: { op: 'some', of: { kind: 'delayed', type: 'ProcessSlowed', on: 'analytics-service' } },
    },
    { id: 'analytics-waits', expression: { op: 'waiting', topic, group: 'analytics', least: 500 } },
  ],
}; // prettier-ignore

const b: Goal = {
  id: 'b',
  clauses: [
    { id: 'enough', expression: { op: 'cover', of: answered, is: { min: 1000 } } },
    {
      id: 'quick',
      expression: { op: 'span', from: placed, to: answered, percentile: 99, isMs: { max: quickMs } },
    },
    {
      id: 'three-first',
      expression: {
        op: 'seq',
        of: [answered, { kind: ['persisted', 'published', 'decodeFailed'], role: 'after' }],
        same: ['message'],
        expect: 'none',
      },
    },
    {
      id: 'nobody-called',
      expression: { op: 'none', of: { type: ['CallHandled', 'CallRepeated'] } },
    },
    {
      id: 'all-react',
      expression: { op: 'count', of: handled, is: { min: reactions.length * 1000 } },
    },
    {
      id: 'none-twice',
      expression: {
        op: 'repeated',
        of: handled,
        same: ['message', 'process'],
        times: 2,
        expect: 'none',
      },
    },
  ],
};

const bet: Bet = {
  id: 'email-down',
  options: [
    { id: 'all', misconception: 'still-in-the-chain' },
    { id: 'some', misconception: 'broker-calls-back' },
    { id: 'none-wait', right: true },
    { id: 'none-lost', misconception: 'broker-drops' },
  ],
};

const observation: Observation = {
  id: 'who-failed',
  kind: 'choice',
  options: [
    {
      id: 'both',
      holds: {
        id: 'both',
        clauses: [
          { id: 'old', expression: { op: 'count', of: oldFailed, is: { min: 300 } } },
          { id: 'new', expression: { op: 'count', of: failed, is: { min: 300 } } },
        ],
      },
    },
    {
      id: 'old-all-new-some',
      holds: {
        id: 'old-all-new-some',
        clauses: [
          { id: 'old', expression: { op: 'count', of: oldFailed, is: { min: 300 } } },
          { id: 'new', expression: { op: 'count', of: failed, is: { min: 1, max: 299 } } },
        ],
      },
    },
    {
      id: 'old-only',
      holds: {
        id: 'old-only',
        clauses: [
          { id: 'old', expression: { op: 'count', of: oldFailed, is: { min: 300 } } },
          { id: 'new', expression: { op: 'none', of: failed } },
        ],
      },
    },
    {
      id: 'neither',
      holds: {
        id: 'neither',
        clauses: [
          { id: 'old', expression: { op: 'none', of: oldFailed } },
          { id: 'new', expression: { op: 'none', of: failed } },
        ],
      },
    },
  ],
  moment: oldFailed,
};

const down: Action = { class: 'fault', name: 'down', target: email, options: {} };
const slow = (factor: number): Action => ({
  ...{ class: 'fault', name: 'slow', target: analytics },
  options: { factor },
});

const knobs: readonly Knob[] = [
  {
    id: 'email',
    kind: 'choice',
    values: [{ id: 'down', enter: [down], leave: [{ ...down, class: 'operation', name: 'start' }] }],
    steps: ['break'],
  },
  {
    id: 'analytics',
    kind: 'choice',
    values: [{ id: 'slow', enter: [slow(20)], leave: [slow(1)] }],
    steps: ['break'],
  },
  {
    id: 'rate',
    kind: 'number',
    action: setAction(readerName('email'), 'reaction', 'perSecond', 15),
    option: 'value',
    min: 5,
    max: 60,
    step: 5,
    initial: 15,
    steps: ['break'],
  },
  {
    id: 'load',
    kind: 'number',
    action: { class: 'workload', name: 'rate', target: 'browser', options: {} },
    option: 'ratePerSecond',
    min: 0,
    max: 20,
    step: 1,
    initial: 10,
    steps: ['break'],
  },
  {
    id: 'path',
    kind: 'path',
    target: newApi,
    boxes: [
      { id: 'validate', step: true },
      { id: 'persist', step: true },
      ...reactions.map((name) => ({ id: readerName(name) })),
      { id: 'publish', step: true },
    ],
    before: ['validate', 'persist', ...reactions.map(readerName), 'publish'],
    steps: ['fix'],
  },
];

export const lesson: Lesson = {
  slug: 'three-things',
  number: 2,
  minutes: 8,
  claims: ['O5', 'O6', 'O7', 'O8', 'O9', 'E2', 'E3'],
  introduces: ['the response path'],
  prerequisites: ['sync-chain'],
  scenario: shop,
  seed: 2,
  lensMs: 5000,
  picture: 'chain',
  panels: [
    {
      kind: 'histogram',
      id: 'latency',
      of: { from: oldPlaced, to: oldAnswered },
      after: { from: placed, to: answered },
      scale: 'log',
      goals: { a: { max: quickMs }, b: { max: quickMs } },
    },
    {
      kind: 'meter',
      id: 'old-success',
      good: oldAnswered,
      among: { ...oldAnswered, kind: ['responded', 'failed'], type: ['OrderAnswered', 'OrderFailed'] },
      side: 'before',
    },
    {
      kind: 'meter',
      id: 'new-success',
      good: answered,
      among: { ...answered, kind: ['responded', 'failed'], type: ['OrderAnswered', 'OrderFailed'] },
      side: 'after',
    },
    { kind: 'backlog', id: 'waiting', groups: ['email', 'analytics'] },
  ],
  knobs,
  bets: [bet],
  spoilsAtMs: 10_000,
  observeAtMs: 75_000,
  observation,
  starts: {
    base: { judgedAtMs: 112_000 },
    fix: { scenario: oneLongPath, schedule: [], atMs: 0, playToMs: 25_000, endMs: 125_000 },
  },
  goals: { a, b },
  missteps: [
    { goal: 'b', clause: 'three-first', misconception: 'answer-first' },
    { goal: 'b', clause: 'quick', misconception: 'important-must-wait' },
    { goal: 'a', did: { name: 'rate' }, misconception: 'spare-the-orders' },
    { goal: 'a', did: { name: 'down' }, misconception: 'one-backlog' },
  ],
  own: {
    orders: answered,
    failedBefore: oldFailed,
    failedAfter: failed,
    mails: { ...handled, group: 'email' },
  },
  transfer: afterTheAnswer,
  warmups: [slowReader],
};
