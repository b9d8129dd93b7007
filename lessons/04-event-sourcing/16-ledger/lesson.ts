import type { Goal } from '../../../src/judge/goal';
import type { Bet, Knob, Lesson, Observation } from '../../../src/course/lesson';
import { ask, challenge, questions, replayWithFee, slip } from './actions';
import { bank, cases } from './bank';
import { replay } from './replay';

const thousand = { min: 1000, max: 1000 };
const ids = Object.keys(questions);

const a: Goal = {
  id: 'a',
  clauses: [
    { id: 'row-today', expression: { op: 'last', of: { type: ['BalanceInserted', 'BalanceOverwritten'], role: 'row' }, is: thousand } },
    { id: 'log-today', expression: { op: 'last', of: { type: 'LineAppended', role: 'log' }, is: thousand } },
    {
      id: 'log-answers',
      expression: {
        op: 'some',
        of: { kind: 'read', type: 'LogAnswered', role: 'log', positionMin: 2, positionMax: 2, amountMin: 300, amountMax: 300 },
      },
    },
    {
      id: 'row-admits',
      expression: {
        op: 'some',
        of: { kind: 'failed', type: 'RowCannotSay', role: 'row', positionMin: 2, positionMax: 2 },
      },
    },
    { id: 'history', expression: { op: 'some', of: { kind: 'read', type: 'HistoryTold', role: 'log' } } },
  ],
}; // prettier-ignore

const named = { kind: 'persisted', type: 'CauseNamed' } as const;

const b: Goal = {
  id: 'b',
  clauses: [
    {
      id: 'same-balance',
      expression: {
        op: 'count',
        of: {
          type: ['BalanceInserted', 'BalanceOverwritten'],
          role: 'row',
          amountMin: 1200,
          amountMax: 1200,
        },
        is: { min: 2 },
      },
    },
    {
      id: 'lost',
      expression: { op: 'caused', of: named, from: { kind: 'lost', type: 'SlipLost' }, expect: 'some' },
    },
    {
      id: 'refused',
      expression: {
        op: 'caused',
        of: named,
        from: { kind: 'refused', type: 'WithdrawalRefused' },
        expect: 'some',
      },
    },
    { id: 'none-wrong', expression: { op: 'none', of: { kind: 'rejected', type: 'CauseRejected' } } },
  ],
};

const bets: readonly Bet[] = [
  {
    id: 'how-it-got-there',
    options: [
      { id: 'one', misconception: 'balance-is-history' },
      { id: 'database', misconception: 'write-ahead-log' },
      { id: 'cannot', right: true },
    ],
  },
  {
    id: 'after-line-2',
    options: [
      { id: 'three-hundred', right: true },
      { id: 'thousand', misconception: 'today-is-then' },
      { id: 'minus', misconception: 'line-is-state' },
      { id: 'unknown', misconception: 'must-be-stored' },
    ],
  },
];

const overwritten = { kind: 'applied', type: 'BalanceOverwritten' } as const;
const appended = { kind: 'accepted', type: 'LineAppended' } as const;

const observation: Observation = {
  id: 'what-is-kept',
  kind: 'choice',
  options: [
    {
      id: 'three-one',
      holds: {
        id: 'three-one',
        clauses: [
          { id: 'lines', expression: { op: 'count', of: appended, is: { min: 3, max: 3 } } },
          { id: 'overwritten', expression: { op: 'count', of: overwritten, is: { min: 2, max: 2 } } },
        ],
      },
    },
    {
      id: 'three-three',
      holds: { id: 'three-three', clauses: [{ id: 'kept', expression: { op: 'none', of: overwritten } }] },
    },
    {
      id: 'one-one',
      holds: {
        id: 'one-one',
        clauses: [{ id: 'one', expression: { op: 'count', of: appended, is: { min: 1, max: 1 } } }],
      },
    },
  ],
  moment: overwritten,
};

