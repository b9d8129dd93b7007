import type { Body, MessageId } from '../kernel/bodies';
import type { FactId, FactType, NewFact } from '../kernel/fact';
import type { Time } from '../kernel/time';
import type { Expression, Of, Operator } from './goal';
import type { Outcome } from './verdict';

/** What a judge must be told about the run, because facts do not say it. */
export interface Setting {
  /** Role of a process by its name; '' when it has none (a broker, a stray object). */
  roleOf(process: string): string;
  bodyOf(message: MessageId): Body;
  /** What the learner has answered, by question. Belongs to the attempt, not to history. */
  readonly answers?: Readonly<Record<string, string>>;
}

/** Looks at one fact. Facts come once each, in the order of history. */
export type See = (id: FactId, time: Time, process: string, cause: FactId, fact: NewFact) => void;

/** One operator at work: sees facts as they are made, keeps only what its verdict needs, never the history. */
export interface Fold {
  /**
   * What to do with facts of this type; null when they can never matter. Asked once per type, so that a fact
   * costs nothing to the folds that do not care and kind and type are never compared twice.
   */
  route(is: FactType): See | null;
  /** The verdict on the facts seen so far; `atEnd` when no more will come. Changes nothing. */
  outcome(atEnd: boolean): Outcome;
}

/** What an operator's fold is made with. */
export interface Bench {
  readonly setting: Setting;
  /** Folds of `cover`, wherever in the goal they stand: each holds up the whole goal. */
  readonly covers: Fold[];
  /** Makes the fold of a part (`all`, `any`, `during`). */
  make(expression: Expression): Fold;
}

export type MakeFold<Op extends Operator> = (expression: Of<Op>, bench: Bench) => Fold;

/** Several looks as one, in the given order; nulls left out. */
export function together(sees: readonly (See | null)[]): See | null {
  const wanted = sees.filter((see) => see !== null);
  if (wanted.length < 2) return wanted[0] ?? null;
  if (wanted.length === 2) {
    const [first, second] = wanted;
    return (id, time, process, cause, fact) => {
      first(id, time, process, cause, fact);
      second(id, time, process, cause, fact);
    };
  }
  return (id, time, process, cause, fact) => {
    for (const see of wanted) see(id, time, process, cause, fact);
  };
}
