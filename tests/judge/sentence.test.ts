/** What is shown is rendered from what is judged: the same data in, English out. */
import { describe, expect, test } from 'vitest';
import { factKinds } from '../../src/kernel/fact';
import type { Expression } from '../../src/judge/goal';
import { clauseSentence, type Voice } from '../../src/judge/sentence';
import { oneOfEach } from './history';
import { rebuild, repeatYourself } from './lesson-goals';
import { it, said, voice } from './voice';

function sentences(rows: readonly (readonly [Expression, string])[]): void {
  for (const [expression, sentence] of rows) test(sentence, () => expect(said(expression)).toBe(sentence));
}

const wipe = { kind: 'changed', type: 'StoreWiped' } as const;
const index = { table: 'seen', role: 'search-index' } as const;
const catalogue = { table: 'truth', topic: 'shop-events' } as const;

describe('lesson 4', () => {
  test('goal A', () => {
    expect(repeatYourself.clauses.map((clause) => clauseSentence(clause, voice))).toEqual([
      'A flag moves back 3 or more',
      'One group applies an event twice',
      'The move appends nothing',
    ]);
  });
  test('goal B: a condition that is judged is said', () => {
    expect(rebuild.clauses.map((clause) => clauseSentence(clause, voice))).toEqual([
      'The search index ends equal to the catalogue after the wipe',
      'Nothing is published after the wipe',
      'The flag of cache stays where it is after the wipe',
    ]);
  });
  sentences([
    [
      { op: 'final', left: index, is: 'equal', right: catalogue },
      'The search index ends equal to the catalogue',
    ],
    [{ op: 'none', of: { kind: 'sought', group: 'cache' } }, 'The flag of cache stays where it is'],
    [
      {
        op: 'none',
        of: { kind: ['sought', 'settled'], group: 'cache' },
        since: { ...wipe, on: 'search-index' },
      },
      'The flag of cache stays where it is after the wipe of the search index',
    ],
  ]);
  test('a place that goes without saying is left out', () => {
    const of = { kind: 'sought', on: 'shop-events', backMin: 3 } as const;
    expect(said({ op: 'some', of })).toBe('A flag moves back 3 or more in shop-events');
    const only: Voice = { ...voice, names: { ...voice.names, place: () => '' } };
    expect(clauseSentence(it({ op: 'some', of }), only)).toBe('A flag moves back 3 or more');
  });
});

describe('some and none', () => {
  sentences([
    [{ op: 'some', of: { kind: 'crashed', role: 'search' } }, 'The search service crashes'],
    [{ op: 'none', of: { kind: 'crashed', role: 'search' } }, 'The search service never crashes'],
    [{ op: 'none', of: { kind: 'crashed' } }, 'No process crashes'],
    [{ op: 'none', of: wipe }, 'No store is wiped'],
    [{ op: 'none', of: { ...wipe, on: 'search-index' } }, 'The search index is never wiped'],
    [
      { op: 'some', of: { kind: 'published', domain: 'order', role: 'shop' } },
      'An order event is published by the shop',
    ],
    [{ op: 'none', of: { kind: 'published', domain: 'price' } }, 'No price event is published'],
    [
      { op: 'some', of: { kind: ['delivered', 'redelivered'], group: 'cache' } },
      'An event is delivered or delivered again to group cache',
    ],
    [{ op: 'some', of: { kind: ['lost', 'expired'] } }, 'An event is lost or expires'],
    [{ op: 'none', of: { kind: ['crashed', 'cut'] } }, 'Nothing crashes or is cut'],
    [
      { op: 'some', of: { kind: 'applied', on: 'search-index', amountMin: 2 } },
      'An event is applied to the search index with an amount of 2 or more',
    ],
    [
      { op: 'some', of: { kind: 'sought', group: 'cache', positionMin: 0, positionMax: 0 } },
      'The flag of cache moves to offset 0',
    ],
    [
      { op: 'none', of: { kind: 'sought', group: 'cache', backMin: 1 } },
      'The flag of cache never moves back',
    ],
    [{ op: 'some', of: { kind: 'accepted', positionMin: 3 } }, 'An event is appended at offset 3 or later'],
    [{ op: 'some', of: { kind: 'expired', type: 'SegmentDeleted' } }, 'An event expires (segment deleted)'],
    [
      { op: 'none', of: { kind: 'delivered' }, since: { kind: 'published', role: 'shop' } },
      'Nothing is delivered after an event is published by the shop',
    ],
    [{ op: 'none', of: {} }, 'Nothing happens'],
  ]);
});

