/**
 * A lesson as data: ids, scenario, knobs, goals. Every word a person reads stands in `index.<locale>.md` beside it,
 * under the same ids; a test compares the two sets. Solutions and wrong scripts stand in `scripts.ts`, a chunk of its
 * own, which a learner's page loads only for "Show me".
 */
import type { Goal, Match } from '../judge/goal';
import type { Panel, PictureName } from '../scenario/panel';
import type { Action, Scenario, ScheduledAction } from '../scenario/scenario';

export type LessonStep =
  'warmup' | 'scene' | 'predict' | 'run' | 'observe' | 'break' | 'fix' | 'transfer' | 'card';

/** A script: what a person would do, and when (milliseconds of simulated time). */
export type Script = readonly ScheduledAction[];

/** A question with options. Wrong options carry the misconception they reveal; its feedback is in the words. */
export interface Bet {
  readonly id: string;
  readonly options: readonly {
    readonly id: string;
    readonly right?: true;
    readonly misconception?: string;
  }[];
}

/** What the learner reports after the run, checked against history, never against a stored answer. */
export type Observation =
  | {
      readonly id: string;
      readonly kind: 'choice';
      /** The right option is the one whose goal is shown on the run so far. */
      readonly options: readonly { readonly id: string; readonly holds: Goal }[];
      /** The moment to replay on a wrong report: the last fact that matches. */
      readonly moment: Match;
    }
  | {
      readonly id: string;
      /** An offset: typed, or taken from the cell that is selected on stage. */
      readonly kind: 'position';
      /** Right is the position of the first fact matching `of` in this lane after the last fact matching `since`. */
      readonly of: Match;
      readonly since: Match;
      /** Address of the lane asked about. */
      readonly lane: string;
    };

interface KnobBase {
  readonly id: string;
  /** Steps in which it can be turned. In the other steps of a run it is shown locked, with the reason. */
  readonly steps: readonly LessonStep[];
}

/** A number. Turning it is `action` with `options[option] = value`. */
export interface NumberKnob extends KnobBase {
  readonly kind: 'number';
  readonly action: Action;
  readonly option: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly initial: number;
}

/** One of a few values, or none of them, as at the start. Entering a value does its `enter`, leaving it its `leave`. */
export interface ChoiceKnob extends KnobBase {
  readonly kind: 'choice';
  readonly values: readonly {
    readonly id: string;
    readonly enter: readonly Action[];
    readonly leave: readonly Action[];
  }[];
  /** A fact that ends what was entered by itself: after it the knob stands at none. */
  readonly until?: Match;
}

/** "Go to offset": a group, a partition, and the offset it reads next. */
export interface SeekKnob extends KnobBase {
  readonly kind: 'seek';
  readonly topic: string;
  readonly partitions: number;
  readonly groups: readonly string[];
}

/** Something to do once, on one of a few objects. */
export interface ActKnob extends KnobBase {
  readonly kind: 'act';
  readonly values: readonly { readonly id: string; readonly actions: readonly Action[] }[];
}

/**
 * "Why is it so?": for one of several accounts, the fact that made it show what it shows, and what that rests on: the
 * account's number, its row, or its log. What is filed is not the account but what that showed, so that a proof can
 * try the same reading on accounts nobody has looked at (ARCHITECTURE.md, Proof).
 */
export interface NameKnob extends KnobBase {
  readonly kind: 'name';
  /** Who files it. */
  readonly target: string;
  /** Processes that keep the row and the log. */
  readonly row: string;
  readonly log: string;
  readonly accounts: readonly string[];
  /** Kinds of facts that can be named; some of them are wrong. */
  readonly causes: readonly string[];
}

/**
 * What an API does for a request before it answers, and what is done after it: boxes, each on one side. A `step` is one
 * of the API's own; any other box is a process, which is either called before the answer or left to read the event.
 */
export interface PathKnob extends KnobBase {
  readonly kind: 'path';
  /** Service with an "http-api" part, whose options `steps` and `calls` say so. */
  readonly target: string;
  readonly boxes: readonly { readonly id: string; readonly step?: true }[];
  /** Boxes that stand before the answer at the start. */
  readonly before: readonly string[];
}

/** What the lesson is played on: its worlds are the values. Choosing one begins the run there, or goes on with it. */
export interface WorldKnob extends KnobBase {
  readonly kind: 'world';
}

/** A control the learner may turn. At most four are visible in a step. */
export type Knob = NumberKnob | ChoiceKnob | SeekKnob | ActKnob | NameKnob | PathKnob | WorldKnob;

/** A question a goal asks, whose answer is judged with the run. It can be answered again. */
export interface GoalQuestion {
  readonly id: string;
  readonly goal: 'a' | 'b';
  readonly options: Bet['options'];
}

