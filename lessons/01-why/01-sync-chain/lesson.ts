import type { Bet, GoalQuestion, Knob, Lesson, Observation } from '../../../src/course/lesson';
import type { Expression, Goal } from '../../../src/judge/goal';
import { setAction } from '../../../src/scenario/design';
import type { Action } from '../../../src/scenario/scenario';
import { sixCalls, tenCalls } from './probes';
import { chain } from './street';

const placed = { type: 'OrderPlaced' };
const answered = { type: 'OrderAnswered' };
const failed = { type: 'OrderFailed' };
const stalled = { type: 'RequestStalled' };
const emailDown = { kind: 'crashed', role: 'email' } as const;
const emailUp = { kind: 'restarted', role: 'email' } as const;

const only = (id: string, expression: Expression): Goal => ({ id, clauses: [{ id, expression }] });

const a: Goal = {
  id: 'a',
  clauses: [
    { id: 'thousand', expression: { op: 'cover', of: answered, is: { min: 1000 } } },
    {
      id: 'p99',
      expression: {
        op: 'span',
        from: placed,
        to: answered,
        percentile: 99,
        isMs: { min: 11_400, max: 12_600 },
      },
    },
    {
      id: 'all-fail',
      expression: {
        op: 'during',
        from: { kind: 'crashed' },
        to: { kind: 'restarted' },
        same: ['subject'],
        of: [
          {
            id: 'every-order',
            expression: { op: 'share', of: failed, among: placed, else: answered, is: { min: 1 }, least: 10 },
          },
        ],
      },
    },
  ],
};

/** A clause about the orders before the outage. */
const healthy = (id: string, expression: Expression) => ({
  id,
  expression: { op: 'during', to: emailDown, of: [{ id: `${id}-before`, expression }] } as const,
});

const b: Goal = {
  id: 'b',
  clauses: [
    // the design as it is proves nothing about what could be done
    { id: 'edited', expression: { op: 'cover', of: { type: 'DesignChanged' }, is: { min: 1 } } },
    healthy('fast', { op: 'span', from: placed, to: answered, percentile: 99, isMs: { max: 1000 } }),
    healthy('succeed', {
      op: 'share',
      of: answered,
      among: placed,
      else: failed,
      is: { min: 0.99 },
      least: 1000,
    }),
    {
      id: 'tried',
      expression: {
        op: 'during',
        from: emailDown,
        to: emailUp,
        of: [
          {
            id: 'two-edits',
            expression: {
              op: 'distinct',
              of: { type: 'DesignChanged' },
              by: 'detail',
              least: 2,
              then: failed,
            },
          },
        ],
      },
    },
    { id: 'answered', expression: { op: 'answer', question: 'email-minute', is: 'cannot' } },
  ],
};

const bet: Bet = {
  id: 'slowest-orders',
  options: [
    { id: 'two', misconception: 'adds-medians' },
    { id: 'fifth', misconception: 'calls-overlap' },
    { id: 'twelve', right: true },
    { id: 'slowest-mean', misconception: 'mean-not-tail' },
  ],
};

const observation: Observation = {
  id: 'what-held-them-up',
  kind: 'choice',
  options: [
    { id: 'every-call', holds: only('every-call', { op: 'none', of: stalled }) },
    {
      id: 'same-service',
      holds: only('same-service', {
        op: 'share',
        of: { ...stalled, role: 'email' },
        among: stalled,
        is: { min: 1 },
      }),
    },
    { id: 'one-call', holds: only('one-call', { op: 'distinct', of: stalled, by: 'process', least: 3 }) },
    {
      id: 'most-orders',
      holds: only('most-orders', { op: 'share', of: stalled, among: placed, is: { min: 0.5 } }),
    },
  ],
  moment: stalled,
};

const question: GoalQuestion = {
  id: 'email-minute',
  goal: 'b',
  options: [
    { id: 'retries', misconception: 'retries-outlast' },
    { id: 'timeout', misconception: 'timeout-outlasts' },
    { id: 'cannot', right: true },
  ],
};

