/** A whole goal over a whole history: verdicts together, cover, order of facts, and the two goals of lesson 4. */
import { describe, expect, test } from 'vitest';
import { factKinds, factType } from '../../src/kernel/fact';
import type { Goal } from '../../src/judge/goal';
import { createJudge, judgeHistory } from '../../src/judge/judge';
import {
  accepted,
  applied,
  crashed,
  delivered,
  entry,
  goalOf,
  history,
  judge,
  oneOfEach,
  published,
  setting,
  sought,
  streamed,
  wiped,
  type Entry,
} from './history';
import { rebuild, repeatYourself } from './lesson-goals';
import { writeFact } from '../helpers/write-fact';

const verdicts = (goal: Goal, entries: readonly Entry[], atEnd = true) => {
  const { verdict, clauses } = judge(goal, entries, atEnd);
  return { verdict, clauses: Object.fromEntries(clauses.map((clause) => [clause.id, clause.verdict])) };
};

describe('a goal', () => {
  const goal: Goal = {
    id: 'goal',
    clauses: [
      { id: 'crash', expression: { op: 'some', of: { kind: 'crashed' } } },
      { id: 'quiet', expression: { op: 'none', of: { kind: 'published' } } },
    ],
  };

  test('is shown when every clause is', () => {
    expect(judge(goal, [crashed('search-a')], true).verdict).toBe('shown');
  });
  test('is unknown while one clause is', () => {
    expect(judge(goal, [crashed('search-a')], false).verdict).toBe('unknown');
  });
  test('is violated as soon as one clause is, even if another is unknown', () => {
    expect(verdicts(goal, [published(0)], false)).toEqual({
      verdict: 'violated',
      clauses: { crash: 'unknown', quiet: 'violated' },
    });
  });
  test('without clauses proves nothing', () => {
    expect(judge({ id: 'empty', clauses: [] }, [published(0)]).verdict).toBe('unknown');
  });
  test('says when each clause was decided, in simulated time', () => {
    const [crash, quiet] = judge(goal, [{ ...crashed('search-a'), atMs: 1200 }]).clauses;
    expect([crash.at, quiet.at]).toEqual([1_200_000, null]);
  });
});

describe('cover', () => {
  const covered = (inner: Goal['clauses']): Goal => ({
    id: 'goal',
    clauses: [
      { id: 'cover', expression: { op: 'cover', of: { kind: 'delivered' }, is: { min: 2 } } },
      ...inner,
    ],
  });
  const crash = { id: 'crash', expression: { op: 'some', of: { kind: 'crashed' } } } as const;
  const quiet = { id: 'quiet', expression: { op: 'none', of: { kind: 'published' } } } as const;

  test('until it is reached the whole goal is unknown, even where a clause is violated', () => {
    expect(verdicts(covered([quiet]), [published(0), delivered(0, 'search')])).toEqual({
      verdict: 'unknown',
      clauses: { cover: 'unknown', quiet: 'violated' },
    });
  });
  test('once reached, the other clauses decide', () => {
    const enough = [delivered(0, 'search'), delivered(1, 'search')];
    expect(judge(covered([crash]), enough).verdict).toBe('unknown');
    expect(judge(covered([crash]), [...enough, crashed('search-a')]).verdict).toBe('shown');
    expect(judge(covered([quiet]), [...enough, published(0)]).verdict).toBe('violated');
  });
  test('inside an any it still holds up the goal, and is no proof of the any', () => {
    const inside: Goal = {
      id: 'goal',
      clauses: [{ id: 'any', expression: { op: 'any', of: [...covered([crash]).clauses] } }],
    };
    expect(judge(inside, [crashed('search-a')]).verdict).toBe('unknown');
    expect(judge(inside, [delivered(0, 'search'), delivered(1, 'search')]).verdict).toBe('unknown');
    expect(judge(inside, [crashed('search-a'), delivered(0, 'search'), delivered(1, 'search')]).verdict).toBe(
      'shown',
    );
  });
});

describe('a history in which nothing happened', () => {
  test.each(oneOfEach.map((expression) => [expression.op, expression] as const))(
    'proves nothing: %s',
    (_, it) => {
      for (const atEnd of [false, true]) {
        const { verdict, clauses } = judge(goalOf(it), [], atEnd);
        expect(verdict).toBe('unknown');
        expect(clauses[0]).toMatchObject({ verdict: 'unknown', facts: [], missing: 'nothing' });
      }
    },
  );
});

