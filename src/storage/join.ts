/**
 * Two tabs, one lesson: what one would overwrite of the other's work. Lists are united, what was achieved stays, and
 * where a person stands is taken from the newer. A run that has no place in the united attempt is kept for itself.
 */
import type { Attempt, SavedRecording, SavedRun } from './types';

export interface Joined {
  readonly attempt: Attempt;
  /** Runs of the other that hold something the united attempt does not. */
  readonly displaced: readonly SavedRun[];
}

export function joined(mine: Attempt, other: Attempt): Joined {
  const [newer, older] = mine.changedAt >= other.changedAt ? [mine, other] : [other, mine];
  const attempt: Attempt = {
    ...newer,
    startedAt: Math.min(mine.startedAt, other.startedAt),
    bets: united(mine.bets, other.bets),
    observations: united(mine.observations, other.observations),
    answers: united(mine.answers, other.answers),
    hintsOpened: united(mine.hintsOpened, other.hintsOpened),
    judged: united(mine.judged, other.judged),
    goalShown: mine.goalShown || other.goalShown,
    goalFixed: mine.goalFixed || other.goalFixed,
    transferred: mine.transferred || other.transferred,
    solutionSeen: [...new Set([...mine.solutionSeen, ...other.solutionSeen])],
    recordings: [
      ...newer.recordings,
      ...older.recordings.filter(({ id }) => !newer.recordings.some((one) => one.id === id)),
    ],
  };
  return { attempt, displaced: older.recordings.filter((run) => !attempt.recordings.some(holds(run))) };
}

/** As a run of its own. The same run of the same writer always has the same id, so repeated joining keeps one. */
export function asRecording(
  slug: string,
  run: SavedRun,
  writer: string,
  savedAt: number,
  time: number,
): SavedRecording {
  return {
    id: `${slug}/${run.id}/${writer}`.slice(0, 200),
    name: slug,
    savedAt,
    recording: run.recording,
    time,
  };
}

/** Whether a run goes on from `run`, or is the same: then nothing of it is lost. */
function holds({ id, recording }: SavedRun): (other: SavedRun) => boolean {
  const begun = recording.inputs;
  return (other) =>
    other.id === id &&
    (begun.length === 0 || other.recording.seed === recording.seed) &&
    begun.every((input, index) => sameData(other.recording.inputs[index], input));
}

/** Everything that stands in either, once, in the order in which it was done. */
function united<Row extends { readonly at: number }>(
  mine: readonly Row[],
  other: readonly Row[],
): readonly Row[] {
  const known = new Set(mine.map(keyOf));
  const added = other.filter((row) => !known.has(keyOf(row)));
  return added.length === 0 ? mine : [...mine, ...added].sort((a, b) => a.at - b.at);
}

/** Whether both say the same. What went through a file or a database may have its fields in another order. */
export function sameData(a: unknown, b: unknown): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([x], [y]) => (x < y ? -1 : 1)))
      : part,
  );
}
