/** What has become of a clause or a goal, in words: proved, not proved yet and why, broken and when. */
import { describe, expect, test } from 'vitest';
import type { Expression, Goal } from '../../src/judge/goal';
import { clauseNote, clauseProgress, clauseState, goalState } from '../../src/judge/sentence';
import {
  accepted,
  applied,
  crashed,
  delivered,
  entry,
  judge,
  outcome,
  published,
  sought,
  wiped,
  type Entry,
} from './history';
import { rebuild, repeatYourself } from './lesson-goals';
import { it, voice } from './voice';

const wipe = { kind: 'changed', type: 'StoreWiped' } as const;
const index = { table: 'seen', role: 'search-index' } as const;
const catalogue = { table: 'truth', topic: 'shop-events' } as const;

describe('what has become of it', () => {
  const stray = entry('alerted', 'LagTooHigh', 'watcher');
  /** Clause, history, at the end? → state · note. */
  const rows: readonly (readonly [Expression, readonly Entry[], boolean, string, string])[] = [
    [
      { op: 'some', of: { kind: 'sought', backMin: 3 } },
      [],
      true,
      'Not proved yet: nothing has happened.',
      'not yet',
    ],
    [
      { op: 'some', of: { kind: 'sought', backMin: 3 } },
      [stray],
      true,
      'Not proved yet: no flag has moved back 3 or more.',
      'not yet',
    ],
    [
      { op: 'some', of: { kind: 'crashed', role: 'search' } },
      [stray],
      true,
      'Not proved yet: the search service has not crashed.',
      'not yet',
    ],
    [
      { op: 'some', of: { kind: 'sought', backMin: 3 } },
      [stray, sought('cache', 9, 5)],
      false,
      'Proved at 0:00.1.',
      '0:00.1',
    ],
    [
      { op: 'none', of: { kind: 'published' }, since: wipe },
      [stray],
      true,
      'Not proved yet: the wipe has not happened.',
      'not yet',
    ],
    [
      { op: 'none', of: { kind: 'published' }, since: wipe },
      [wiped('search-store')],
      false,
      'Not proved yet: it holds so far, and the end of the run decides.',
      'holds so far',
    ],
    [
      { op: 'none', of: { kind: 'published' }, since: wipe },
      [wiped('search-store')],
      true,
      'Proved.',
      'proved',
    ],
    [
      { op: 'none', of: { kind: 'published' }, since: wipe },
      [wiped('search-store'), { ...published(0), atMs: 14_200 }],
      false,
      'Broken at 0:14.2: an event was published after the wipe.',
      'broken at 0:14.2',
    ],
    [
      { op: 'none', of: { kind: 'sought', group: 'cache' } },
      [sought('cache', 9, 5)],
      false,
      'Broken at 0:00.0: the flag of cache moved.',
      'broken at 0:00.0',
    ],
    [
      { op: 'count', of: { kind: 'delivered' }, is: { min: 3 } },
      [stray],
      false,
      'Not proved yet: nothing has been delivered.',
      'not yet',
    ],
    [
      { op: 'count', of: { kind: 'delivered' }, is: { min: 3 } },
      [delivered(0, 'cache'), delivered(1, 'cache')],
      false,
      'Not proved yet: 2 of 3 events so far.',
      '2 of 3',
    ],
    [
      { op: 'count', of: { kind: 'crashed' }, is: { max: 1 } },
      [crashed('search-a'), crashed('search-a')],
      false,
      'Broken at 0:00.1: a process crashed more than once.',
      'broken at 0:00.1',
    ],
    [
      { op: 'count', of: { kind: 'applied' }, is: { max: 1 } },
      [applied(0, 'cache'), applied(1, 'cache')],
      false,
      'Broken at 0:00.1: more than 1 event was applied.',
      'broken at 0:00.1',
    ],
    [
      { op: 'repeated', of: { kind: 'applied' }, same: ['message', 'group'], times: 2 },
      [applied(0, 'cache')],
      false,
      'Not proved yet: nothing has been applied twice for one group.',
      'not yet',
    ],
    [
      { op: 'repeated', of: { kind: 'applied' }, same: ['message'], times: 3 },
      [applied(0, 'cache'), applied(0, 'search')],
      false,
      'Not proved yet: 2 of 3 events so far.',
      '2 of 3',
    ],
    [
      { op: 'repeated', of: { kind: 'applied' }, same: ['message', 'group'], times: 2, expect: 'none' },
      [applied(0, 'cache'), applied(0, 'cache')],
      false,
      'Broken at 0:00.1: an event was applied twice for one group.',
      'broken at 0:00.1',
    ],
    [
      { op: 'caused', of: { kind: 'accepted' }, from: { kind: 'sought' }, expect: 'none' },
      [stray],
      true,
      'Not proved yet: the move has not happened.',
      'not yet',
    ],
    [
      { op: 'caused', of: { kind: 'accepted' }, from: { kind: 'sought' }, expect: 'none' },
      [sought('cache', 9, 5), accepted(0, 0, { cause: 0 })],
      false,
      'Broken at 0:00.1: an event was appended because of the move.',
      'broken at 0:00.1',
    ],
    [
      { op: 'seq', of: [{ kind: 'published' }, { kind: 'applied' }], same: ['message'] },
      [published(0)],
      false,
      'Not proved yet: 1 of 2 steps so far.',
      '1 of 2',
    ],
    [
      { op: 'seq', of: [{ kind: 'applied' }, { kind: 'published' }], same: ['message'], expect: 'none' },
      [applied(0, 'cache'), published(0)],
      false,
      'Broken at 0:00.1: an event was applied, then published.',
      'broken at 0:00.1',
    ],
    [
      { op: 'span', from: { kind: 'published' }, to: { kind: 'applied' }, percentile: 99, isMs: { max: 50 } },
      [published(0), applied(0, 'cache')],
      true,
      'Broken at the end: it did not hold that 99% of events take at most 50 ms from published to applied.',
      'not at the end',
    ],
    [
      { op: 'final', left: index, is: 'equal', right: catalogue },
      [stray],
      true,
      'Not proved yet: the catalogue is empty.',
      'not yet',
    ],
    [
      { op: 'final', left: index, is: 'equal', right: catalogue },
      [accepted(0, 0), accepted(1, 1), applied(0, 'search')],
      false,
      'Not proved yet: 1 of 2 rows agree so far.',
      '1 of 2',
    ],
    [
      { op: 'final', left: index, is: 'equal', right: catalogue },
      [accepted(0, 0), accepted(1, 1), applied(0, 'search')],
      true,
      'Broken at the end: the search index and the catalogue agree on 1 of 2 rows.',
      'not at the end',
    ],
    [
      { op: 'all', of: [it({ op: 'some', of: wipe }), it({ op: 'none', of: { kind: 'published' } })] },
      [wiped('search-store'), published(0)],
      false,
      'Broken at 0:00.1: an event was published.',
      'broken at 0:00.1',
    ],
    [
      { op: 'all', of: [it({ op: 'some', of: wipe }), it({ op: 'none', of: { kind: 'published' } })] },
      [wiped('search-store')],
      false,
      'Not proved yet: it holds so far, and the end of the run decides.',
      '1 of 2',
    ],
    [
      { op: 'any', of: [it({ op: 'none', of: { kind: 'published' } })] },
      [published(0)],
      false,
      'Broken at 0:00.0: none of these held: nothing is published.',
      'broken at 0:00.0',
    ],
  ];
  test.each(rows)('%j', (expression, entries, atEnd, state, note) => {
    const verdict = outcome(expression, entries, atEnd);
    expect(clauseState(it(expression), verdict, voice)).toBe(state);
    expect(clauseNote(it(expression), verdict, voice)).toBe(note);
  });

  test('progress in figures, where the operator counts', () => {
    const count: Expression = { op: 'count', of: { kind: 'delivered' }, is: { min: 3 } };
    expect(clauseProgress(outcome(count, [delivered(0, 'cache')]), voice)).toBe('1 of 3');
    expect(clauseProgress(outcome({ op: 'some', of: {} }, [stray]), voice)).toBeNull();
  });
});

