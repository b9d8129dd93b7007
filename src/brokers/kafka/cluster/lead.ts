/**
 * What a leader does for its followers: it notes how far they are, moves the high watermark when all in sync have a
 * record, and asks the controller for another ISR when one falls behind or catches up (Partition.scala
 * updateFollowerFetchState, maybeIncrementLeaderHW, maybeShrinkIsr, maybeExpandIsr).
 */
import type { Context, Tagged } from '../../../kernel/machine';
import { noCause } from '../../../kernel/fact';
import { ReplicaCaughtUp, ReplicaFellBehind } from '../facts';
import { wakeFetches } from '../fetch';
import type { Partition } from '../partition';
import type { FetchRequest } from '../protocol';
import type { AlterPartitionRequest, AlterPartitionResponse } from '../protocol/cluster';
import { allPartitions, partitionOf } from '../state';
import { answerAwaited } from './awaiting';
import { nextCorrelationId, type Clustered } from './cluster-state';
import { divergenceOf, leadershipError, type Asked } from './serve-follower';
import { inSync, minInSync, type FollowerState, type Replication } from './replication';

/** The broker's own reminder to look whether a follower has been behind for too long. */
export interface CheckInSync extends Tagged {
  readonly type: 'CheckInSync';
}

const checkInSync: CheckInSync = { type: 'CheckInSync' };

/** A follower has fetched from `fetchOffset`: it has everything before, from its log start on. */
function noteFetch(
  state: Clustered,
  partition: Partition,
  nodeId: number,
  { fetchOffset, logStartOffset = 0 }: Asked,
  context: Context,
): void {
  const replication = partition.replication!;
  const known = replication.followers.get(nodeId);
  if (!known) return;
  const { now } = context;
  const isCaughtUp = fetchOffset >= partition.logEnd;
  const wasCaughtUp = fetchOffset >= known.logEndAtLastFetch;
  const follower: FollowerState = {
    ...{ logEnd: fetchOffset, logStart: logStartOffset },
    lastCaughtUp: isCaughtUp ? now : wasCaughtUp ? Math.max(known.lastCaughtUp, known.lastFetchAt) : known.lastCaughtUp, // prettier-ignore
    lastFetchAt: now,
    logEndAtLastFetch: partition.logEnd,
  };
  replication.followers = new Map(replication.followers).set(nodeId, follower);
  expand(state, partition, nodeId, context);
  if (logStartOffset !== known.logStart) answerAwaited(state, context);
  // who is where it was moves nothing, whatever else has changed (updateFollowerFetchState)
  if (fetchOffset !== known.logEnd) advance(state, partition, context);
}

/** A follower's fetch, of all it asks for. */
export function noteFetches(state: Clustered, { replicaId, topics }: FetchRequest, context: Context): void {
  for (const { topic, partitions } of topics)
    for (const asked of partitions) {
      const partition = partitionOf(state, topic, asked.partition);
      if (!partition || leadershipError(partition, asked) !== 'NONE' || divergenceOf(partition, asked))
        continue;
      noteFetch(state, partition, replicaId, asked, context);
    }
}

/** Something was appended, or the ISR has changed: how far readers may read. */
export function advance(state: Clustered, partition: Partition, context: Context): void {
  const replication = partition.replication!;
  // KAFKA-15583: below the minimum nothing becomes visible
  if (replication.role !== 'leader' || inSync(partition) < minInSync(partition)) return;
  let end = partition.logEnd;
  for (const [nodeId, follower] of replication.followers) {
    if (follower.logEnd >= end) continue;
    const mayJoin = isCaughtUp(state, partition, follower, context) && !isFenced(state.cluster, nodeId);
    if (mayJoin || counts(state, replication, nodeId)) end = follower.logEnd;
  }
  if (end <= partition.highWatermark) return;
  partition.highWatermark = end;
  answerAwaited(state, context);
  wakeFetches(state, partition, context);
}

