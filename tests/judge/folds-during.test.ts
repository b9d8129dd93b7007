/** during: the same judgements on a part of history; answer: what facts cannot say. */
import { describe, expect, test } from 'vitest';
import type { Clause, Expression } from '../../src/judge/goal';
import { judgeHistory } from '../../src/judge/judge';
import { applied, crashed, entry, goalOf, history, published, setting } from './history';
import { table } from './verdict-table';

const stray = entry('alerted', 'LagTooHigh', 'watcher');
const back = (process: string) => entry('restarted', 'ProcessRestarted', process);
const clause = (id: string, expression: Expression): Clause => ({ id, expression });
const outage = { from: { kind: 'crashed' }, to: { kind: 'restarted' } } as const;

describe('during an outage nothing is applied', () => {
  const of = [clause('quiet', { op: 'none', of: { kind: 'applied' } })];
  table({ op: 'during', ...outage, of }, [
    ['no outage', [applied(0, 'search')], 'unknown', 'unknown'],
    ['an outage of which nothing is known', [crashed('search-a')], 'unknown', 'shown'],
    [
      'before and after it does not count',
      [applied(0, 'search'), crashed('search-a'), back('search-a'), applied(1, 'search')],
      'unknown',
      'shown',
    ],
    [
      'while it lasts',
      [crashed('search-a'), stray, applied(0, 'search'), back('search-a')],
      'violated',
      'violated',
      [2],
    ],
    [
      'in the second one',
      [crashed('search-a'), back('search-a'), crashed('search-a'), applied(0, 'search')],
      'violated',
      'violated',
      [3],
    ],
  ]);
});

describe('outages of several processes, each told from the other', () => {
  const of = [clause('one', { op: 'count', of: { kind: 'published' }, is: { min: 2 } })];
  const both = [crashed('search-a'), crashed('search-b'), published(0), back('search-a'), published(1)];
  table({ op: 'during', ...outage, same: ['subject'], of }, [
    ['one is still out', both, 'shown', 'shown', [2, 4], [2, 2]],
  ]);
  table({ op: 'during', ...outage, of }, [
    ['the first to come back ends it', both, 'unknown', 'unknown', [], [1, 2]],
  ]);
});

describe('before the first crash', () => {
  const of = [
    clause('busy', { op: 'count', of: { kind: 'applied' }, is: { min: 1 } }),
    clause('calm', { op: 'count', of: { kind: 'published' }, is: { max: 1 } }),
  ];
  table({ op: 'during', to: { kind: 'crashed' }, of }, [
    ['nothing', [stray], 'unknown', 'unknown', [], [1, 2]],
    ['it holds so far', [applied(0, 'search')], 'unknown', 'shown', [0]],
    [
      'the crash decides, whatever comes then',
      [applied(0, 'search'), published(0), crashed('shop'), published(1), published(2)],
      'shown',
      'shown',
      [0, 1],
    ],
    ['too late', [crashed('shop'), applied(0, 'search')], 'unknown', 'unknown', [], [1, 2]],
    ['too much', [published(0), published(1), crashed('shop')], 'violated', 'violated', [0, 1]],
  ]);
});

describe('after a crash, to the end', () => {
  const of = [clause('some', { op: 'some', of: { kind: 'applied' } })];
  table({ op: 'during', from: { kind: 'crashed' }, of }, [
    ['before it', [applied(0, 'search'), crashed('shop')], 'unknown', 'unknown'],
    ['after it', [crashed('shop'), applied(0, 'search')], 'shown', 'shown', [1]],
  ]);
});

describe('an answer', () => {
  const asked = goalOf({ op: 'answer', question: 'why', is: 'because' });
  const verdict = (answers?: Record<string, string>, happened = [stray]) => {
    const { verdict: said, missing } = judgeHistory(
      asked,
      { ...setting, ...(answers ? { answers } : {}) },
      history(happened),
      true,
    ).clauses[0];
    return [said, missing];
  };
  test('is unknown until it is given, and as long as it is another one', () => {
    expect(verdict()).toEqual(['unknown', 'answer']);
    expect(verdict({ whence: 'because' })).toEqual(['unknown', 'answer']);
    expect(verdict({ why: 'never mind' })).toEqual(['unknown', 'different']);
    expect(verdict({ why: 'because' })).toEqual(['shown', null]);
  });
  test('proves nothing about a run in which nothing has happened', () => {
    expect(verdict({ why: 'because' }, [])).toEqual(['unknown', 'nothing']);
  });
});
