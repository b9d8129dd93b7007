/** final, all and any: what happened, and what that proves. */
import { describe, expect, test } from 'vitest';
import type { Of } from '../../src/judge/goal';
import { accepted, applied, crashed, entry, outcome, published, sought, wiped } from './history';
import { table } from './verdict-table';

const stray = entry('alerted', 'LagTooHigh', 'watcher');

describe('final: the search index ends equal to the catalogue', () => {
  const equal: Of<'final'> = {
    op: 'final',
    left: { table: 'seen', role: 'search-index' },
    is: 'equal',
    right: { table: 'truth', topic: 'shop-events' },
  };
  table(equal, [
    ['an empty truth asks nothing', [stray], 'unknown', 'unknown'],
    ['rows without a truth', [applied(0, 'search')], 'unknown', 'unknown'],
    ['accepted, not applied', [accepted(0, 0)], 'unknown', 'violated', [0], [0, 1]],
    ['applied', [accepted(0, 0), applied(0, 'search')], 'shown', 'shown', [1], [1, 1]],
    [
      'one of two',
      [accepted(0, 0), accepted(1, 1), applied(0, 'search')],
      'unknown',
      'violated',
      [1],
      [1, 2],
    ],
    [
      'an old version',
      [accepted(0, 0), accepted(3, 1), applied(3, 'search'), applied(0, 'search')],
      'unknown',
      'violated',
      [1, 3],
      [0, 1],
    ],
    [
      'a row too many',
      [accepted(0, 0), applied(0, 'search'), applied(1, 'search')],
      'unknown',
      'violated',
      [2],
      [1, 2],
    ],
    [
      'emptied',
      [accepted(0, 0), applied(0, 'search'), wiped('search-store')],
      'unknown',
      'violated',
      [0, 2],
      [0, 1],
    ],
    [
      'another store is emptied',
      [accepted(0, 0), applied(0, 'search'), wiped('cache-store')],
      'shown',
      'shown',
      [1],
    ],
    ['another topic', [accepted(0, 0, { subject: 'kafka/other/0' })], 'unknown', 'unknown'],
    [
      'any broker, any lane',
      [accepted(0, 0, { subject: 'redpanda/shop-events/7' })],
      'unknown',
      'violated',
      [0],
    ],
    [
      'a message without a key is no row',
      [accepted(4, 0), accepted(0, 1), applied(0, 'search')],
      'shown',
      'shown',
      [2],
    ],
    [
      'accepted again, older: the newest counts',
      [accepted(3, 0), accepted(0, 1), applied(3, 'search')],
      'shown',
      'shown',
      [2],
    ],
  ]);
  table({ ...equal, after: { type: 'StoreWiped' } }, [
    ['equal, but never wiped', [accepted(0, 0), applied(0, 'search')], 'unknown', 'unknown'],
    [
      'rebuilt',
      [accepted(0, 0), applied(0, 'search'), wiped('search-store'), applied(0, 'search')],
      'shown',
      'shown',
      [2, 3],
      [1, 1],
    ],
  ]);
});

describe('final, different: the search index ends different from the rows of cache', () => {
  const differ: Of<'final'> = {
    op: 'final',
    left: { table: 'seen', role: 'search-index' },
    is: 'different',
    right: { table: 'seen', role: 'cache-rows' },
  };
  table(differ, [
    ['both empty: nothing to compare', [stray], 'unknown', 'unknown'],
    ['one has a row', [applied(0, 'search')], 'shown', 'shown', [0]],
    ['the same rows', [applied(0, 'search'), applied(0, 'cache')], 'unknown', 'violated', [1]],
  ]);
});

const crash = { id: 'crash', expression: { op: 'some', of: { kind: 'crashed' } } } as const;
const quiet = { id: 'quiet', expression: { op: 'none', of: { kind: 'published' } } } as const;

describe('all: a crash, and nothing published', () => {
  table({ op: 'all', of: [crash, quiet] }, [
    ['neither', [stray], 'unknown', 'unknown', [], [1, 2]],
    ['a crash', [crashed('search-a')], 'unknown', 'shown', [0], [2, 2]],
    ['a crash and a publish', [crashed('search-a'), published(0)], 'violated', 'violated', [1], [1, 2]],
  ]);
  test('each part keeps its own verdict', () => {
    const { parts } = outcome({ op: 'all', of: [crash, quiet] }, [stray, published(0)]);
    expect(parts.map(({ id, verdict, facts }) => [id, verdict, facts])).toEqual([
      ['crash', 'unknown', []],
      ['quiet', 'violated', [1]],
    ]);
  });
});

describe('any: a crash, or nothing published', () => {
  table({ op: 'any', of: [crash, quiet] }, [
    ['neither has happened', [stray], 'unknown', 'shown'],
    ['a crash is enough', [published(0), crashed('search-a')], 'shown', 'shown', [1]],
    ['a publish leaves the crash to hope for', [published(0)], 'unknown', 'unknown'],
  ]);
  table({ op: 'any', of: [quiet, { id: 'still', expression: { op: 'none', of: { kind: 'sought' } } }] }, [
    ['both broken', [published(0), sought('cache', 9, 5)], 'violated', 'violated', [0, 1]],
  ]);
});
