/** Sentences of share, distinct, last, answer and during, and what becomes of them. */
import { describe, expect, test } from 'vitest';
import type { Clause, Expression } from '../../src/judge/goal';
import { clauseSentence, clauseState } from '../../src/judge/sentence';
import { applied, crashed, entry, outcome, published } from './history';
import { it, said, voice } from './voice';

const answered = { type: 'OrderAnswered' };
const failed = { type: 'OrderFailed' };
const placed = { type: 'OrderPlaced' };
const clause = (id: string, expression: Expression): Clause => ({ id, expression });
const down = { kind: 'crashed', on: 'search' } as const;
const up = { kind: 'restarted', on: 'search' } as const;

const rows: readonly (readonly [Expression, string])[] = [
  [{ op: 'share', of: answered, among: placed, is: { min: 0.99 } }, 'At least 99% of orders are answered'],
  [
    { op: 'share', of: failed, among: placed, is: { min: 1 }, least: 10 },
    'Every order fails, of at least 10',
  ],
  [{ op: 'share', of: failed, among: placed, is: { max: 0 } }, 'No order fails'],
  [{ op: 'share', of: failed, among: placed, is: { min: 0.05, max: 0.075 } }, '5% to 7.5% of orders fail'],
  [
    { op: 'share', of: { type: 'RequestHandledUnheard' }, among: placed, is: { max: 0.1 } },
    'For at most 10% of orders, a call is carried out after its caller had given up',
  ],
  [
    { op: 'share', of: failed, among: { type: 'ConnectionRefused' }, is: { min: 1 } },
    'For every call, an order fails',
  ],
  [
    { op: 'distinct', of: { type: 'DesignChanged' }, by: 'detail', least: 2, then: failed },
    'Edits are made in at least 2 different ways, and each time an order fails afterwards',
  ],
  [
    { op: 'distinct', of: { kind: 'applied' }, by: 'group', least: 3 },
    'Events are applied in at least 3 different groups',
  ],
  [
    { op: 'last', of: { kind: 'applied', on: 'search-index' }, is: { min: 1000, max: 1000 } },
    'The last amount applied to the search index is 1000',
  ],
  [{ op: 'last', of: { kind: 'applied' }, is: { max: 7 } }, 'The last amount applied is at most 7'],
  [{ op: 'answer', question: 'why', is: 'because' }, 'The answer is “because”'],
  [
    {
      op: 'during',
      from: down,
      to: up,
      of: [clause('x', { op: 'share', of: failed, among: placed, is: { min: 1 } })],
    },
    'Between the crash of the search service and the restart of the search service, every order fails',
  ],
  [
    {
      op: 'during',
      to: down,
      of: [
        clause('x', { op: 'none', of: failed }),
        clause('y', { op: 'count', of: answered, is: { min: 1000 } }),
      ],
    },
    'Before the crash of the search service, both no order fails and at least 1000 orders are answered',
  ],
  [
    { op: 'during', from: { kind: 'published' }, of: [clause('x', { op: 'none', of: failed })] },
    'After the moment when an event is published, no order fails',
  ],
  [
    { op: 'span', from: placed, to: answered, percentile: 99, isMs: { max: 1000 } },
    '99% of orders take at most 1 s from placed to answered',
  ],
];

describe('what is asked', () => {
  for (const [expression, sentence] of rows) test(sentence, () => expect(said(expression)).toBe(sentence));
});

test('answers are quoted in the words of the lesson', () => {
  const names = { ...voice.names, answer: () => 'this cannot be done' };
  const asked = it({ op: 'answer', question: 'why', is: 'because' });
  expect(clauseSentence(asked, { ...voice, names })).toBe('The answer is “this cannot be done”');
});

describe('what has become of it', () => {
  const share: Expression = {
    op: 'share',
    of: { kind: 'applied' },
    among: { kind: 'published' },
    is: { min: 0.9 },
    least: 2,
  };
  const state = (expression: Expression, entries: Parameters<typeof outcome>[1], atEnd = true) =>
    clauseState(it(expression), outcome(expression, entries, atEnd), voice);
  test.each([
    [share, [entry('alerted', 'LagTooHigh', 'watcher')], true, 'Not proved yet: nothing has been measured.'],
    [share, [published(0)], true, 'Not proved yet: 1 of 2 events so far.'],
    [share, [published(0), published(1), applied(0, 'search')], false, 'Not proved yet: 1 of 2 so far.'],
    [
      share,
      [published(0), published(1), applied(0, 'search')],
      true,
      'Broken at the end: it did not hold that at least 90% of events are applied, of at least 2.',
    ],
    [
      { op: 'answer', question: 'why', is: 'x' },
      [published(0)],
      true,
      'Not proved yet: the question has no answer yet.',
    ],
    [
      { op: 'last', of: { kind: 'applied' }, is: { min: 9 } },
      [published(0)],
      true,
      'Not proved yet: nothing has been applied.',
    ],
    [
      { op: 'distinct', of: { kind: 'applied' }, by: 'message', least: 3 },
      [applied(0, 'search'), applied(1, 'search')],
      true,
      'Not proved yet: 2 of 3 events so far.',
    ],
    [
      { op: 'during', from: down, of: [clause('x', { op: 'none', of: { kind: 'applied' } })] },
      [published(0)],
      true,
      'Not proved yet: the crash of the search service has not happened.',
    ],
    [
      { op: 'during', from: down, of: [clause('x', { op: 'none', of: { kind: 'applied' } })] },
      [crashed('search-a')],
      false,
      'Not proved yet: it holds so far, and the end of the run decides.',
    ],
    [
      { op: 'during', from: down, of: [clause('x', { op: 'none', of: { kind: 'applied' } })] },
      [crashed('search-a'), applied(0, 'search')],
      false,
      'Broken at 0:00.1: an event was applied.',
    ],
  ] as const)('%j', (expression, entries, atEnd, sentence) => {
    expect(state(expression, entries, atEnd)).toBe(sentence);
  });
});
