/**
 * The fetch loop: seek, find out positions, fetch, work through what came, and again. One fetch is open at a time to each
 * node that leads something. Simplified: kafkajs runs one such loop per node; here one loop fetches from all of them,
 * and what a second node answers waits until the batches of the first are done, as it does there with one worker.
 * Source: kafkajs consumer/consumerGroup.js fetch and recoverFromFetch, consumer/fetcher.js, consumer/runner.js fetch.
 */
import type { FetchedPartition, FetchRequest, FetchResponse } from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import { ms } from '../../kernel/time';
import { say } from './calls';
import { ask, clientIdOf, nextCorrelationId } from './cluster';
import { positionOf, unknown, type Consumer, type Owned, type Work } from './consumer-state';
import { protocolFailure, type Failure } from './failure';
import { beat, heartbeatDue } from './heartbeat';
import { isFresh, refreshMetadata } from './metadata';
import { byHost, clearOffsets, listOffsets, loadOffsets, resetOffset } from './offsets';
import { seekNext } from './seek';
import { lastOffsetIn, visibleIn } from './visible';
import { startRound } from './worker';

/** How the loop goes on: something is awaited, the next fetch, join the group again first, or it has failed. */
export type Turn = 'wait' | 'next' | 'rejoin' | Failure;

/** The driver's own reminder that it has slept enough. */
export interface Wake {
  readonly type: 'Wake';
}

/** kafkajs adds this to maxWaitTime before it calls a fetch late (protocol/requests/fetch/index.js). */
const networkDelay = ms(100);

/** Errors of a fetch that mean the picture of the cluster is old. */
const staleMetadata: readonly Failure['type'][] = ['NOT_LEADER_OR_FOLLOWER', 'UNKNOWN_TOPIC_OR_PARTITION'];

/** Does the next thing that is needed before a fetch, or fetches. Every answer on the way leads back here. */
export function fetchNext(state: Consumer, context: Context): Turn {
  if (!state.running) return 'next';
  if (!isFresh(state.cluster, context.now)) {
    state.phase = 'refreshing';
    refreshMetadata(state.cluster, context);
    return 'wait';
  }
  if (hasNewPartitions(state)) return 'rejoin';
  if (seekNext(state, context)) return waitFor(state, 'seeking');
  if (loadOffsets(state, context)) return waitFor(state, 'loading offsets');
  return fetch(state, context);
}

/** The committed offsets are known: ask for those that do not exist, else fetch. */
export function offsetsLoaded(state: Consumer, context: Context): Turn {
  if (listOffsets(state, context)) return waitFor(state, 'listing offsets');
  return fetchNext(state, context);
}

/** An answer to ListOffsets was taken in; another leader may still owe one. */
export function offsetsListed(state: Consumer, context: Context): Turn {
  for (const { request } of state.cluster.inFlight.values())
    if (request.type === 'ListOffsetsRequest') return 'wait';
  return fetchNext(state, context);
}

/** Something was fetched, or nothing. One partition's error spoils the whole answer (protocol/requests/fetch). */
export function fetched(
  state: Consumer,
  request: FetchRequest,
  { responses }: FetchResponse,
  context: Context,
): Turn {
  const { hosts } = state.options;
  for (const { topic, partitions } of responses) {
    const wrong = partitions.find(({ errorCode }) => errorCode !== 'NONE');
    if (wrong) return fetchError(state, topic, wrong, context);
  }
  if (!state.running) return 'next';
  say(state, { is: 'FETCH' }, context);
  const works: Work[] = [];
  for (const { topic, partitions } of responses) {
    const asked = request.topics.find((candidate) => candidate.topic === topic)!.partitions;
    for (const answer of partitions) {
      const { partition, batches: all, highWatermark } = answer;
      const index = state.owned.findIndex((owned) => owned.topic === topic && owned.partition === partition);
      const owned = state.owned[index];
      if (
        !owned ||
        owned.paused ||
        state.seeks.some((seek) => seek.topic === topic && seek.partition === partition)
      ) {
        continue;
      }
      const { fetchOffset } = asked.find((candidate) => candidate.partition === partition)!;
      // it was asked for before the group was joined anew, or before a seek
      if (hosts && positionOf(owned) !== fetchOffset) continue;
      const batches = visibleIn(answer, fetchOffset);
      const work: Work = { order: works.length, owned: index, batches, fetchOffset };
      if (batches === all && state.options.observer === undefined) works.push(work);
      else works.push({ ...work, lastOffset: lastOffsetIn(answer, fetchOffset), highWatermark });
    }
  }
  if (works.length === 0) return emptyFetch(state, context);
  state.phase = 'working';
  startRound(state, works, context);
  return roundOver(state);
}

