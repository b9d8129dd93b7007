/** caused, seq and span: what happened, and what that proves. */
import { describe, expect, test } from 'vitest';
import type { Expression, Of } from '../../src/judge/goal';
import {
  accepted,
  applied,
  crashed,
  delivered,
  entry,
  outcome,
  published,
  sought,
  type Entry,
} from './history';
import { table } from './verdict-table';

const stray = entry('alerted', 'LagTooHigh', 'watcher');

describe('caused, expecting none: the move appends nothing', () => {
  table({ op: 'caused', of: { kind: 'accepted' }, from: { kind: 'sought' }, expect: 'none' }, [
    ['no move', [accepted(0, 0)], 'unknown', 'unknown'],
    ['a move with nothing after it', [accepted(0, 0), sought('cache', 9, 0)], 'unknown', 'shown', [1]],
    [
      'an append that had another cause',
      [published(0), sought('cache', 9, 0), accepted(0, 0, { cause: 0 })],
      'unknown',
      'shown',
      [1],
    ],
    [
      'an append caused at once',
      [sought('cache', 9, 0), accepted(0, 0, { cause: 0 })],
      'violated',
      'violated',
      [0, 1],
    ],
    [
      'an append caused by what the move caused',
      [
        sought('cache', 9, 0),
        delivered(0, 'cache', { cause: 0 }),
        applied(0, 'cache', { cause: 1 }),
        stray,
        accepted(1, 1, { cause: 2 }),
      ],
      'violated',
      'violated',
      [0, 4],
    ],
    [
      'of two moves the nearer is named',
      [sought('cache', 9, 0), sought('cache', 0, 5, { cause: 0 }), accepted(1, 1, { cause: 1 })],
      'violated',
      'violated',
      [1, 2],
    ],
  ]);
});

describe('caused, expecting some: an append leads to an applied row', () => {
  table({ op: 'caused', of: { kind: 'applied' }, from: { kind: 'accepted' }, expect: 'some' }, [
    ['no append', [applied(0, 'search')], 'unknown', 'unknown'],
    ['no effect', [accepted(0, 0), applied(0, 'search')], 'unknown', 'unknown'],
    [
      'an effect',
      [accepted(0, 0), delivered(0, 'search', { cause: 0 }), applied(0, 'search', { cause: 1 })],
      'shown',
      'shown',
      [0, 2],
    ],
  ]);
  test('is not its own effect', () => {
    const itself: Expression = {
      op: 'caused',
      of: { kind: 'accepted' },
      from: { kind: 'accepted' },
      expect: 'some',
    };
    expect(outcome(itself, [accepted(0, 0)]).verdict).toBe('unknown');
    expect(outcome(itself, [accepted(0, 0), accepted(1, 1, { cause: 0 })]).facts).toEqual([0, 1]);
  });
  test('long histories are followed too', () => {
    const chain = Array.from({ length: 5000 }, (_, id) =>
      entry('read', 'Read', 'search-a', { cause: id - 1 }),
    );
    const happened = [
      sought('cache', 9, 0),
      ...chain.map((link, i) => ({ ...link, cause: i })),
      applied(0, 'cache', { cause: 5000 }),
    ];
    const late: Expression = {
      op: 'caused',
      of: { kind: 'applied' },
      from: { kind: 'sought' },
      expect: 'some',
    };
    expect(outcome(late, happened).facts).toEqual([0, 5001]);
  });
});

describe('seq about one message: published, then appended, then applied', () => {
  const inOrder: Expression = {
    op: 'seq',
    of: [{ kind: 'published' }, { kind: 'accepted' }, { kind: 'applied' }],
    same: ['message'],
  };
  table(inOrder, [
    ['nothing', [stray], 'unknown', 'unknown', [], [0, 3]],
    ['two of three', [published(0), accepted(0, 0)], 'unknown', 'unknown', [], [2, 3]],
    [
      'three, of two messages',
      [published(0), accepted(0, 0), applied(1, 'search')],
      'unknown',
      'unknown',
      [],
      [2, 3],
    ],
    [
      'in another order',
      [applied(0, 'search'), accepted(0, 0), published(0)],
      'unknown',
      'unknown',
      [],
      [1, 3],
    ],
    [
      'in order, with others between',
      [published(1), published(0), accepted(1, 0), accepted(0, 1), stray, applied(0, 'search')],
      'shown',
      'shown',
      [1, 3, 5],
      [3, 3],
    ],
  ]);
});

