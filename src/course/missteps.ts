/** Which wrong idea a failed goal points to: told after the fact, never before. */
import type { Judgement } from '../judge/goal';
import type { Action } from '../scenario/scenario';
import type { Lesson, Misstep, OptionBound } from './lesson';

/** Misconceptions behind a goal that is not shown, in the lesson's order. `done`: what the learner did. */
export function missteps(lesson: Lesson, judgement: Judgement, done: readonly Action[]): readonly string[] {
  if (judgement.verdict === 'shown') return [];
  const violated = new Set(judgement.clauses.filter((one) => one.verdict === 'violated').map(({ id }) => id));
  const fits = ({ goal, clause, did }: Misstep): boolean =>
    goal === judgement.goal &&
    (clause === undefined || violated.has(clause)) &&
    (did === undefined || done.some((action) => isDone(did, action)));
  return [...new Set(lesson.missteps.filter(fits).map(({ misconception }) => misconception))];
}

function isDone({ name, target, option, options }: NonNullable<Misstep['did']>, action: Action): boolean {
  if (action.name !== name || (target !== undefined && action.target !== target)) return false;
  return [...(option ? [option] : []), ...(options ?? [])].every((bound) => isWithin(bound, action));
}

function isWithin({ name, is, min, max }: OptionBound, { options }: Action): boolean {
  const value = options[name];
  if (is !== undefined && value !== is) return false;
  if (min === undefined && max === undefined) return true;
  return typeof value === 'number' && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
}