describe('counting', () => {
  sentences([
    [{ op: 'count', of: { kind: 'applied' }, is: { min: 3 } }, 'At least 3 events are applied'],
    [{ op: 'count', of: { kind: 'applied' }, is: { min: 1 } }, 'At least 1 event is applied'],
    [{ op: 'count', of: { kind: 'applied' }, is: { max: 0 } }, 'Nothing is applied'],
    [
      { op: 'count', of: { kind: 'applied', domain: 'order' }, is: { min: 2, max: 4 } },
      '2 to 4 order events are applied',
    ],
    [{ op: 'count', of: { kind: 'applied' }, is: { min: 1, max: 1 } }, 'Exactly 1 event is applied'],
    [
      { op: 'count', of: { kind: 'crashed', role: 'search' }, is: { min: 2 } },
      'The search service crashes at least twice',
    ],
    [
      { op: 'count', of: { kind: 'sought', group: 'cache', backMin: 1 }, is: { max: 1 } },
      'The flag of cache moves back at most once',
    ],
    [
      { op: 'cover', of: { kind: 'delivered' }, is: { min: 50 } },
      'Enough happens: at least 50 events are delivered',
    ],
    [
      { op: 'cover', of: { kind: 'sought', group: 'search', backMin: 1 }, is: { min: 1 } },
      'The flag of search moves back',
    ],
  ]);
});

describe('repeated', () => {
  const twice = (
    of: object,
    same: readonly ('message' | 'group' | 'subject' | 'process' | 'position')[],
    more = {},
  ) => ({ op: 'repeated', of, same, times: 2, ...more }) as Expression;
  sentences([
    [twice({ kind: 'applied' }, ['message', 'group'], { times: 3 }), 'One group applies an event 3 times'],
    [twice({ kind: 'applied', group: 'cache' }, ['message', 'group']), 'Group cache applies an event twice'],
    [
      twice({ kind: 'applied', group: 'cache' }, ['message', 'group'], { expect: 'none' }),
      'Group cache never applies an event twice',
    ],
    [twice({ kind: 'applied' }, ['message', 'group'], { expect: 'none' }), 'No group applies an event twice'],
    [twice({ kind: 'applied' }, ['message'], { expect: 'none' }), 'Nothing is applied twice'],
    [
      twice({ kind: 'applied', on: 'search-index' }, ['message']),
      'An event is applied twice to the search index',
    ],
    [twice({ kind: 'applied' }, ['message', 'subject']), 'An event is applied twice in one place'],
    [
      twice({ kind: 'delivered', role: 'search' }, ['message', 'process']),
      'The search service receives an event twice',
    ],
    [
      twice({ kind: 'accepted' }, ['subject', 'position']),
      'At least 2 events are appended in one place at one offset',
    ],
    [
      twice({ kind: 'accepted' }, ['subject', 'position'], { expect: 'none' }),
      'At most 1 event is appended per place and offset',
    ],
    [twice({ kind: 'crashed' }, ['process']), 'A process crashes twice'],
  ]);
});