/** The same idea in a new place (transfer) or on another day (warm-up): predicted, then verified by a run of its own. */
export interface Probe {
  readonly bet: Bet;
  readonly scenario: Scenario;
  /** How it is drawn, where its shapes do not say. */
  readonly picture?: PictureName;
  readonly panels?: readonly Panel[];
  readonly seed: number;
  /** Where the prediction is asked: the run is paused here. */
  readonly askAtMs: number;
  /** The run then plays to here. */
  readonly tellAtMs: number;
  /** What the right option says, as a goal: the run must show it. */
  readonly shows: Goal;
  readonly moment: Match;
}

/** What an action's option is, or within which bounds it lies. */
export interface OptionBound {
  readonly name: string;
  readonly min?: number;
  readonly max?: number;
  readonly is?: string;
}

/** An idea that shows in what a learner does while a goal fails. All that is given must hold; its feedback is in the words. */
export interface Misstep {
  readonly goal: 'a' | 'b';
  readonly misconception: string;
  /** This clause is violated. */
  readonly clause?: string;
  /** An action of this name was done, with an option within bounds. */
  readonly did?: {
    readonly name: string;
    readonly target?: string;
    readonly option?: OptionBound;
    /** All of them hold. */
    readonly options?: readonly OptionBound[];
  };
}

/**
 * The same lesson on something else: another broker, or the same one used otherwise. What differs replaces the lesson's own;
 * bets, goals, and what was shown of them are the lesson's, whatever it is played on.
 */
export interface World {
  readonly id: string;
  readonly changes: Partial<Pick<Lesson, 'scenario' | 'knobs' | 'starts' | 'missteps'>>;
}

export interface Lesson {
  readonly slug: string;
  readonly number: number;
  readonly minutes: number;
  /** Claims of the article it covers (lessons/claims.json). */
  readonly claims: readonly string[];
  /** The one mechanism it introduces. */
  readonly introduces: readonly [string];
  readonly prerequisites: readonly string[];
  readonly scenario: Scenario;
  readonly seed: number;
  /** One second of screen is this many milliseconds of system time. */
  readonly lensMs: number;
  /** How it is drawn, where its shapes do not say. */
  readonly picture?: PictureName;
  /** What is measured beside the picture. */
  readonly panels?: readonly Panel[];
  readonly knobs: readonly Knob[];
  /** What the runs of goals A and B can be played on; the first is the lesson as it is. Left out: on nothing else. */
  readonly worlds?: readonly [World, ...World[]];
  readonly bets: readonly Bet[];
  /** What the bet is about shows from here on: nobody plays past it before betting (or saying "I'll watch first"). */
  readonly spoilsAtMs: number;
  /** The learner plays to here before being asked what happened. */
  readonly observeAtMs: number;
  readonly observation: Observation;
  /** What a step starts with, where that is not the lesson's scenario at time 0. */
  readonly starts: {
    /** Where a script for goal A is judged, when the run is worth watching for longer than the goal needs. */
    readonly base?: { readonly judgedAtMs: number };
    readonly fix: {
      /** The world of this step, where it is not the lesson's. */
      readonly scenario?: Scenario;
      /** Faults and workload that happen in this step only. */
      readonly schedule: readonly ScheduledAction[];
      /** The run opens here, paused. */
      readonly atMs: number;
      /** The moment the step is about: the primary action plays to here first. */
      readonly playToMs: number;
      /** What the goal asks for is done while a fault lasts: the run stands still while a proof is played. */
      readonly waits?: true;
      readonly endMs: number;
    };
  };
  readonly goals: { readonly a: Goal; readonly b: Goal };
  readonly questions?: readonly GoalQuestion[];
  readonly missteps: readonly Misstep[];
  /** Facts the card counts in the learner's own run, by the name the words use: `:own[name]`. */
  readonly own: Readonly<Record<string, Match>>;
  readonly transfer: Probe;
  /** Asked a day or more after the lesson was passed, with a new seed each time. */
  readonly warmups: readonly Probe[];
}

/** A script and what it stands for: a wrong idea (with its misconception) or a mistake that is made good. */
export interface TaggedScript {
  readonly id: string;
  readonly goal: 'a' | 'b';
  readonly script: Script;
  /** Answers to the goal's questions, by id. */
  readonly answers?: Readonly<Record<string, string>>;
}

/** What `npm run lessons` plays and what "Show me" plays: `scripts.ts` of a lesson. */
export interface LessonScripts {
  readonly solution: { readonly a: Script; readonly b: Script };
  /** Answers that belong to the solutions, by question. */
  readonly answers?: Readonly<Record<string, string>>;
  readonly wrong: readonly (TaggedScript & { readonly misconception: string })[];
  readonly detour: readonly TaggedScript[];
  readonly knobsZero: Omit<TaggedScript, 'id'>;
  /** In the lesson's other worlds, by id: what is done there in the place of the above. */
  readonly worlds?: Readonly<Record<string, Omit<LessonScripts, 'worlds'>>>;
}
