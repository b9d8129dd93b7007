/**
 * The eight steps of a lesson (curriculum.md 1.2) as a machine of what the person does. It knows nothing of pictures,
 * hosts or storage: those send it events and read its context. Gates hold for going on; going back, or opening any
 * step as a reference, is always allowed.
 */
import { assign, setup, type SnapshotFrom } from 'xstate';
import type { LessonStep } from './lesson';
import * as change from './lesson-changes';
import { hasProved } from './lesson-told';

/** The eight steps and the warm-up before them, in order. */
export const lessonSteps = [
  'warmup', 'scene', 'predict', 'run', 'observe', 'break', 'fix', 'transfer', 'card',
] as const satisfies readonly LessonStep[]; // prettier-ignore

export type Confidence = 'sure' | 'unsure' | 'guess';
export type GoalId = 'a' | 'b';
/** The runs of a lesson: one for everything up to goal A, one for goal B, one each for the two predictions elsewhere. */
export type RunId = 'base' | 'fix' | 'transfer' | 'warmup';

/** What the guards must know about the lesson. */
export interface FlowInput {
  readonly bets: readonly string[];
  /** Ids of the warm-up questions that are due; none: the lesson opens with its scene. */
  readonly warmups: readonly string[];
  readonly seeds: Readonly<Record<RunId, number>>;
}

export interface PlacedBet {
  readonly id: string;
  /** null: "I'll watch first". */
  readonly option: string | null;
  readonly confidence: Confidence | null;
  readonly at: number;
}
export interface Report {
  readonly id: string;
  readonly option: string;
  readonly right: boolean;
  readonly at: number;
}
/** An answer to a warm-up, the transfer, or a small question on the way. `right` null: the run has not told yet. */
export interface Answer {
  readonly id: string;
  readonly option: string;
  readonly confidence: Confidence | null;
  readonly right: boolean | null;
  readonly at: number;
}
export interface OpenedHint {
  readonly goal: GoalId;
  readonly stage: number;
  readonly at: number;
}
export interface Judged {
  readonly goal: GoalId | 'transfer';
  readonly verdict: 'shown' | 'unknown' | 'violated';
  readonly proved: boolean;
  readonly at: number;
}

export interface FlowContext extends FlowInput {
  readonly visited: readonly LessonStep[];
  readonly placed: readonly PlacedBet[];
  readonly reports: readonly Report[];
  readonly answers: readonly Answer[];
  readonly hints: readonly OpenedHint[];
  readonly judged: readonly Judged[];
  /** Work on a goal since its last hint: a hint unlocks after a change and a run, in this order. */
  readonly effort: Readonly<Record<GoalId, 'none' | 'changed' | 'ran'>>;
  readonly shown: boolean;
  readonly fixed: boolean;
  readonly transferred: boolean;
  /** Seed of the learner's own run when the solution of a goal was watched; null: never. */
  readonly solutionSeed: Readonly<Record<GoalId, number | null>>;
  /** A ghost is playing the solution of this goal. */
  readonly ghost: GoalId | null;
  /** What the lesson is played on, from the step in which it was chosen; null: as it is written. */
  readonly world: string | null;
}

export type FlowEvent =
  | { readonly type: 'go.on' }
  | { readonly type: 'go.to'; readonly step: LessonStep; readonly at: number }
  | { readonly type: 'bet'; readonly id: string; readonly option: string; readonly confidence: Confidence; readonly at: number }
  | { readonly type: 'watch'; readonly at: number }
  /** The playhead has reached the moment after which the question is what was seen. */
  | { readonly type: 'arrived' }
  | { readonly type: 'report'; readonly id: string; readonly option: string; readonly right: boolean; readonly at: number }
  /** The learner did something to the world; then: the world went on after it. */
  | { readonly type: 'changed'; readonly at: number }
  | { readonly type: 'ran' }
  | { readonly type: 'judged'; readonly goal: GoalId; readonly verdict: Judged['verdict']; readonly at: number }
  /** *Prove it* has been answered on the run with this seed and two unseen ones. */
  | { readonly type: 'proved'; readonly verdict: Judged['verdict']; readonly seed: number; readonly at: number }
  | { readonly type: 'hint'; readonly at: number }
  | { readonly type: 'ghost.start' }
  | { readonly type: 'ghost.end' }
  | { readonly type: 'reset'; readonly run: RunId; readonly at: number }
  /** An answer to a question that a goal asks. It can be given again: only the last one counts. */
  | { readonly type: 'choose'; readonly id: string; readonly option: string; readonly at: number }
  | { readonly type: 'answer'; readonly id: string; readonly option: string; readonly confidence: Confidence | null; readonly at: number }
  /** A run has told whether an answer was right. */
  | { readonly type: 'told'; readonly id: string; readonly right: boolean; readonly transfer?: true; readonly at: number }
  /** The lesson goes on in another of its worlds. */
  | { readonly type: 'world'; readonly id: string | null; readonly at: number }
  | { readonly type: 'start.over' }; // prettier-ignore