/** It has everything, or had it not longer ago than a replica in sync may be behind (Replica.java isCaughtUp). */
function isCaughtUp(
  { cluster }: Clustered,
  { logEnd }: Partition,
  follower: FollowerState,
  { now }: Context,
): boolean {
  return follower.logEnd === logEnd || now - follower.lastCaughtUp <= cluster.settings.replicaLagTimeMax;
}

/** Looks at every partition it leads, half as often as a follower may be late. */
export function runInSyncCheck(state: Clustered, context: Context): void {
  for (const partition of allPartitions(state))
    if (partition.replication?.role === 'leader') shrink(state, partition, context);
  armInSyncCheck(state, context);
}

export function armInSyncCheck({ cluster }: Clustered, context: Context): void {
  context.after(Math.floor(cluster.settings.replicaLagTimeMax / 2), checkInSync);
}

/** The controller has answered. What it did arrives as metadata; what it refused may be asked again. */
export function alteredPartition(state: Clustered, response: AlterPartitionResponse): void {
  const replication = partitionOf(state, response.topic, response.partition)?.replication;
  if (replication) replication.pendingIsr = null;
}

/** The ISR that the controller has decided on. */
export function tellOfIsr(partition: Partition, before: readonly number[], context: Context): void {
  const { isr } = partition.replication!.image;
  const fact = { subject: partition.address, amount: isr.length, cause: noCause };
  for (const node of before)
    if (!isr.includes(node)) context.emit({ ...fact, is: ReplicaFellBehind, detail: String(node) });
  for (const node of isr)
    if (!before.includes(node)) context.emit({ ...fact, is: ReplicaCaughtUp, detail: String(node) });
}

/** Whether the high watermark waits for this follower: the ISR, with whom it is about to be joined by (the maximal ISR). */
function counts({ cluster }: Clustered, { image, pendingIsr }: Replication, nodeId: number): boolean {
  if (image.isr.includes(nodeId)) return true;
  return (pendingIsr ?? []).includes(nodeId) && !isFenced(cluster, nodeId);
}

function shrink(state: Clustered, partition: Partition, context: Context): void {
  const { image, followers, pendingIsr } = partition.replication!;
  if (pendingIsr !== null) return;
  const late = image.isr.filter((nodeId) => {
    const follower = followers.get(nodeId);
    return follower !== undefined && !isCaughtUp(state, partition, follower, context);
  });
  if (late.length > 0) ask(state, partition, image.isr.filter((nodeId) => !late.includes(nodeId)), context); // prettier-ignore
}

/** It has all that readers may read, and all that this leader began with. */
function expand(state: Clustered, partition: Partition, nodeId: number, context: Context): void {
  const { image, followers, pendingIsr, epochStart } = partition.replication!;
  if (pendingIsr !== null || image.isr.includes(nodeId) || isFenced(state.cluster, nodeId)) return;
  const { logEnd } = followers.get(nodeId)!;
  if (logEnd < partition.highWatermark || logEnd < epochStart) return;
  ask(state, partition, [...image.isr, nodeId], context);
}

function isFenced({ image }: Clustered['cluster'], nodeId: number): boolean {
  return image.nodes.find((node) => node.nodeId === nodeId)?.isFenced !== false;
}

function ask(state: Clustered, partition: Partition, newIsr: readonly number[], context: Context): void {
  const { cluster, nodeId } = state;
  const replication = partition.replication!;
  replication.pendingIsr = newIsr;
  const { topic, index } = partition;
  const { leaderEpoch, partitionEpoch } = replication.image;
  const request: AlterPartitionRequest = {
    ...{ type: 'AlterPartitionRequest', correlationId: nextCorrelationId(cluster), clientId: context.self },
    ...{ brokerId: nodeId, topic, partition: index, leaderEpoch, partitionEpoch, newIsr },
  };
  context.send(cluster.controller, request);
}