describe('a goal in one sentence', () => {
  const state = (goal: Goal, entries: readonly Entry[], atEnd = true) =>
    goalState(goal, judge(goal, entries, atEnd), voice);

  test('the clause that broke it', () => {
    expect(state(rebuild, [accepted(0, 0), wiped('search-store'), sought('cache', 1, 0)], false)).toBe(
      'Broken at 0:00.2: the flag of cache moved after the wipe.',
    );
  });
  test('the first clause that is missing', () => {
    expect(state(repeatYourself, [sought('cache', 9, 5)])).toBe(
      'Not proved yet: nothing has been applied twice for one group.',
    );
  });
  test('a cover that is not reached comes first, whatever else happened', () => {
    const goal: Goal = {
      id: 'goal',
      clauses: [
        it({ op: 'none', of: { kind: 'published' } }),
        { id: 'cover', expression: { op: 'cover', of: { kind: 'delivered' }, is: { min: 50 } } },
      ],
    };
    expect(state(goal, [published(0), delivered(0, 'cache')])).toBe('Not proved yet: 1 of 50 events so far.');
  });
  test('proved', () => {
    const run = [accepted(0, 0), wiped('search-store'), applied(0, 'search')];
    expect(state(rebuild, run)).toBe('Proved.');
    expect(state(rebuild, [])).toBe('Not proved yet: nothing has happened.');
  });
});
