/** What a session is made of, so that a test can make one of other things. */
import type { FlowInput } from '../../course/lesson-flow';
import type { Lesson, Probe } from '../../course/lesson';
import type { RunStart } from '../../course/runs';
import type { LessonWords } from '../../course/words';
import type { RunHost } from '../../scenario/host';
import type { Recording } from '../../scenario/scenario';
import type { Storage } from '../../storage/types';
import type { Player, PlayerOptions } from '../player.svelte';
import type { KeptRun } from './kept-runs';
import type { Prove } from './proving.svelte';

/** A question from a lesson that was passed a day ago or more, with that lesson's words. */
export interface Warmup {
  readonly slug: string;
  readonly probe: Probe;
  readonly words: LessonWords;
}

export interface SessionParts {
  readonly lesson: Lesson;
  readonly words: LessonWords;
  readonly storage: Storage;
  readonly createHost: (recording: Recording) => Promise<RunHost>;
  readonly createPlayer: (options: PlayerOptions) => Player;
  readonly prove?: Prove;
  /** Wall clock in milliseconds. */
  readonly now: () => number;
  /** Questions that are due, from any lesson. */
  readonly warmups: readonly Warmup[];
}

const dayMs = 86_400_000;

export function flowInput({ lesson, warmups, now }: SessionParts): FlowInput {
  const { seed, transfer } = lesson;
  return {
    bets: lesson.bets.map(({ id }) => id),
    warmups: warmups.map(({ probe }) => probe.bet.id),
    // A warm-up is a fresh run every day.
    seeds: {
      base: seed,
      fix: seed,
      transfer: transfer.seed,
      warmup: transfer.seed + Math.floor(now() / dayMs),
    },
  };
}

/** The player of a run, as it was left, else at its start. */
export function playerOf(
  { createPlayer, createHost, lesson }: SessionParts,
  host: RunHost,
  kept: KeptRun | undefined,
  { endMs }: RunStart,
): Player {
  return createPlayer({ host, create: createHost, kept: kept?.branches, lensMs: lesson.lensMs, endMs });
}
