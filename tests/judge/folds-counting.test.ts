/** some, none, count, cover and repeated: what happened, and what that proves. */
import { describe, expect, test } from 'vitest';
import type { Expression } from '../../src/judge/goal';
import { accepted, applied, crashed, delivered, entry, outcome, published, sought, wiped } from './history';
import { table } from './verdict-table';

const stray = entry('alerted', 'LagTooHigh', 'watcher');

describe('some: a flag moves back 3 or more', () => {
  table({ op: 'some', of: { kind: 'sought', backMin: 3 } }, [
    ['nothing moves', [stray], 'unknown', 'unknown'],
    ['it moves forward', [sought('cache', 2, 9)], 'unknown', 'unknown'],
    ['it moves back 2', [sought('cache', 9, 7)], 'unknown', 'unknown'],
    ['it moves back 3', [stray, sought('cache', 9, 6)], 'shown', 'shown', [1]],
    ['the first time counts', [sought('cache', 9, 5), sought('cache', 9, 5)], 'shown', 'shown', [0]],
    ['another kind with such numbers', [accepted(0, 1, { amount: 9 })], 'unknown', 'unknown'],
  ]);
});

describe('none: nothing is published', () => {
  table({ op: 'none', of: { kind: 'published' } }, [
    ['nothing happens at all', [], 'unknown', 'unknown'],
    ['something else happens', [stray], 'unknown', 'shown'],
    ['one is published', [stray, published(0), published(1)], 'violated', 'violated', [1]],
  ]);
});

describe('none since: nothing is published after the wipe', () => {
  table({ op: 'none', of: { kind: 'published' }, since: { type: 'StoreWiped' } }, [
    ['no wipe', [stray], 'unknown', 'unknown'],
    ['published, but no wipe', [published(0)], 'unknown', 'unknown'],
    ['published before the wipe', [published(0), wiped('search-store')], 'unknown', 'shown', [1]],
    [
      'published after the wipe',
      [wiped('search-store'), stray, published(0)],
      'violated',
      'violated',
      [0, 2],
    ],
    [
      'published between two wipes',
      [wiped('search-store'), published(0), wiped('search-store')],
      'violated',
      'violated',
      [0, 1],
    ],
  ]);
});

describe('none since: the fact that begins it does not break it', () => {
  table({ op: 'none', of: { kind: 'sought' }, since: { kind: 'sought' } }, [
    ['one', [sought('cache', 9, 5)], 'unknown', 'shown', [0]],
    ['two', [sought('cache', 9, 5), sought('cache', 9, 5)], 'violated', 'violated', [0, 1]],
  ]);
});

describe('count with a minimum: at least 2 are applied', () => {
  table({ op: 'count', of: { kind: 'applied' }, is: { min: 2 } }, [
    ['none', [stray], 'unknown', 'unknown', [], [0, 2]],
    ['one', [applied(0, 'search')], 'unknown', 'unknown', [], [1, 2]],
    ['two', [applied(0, 'search'), stray, applied(1, 'search')], 'shown', 'shown', [0, 2], [2, 2]],
    [
      'three: the second decided',
      [applied(0, 'search'), applied(1, 'search'), applied(2, 'search')],
      'shown',
      'shown',
      [0, 1],
      [3, 2],
    ],
  ]);
});

describe('count with a maximum: at most 1 is applied', () => {
  table({ op: 'count', of: { kind: 'applied' }, is: { max: 1 } }, [
    ['none', [stray], 'unknown', 'shown'],
    ['one', [applied(0, 'search')], 'unknown', 'shown', [0]],
    ['two', [applied(0, 'search'), applied(1, 'search')], 'violated', 'violated', [0, 1]],
  ]);
});

describe('count between 1 and 2', () => {
  table({ op: 'count', of: { kind: 'crashed' }, is: { min: 1, max: 2 } }, [
    ['none', [stray], 'unknown', 'unknown', [], [0, 1]],
    ['one', [crashed('search-a')], 'unknown', 'shown', [0], [1, 1]],
    ['three', [1, 2, 3].map(() => crashed('search-a')), 'violated', 'violated', [0, 1, 2]],
  ]);
});

