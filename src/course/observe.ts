/** What a learner says they saw, checked against the history of their own run. */
import { judgeHistory, type Setting } from '../judge/judge';
import { storedMatcher } from '../judge/stored';
import type { Fact, FactId } from '../kernel/fact';
import type { Observation } from './lesson';

/** Whether the report is right, and the fact to look at again. */
export interface Checked {
  readonly right: boolean;
  readonly moment: FactId | null;
}

/** What was typed or picked can be what was seen: an offset is a whole number. */
export function isAnswer({ kind }: Observation, answer: string): boolean {
  return kind === 'position' ? /^\d{1,9}$/.test(answer.trim()) : answer.trim() !== '';
}

/** `answer`: id of an option, or the offset that was typed. `facts`: history up to where the learner has watched. */
export function check(
  observation: Observation,
  answer: string,
  facts: readonly Fact[],
  setting: Setting,
): Checked {
  if (observation.kind === 'position') {
    const first = firstAfter(observation, facts, setting);
    return {
      right: first !== undefined && answer.trim() === String(first.position),
      moment: first?.id ?? null,
    };
  }
  const holds = observation.options.find(({ id }) => id === answer)?.holds;
  const moment = facts.findLast(storedMatcher(observation.moment, setting));
  return {
    right: holds !== undefined && judgeHistory(holds, setting, facts, true).verdict === 'shown',
    moment: moment?.id ?? null,
  };
}

/** The fact a "which offset first" question is about; undefined before it has happened. */
export function firstAfter(
  { of, since, lane }: Extract<Observation, { kind: 'position' }>,
  facts: readonly Fact[],
  setting: Setting,
): Fact | undefined {
  const last = facts.findLastIndex(storedMatcher(since, setting));
  if (last < 0) return undefined;
  const wanted = storedMatcher(of, setting);
  return facts.slice(last + 1).find((fact) => fact.subject === lane && wanted(fact));
}
