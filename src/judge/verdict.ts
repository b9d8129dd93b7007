import type { FactId } from '../kernel/fact';
import type { Time } from '../kernel/time';
import type { ClauseVerdict, Missing, Verdict } from './goal';

/** What a fold says: a clause's verdict without the clause's name. */
export type Outcome = Omit<ClauseVerdict, 'id'>;

export type Progress = ClauseVerdict['progress'];

/** The facts that decided something and the time of the last of them (null: only the end decided it). */
export interface Evidence {
  readonly facts: readonly FactId[];
  readonly at: Time | null;
}

/** Of many deciding facts the first few are kept, and always the last: nobody reads a thousand. */
const factsKept = 8;

/** Keeps a fact while there is room. */
export function remember(facts: FactId[], id: FactId): void {
  if (facts.length < factsKept) facts.push(id);
}

/** What was remembered, with the fact that decided as the last. */
export function upTo(last: FactId, remembered: readonly FactId[]): readonly FactId[] {
  if (remembered.length === 0 || remembered[remembered.length - 1] === last) return [...remembered];
  return [...remembered.slice(0, factsKept - 1), last];
}

/** Fact ids in the order of history, each once; bounded. */
export function inOrder(facts: readonly FactId[]): readonly FactId[] {
  const ids = [...new Set(facts)].sort((a, b) => a - b);
  return ids.length > factsKept ? [...ids.slice(0, factsKept - 1), ids[ids.length - 1]] : ids;
}

export function shown(evidence: Evidence, progress: Progress = null): Outcome {
  return { verdict: 'shown', ...evidence, progress, missing: null, parts: [] };
}

export function violated(evidence: Evidence, progress: Progress = null): Outcome {
  return { verdict: 'violated', ...evidence, progress, missing: null, parts: [] };
}

export function unknown(missing: Missing, progress: Progress = null): Outcome {
  return { verdict: 'unknown', facts: [], at: null, progress, missing, parts: [] };
}

/**
 * The verdict on something that must not happen and can only be shown by the end: violated as soon as there is
 * evidence against it, unknown while it was never put to the test, else shown at the end.
 */
export function neverHappened(
  against: Evidence | null,
  tested: boolean,
  test: Evidence,
  atEnd: boolean,
): Outcome {
  if (against) return violated(against);
  if (!tested) return unknown('condition');
  return atEnd ? shown({ facts: test.facts, at: null }) : unknown('waiting');
}

/** All of them: violated by any violated one, shown when each is shown. Of nothing: unknown. */
export function allOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('violated')) return 'violated';
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'shown') ? 'shown' : 'unknown';
}

/** One of them is enough: shown by any shown one, violated when each is violated. Of nothing: unknown. */
export function anyOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('shown')) return 'shown';
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'violated') ? 'violated' : 'unknown';
}

/** Of several decisions, the one made first: nothing after it could change the verdict. */
export function earliest<Part extends Evidence>(parts: readonly Part[]): Part {
  return parts.reduce((first, part) => ((part.at ?? Infinity) < (first.at ?? Infinity) ? part : first));
}

/** Evidence of several parts as one. */
export function joined(parts: readonly Evidence[]): Evidence {
  const times = parts.map((part) => part.at).filter((at) => at !== null);
  return {
    facts: inOrder(parts.flatMap((part) => part.facts)),
    at: times.length === parts.length && times.length > 0 ? Math.max(...times) : null,
  };
}