describe('why a clause is unknown', () => {
  const stray = entry('alerted', 'LagTooHigh', 'watcher');
  const missing = (goal: Goal, entries: readonly Entry[], atEnd: boolean) =>
    judge(goal, entries, atEnd).clauses.map((clause) => clause.missing);

  test('lesson 4, goal A', () => {
    expect(missing(repeatYourself, [stray], true)).toEqual(['wanted', 'wanted', 'condition']);
    expect(missing(repeatYourself, [sought('cache', 9, 0)], false)).toEqual([null, 'wanted', 'waiting']);
  });
  test('lesson 4, goal B', () => {
    expect(missing(rebuild, [stray], true)).toEqual(['condition', 'condition', 'condition']);
    expect(missing(rebuild, [wiped('search-store')], false)).toEqual(['empty', 'waiting', 'waiting']);
    expect(missing(rebuild, [accepted(0, 0), wiped('search-store')], false)[0]).toBe('different');
  });
});

describe('matching is by meaning', () => {
  const shownBy = (of: object, it: Entry) => judge(goalOf({ op: 'some', of }), [it]).verdict === 'shown';

  test('role: of the process that made the fact, whatever it is called', () => {
    expect(shownBy({ role: 'search' }, crashed('search-b'))).toBe(true);
    expect(shownBy({ role: 'search-b' }, crashed('search-b'))).toBe(false);
    expect(shownBy({ role: 'search' }, crashed('watcher'))).toBe(false);
  });
  test('on: the role of the store or process it happened to, or the topic', () => {
    expect(shownBy({ on: 'search-index' }, wiped('search-store'))).toBe(true);
    expect(shownBy({ on: 'search-index' }, wiped('cache-store'))).toBe(false);
    expect(shownBy({ on: 'shop-events' }, accepted(0, 0))).toBe(true);
    expect(shownBy({ on: 'kafka' }, accepted(0, 0))).toBe(false);
    expect(shownBy({ on: '0' }, accepted(0, 0))).toBe(false);
  });
  test('kind and type: one of several', () => {
    expect(shownBy({ kind: ['delivered', 'redelivered'] }, delivered(0, 'search'))).toBe(true);
    expect(shownBy({ type: ['StoreWiped', 'KnobTurned'] }, wiped('search-store'))).toBe(true);
    expect(shownBy({ kind: 'changed', type: 'KnobTurned' }, wiped('search-store'))).toBe(false);
  });
  test('domain: of the message it is about', () => {
    expect(shownBy({ domain: 'order' }, published(5))).toBe(true);
    expect(shownBy({ domain: 'order' }, published(0))).toBe(false);
    expect(shownBy({ domain: 'order' }, crashed('search-a'))).toBe(false);
  });
  test('bounds are inclusive, and what has no position is in no range of positions', () => {
    expect(shownBy({ positionMin: 4, positionMax: 4 }, accepted(0, 4))).toBe(true);
    expect(shownBy({ positionMax: 3 }, accepted(0, 4))).toBe(false);
    expect(shownBy({ positionMax: 3 }, crashed('search-a'))).toBe(false);
    expect(shownBy({ amountMin: 2, amountMax: 2 }, applied(3, 'search'))).toBe(true);
    expect(shownBy({ amountMin: 3 }, applied(3, 'search'))).toBe(false);
  });
  test('all given fields must hold', () => {
    const match = { kind: 'sought', group: 'cache', backMin: 3, positionMax: 5 };
    expect(shownBy(match, sought('cache', 9, 5))).toBe(true);
    expect(shownBy(match, sought('search', 9, 5))).toBe(false);
    expect(shownBy(match, sought('cache', 9, 6))).toBe(false);
    expect(shownBy(match, sought('cache', 7, 5))).toBe(false);
  });
});