describe('causes and order', () => {
  sentences([
    [
      { op: 'caused', of: { kind: 'accepted' }, from: { kind: 'sought', group: 'cache' }, expect: 'some' },
      'The move of cache appends an event',
    ],
    [
      { op: 'caused', of: { kind: 'applied' }, from: { kind: 'sought' }, expect: 'none' },
      'Nothing is applied because of the move',
    ],
    [
      { op: 'caused', of: { kind: 'sought' }, from: { kind: 'crashed' }, expect: 'none' },
      'No flag moves because of the crash',
    ],
    [
      { op: 'caused', of: { kind: 'applied' }, from: { kind: 'published', role: 'shop' }, expect: 'some' },
      'An event is applied because an event is published by the shop',
    ],
    [
      {
        op: 'seq',
        of: [{ kind: 'published' }, { kind: 'accepted' }, { kind: 'applied', on: 'search-index' }],
        same: ['message'],
      },
      'An event is published, then appended, then applied to the search index',
    ],
    [
      {
        op: 'seq',
        of: [
          { kind: 'crashed', role: 'search' },
          { kind: 'rebalanced', group: 'search' },
        ],
        withinMs: 6000,
      },
      'First the search service crashes, then group search rebalances, within 6 s',
    ],
    [
      {
        op: 'seq',
        of: [
          { kind: 'applied', amountMin: 2 },
          { kind: 'applied', amountMax: 1 },
        ],
        same: ['message', 'subject'],
        expect: 'none',
      },
      'It never happens that an event is applied with an amount of 2 or more, then applied with an amount of 1 or less in one place',
    ],
  ]);
});

describe('measures and tables', () => {
  sentences([
    [
      {
        op: 'span',
        from: { kind: 'published', domain: 'price' },
        to: { kind: 'applied', on: 'search-index' },
        percentile: 99,
        isMs: { max: 200 },
      },
      '99% of price events take at most 200 ms from published to applied to the search index',
    ],
    [
      {
        op: 'span',
        from: { kind: 'published' },
        to: { kind: 'delivered' },
        percentile: 100,
        isMs: { max: 5000 },
      },
      'Every event takes at most 5 s from published to delivered',
    ],
    [
      {
        op: 'span',
        from: { kind: 'published' },
        to: { kind: 'applied' },
        percentile: 99,
        isMs: { min: 11_400, max: 12_600 },
      },
      'The 99th percentile of the time from published to applied is between 11.4 s and 12.6 s',
    ],
    [
      { op: 'final', left: index, is: 'different', right: { table: 'seen', role: 'shop' } },
      'The search index ends different from the shop',
    ],
  ]);
});

describe('all and any', () => {
  const crash = it({ op: 'some', of: { kind: 'crashed' } });
  const quiet = it({ op: 'none', of: { kind: 'published' } });
  const both = it({ op: 'all', of: [crash, quiet] });
  sentences([
    [both.expression, 'Both a process crashes and nothing is published'],
    [
      { op: 'all', of: [crash, quiet, it({ op: 'some', of: wipe })] },
      'All of this: a process crashes; nothing is published; a store is wiped',
    ],
    [
      { op: 'any', of: [it({ op: 'some', of: wipe }), both] },
      'Either a store is wiped, or both a process crashes and nothing is published',
    ],
  ]);
});

describe('grammar', () => {
  const all: Expression[] = factKinds.flatMap((kind): Expression[] => [
    { op: 'some', of: { kind } },
    { op: 'none', of: { kind, group: 'cache', role: 'search', on: 'orders', domain: 'order' } },
    { op: 'count', of: { kind }, is: { min: 2 } },
    { op: 'repeated', of: { kind }, same: ['message', 'group'], times: 2 },
    { op: 'caused', of: { kind }, from: { kind: 'published' }, expect: 'none' },
  ]);
  test.each([...oneOfEach, ...all].map((expression) => [said(expression), expression] as const))(
    '%s',
    (sentence) => {
      expect(sentence).toMatch(/^[A-Z0-9].*[a-z0-9)”]$/);
      expect(sentence).not.toMatch(/undefined|null|NaN|\s\s|\ba [aeiou]|\ban [^aeiou]|never (is|are)\b/);
    },
  );
});
