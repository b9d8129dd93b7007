import type { Time } from '../../kernel/time';
import type { RunHost } from '../../scenario/host';
import type { Input } from '../../scenario/scenario';

/** A run a person can go back to: the first one, or one that left another at `forkedAt`. */
export interface Branch {
  readonly id: number;
  readonly name: string;
  /** Microseconds; null for the run everything began with. */
  readonly forkedAt: Time | null;
  /** The branch it left; null for the first. */
  readonly parent: number | null;
  /** How far it has been computed, in microseconds. */
  readonly reach: Time;
}

/** A branch together with the run itself, which only the player may touch. */
export interface LiveBranch extends Branch {
  /** null: kept from an earlier visit, and not gone to since. */
  readonly host: RunHost | null;
  readonly inputs: readonly Input[];
}

/** What was done in a branch. What came of it can be computed again. */
export type KeptBranch = Pick<LiveBranch, 'id' | 'forkedAt' | 'parent' | 'reach' | 'inputs'>;

/** All branches of one past, as they are kept from one visit to the next. */
export interface KeptBranches {
  /** In the order in which they were begun; the first one left no other. */
  readonly branches: readonly KeptBranch[];
  /** Id of the one in view. */
  readonly current: number;
  /** Ids of those that undo has left, latest last. */
  readonly undone: readonly number[];
  /** Microseconds. */
  readonly bookmarks: readonly Time[];
}

/**
 * The run as it would be without its last input: a fork from just before it, in which the other inputs of that
 * instant are done again. null when there is no input, or when it was made at the very start, before which no fork
 * can stand; build the run anew then.
 */
export async function withoutLastInput(host: RunHost): Promise<{ host: RunHost; time: Time } | null> {
  const inputs = await host.inputs();
  const last = inputs.at(-1);
  if (!last || last.time === 0) return null;
  const fork = await host.fork(last.time - 1);
  for (const input of inputs.slice(0, -1)) {
    if (input.time === last.time) await fork.act(input.action, input.time);
  }
  return { host: fork, time: last.time };
}
