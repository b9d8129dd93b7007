/**
 * A lesson as data: ids, scenario, knobs, goals, scripts. Every word a person reads stands in `index.<locale>.md`
 * beside it, under the same ids; a test compares the two sets.
 */
import type { Goal, Match } from '../judge/goal';
import type { Action, Scenario } from '../scenario/scenario';

export type LessonStep =
  'warmup' | 'scene' | 'predict' | 'run' | 'observe' | 'break' | 'fix' | 'transfer' | 'card';

/** A script: what a person would do, and when (milliseconds of simulated time). */
export type Script = readonly { readonly atMs: number; readonly action: Action }[];

/** A question with options. Wrong options carry the misconception they reveal; its feedback is in the words. */
export interface Bet {
  readonly id: string;
  readonly options: readonly {
    readonly id: string;
    readonly right?: true;
    readonly misconception?: string;
  }[];
}

/** What the learner reports after the run; checked against history, never against a stored answer. */
export interface Observation {
  readonly id: string;
  /** Options whose truth is decided by a fold: the right one is the one whose goal is shown on the run so far. */
  readonly options: readonly { readonly id: string; readonly holds: Goal }[];
  /** The moment to replay on a wrong report: the last fact that matches. */
  readonly moment: Match;
}

/** A control the learner may turn. At most four are visible per step. */
export interface Knob {
  readonly id: string;
  readonly kind: 'number' | 'choice' | 'seek';
  /** Action made from it: `options[option] = value`. */
  readonly action: Omit<Action, 'options'>;
  readonly option: string;
  readonly fixed?: Action['options'];
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly unit?: string;
  /** For choices: values; words are in the catalogue under `<id>.<value>`. */
  readonly values?: readonly (string | number)[];
  readonly initial: string | number;
  /** Steps in which it is shown. */
  readonly steps: readonly LessonStep[];
}

/** The same idea in a new place: predicted, then verified by a run of its own. */
export interface Transfer {
  readonly bet: Bet;
  readonly scenario: Scenario;
  readonly seed: number;
  /** Where the prediction is asked: the run is paused here. */
  readonly askAtMs: number;
  /** The run that follows must show this; the right option follows from it. */
  readonly shows: Goal;
  readonly moment: Match;
}

export interface Lesson {
  readonly slug: string;
  readonly number: number;
  readonly minutes: number;
  /** Claims of the article it covers (curriculum.md 1.1). */
  readonly claims: readonly string[];
  /** The one mechanism it introduces. */
  readonly introduces: readonly [string];
  readonly prerequisites: readonly string[];
  readonly scenario: Scenario;
  readonly seed: number;
  /** One second of screen is this many milliseconds of system time. */
  readonly lensMs: number;
  readonly knobs: readonly Knob[];
  readonly bets: readonly Bet[];
  /** The learner plays to here before being asked what happened. */
  readonly observeAtMs: number;
  readonly observation: Observation;
  readonly goals: { readonly a: Goal; readonly b: Goal };
  readonly hints: { readonly a: readonly string[]; readonly b: readonly string[] };
  readonly solution: { readonly a: Script; readonly b: Script };
  readonly wrong: readonly {
    readonly id: string;
    readonly goal: 'a' | 'b';
    readonly misconception: string;
    readonly script: Script;
  }[];
  readonly detour: readonly { readonly id: string; readonly goal: 'a' | 'b'; readonly script: Script }[];
  readonly knobsZero: { readonly goal: 'a' | 'b'; readonly script: Script };
  readonly transfer: Transfer;
}
