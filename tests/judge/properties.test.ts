/** What holds of every operator and every history, tried on random ones. */
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { createJudge } from '../../src/judge/judge';
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

const message = fc.integer({ min: 0, max: 5 });
const offset = fc.integer({ min: 0, max: 9 });
const group = fc.constantFrom('search', 'cache');

const anyEntry: fc.Arbitrary<Entry> = fc.oneof(
  message.map((m) => published(m)),
  fc.tuple(message, offset).map(([m, o]) => accepted(m, o)),
  fc.tuple(message, group).map(([m, g]) => delivered(m, g)),
  fc.tuple(message, group).map(([m, g]) => applied(m, g)),
  fc.tuple(group, offset, offset).map(([g, from, to]) => sought(g, from, to)),
  fc.constantFrom('search-store', 'cache-store').map((store) => wiped(store)),
  fc.constantFrom('search-a', 'search-b').map((process) => crashed(process)),
);

/** Facts, each caused by an earlier one or by nothing. */
const anyHistory = fc
  .array(fc.tuple(anyEntry, fc.nat()), { maxLength: 40 })
  .map((entries) => entries.map(([it, seed], index): Entry => ({ ...it, cause: (seed % (index + 1)) - 1 })));
const anyExpression = fc.constantFrom(...oneOfEach);

/** Things that have nothing to do with the shop: another process, another topic, another kind. */
const strays: readonly Entry[] = [
  entry('alerted', 'LagTooHigh', 'watcher'),
  entry('read', 'RowRead', 'browser', { subject: 'browser' }),
  entry('rebalanced', 'GroupRebalanced', 'kafka', { group: 'audit', subject: 'kafka/group/audit' }),
];

describe('folding', () => {
  test.prop([anyExpression, anyHistory, fc.boolean()])(
    'one by one equals folding all',
    (expression, entries, atEnd) => {
      const goal = goalOf(expression);
      const facts = history(entries);
      const { sink, feedAll } = streamed(goal, facts);
      feedAll();
      expect(sink.judgement(atEnd)).toEqual(judge(goal, entries, atEnd));
    },
  );

  test.prop([anyExpression, anyHistory])(
    'asking after every fact changes no later answer',
    (expression, entries) => {
      const { sink, feed } = streamed(goalOf(expression), history(entries));
      for (const fact of history(entries)) {
        feed(fact);
        sink.judgement(false);
        sink.judgement(true);
      }
      expect(sink.judgement(true)).toEqual(judge(goalOf(expression), entries, true));
    },
  );

  test.prop([
    anyExpression,
    anyHistory,
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(...strays)), { maxLength: 10 }),
  ])('facts about something else change no verdict', (expression, entries, extra) => {
    fc.pre(entries.length > 0);
    const timed = entries.map((it, index): Entry => ({ ...it, atMs: index * 100 }));
    for (const atEnd of [false, true]) {
      const without = judge(goalOf(expression), timed, atEnd);
      const withStrays = judge(goalOf(expression), mixed(timed, extra), atEnd);
      expect(withStrays.verdict).toBe(without.verdict);
      expect(withStrays.clauses[0].progress).toEqual(without.clauses[0].progress);
    }
  });

  test.prop([anyExpression, anyHistory])(
    'a goal read back from JSON judges the same',
    (expression, entries) => {
      const goal = goalOf(expression);
      const copy = JSON.parse(JSON.stringify(goal)) as typeof goal;
      expect(copy).toEqual(goal);
      expect(judge(copy, entries)).toEqual(judge(goal, entries));
    },
  );
});

describe('verdicts', () => {
  test.prop([anyExpression, anyHistory, fc.boolean()])(
    'carry their reasons',
    (expression, entries, atEnd) => {
      const [clause] = judge(goalOf(expression), entries, atEnd).clauses;
      expect(clause.missing !== null).toBe(clause.verdict === 'unknown');
      if (clause.verdict === 'violated') expect(clause.facts.length).toBeGreaterThan(0);
      if (clause.verdict === 'unknown') expect([clause.facts, clause.at]).toEqual([[], null]);
      expect([...clause.facts]).toEqual([...new Set(clause.facts)].sort((a, b) => a - b));
      for (const fact of clause.facts) expect(fact >= 0 && fact < entries.length).toBe(true);
      if (clause.at !== null)
        expect(clause.at).toBe(history(entries)[clause.facts[clause.facts.length - 1]].time);
    },
  );

  test.prop([anyExpression, anyHistory])('violated before the end stays violated', (expression, entries) => {
    const { sink, feed } = streamed(goalOf(expression), []);
    let broken = false;
    for (const fact of history(entries)) {
      feed(fact);
      const { verdict } = sink.judgement(false);
      expect(broken && verdict !== 'violated').toBe(false);
      broken = verdict === 'violated';
    }
  });

  test.prop([anyExpression])('of nothing are unknown', (expression) => {
    const sink = createJudge(goalOf(expression), setting);
    expect([sink.judgement(false).verdict, sink.judgement(true).verdict]).toEqual(['unknown', 'unknown']);
  });
});

/** The history with strays among its facts; causes still point at the same facts. */
function mixed(entries: readonly Entry[], extra: readonly (readonly [number, Entry])[]): Entry[] {
  const places = extra.map(([at, it]) => ({ at: at % (entries.length + 1), it }));
  const moved: number[] = [];
  const result: Entry[] = [];
  entries.forEach((it, index) => {
    for (const place of places) if (place.at === index) result.push({ ...place.it, atMs: it.atMs! });
    moved.push(result.length);
    result.push(it);
  });
  return result.map((it) =>
    it.cause < 0 || strays.some(({ type }) => type === it.type) ? it : { ...it, cause: moved[it.cause] },
  );
}