/** Another node's answer comes while the loop is at something else: it is looked at when the loop fetches again. */
export function keepArrived(state: Consumer, request: FetchRequest, response: FetchResponse): void {
  state.arrived = [...(state.arrived ?? []), { request, response }];
}

/** All batches of a fetch are worked through, well or badly; 'wait' while some are not. */
export function roundOver(state: Consumer): Turn {
  if (state.busy > 0) return 'wait';
  return state.roundFailure?.failure ?? 'next';
}

/** Something on the way to a fetch, or the fetch itself, failed. */
export function fetchFailed(state: Consumer, failure: Failure, context: Context): Turn {
  if (staleMetadata.includes(failure.type)) {
    state.phase = 'relearning';
    refreshMetadata(state.cluster, context);
    return 'wait';
  }
  // the next fetch asks for metadata first, and so finds out whether the broker is back
  if (failure.name === 'KafkaJSConnectionClosedError') return emptyFetch(state, context);
  return failure;
}

/** The sentinel of the reset policy is committed: nothing is known about the partition any more. */
export function resetDone(state: Consumer, topic: string, partition: number, context: Context): Turn {
  const owned = state.owned.find((known) => known.topic === topic && known.partition === partition);
  if (owned) clearOffsets(owned);
  return emptyFetch(state, context);
}

/** A fetch brought no batches: show that the consumer is alive, then again. */
export function emptyFetch(state: Consumer, context: Context): Turn {
  if (!state.running || !heartbeatDue(state, context.now)) return 'next';
  beat(state, context);
  return waitFor(state, 'beating');
}

function fetchError(
  state: Consumer,
  topic: string,
  { partition, errorCode }: FetchedPartition,
  context: Context,
): Turn {
  const owned = state.owned.find((known) => known.topic === topic && known.partition === partition);
  if (errorCode !== 'OFFSET_OUT_OF_RANGE' || !owned)
    return fetchFailed(state, protocolFailure(errorCode), context);
  resetOffset(state, owned, context);
  return waitFor(state, 'resetting');
}

function fetch(state: Consumer, context: Context): Turn {
  const [arrived, ...rest] = state.arrived ?? [];
  if (arrived) {
    state.arrived = rest;
    return fetched(state, arrived.request, arrived.response, context);
  }
  const { cluster, options } = state;
  const asked = new Set<string>();
  for (const { request, host } of cluster.inFlight.values())
    if (request.type === 'FetchRequest') asked.add(host);
  for (const [host, owned] of byHost(state, state.owned.filter(isFetchable))) {
    if (asked.has(host)) continue;
    asked.add(host);
    askFor(state, host, owned, context);
  }
  if (asked.size > 0) return waitFor(state, 'fetching');
  const wake: Wake = { type: 'Wake' };
  state.timer = context.after(options.maxWaitTime, wake);
  return waitFor(state, 'sleeping');
}

function askFor(state: Consumer, host: string, owned: readonly Owned[], context: Context): void {
  const { cluster, options } = state;
  for (const one of owned) if (one.resolved === unknown) one.resolved = one.committed;
  const request: FetchRequest = {
    type: 'FetchRequest',
    correlationId: nextCorrelationId(cluster),
    clientId: clientIdOf(cluster, context),
    replicaId: -1,
    maxWaitMs: options.maxWaitTime / ms(1),
    minBytes: options.minBytes,
    maxBytes: options.maxBytes,
    isolationLevel: options.isolationLevel,
    topics: requestedTopics(state, owned),
    groupId: options.groupId,
  };
  const timeout = Math.max(options.requestTimeout, options.maxWaitTime + networkDelay);
  ask(cluster, context, host, request, 0, 0, timeout);
}

function isFetchable({ committed, paused }: Owned): boolean {
  return committed !== unknown && !paused;
}

function requestedTopics({ options }: Consumer, owned: readonly Owned[]): FetchRequest['topics'] {
  const topics: { topic: string; partitions: FetchRequest['topics'][number]['partitions'][number][] }[] = [];
  for (const one of owned) {
    const partition = {
      partition: one.partition,
      fetchOffset: positionOf(one),
      partitionMaxBytes: options.maxBytesPerPartition,
      currentLeaderEpoch: -1,
    };
    const known = topics.find(({ topic }) => topic === one.topic);
    if (known) known.partitions.push(partition);
    else topics.push({ topic: one.topic, partitions: [partition] });
  }
  return topics;
}

/** A subscribed topic has grown since the group was synced: everybody joins again (checkForStaleAssignment). */
function hasNewPartitions({ knownPartitions, cluster }: Consumer): boolean {
  for (const [topic, count] of knownPartitions) {
    if ((cluster.metadata.get(topic)?.indexes.length ?? 0) > count) return true;
  }
  return false;
}

function waitFor(state: Consumer, phase: Consumer['phase']): 'wait' {
  state.phase = phase;
  return 'wait';
}
