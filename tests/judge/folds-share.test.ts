/** share, distinct and last: how many of how many, how many different ones, and how it stands at last. */
import { describe, expect, test } from 'vitest';
import { applied, crashed, delivered, entry, outcome, published, sought } from './history';
import { table } from './verdict-table';

const stray = entry('alerted', 'LagTooHigh', 'watcher');

describe('share: at least half of what is published is applied', () => {
  const half = {
    op: 'share',
    of: { kind: 'applied' },
    among: { kind: 'published' },
    is: { min: 0.5 },
  } as const;
  table(half, [
    ['nothing is published', [applied(0, 'search')], 'unknown', 'unknown'],
    ['one, and it is not applied', [published(0), stray], 'unknown', 'violated', [0], [0, 1]],
    ['one of two', [published(0), published(1), applied(1, 'search')], 'shown', 'shown', [2], [1, 2]],
    [
      'one of three',
      [0, 1, 2].map((m) => published(m)).concat(applied(1, 'search')),
      'unknown',
      'violated',
      [0, 2],
      [1, 3],
    ],
    [
      'applied before it is published: not counted',
      [applied(0, 'search'), published(0)],
      'unknown',
      'violated',
      [1],
      [0, 1],
    ],
    [
      'twice is once',
      [published(0), published(0), applied(0, 'search'), applied(0, 'cache')],
      'shown',
      'shown',
      [2],
      [1, 1],
    ],
    [
      'it gets better',
      [published(0), published(1), applied(0, 'search'), applied(1, 'search')],
      'shown',
      'shown',
      [2, 3],
      [2, 2],
    ],
  ]);
});

describe('share with else: only what has been decided counts', () => {
  const share = {
    op: 'share',
    of: { kind: 'applied', group: 'search' },
    among: { kind: 'published' },
    else: { kind: 'applied', group: 'cache' },
    is: { min: 1 },
    least: 2,
  } as const;
  table(share, [
    ['not decided', [published(0), published(1), stray], 'unknown', 'unknown'],
    [
      'one of two is decided',
      [published(0), published(1), applied(0, 'search')],
      'unknown',
      'unknown',
      [],
      [1, 2],
    ],
    [
      'both',
      [published(0), published(1), applied(0, 'search'), applied(1, 'search')],
      'shown',
      'shown',
      [2, 3],
      [2, 2],
    ],
    [
      'the first decision stands',
      [published(0), published(1), applied(0, 'search'), applied(1, 'cache'), applied(1, 'search')],
      'unknown',
      'violated',
      [3],
      [1, 2],
    ],
  ]);
});

describe('share with a maximum, and of facts that are their own measure', () => {
  table(
    { op: 'share', of: { kind: 'applied', group: 'cache' }, among: { kind: 'applied' }, is: { max: 0.5 } },
    [
      ['none of it', [applied(0, 'search')], 'shown', 'shown', [0], [0, 1]],
      ['half', [applied(0, 'search'), applied(1, 'cache')], 'shown', 'shown', [1], [1, 2]],
      ['more', [applied(0, 'cache'), applied(1, 'cache')], 'unknown', 'violated', [0, 1], [2, 2]],
    ],
  );
});

describe('distinct: events of two different keys', () => {
  table({ op: 'distinct', of: { kind: 'applied' }, by: 'message', least: 2 }, [
    ['none', [stray], 'unknown', 'unknown', [], [0, 2]],
    ['the same twice', [applied(0, 'search'), applied(0, 'cache')], 'unknown', 'unknown', [], [1, 2]],
    [
      'two',
      [applied(0, 'search'), applied(0, 'cache'), applied(1, 'cache')],
      'shown',
      'shown',
      [0, 2],
      [2, 2],
    ],
    [
      'without the field',
      [entry('applied', 'Ran', 'shop'), entry('applied', 'Ran', 'shop')],
      'unknown',
      'unknown',
      [],
      [0, 2],
    ],
  ]);
});

describe('distinct by detail, each followed by something', () => {
  const edit = (detail: string) => entry('changed', 'DesignChanged', 'operator', { subject: 'shop', detail });
  table(
    { op: 'distinct', of: { type: 'DesignChanged' }, by: 'detail', least: 2, then: { kind: 'crashed' } },
    [
      ['two edits and nothing after them', [edit('a'), edit('b')], 'unknown', 'unknown', [], [0, 2]],
      [
        'only the second is followed',
        [edit('a'), edit('b'), crashed('search-a')],
        'unknown',
        'unknown',
        [],
        [1, 2],
      ],
      [
        'the same edit twice',
        [edit('a'), crashed('search-a'), edit('a'), crashed('search-a')],
        'unknown',
        'unknown',
        [],
        [1, 2],
      ],
      [
        'two, each followed',
        [edit('a'), crashed('search-a'), stray, edit('b'), crashed('search-b')],
        'shown',
        'shown',
        [0, 1, 3, 4],
        [2, 2],
      ],
    ],
  );
});

describe('last: the newest amount of search is 2', () => {
  table({ op: 'last', of: { kind: 'applied', group: 'search' }, is: { min: 2, max: 2 } }, [
    ['none', [applied(3, 'cache')], 'unknown', 'unknown'],
    ['another', [applied(0, 'search')], 'unknown', 'violated', [0]],
    ['it', [applied(0, 'search'), applied(3, 'search'), stray], 'shown', 'shown', [1]],
    ['and then another', [applied(3, 'search'), applied(0, 'search')], 'unknown', 'violated', [1]],
  ]);
});

test('a fact without an amount has the amount 0', () => {
  const zero = { op: 'last', of: { kind: 'delivered' }, is: { max: 0 } } as const;
  expect(outcome(zero, [delivered(0, 'search')]).verdict).toBe('shown');
  expect(outcome(zero, [sought('cache', 1, 0)]).verdict).toBe('unknown');
});