test('count keeps the first few deciding facts and the last one', () => {
  const many = Array.from({ length: 100 }, () => applied(0, 'search'));
  const { facts, at } = outcome({ op: 'count', of: { kind: 'applied' }, is: { min: 100 } }, many);
  expect(facts).toEqual([0, 1, 2, 3, 4, 5, 6, 99]);
  expect(at).toBe(9_900_000);
});

describe('repeated: one group applies an event twice', () => {
  table({ op: 'repeated', of: { kind: 'applied' }, same: ['message', 'group'], times: 2 }, [
    ['nothing is applied', [stray], 'unknown', 'unknown', [], [0, 2]],
    ['two events', [applied(0, 'search'), applied(1, 'search')], 'unknown', 'unknown', [], [1, 2]],
    ['two groups', [applied(0, 'search'), applied(0, 'cache')], 'unknown', 'unknown', [], [1, 2]],
    [
      'the same event, the same group',
      [applied(0, 'search'), applied(0, 'cache'), applied(1, 'search'), applied(0, 'search')],
      'shown',
      'shown',
      [0, 3],
      [2, 2],
    ],
    [
      'facts about no message have nothing in common',
      [
        entry('applied', 'Ran', 'search-a', { group: 'search' }),
        entry('applied', 'Ran', 'search-a', { group: 'search' }),
      ],
      'unknown',
      'unknown',
      [],
      [0, 2],
    ],
    [
      'facts of no group have nothing in common',
      [applied(0, 'search', { group: '' }), applied(0, 'search', { group: '' })],
      'unknown',
      'unknown',
    ],
  ]);
});

describe('repeated, expecting none: no group applies an event twice', () => {
  const never: Expression = {
    op: 'repeated',
    of: { kind: 'applied' },
    same: ['message', 'group'],
    times: 2,
    expect: 'none',
  };
  table(never, [
    ['nothing was applied, so nothing was tested', [stray], 'unknown', 'unknown'],
    ['once each', [applied(0, 'search'), applied(1, 'search')], 'unknown', 'shown'],
    ['twice', [applied(0, 'search'), applied(0, 'search')], 'violated', 'violated', [0, 1]],
  ]);
});

describe('repeated by place: subject, process, position', () => {
  table({ op: 'repeated', of: { kind: 'accepted' }, same: ['subject', 'position'], times: 2 }, [
    ['two offsets', [accepted(0, 0), accepted(1, 1)], 'unknown', 'unknown'],
    [
      'one offset in two lanes',
      [accepted(0, 0), accepted(1, 0, { subject: 'kafka/shop-events/1' })],
      'unknown',
      'unknown',
    ],
    ['one offset twice', [accepted(0, 0), accepted(1, 0)], 'shown', 'shown', [0, 1]],
  ]);
  table({ op: 'repeated', of: { kind: 'applied' }, same: ['process'], times: 3 }, [
    ['two', [applied(0, 'search'), applied(1, 'search')], 'unknown', 'unknown', [], [2, 3]],
    [
      'three',
      [applied(0, 'search'), applied(1, 'search'), applied(2, 'search')],
      'shown',
      'shown',
      [0, 1, 2],
    ],
  ]);
});

describe('cover: at least 2 are delivered', () => {
  table({ op: 'cover', of: { kind: 'delivered' }, is: { min: 2 } }, [
    ['one', [delivered(0, 'search')], 'unknown', 'unknown', [], [1, 2]],
    ['two', [delivered(0, 'search'), delivered(1, 'search')], 'shown', 'shown', [0, 1], [2, 2]],
  ]);
  table({ op: 'cover', of: { kind: 'delivered' }, is: { min: 1, max: 1 } }, [
    ['too much is no proof either', [delivered(0, 'search'), delivered(1, 'search')], 'unknown', 'unknown'],
  ]);
});
