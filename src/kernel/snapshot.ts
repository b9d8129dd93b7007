import type { SavedNetwork } from './network';
import type { Condition } from './process';
import type { SavedQueue } from './queue';
import type { SavedStreams } from './random';
import type { Time } from './time';

/** A whole run at an instant, without its history. Loading clones what can change, so one snapshot serves many futures. */
export interface Snapshot {
  readonly time: Time;
  readonly eventCount: number;
  readonly factCount: number;
  readonly bodyCount: number;
  readonly inputCount: number;
  readonly queue: SavedQueue;
  readonly network: SavedNetwork;
  readonly streams: SavedStreams;
  readonly notes: ReadonlyMap<string, readonly number[]>;
  readonly conditions: readonly Condition[];
  readonly states: readonly unknown[];
}
