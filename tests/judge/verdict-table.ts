/** Tables of verdicts: what happened, and what that proves. Fact numbers are places in the list. */
import { expect, test } from 'vitest';
import type { Expression, Verdict } from '../../src/judge/goal';
import { outcome, type Entry } from './history';

/** What happened · verdict so far → at the end · deciding facts at the end · progress at the end. */
export type Row = readonly [
  what: string,
  happened: readonly Entry[],
  soFar: Verdict,
  atEnd: Verdict,
  facts?: readonly number[],
  progress?: readonly [have: number, need: number],
];

export function table(expression: Expression, rows: readonly Row[]): void {
  for (const [what, happened, soFar, atEnd, facts = [], progress] of rows) {
    test(what, () => {
      expect(outcome(expression, happened, false).verdict).toBe(soFar);
      const final = outcome(expression, happened, true);
      expect(final.verdict).toBe(atEnd);
      expect(final.facts).toEqual(facts);
      if (progress) expect(final.progress).toEqual({ have: progress[0], need: progress[1] });
    });
  }
}
