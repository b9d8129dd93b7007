/**
 * What a follower does: one loop for each leader fetches what is new for all partitions it follows there, cuts off where
 * the logs have parted, appends, and takes over the leader's high watermark, which it so hears of one fetch later
 * (AbstractFetcherThread.scala, ReplicaFetcherThread.scala; epochs and truncation as since KIP-595: in the fetch itself).
 */
import type { Context, Tagged } from '../../../kernel/machine';
import { watchCleaning } from '../cleaner';
import { append, raiseLogStart, type Partition } from '../partition';
import { rememberBatch, rememberMarker } from '../producers';
import type { FetchedPartition, FetchRequest, FetchResponse, StoredBatch } from '../protocol';
import { watchRetention } from '../retention';
import { allPartitions, partitionOf } from '../state';
import { hostOf, nextCorrelationId, type Clustered, type Fetcher } from './cluster-state';
import { lastEpoch, noteEpoch } from './replication';
import { agreedOffset, startAt, truncate } from './truncate';

/** The broker's own reminder to fetch from a leader again, or to give up waiting for its answer. */
export interface FetchAgain extends Tagged {
  readonly type: 'FetchAgain';
  readonly leader: number;
}

/** replica.fetch.max.bytes and replica.fetch.response.max.bytes, by default. */
const partitionMaxBytes = 1024 * 1024;
const maxBytes = 10 * 1024 * 1024;

/** Leaders have changed: loops without anything to follow end, and new ones begin. */
export function followLeaders(state: Clustered, context: Context): void {
  const { cluster } = state;
  const leaders = new Set([...followed(state)].map(({ replication }) => replication!.image.leader));
  for (const [leader, { timer }] of cluster.fetchers) {
    if (leaders.has(leader)) continue;
    if (timer !== null) context.cancel(timer);
    setFetcher(state, leader, null);
  }
  for (const leader of leaders) {
    const fetcher = cluster.fetchers.get(leader);
    // a loop that waits, because all it had was delayed, may have something now
    if (!fetcher || fetcher.correlationId === null) fetchNow(state, leader, context);
  }
}

export function fetchAgain(state: Clustered, { leader }: FetchAgain, context: Context): void {
  const fetcher = state.cluster.fetchers.get(leader);
  if (!fetcher) return;
  if (fetcher.correlationId === null) return fetchNow(state, leader, context);
  // no answer for replica.socket.timeout.ms: another connection, after a while
  context.disconnect(hostOf(state.cluster, leader));
  lost(state, leader, context);
}

/** The connection to a leader is gone, and with it the answer. */
export function leaderGone(state: Clustered, host: string, context: Context): void {
  for (const [leader, { correlationId, timer }] of state.cluster.fetchers) {
    if (hostOf(state.cluster, leader) !== host || correlationId === null) continue;
    if (timer !== null) context.cancel(timer);
    lost(state, leader, context);
  }
}

export function fetchedFromLeader(state: Clustered, response: FetchResponse, context: Context): void {
  const found = [...state.cluster.fetchers].find(([, each]) => each.correlationId === response.correlationId);
  if (!found) return;
  const [leader, { timer }] = found;
  if (timer !== null) context.cancel(timer);
  setFetcher(state, leader, { correlationId: null, timer: null });
  for (const { topic, partitions } of response.responses)
    for (const answer of partitions) {
      const partition = partitionOf(state, topic, answer.partition);
      // what it was told while the answer was on its way counts
      if (partition?.replication?.role === 'follower' && partition.replication.image.leader === leader)
        takeIn(state, partition, answer, context);
    }
  fetchNow(state, leader, context);
}

