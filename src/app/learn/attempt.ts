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
} from '../../course/lesson-flow';
import { fresh } from '../../course/lesson-changes';
import type { Lesson, LessonStep, Probe } from '../../course/lesson';
import { solutionSeen } from '../../course/marks';
import { runOf, startOf, type RunStart } from '../../course/runs';
import { hasWorld, inWorld } from '../../course/worlds';
import { engine } from '../../scenario/engine';
import { sameData } from '../../storage/join';
import { emptyAttempt, type Attempt, type Json } from '../../storage/types';
import {
  fromSaved,
  isRunKey,
  keyOf,
  placeOf,
  runIds,
  savedId,
  toSaved,
  type KeptPlace,
  type KeptRun,
  type KeptRuns,
  type RunKey,
} from './kept-runs';
import { flowInput, type SessionParts, type Warmup } from './parts';
import { nothingUnsaid, type KeptUnsaid } from './unsaid.svelte';

/** What only this page understands of an attempt: `Attempt.flow`. */
interface Extra {
  readonly visited: readonly LessonStep[];
  readonly effort: FlowContext['effort'];
  readonly seeds: FlowContext['seeds'];
  readonly solutionSeed: FlowContext['solutionSeed'];
  readonly places: Readonly<Partial<Record<string, KeptPlace | undefined>>>;
  readonly world?: string | null;
  readonly unsaid: KeptUnsaid;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const runKey = v.pipe(v.string(), v.maxLength(100), v.check(isRunKey));
/** Rows may come from a file: nothing is believed of them. */
const extraShape = v.object({
  visited: v.array(v.picklist(lessonSteps)),
  effort: v.object(v.entriesFromList(['a', 'b'], v.picklist(['none', 'changed', 'ran']))),
  seeds: v.object(v.entriesFromList(runIds, v.pipe(v.number(), v.integer()))),
  solutionSeed: v.object(v.entriesFromList(['a', 'b'], v.nullable(v.number()))),
  places: v.optional(
    v.record(
      runKey,
      v.object({
        current: count,
        undone: v.array(count),
        bookmarks: v.array(count),
        time: count,
        reach: v.record(v.string(), count),
      }),
    ),
    {},
  ),
  world: v.optional(v.nullable(v.string()), null),
  unsaid: v.optional(
    v.object({
      draft: v.object({
        option: v.nullable(v.string()),
        confidence: v.nullable(v.picklist(['sure', 'unsure', 'guess'])),
      }),
      answer: v.string(),
    }),
    nothingUnsaid,
  ),
});

export function toAttempt(
  before: Attempt | null,
  slug: string,
  step: LessonStep,
  context: FlowContext,
  runs: KeptRuns,
  run: RunKey,
  unsaid: KeptUnsaid,
  now: number,
): Attempt {
  const { visited, effort, seeds, solutionSeed, world } = context;
  const places = Object.fromEntries([...runs].map(([id, kept]) => [id, placeOf(kept)]));
  const { draft, answer } = unsaid;
  const extra: Extra = {
    ...{ visited, effort, seeds, solutionSeed, places, unsaid: { draft, answer } },
    ...(world === null ? {} : { world }),
  };
  const inView = runs.get(run);
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
    recordings: [...runs].flatMap(([id, kept]) => toSaved(id, kept)),
    currentRecording: inView ? savedId(run, inView.branches.current) : null,
    time: inView?.time ?? 0,
    // Typed above; storage takes it as any JSON.
    flow: extra as unknown as Json,
  };
}

/** Where a person stands in a lesson, and what is on stage there. */
export interface WhereLeft {
  readonly snapshot: LessonSnapshot;
  /** null: this is the first time, or it began again. */
  readonly attempt: Attempt | null;
  readonly runs: Map<RunKey, KeptRun>;
  readonly run: RunKey;
  readonly start: RunStart;
  readonly unsaid: KeptUnsaid;
}

export async function whereLeft(parts: SessionParts): Promise<WhereLeft> {
  const { lesson, storage, warmups } = parts;
  const input = flowInput(parts);
  const attempt = (await storage.progress(lesson.slug))?.attempt ?? null;
  const stored = attempt && fromAttempt(attempt, input, lesson);
  if (attempt && !stored) throw new CannotGoOn(parts.words.title);
  const snapshot = stored ? snapshotAt(stored.step, stored.context) : firstSnapshot(input);
  const id = runOf(stepOf(snapshot));
  const { seeds, world } = snapshot.context;
  const start = startOf(inWorld(lesson, world), id, { engine, seed: seeds[id] }, warmups[0]?.probe);
  const run = keyOf(id, world);
  const runs = stored?.runs ?? new Map<RunKey, KeptRun>();
  const unsaid = stored?.unsaid ?? nothingUnsaid;
  return { snapshot, attempt, runs, run, start, unsaid };
}

/** What is kept of the lesson was made by something that does not know its flow: nobody but the person may replace it. */
export class CannotGoOn extends Error {
  override readonly name = 'CannotGoOn';
  constructor(readonly title: string) {
    super(`The kept attempt at "${title}" cannot be gone on with.`);
  }
}

/** Whether only time has passed between the two: looking at a lesson makes it no newer than what was done elsewhere. */
export function saysTheSame(next: Attempt, before: Attempt | null): boolean {
  if (!before) return false;
  const { startedAt, changedAt } = before;
  return sameData({ ...next, startedAt, changedAt }, before);
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

/** A warm-up that was answered rightly is remembered of the lesson it is from. */
export function remember({ storage, now }: SessionParts, warmup: Warmup | undefined, probe: Probe): void {
  if (warmup?.probe === probe) void storage.setMark(warmup.slug, 'remembered', now());
}

/** The stored attempt as the flow wants it; null when it was kept by something that does not know the flow. */
function fromAttempt(
  attempt: Attempt,
  input: FlowInput,
  lesson: Lesson,
): { step: LessonStep; context: FlowContext; runs: Map<RunKey, KeptRun>; unsaid: KeptUnsaid } | null {
  const step = lessonSteps.find((each) => each === attempt.step);
  const read = v.safeParse(extraShape, attempt.flow);
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
    world: extra.world && hasWorld(lesson, extra.world) ? extra.world : null,
  };
  const runs = new Map<RunKey, KeptRun>();
  const keys = new Set(attempt.recordings.map(({ id }) => id.split('/', 1)[0]).filter(isRunKey));
  for (const run of keys) {
    const kept = fromSaved(run, attempt.recordings, extra.places[run]);
    if (kept) runs.set(run, kept);
  }
  return { step, context, runs, unsaid: extra.unsaid };
}
