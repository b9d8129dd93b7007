/**
 * What a node knows of a partition besides its log: its role, the leader's epochs in the log, and, as a leader, how far
 * its followers are (Partition.scala, LeaderEpochFileCache.java, Replica.scala). Absent from a broker that is alone.
 */
import type { MessageId } from '../../../kernel/bodies';
import type { Time } from '../../../kernel/time';
import type { Partition } from '../partition';
import type { PartitionImage } from '../protocol/cluster';
import type { InSyncRules } from './settings';

export type Role = 'leader' | 'follower' | 'none';

/** Where a leader epoch begins in the log. */
export interface EpochStart {
  readonly epoch: number;
  readonly startOffset: number;
}

/** How far a follower is, as its leader knows from its fetches. Immutable. */
export interface FollowerState {
  /** −1: it has not fetched from this leader yet. */
  readonly logEnd: number;
  /** Absent: it has not fetched from this leader yet. */
  readonly logStart?: number;
  /** When it was last known to have everything. */
  readonly lastCaughtUp: Time;
  /** Of its last fetch: when, and the log end then. */
  readonly lastFetchAt: Time;
  readonly logEndAtLastFetch: number;
}

export interface Replication {
  role: Role;
  /** As this node knows it. */
  image: PartitionImage;
  rules: InSyncRules;
  /** Oldest first. */
  epochs: readonly EpochStart[];
  /** Of a leader: where its epoch begins. */
  epochStart: number;
  /** Of a leader, by node. */
  followers: ReadonlyMap<number, FollowerState>;
  /** Of a leader: the ISR it has asked the controller for; null: nothing is asked. */
  pendingIsr: readonly number[] | null;
  /** Of a follower: it fetches again from then on. */
  delayedUntil: Time;
  /** What it cut off last, for the picture; null: nothing yet. */
  truncated: {
    readonly from: number;
    readonly to: number;
    readonly at: Time;
    /** The first of them. */
    readonly messages: readonly MessageId[];
  } | null;
}

export function newReplication(image: PartitionImage, rules: InSyncRules): Replication {
  return {
    ...{ role: 'none', image, rules, epochs: [], epochStart: 0, followers: new Map(), pendingIsr: null },
    ...{ delayedUntil: 0, truncated: null },
  };
}

/** A broker that is alone leads everything. */
export function isLeader({ replication }: Partition): boolean {
  return replication === undefined || replication.role === 'leader';
}

/** Replicas in sync, as far as the leader knows. */
export function inSync({ replication }: Partition): number {
  return replication === undefined ? 1 : replication.image.isr.length;
}

/** min.insync.replicas, or the number of replicas where that is less (Partition.scala effectiveMinIsr). */
export function minInSync({ replication }: Partition): number {
  if (replication === undefined) return 1;
  return Math.min(replication.rules.minInSync, replication.image.replicas.length);
}

/** The first offset that no replica on a node that is up has deleted (Partition.scala lowWatermarkIfLeader). */
export function lowWatermark(partition: Partition, isUp: (node: number) => boolean): number {
  let low = partition.logStart;
  for (const [node, { logStart = 0 }] of partition.replication?.followers ?? [])
    if (logStart < low && isUp(node)) low = logStart;
  return low;
}

/** Epoch of the last record; −1 without one. */
export function lastEpoch({ epochs }: Replication, logEnd: number): number {
  for (let index = epochs.length - 1; index >= 0; index--)
    if (epochs[index].startOffset < logEnd) return epochs[index].epoch;
  return -1;
}

/**
 * The largest epoch that is not above the one asked for, and where it ends: where the next one begins, or at the log
 * end (LeaderEpochFileCache.java endOffsetFor). Epoch −1 and offset −1: everything here is younger.
 */
export function endOfEpoch(
  { epochs }: Replication,
  logEnd: number,
  epoch: number,
): { readonly epoch: number; readonly endOffset: number } {
  const next = epochs.findIndex((start) => start.epoch > epoch);
  if (next === 0) return { epoch: -1, endOffset: -1 };
  const known = epochs[(next < 0 ? epochs.length : next) - 1];
  if (known === undefined) return { epoch: -1, endOffset: -1 };
  return { epoch: known.epoch, endOffset: next < 0 ? logEnd : epochs[next].startOffset };
}

/** A leader's epoch begins, or a follower sees its first record. */
export function noteEpoch(replication: Replication, epoch: number, startOffset: number): void {
  const last = replication.epochs.at(-1);
  if (last !== undefined && last.epoch >= epoch) return;
  // an epoch in which nothing was written leaves no trace once the next begins at the same place
  const before = replication.epochs.filter((start) => start.startOffset < startOffset);
  replication.epochs = [...before, { epoch, startOffset }];
}

/** Epochs that begin at or after an offset have gone with their records. */
export function forgetEpochs(replication: Replication, offset: number): void {
  replication.epochs = replication.epochs.filter(({ startOffset }) => startOffset < offset);
}
