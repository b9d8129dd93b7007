/** The runs of a lesson with all their branches ⇄ the saved runs of its attempt. */
import type { RunId } from '../../course/lesson-flow';
import type { Recording } from '../../scenario/scenario';
import type { SavedRun } from '../../storage/types';
import type { Player } from '../player.svelte';
import type { KeptBranch, KeptBranches } from '../transport/branches';

export const runIds = ['base', 'fix', 'transfer', 'warmup'] as const satisfies readonly RunId[];

/** Which run is kept: "fix", or "fix.rabbitmq" in another of the lesson's worlds. */
export type RunKey = RunId | `${RunId}.${string}`;

/** Runs of goals are in the chosen world, questions elsewhere bring their own. */
export function keyOf(run: RunId, world: string | null): RunKey {
  return world !== null && (run === 'base' || run === 'fix') ? `${run}.${world}` : run;
}

/** Whether `keyOf` may have made it. */
export function isRunKey(key: string): key is RunKey {
  const [run] = key.split('.', 1);
  return runIds.some((one) => one === run);
}

/** Where a person stands in one of the lesson's runs. `time` in microseconds. */
export interface KeptRun {
  /** Of the branch in view. */
  readonly recording: Recording;
  readonly branches: KeptBranches;
  readonly time: number;
}

/** A run as a player has it now. */
export function keptOf(start: Recording, { inputs, kept, time }: Player): KeptRun {
  return { recording: { ...start, inputs }, branches: kept, time };
}

export type KeptRuns = ReadonlyMap<RunKey, KeptRun>;

/** Of a run: where in its branches the person stands, and how far each has come. Their inputs are recordings. */
export interface KeptPlace extends Pick<KeptBranches, 'current' | 'undone' | 'bookmarks'> {
  readonly time: number;
  /** By branch id. */
  readonly reach: Readonly<Record<string, number>>;
}

export function placeOf({ branches: { branches, current, undone, bookmarks }, time }: KeptRun): KeptPlace {
  const reach = Object.fromEntries(branches.map(({ id, reach }) => [String(id), reach]));
  return { current, undone, bookmarks, time, reach };
}

/** One saved run per branch: "fix", "fix/2", … */
export function toSaved(run: RunKey, { recording, branches: { branches } }: KeptRun): SavedRun[] {
  return branches.map(({ id, inputs, forkedAt, parent }) => ({
    id: savedId(run, id),
    recording: { ...recording, inputs },
    forkedAt,
    parent: parent === null ? null : savedId(run, parent),
  }));
}

export function savedId(run: RunKey, branch: number): string {
  return branch === 1 ? run : `${run}/${branch}`;
}

/**
 * The branches of a run among the saved ones; null when there are none. What another tab or a file has mixed up is
 * set right: a branch whose parent is gone, or younger than itself, left the first one, and the one in view is there.
 */
export function fromSaved(
  run: RunKey,
  saved: readonly SavedRun[],
  place: KeptPlace | undefined,
): KeptRun | null {
  const found = saved.flatMap((one) => {
    const [name, number = '1', ...rest] = one.id.split('/');
    const id = Number(number);
    return name === run && rest.length === 0 && Number.isInteger(id) && id > 0
      ? [{ ...one, number: id }]
      : [];
  });
  const numbers = new Map(found.map(({ id, number }) => [id, number]));
  const branches = found
    .sort((a, b) => a.number - b.number)
    .map(({ number, recording, forkedAt, parent }, index): KeptBranch => {
      const left = parent === null ? undefined : numbers.get(parent);
      const isFirst = index === 0;
      return {
        id: number,
        inputs: recording.inputs,
        forkedAt: isFirst ? null : (forkedAt ?? 0),
        parent: isFirst ? null : left !== undefined && left < number ? left : found[0].number,
        reach: place?.reach[String(number)] ?? 0,
      };
    });
  const shown = found.find(({ number }) => number === place?.current) ?? found[0];
  if (!shown) return null;
  const isHere = (id: number): boolean => branches.some((branch) => branch.id === id);
  return {
    recording: shown.recording,
    branches: {
      branches,
      current: shown.number,
      undone: (place?.undone ?? []).filter(isHere),
      bookmarks: place?.bookmarks ?? [],
    },
    time: place?.time ?? 0,
  };
}