const knobs: readonly Knob[] = [
  {
    id: 'ask',
    kind: 'act',
    values: ids.map((id) => ({ id, actions: [ask(id)] })),
    steps: ['break'],
  },
  {
    id: 'challenge',
    kind: 'act',
    values: ids.map((id) => ({ id, actions: [challenge(id)] })),
    steps: ['break'],
  },
  {
    id: 'slip',
    kind: 'act',
    values: [
      { id: 'deposit-50', actions: [slip(50)] },
      { id: 'withdraw-50', actions: [slip(-50)] },
      { id: 'withdraw-700', actions: [slip(-700)] },
      { id: 'withdraw-2000', actions: [slip(-2000)] },
    ],
    steps: ['break'],
  },
  {
    id: 'fee',
    kind: 'number',
    action: replayWithFee(0),
    option: 'fee',
    min: 0,
    max: 50,
    step: 5,
    initial: 0,
    steps: ['break'],
  },
  {
    id: 'name',
    kind: 'name',
    target: 'auditor',
    log: 'account-log',
    row: 'account-row',
    accounts: cases,
    causes: ['lost', 'refused', 'reversed', 'copied'],
    steps: ['fix'],
  },
];

export const lesson: Lesson = {
  slug: 'ledger',
  number: 16,
  minutes: 6,
  claims: ['V1', 'V2', 'V3', 'V4', 'V5', 'V6', 'V10'],
  introduces: ['state by replay'],
  prerequisites: ['kafka-log'],
  scenario: bank,
  picture: 'ledger',
  seed: 16,
  lensMs: 1000,
  knobs,
  bets,
  spoilsAtMs: 2000,
  observeAtMs: 13_000,
  observation,
  starts: {
    fix: {
      schedule: [
        {
          atMs: 14_500,
          action: { class: 'workload', name: 'cases', target: 'teller', options: { accounts: cases.join(' ') } },
        },
      ],
      atMs: 14_000,
      playToMs: 22_000,
      endMs: 30_000,
    },
  }, // prettier-ignore
  goals: { a, b },
  missteps: [
    {
      goal: 'a',
      did: { name: 'challenge', options: [{ name: 'question', is: 'today' }] },
      misconception: 'row-knows-nothing',
    },
    {
      goal: 'a',
      did: { name: 'slip', options: [{ name: 'amount', max: -700 }] },
      misconception: 'undo-is-looking-back',
    },
    {
      goal: 'b',
      clause: 'none-wrong',
      did: { name: 'name', options: [{ name: 'rests', is: 'row' }] },
      misconception: 'balance-tells',
    },
    {
      goal: 'b',
      clause: 'none-wrong',
      did: { name: 'name', options: [{ name: 'rests', is: 'account' }] },
      misconception: 'this-one-only',
    },
    {
      goal: 'b',
      clause: 'none-wrong',
      did: { name: 'name', options: [{ name: 'names', is: 'refused' }, { name: 'shows', is: 'missing' }] },
      misconception: 'refusal-leaves-nothing',
    },
    {
      goal: 'b',
      clause: 'none-wrong',
      did: { name: 'name', options: [{ name: 'names', is: 'lost' }, { name: 'shows', is: 'refused' }] },
      misconception: 'refused-is-lost',
    },
  ], // prettier-ignore
  own: {
    lines: { kind: ['accepted', 'refused'], role: 'log' },
    overwritten,
    answers: { kind: 'read', role: 'log', type: ['LogAnswered', 'HistoryTold', 'LogReplayed'] },
  },
  transfer: replay('mails-after-replay', true, [
    { id: 'four', right: true },
    { id: 'eight', misconception: 'replay-repeats-effects' },
    { id: 'six', misconception: 'replay-announces' },
    { id: 'none', misconception: 'replay-takes-back' },
  ]),
  warmups: [
    replay('mails-gate-off', false, [
      { id: 'four', misconception: 'replay-is-quiet' },
      { id: 'eight', right: true },
      { id: 'six', misconception: 'replay-announces' },
      { id: 'none', misconception: 'replay-takes-back' },
    ]),
  ],
};