describe('lesson 4, goal A: make a group repeat itself', () => {
  const before = [accepted(0, 0), accepted(1, 1), accepted(2, 2), applied(0, 'cache'), applied(1, 'cache')];

  test('seek back, and the group applies again: shown at the end', () => {
    const run = [...before, sought('cache', 3, 0), applied(0, 'cache', { cause: 5 })];
    expect(verdicts(repeatYourself, run, false)).toEqual({
      verdict: 'unknown',
      clauses: { back: 'shown', twice: 'shown', 'no-append': 'unknown' },
    });
    expect(judge(repeatYourself, run)).toMatchObject({
      verdict: 'shown',
      clauses: [{ facts: [5] }, { facts: [3, 6] }, { facts: [5] }],
    });
  });
  test('a seek back of 2 is not enough', () => {
    expect(judge(repeatYourself, [...before, sought('cache', 2, 0), applied(0, 'cache')]).verdict).toBe(
      'unknown',
    );
  });
  test('two groups that each apply once prove nothing', () => {
    expect(judge(repeatYourself, [...before, sought('cache', 3, 0), applied(0, 'search')]).verdict).toBe(
      'unknown',
    );
  });
  test('publishing again is another event, and violates nothing that the move did not cause', () => {
    const run = [...before, sought('cache', 3, 0), accepted(3, 3), applied(3, 'cache')];
    expect(verdicts(repeatYourself, run)).toEqual({
      verdict: 'unknown',
      clauses: { back: 'shown', twice: 'unknown', 'no-append': 'shown' },
    });
  });
});

describe('lesson 4, goal B: rebuild the emptied search index', () => {
  const before = [
    published(0),
    accepted(0, 0, { cause: 0 }),
    applied(0, 'search'),
    applied(0, 'cache'),
    sought('cache', 1, 0),
    wiped('search-store'),
  ];

  test('seek search to 0 and let it read: shown, and what came before the wipe does not matter', () => {
    const run = [...before, sought('search', 1, 0), applied(0, 'search', { cause: 6 })];
    expect(judge(rebuild, run)).toMatchObject({
      verdict: 'shown',
      clauses: [{ facts: [5, 7], progress: { have: 1, need: 1 } }, { facts: [5] }, { facts: [5] }],
    });
  });
  test('doing nothing leaves the index empty: violated at the end', () => {
    expect(verdicts(rebuild, before)).toEqual({
      verdict: 'violated',
      clauses: { equal: 'violated', 'no-publish': 'shown', 'cache-stays': 'shown' },
    });
  });
  test('publishing everything again: violated at that moment', () => {
    const run = [...before, published(0), accepted(0, 1), applied(0, 'search')];
    expect(judge(rebuild, run, false)).toMatchObject({
      verdict: 'violated',
      clauses: [{}, { facts: [5, 6] }, {}],
    });
  });
  test('moving the flag of cache: violated at that moment', () => {
    const run = [...before, sought('cache', 1, 0)];
    expect(judge(rebuild, run, false)).toMatchObject({
      verdict: 'violated',
      clauses: [{}, {}, { facts: [5, 6] }],
    });
  });
  test('before the wipe nothing is known', () => {
    expect(judge(rebuild, before.slice(0, 5)).verdict).toBe('unknown');
  });
});

describe('a judge', () => {
  const run = history([published(0), accepted(0, 0, { cause: 0 }), applied(0, 'search', { cause: 1 })]);

  test('can be asked in the middle, and changes nothing by answering', () => {
    const { sink, feed } = streamed(goalOf({ op: 'count', of: {}, is: { min: 3 } }), run);
    const seen = run.map((fact) => {
      feed(fact);
      sink.judgement(true);
      return sink.judgement(false).clauses[0].progress?.have;
    });
    expect(seen).toEqual([1, 2, 3]);
  });
  test('ignores facts it has seen, so that a run may replay its past', () => {
    const once = streamed(repeatYourself, run);
    const again = streamed(repeatYourself, run);
    once.feedAll();
    again.feedAll();
    again.feedAll();
    expect(again.sink.judgement(true)).toEqual(once.sink.judgement(true));
  });
  test('judges a part of a history, whose numbers have gaps', () => {
    const part = run.filter((fact) => fact.kind === 'applied');
    const goal = goalOf({ op: 'some', of: { kind: 'applied' } });
    expect(judgeHistory(goal, setting, part, true).clauses[0].facts).toEqual([2]);
  });
  test('takes facts of every kind there is', () => {
    const everything = goalOf({ op: 'count', of: { kind: factKinds }, is: { min: 1 } });
    const sink = createJudge(everything, setting);
    factKinds.forEach((kind, id) =>
      writeFact(sink, id, 0, 'x', -1, { is: factType(kind, 'Any'), subject: 'x' }),
    );
    expect(sink.judgement(true).clauses[0].progress?.have).toBe(factKinds.length);
  });
});