const email = (name: string, options: Action['options'] = {}): Action => ({
  class: 'fault',
  name,
  target: 'email',
  options,
});
const design = (option: string, value: string | number): Action =>
  setAction('order-api', 'http-api', option, value);

const knobs: readonly Knob[] = [
  {
    id: 'load',
    kind: 'number',
    action: { class: 'workload', name: 'rate', target: 'browser', options: {} },
    option: 'ratePerSecond',
    min: 1,
    max: 20,
    step: 1,
    initial: 4,
    steps: ['break'],
  },
  {
    id: 'stall',
    kind: 'number',
    action: { class: 'fault', name: 'stall', target: '*', options: {} },
    option: 'percent',
    min: 0,
    max: 2,
    step: 0.25,
    initial: 0.5,
    steps: ['break'],
  },
  {
    id: 'email',
    kind: 'choice',
    values: [
      { id: 'slow', enter: [email('slow', { factor: 10 })], leave: [email('slow', { factor: 1 })] },
      { id: 'down', enter: [email('down')], leave: [email('start')] },
    ],
    steps: ['break'],
  },
  {
    id: 'mode',
    kind: 'choice',
    values: [{ id: 'parallel', enter: [design('mode', 'parallel')], leave: [design('mode', 'series')] }],
    steps: ['break', 'fix'],
  },
  {
    id: 'timeout',
    kind: 'number',
    action: design('timeoutMs', 0),
    option: 'value',
    min: 0,
    max: 2000,
    step: 100,
    initial: 0,
    steps: ['fix'],
  },
  {
    id: 'retries',
    kind: 'number',
    action: design('retries', 0),
    option: 'value',
    min: 0,
    max: 5,
    step: 1,
    initial: 0,
    steps: ['fix'],
  },
];

export const lesson: Lesson = {
  slug: 'sync-chain',
  number: 1,
  minutes: 8,
  claims: ['O1', 'O2', 'O3', 'O4'],
  introduces: ['the tail of a chain'],
  prerequisites: [],
  scenario: chain,
  seed: 14,
  lensMs: 10_000,
  picture: 'chain',
  panels: [
    {
      ...{ kind: 'histogram', id: 'latency', of: { from: placed, to: answered }, axisMs: 14_000 },
      goals: { a: { min: 11_400, max: 12_600 }, b: { max: 1000 } },
    },
    { kind: 'meter', id: 'success', good: answered, among: { type: ['OrderAnswered', 'OrderFailed'] } },
  ],
  knobs,
  bets: [bet],
  spoilsAtMs: 8000,
  observeAtMs: 60_000,
  observation,
  starts: {
    fix: {
      schedule: [{ atMs: 255_000, action: email('down', { forMs: 60_000 }) }],
      atMs: 0,
      playToMs: 262_000,
      waits: true,
      endMs: 330_000,
    },
  },
  goals: { a, b },
  questions: [question],
  missteps: [
    { goal: 'a', clause: 'p99', did: { name: 'stall' }, misconception: 'mean-not-tail' },
    {
      goal: 'a',
      clause: 'p99',
      did: { name: 'set', option: { name: 'value', is: 'parallel' } },
      misconception: 'calls-overlap',
    },
    { goal: 'a', did: { name: 'slow' }, misconception: 'slow-is-down' },
    { goal: 'b', clause: 'succeed', misconception: 'timeout-is-repair' },
    {
      goal: 'b',
      clause: 'fast',
      did: { name: 'set', option: { name: 'option', is: 'retries' } },
      misconception: 'retries-cure-all',
    },
    {
      goal: 'b',
      clause: 'fast',
      did: { name: 'set', option: { name: 'value', is: 'parallel' } },
      misconception: 'parallel-cures-tail',
    },
  ],
  own: { answered, stalled, failed },
  transfer: sixCalls,
  warmups: [tenCalls],
};