describe('seq within a time: a crash, then an applied row within 250 ms', () => {
  table({ op: 'seq', of: [{ kind: 'crashed' }, { kind: 'applied' }], withinMs: 250 }, [
    ['too late', [crashed('search-a'), stray, stray, applied(0, 'search')], 'unknown', 'unknown', [], [1, 2]],
    ['in time', [crashed('search-a'), stray, applied(0, 'search')], 'shown', 'shown', [0, 2]],
    [
      'in time after the later crash',
      [crashed('search-a'), stray, crashed('search-a'), stray, applied(0, 'search')],
      'shown',
      'shown',
      [2, 4],
    ],
  ]);
  test('exactly the limit is within it', () => {
    const facts = [
      { ...crashed('search-a'), atMs: 0 },
      { ...applied(0, 'search'), atMs: 250 },
    ];
    const soon: Expression = { op: 'seq', of: [{ kind: 'crashed' }, { kind: 'applied' }], withinMs: 250 };
    expect(outcome(soon, facts).verdict).toBe('shown');
  });
});

test('seq: one fact is never two steps', () => {
  const twice: Expression = { op: 'seq', of: [{ kind: 'applied' }, { kind: 'applied' }] };
  expect(outcome(twice, [applied(0, 'search')]).verdict).toBe('unknown');
  expect(outcome(twice, [applied(0, 'search'), applied(1, 'search')]).facts).toEqual([0, 1]);
});

describe('seq, expecting none: no row is overwritten by an older one', () => {
  const stale: Expression = {
    op: 'seq',
    of: [
      { kind: 'applied', amountMin: 2 },
      { kind: 'applied', amountMax: 1 },
    ],
    same: ['subject'],
    expect: 'none',
  };
  table(stale, [
    ['no new row yet', [applied(0, 'search')], 'unknown', 'unknown'],
    ['new after old', [applied(0, 'search'), applied(3, 'search')], 'unknown', 'shown', [1]],
    ['old after new', [applied(3, 'search'), applied(0, 'search')], 'violated', 'violated', [0, 1]],
  ]);
});

describe('span: half of the events take at most 400 ms from published to applied', () => {
  const quick: Of<'span'> = {
    op: 'span',
    from: { kind: 'published' },
    to: { kind: 'applied' },
    percentile: 50,
    isMs: { max: 400 },
  };
  const at = (atMs: number, it: Entry): Entry => ({ ...it, atMs });
  table(quick, [
    ['nothing arrives', [published(0)], 'unknown', 'unknown'],
    ['quick', [at(0, published(0)), at(400, applied(0, 'search'))], 'shown', 'shown', [0, 1]],
    ['slow', [at(0, published(0)), at(401, applied(0, 'search'))], 'unknown', 'violated', [0, 1]],
    [
      'one of two is slow: the median is the quicker',
      [
        at(0, published(0)),
        at(0, published(1)),
        at(100, applied(0, 'search')),
        at(900, applied(1, 'search')),
      ],
      'shown',
      'shown',
      [0, 2],
    ],
    [
      'only the first arrival is measured',
      [at(0, published(0)), at(300, applied(0, 'search')), at(9000, applied(0, 'cache'))],
      'shown',
      'shown',
      [0, 1],
    ],
    [
      'each departure is measured',
      [at(0, published(0)), at(700, published(0)), at(800, applied(0, 'search'))],
      'shown',
      'shown',
      [1, 2],
    ],
  ]);
  test('the 99th of 100 samples is the second slowest', () => {
    const sent = Array.from({ length: 100 }, () => at(0, published(0)));
    const arrivals = (slow: number) =>
      sent.flatMap((_, i) => [
        at(i * 10_000, published(0)),
        at(i * 10_000 + (i < slow ? 5000 : 10), applied(0, 'search')),
      ]);
    const p99: Expression = { ...quick, percentile: 99 };
    expect(outcome(p99, arrivals(1)).verdict).toBe('shown');
    expect(outcome(p99, arrivals(2)).verdict).toBe('violated');
  });
});