function takeIn(state: Clustered, partition: Partition, answer: FetchedPartition, context: Context): void {
  const replication = partition.replication!;
  const { errorCode, divergingEpoch, batches, highWatermark, logStartOffset } = answer;
  if (errorCode === 'OFFSET_OUT_OF_RANGE' && logStartOffset > partition.logEnd)
    return startAt(partition, logStartOffset, context.now);
  if (errorCode === 'OFFSET_OUT_OF_RANGE') return truncate(partition, context.self, Math.max(highWatermark, 0), context); // prettier-ignore
  if (errorCode !== 'NONE') {
    replication.delayedUntil = context.now + state.cluster.settings.replicaFetchBackoff;
    return;
  }
  if (divergingEpoch) return truncate(partition, context.self, agreedOffset(partition, divergingEpoch), context); // prettier-ignore
  for (const batch of batches) if (batch.baseOffset >= partition.logEnd) copy(partition, batch);
  if (batches.length > 0) {
    watchRetention(state, partition, context);
    watchCleaning(state, partition, context);
  }
  partition.highWatermark = Math.max(partition.highWatermark, Math.min(highWatermark, partition.logEnd));
  raiseLogStart(partition, Math.min(logStartOffset, partition.highWatermark));
}

/** A batch as it stands at the leader. */
function copy(partition: Partition, batch: StoredBatch): void {
  const { producerId, producerEpoch, control, baseOffset, leaderEpoch = 0 } = batch;
  noteEpoch(partition.replication!, leaderEpoch, baseOffset);
  append(partition, batch);
  if (control !== undefined)
    rememberMarker(partition, producerId, producerEpoch, control === 'commit', baseOffset);
  else if (batch.records.length > 0) rememberBatch(partition, batch, baseOffset);
}

function fetchNow(state: Clustered, leader: number, context: Context): void {
  const { cluster, nodeId } = state;
  const here = [...followed(state)].filter(({ replication }) => replication!.image.leader === leader);
  const ready = here.filter(({ replication }) => replication!.delayedUntil <= context.now);
  if (ready.length === 0) {
    if (here.length === 0) return setFetcher(state, leader, null);
    const next = Math.min(...here.map(({ replication }) => replication!.delayedUntil));
    return later(state, leader, null, next - context.now, context);
  }
  const correlationId = nextCorrelationId(cluster);
  const request: FetchRequest = {
    ...{ type: 'FetchRequest', correlationId, clientId: context.self, replicaId: nodeId, groupId: '' },
    ...{ maxWaitMs: cluster.settings.replicaFetchWaitMaxMs, minBytes: 1, maxBytes, isolationLevel: 0 },
    topics: requested(ready),
  };
  later(state, leader, correlationId, cluster.settings.replicaSocketTimeout, context);
  context.send(hostOf(cluster, leader), request);
}

function requested(partitions: readonly Partition[]): FetchRequest['topics'] {
  const topics = new Map<string, FetchRequest['topics'][number]['partitions'][number][]>();
  for (const { topic, index, logStart, logEnd, replication } of partitions) {
    const asked = topics.get(topic) ?? [];
    topics.set(topic, asked);
    asked.push({
      ...{ partition: index, fetchOffset: logEnd, partitionMaxBytes },
      currentLeaderEpoch: replication!.image.leaderEpoch,
      lastFetchedEpoch: lastEpoch(replication!, logEnd),
      logStartOffset: logStart,
    });
  }
  return [...topics].map(([topic, asked]) => ({ topic, partitions: asked }));
}

/** Nothing came: everything followed there waits for replica.fetch.backoff.ms. */
function lost(state: Clustered, leader: number, context: Context): void {
  const until = context.now + state.cluster.settings.replicaFetchBackoff;
  for (const { replication } of followed(state))
    if (replication!.image.leader === leader) replication!.delayedUntil = until;
  later(state, leader, null, until - context.now, context);
}

function later(
  state: Clustered,
  leader: number,
  correlationId: number | null,
  delay: number,
  context: Context,
): void {
  const before = state.cluster.fetchers.get(leader)?.timer ?? null;
  if (before !== null) context.cancel(before);
  const again: FetchAgain = { type: 'FetchAgain', leader };
  setFetcher(state, leader, { correlationId, timer: context.after(delay, again) });
}

function setFetcher({ cluster }: Clustered, leader: number, fetcher: Fetcher | null): void {
  const fetchers = new Map(cluster.fetchers);
  if (fetcher === null) fetchers.delete(leader);
  else fetchers.set(leader, fetcher);
  cluster.fetchers = fetchers;
}

function* followed(state: Clustered): Generator<Partition> {
  for (const partition of allPartitions(state))
    if (partition.replication?.role === 'follower' && partition.replication.image.leader >= 0)
      yield partition;
}
