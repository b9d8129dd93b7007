/** The flow of a lesson ⇄ what is kept of it. Nothing is invented on the way back: a reload goes on where it was. */
import * as v from 'valibot';
import {
  firstSnapshot,
  lessonSteps,
  snapshotAt,
  stepOf,
  type FlowContext,
  type FlowInput,
  type LessonSnapshot,
  type RunId,
} from '../../course/lesson-flow';
import { fresh } from '../../course/lesson-changes';
import type { LessonStep } from '../../course/lesson';
import { solutionSeen } from '../../course/marks';
import { runOf, startOf, type RunStart } from '../../course/runs';
import { engine } from '../../scenario/engine';
import type { Recording } from '../../scenario/scenario';
import { flowInput, type SessionParts } from './parts';
import { emptyAttempt, type Attempt, type Json, type SavedRun } from '../../storage/types';

/** Where a person stands in one of the lesson's runs. `time` in microseconds. */
export interface KeptRun {
  readonly recording: Recording;
  readonly time: number;
}
export type KeptRuns = ReadonlyMap<RunId, KeptRun>;

/** What only this page understands of an attempt: `Attempt.flow`. */
interface Extra {
  readonly visited: readonly LessonStep[];
  readonly effort: FlowContext['effort'];
  readonly seeds: Readonly<Partial<Record<RunId, number>>>;
  readonly solutionSeed: FlowContext['solutionSeed'];
  readonly times: Readonly<Partial<Record<RunId, number>>>;
}

/** It may come out of a file that somebody sent, so it is not trusted. */
const seed = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff));
const seedOf = v.exactOptional(seed);
const effort = v.picklist(['none', 'changed', 'ran']);
const time = v.exactOptional(v.pipe(v.number(), v.finite(), v.minValue(0)));
const extraShape = v.object({
  visited: v.array(v.picklist(lessonSteps)),
  effort: v.object({ a: effort, b: effort }),
  seeds: v.object({ base: seedOf, fix: seedOf, transfer: seedOf, warmup: seedOf }),
  solutionSeed: v.object({ a: v.nullable(seed), b: v.nullable(seed) }),
  times: v.object({ base: time, fix: time, transfer: time, warmup: time }),
});

export function toAttempt(
  before: Attempt | null,
  slug: string,
  step: LessonStep,
  context: FlowContext,
  runs: KeptRuns,
  run: RunId,
  now: number,
): Attempt {
  const { visited, effort, seeds, solutionSeed } = context;
  const times = Object.fromEntries([...runs].map(([id, { time }]) => [id, time]));
  const extra: Extra = { visited, effort, seeds, solutionSeed, times };
  return {
    ...(before ?? emptyAttempt(slug, now)),
    step,
    changedAt: now,
    bets: context.placed,
    observations: context.reports,
    answers: context.answers,
    hintsOpened: context.hints,
    judged: context.judged.map((one) => ({ ...one, recording: null })),
    goalShown: context.shown,
    goalFixed: context.fixed,
    transferred: context.transferred,
    solutionSeen: (['a', 'b'] as const).filter((goal) => solutionSeed[goal] !== null),
    recordings: [...runs].map(([id, { recording }]): SavedRun => ({
      id,
      recording,
      forkedAt: null,
      parent: null,
    })),
    currentRecording: runs.has(run) ? run : null,
    time: runs.get(run)?.time ?? 0,
    // Typed above; storage takes it as any JSON.
    flow: extra as unknown as Json,
  };
}

/** Where a person stands in a lesson, and what is on stage there. */
export interface WhereLeft {
  readonly snapshot: LessonSnapshot;
  /** null: this is the first time, or it began again. */
  readonly attempt: Attempt | null;
  readonly runs: Map<RunId, KeptRun>;
  readonly run: RunId;
  readonly start: RunStart;
}

export async function whereLeft(parts: SessionParts): Promise<WhereLeft> {
  const { lesson, storage, warmups } = parts;
  const input = flowInput(parts);
  const attempt = (await storage.progress(lesson.slug))?.attempt ?? null;
  const stored = attempt && fromAttempt(attempt, input);
  if (attempt && !stored) throw new CannotGoOn(parts.words.title);
  const snapshot = stored ? snapshotAt(stored.step, stored.context) : firstSnapshot(input);
  const run = runOf(stepOf(snapshot));
  const start = startOf(lesson, run, { engine, seed: snapshot.context.seeds[run] }, warmups[0]?.probe);
  const runs = stored?.runs ?? new Map<RunId, KeptRun>();
  return { snapshot, attempt, runs, run, start };
}

/** What is kept of the lesson was made by something that does not know its flow: nobody but the person may replace it. */
export class CannotGoOn extends Error {
  override readonly name = 'CannotGoOn';
  constructor(readonly title: string) {
    super(`The kept attempt at "${title}" cannot be gone on with.`);
  }
}

/** Marks outlive the attempt: the first time counts. */
export function earnMarks(
  { storage, lesson, now }: SessionParts,
  before: FlowContext,
  next: FlowContext,
): void {
  for (const mark of ['shown', 'fixed', 'transferred'] as const) {
    if (next[mark] && !before[mark]) void storage.setMark(lesson.slug, mark, now());
  }
  if (next.ghost && !before.ghost) void storage.setMark(lesson.slug, solutionSeen, now());
}

/** The stored attempt as the flow wants it; null when that does not understand it. */
function fromAttempt(
  attempt: Attempt,
  input: FlowInput,
): { step: LessonStep; context: FlowContext; runs: Map<RunId, KeptRun> } | null {
  const read = v.safeParse(extraShape, attempt.flow);
  const step = lessonSteps.find((each) => each === attempt.step);
  if (!read.success || !step) return null;
  const extra: Extra = read.output;
  const context: FlowContext = {
    ...fresh({ ...input, seeds: { ...input.seeds, ...extra.seeds } }),
    visited: extra.visited,
    placed: attempt.bets,
    reports: attempt.observations,
    answers: attempt.answers,
    hints: attempt.hintsOpened,
    judged: attempt.judged.map(({ goal, verdict, proved, at }) => ({ goal, verdict, proved, at })),
    effort: extra.effort,
    shown: attempt.goalShown,
    fixed: attempt.goalFixed,
    transferred: attempt.transferred,
    solutionSeed: extra.solutionSeed,
  };
  const runs = new Map<RunId, KeptRun>();
  for (const { id, recording } of attempt.recordings) {
    const run = (['base', 'fix', 'transfer', 'warmup'] as const).find((each) => each === id);
    if (run) runs.set(run, { recording, time: extra.times[run] ?? 0 });
  }
  return { step, context, runs };
}