export const lessonMachine = setup({
  types: { context: {} as FlowContext, events: {} as FlowEvent, input: {} as FlowInput },
  guards: {
    hasBet: ({ context }) => context.bets.every((id) => context.placed.some((bet) => bet.id === id)),
    hasWarmup: ({ context }) => context.warmups.length > 0,
    hasReported: ({ context }) => context.reports.length > 0,
    isShown: ({ context }) => context.shown,
    // Whoever has watched the solution goes on as well: only the mark is kept back.
    isProved: ({ context }) => hasProved(context),
    isTold: ({ context }) => context.judged.some((one) => one.goal === 'transfer'),
    maySeeHint: ({ context }, goal: GoalId) => change.hintIsOpen(context, goal),
    isFree: ({ context, event }) =>
      event.type === 'bet' && !context.placed.some((bet) => bet.id === event.id),
  },
  actions: {
    arrive: assign(({ context }, step: LessonStep) => change.visit(context, step)),
    keepBet: assign(({ context, event }) => change.bet(context, event)),
    keepReport: assign(({ context, event }) => change.report(context, event)),
    keepAnswer: assign(({ context, event }) => change.answer(context, event)),
    keepChoice: assign(({ context, event }) => change.choose(context, event)),
    keepVerdict: assign(({ context, event }) => change.verdict(context, event)),
    keepEffort: assign(({ context, event }, goal: GoalId) =>
      change.effort(context, goal, event.type === 'ran' ? 'ran' : 'changed'),
    ),
    unprove: assign(({ context, event }) => change.unprove(context, event)),
    openHint: assign(({ context, event }, goal: GoalId) => change.hint(context, goal, event)),
    startGhost: assign(({ context }, goal: GoalId) => change.ghost(context, goal)),
    endGhost: assign({ ghost: null }),
    changeWorld: assign(({ context, event }) => change.world(context, event)),
    resetRun: assign(({ context, event }) => change.reset(context, event)),
    startOver: assign(({ context }) => change.startOver(context)),
  },
}).createMachine({
  id: 'lesson',
  context: ({ input }) => change.fresh(input),
  initial: 'scene',
  states: {
    warmup: {
      entry: { type: 'arrive', params: 'warmup' },
      on: { answer: { actions: 'keepAnswer' }, told: { actions: 'keepVerdict' }, 'go.on': 'scene' },
    },
    scene: { entry: { type: 'arrive', params: 'scene' }, on: { 'go.on': 'predict' } },
    predict: {
      entry: { type: 'arrive', params: 'predict' },
      on: {
        bet: { guard: 'isFree', actions: 'keepBet' },
        watch: { actions: 'keepBet', target: 'run' },
        'go.on': { guard: 'hasBet', target: 'run' },
      },
    },
    run: {
      entry: { type: 'arrive', params: 'run' },
      on: { arrived: { guard: 'hasBet', target: 'observe' } },
    },
    observe: {
      entry: { type: 'arrive', params: 'observe' },
      on: { report: { actions: 'keepReport' }, 'go.on': { guard: 'hasReported', target: 'break' } },
    },
    break: {
      entry: { type: 'arrive', params: 'break' },
      on: {
        ...workOn('a'),
        judged: { actions: 'keepVerdict' },
        answer: { actions: 'keepAnswer' },
        told: { actions: 'keepVerdict' },
        'go.on': { guard: 'isShown', target: 'fix' },
      },
    },
    fix: {
      entry: { type: 'arrive', params: 'fix' },
      on: {
        ...workOn('b'),
        judged: { actions: 'keepVerdict' },
        proved: { actions: 'keepVerdict' },
        'go.on': { guard: 'isProved', target: 'transfer' },
      },
    },
    transfer: {
      entry: { type: 'arrive', params: 'transfer' },
      on: {
        answer: { actions: 'keepAnswer' },
        told: { actions: 'keepVerdict' },
        'go.on': { guard: 'isTold', target: 'card' },
      },
    },
    card: { entry: { type: 'arrive', params: 'card' } },
  },
  on: {
    'go.to': lessonSteps.map((step) => ({
      guard: ({ event }) => event.step === step,
      target: `.${step}`,
      actions: 'endGhost' as const,
    })),
    reset: { actions: 'resetRun' },
    'start.over': [
      { guard: 'hasWarmup', target: '.warmup', actions: 'startOver' },
      { target: '.scene', actions: 'startOver' },
    ],
  },
});

export type LessonSnapshot = SnapshotFrom<typeof lessonMachine>;

/** A lesson opened for the first time, or again a day later: warm-ups first, if any are due. */
export function firstSnapshot(input: FlowInput): LessonSnapshot {
  const first = input.warmups.length ? 'warmup' : 'scene';
  return snapshotAt(first, { ...change.fresh(input), visited: [first] });
}

/** The step a snapshot stands in. */
export function stepOf(snapshot: LessonSnapshot): LessonStep {
  return snapshot.value;
}

/** A snapshot that stands in `step` with what was done so far: how a reload goes on where it was. */
export function snapshotAt(step: LessonStep, context: FlowContext): LessonSnapshot {
  return lessonMachine.resolveState({ value: step, context });
}

/** What a person may do while they work on a goal. */
function workOn(goal: GoalId) {
  return {
    changed: {
      actions: [{ type: 'keepEffort', params: goal }, ...(goal === 'b' ? (['unprove'] as const) : [])],
    },
    ran: { actions: { type: 'keepEffort', params: goal } },
    world: { actions: 'changeWorld' },
    choose: { actions: ['keepChoice', ...(goal === 'b' ? (['unprove'] as const) : [])] },
    hint: { guard: { type: 'maySeeHint', params: goal }, actions: { type: 'openHint', params: goal } },
    'ghost.start': { actions: { type: 'startGhost', params: goal } },
    'ghost.end': { actions: 'endGhost' },
  } as const;
}
