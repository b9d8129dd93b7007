/**
 * Fetch: read what is there, or wait for it (KafkaApis.scala handleFetchRequest, ReplicaManager.scala fetchMessages and
 * readFromLog, DelayedFetch.scala). Followers fetch in the same way, up to the log end. Left out: fetch sessions,
 * rack-aware replicas, tiered storage.
 * A reader of committed records is given nothing from the last stable offset on, and told which transactions were
 * aborted: leaving out their records is the client's business.
 */
import type { FactId } from '../../kernel/fact';
import type { ConnectionId, Context, Tagged } from '../../kernel/machine';
import { ms } from '../../kernel/time';
import { divergenceOf, leadershipError } from './cluster/serve-follower';
import { FetchRefused } from './facts';
import { activeSegment, endPosition, positionOf, read, type Partition } from './partition';
import { abortedBetween, lastStableOffset } from './producers';
import type { ErrorCode, FetchedPartition, FetchRequest, FetchResponse, StoredBatch } from './protocol';
import { segmentIndexOf } from './segments';
import { wakeShareFetches } from './share/share-fetch';
import { partitionOf, type BrokerState, type ParkedFetch, type ParkedPlace } from './state';
import { giveTurnBack, takeTurn, type Caller } from './turns';

/** The broker's own reminder that a parked fetch has waited for maxWaitMs. */
export interface FetchExpired extends Tagged {
  readonly type: 'FetchExpired';
  readonly connection: ConnectionId;
}

type TopicResponse = FetchResponse['responses'][number];

/** All partitions of a request, read one after the other. */
interface Reading {
  readonly responses: readonly TopicResponse[];
  readonly bytes: number;
  /** Something is wrong that the client should hear of at once. */
  readonly failed: boolean;
  /** At least one of its partitions exists. */
  readonly hasAny: boolean;
}

/**
 * Answers at once when the request does not want to wait, when there are minBytes to send, or when an offset is out of
 * range; else parks it. A partition that does not exist is reported too, but does not hurry the others.
 */
export function fetch(state: BrokerState, request: FetchRequest, caller: Caller, context: Context): void {
  const maxBytes = Math.min(request.maxBytes, state.config.fetchMaxBytes);
  const minBytes = Math.min(request.minBytes, maxBytes);
  const reading = readAll(state, request, maxBytes, caller.cause, context);
  if (request.maxWaitMs <= 0 || !reading.hasAny || reading.failed || reading.bytes >= minBytes) {
    answer(request, caller.connection, reading, context);
    return;
  }
  park(state, request, caller, maxBytes, minBytes, context);
}

/** Something was appended to the partition: answers the fetches that now have enough. */
export function wakeFetches(state: BrokerState, partition: Partition, context: Context): void {
  const { waiters } = partition;
  for (let i = 0; i < waiters.length; i++) {
    const parked = state.parkedFetches.get(waiters[i]);
    if (parked !== undefined && isSatisfied(state, parked)) complete(state, parked, context);
  }
  wakeShareFetches(state, context);
}

/** maxWaitMs are over: answers with what there is, which may be nothing. */
export function expireFetch(state: BrokerState, { connection }: FetchExpired, context: Context): void {
  const parked = state.parkedFetches.get(connection);
  if (parked !== undefined) complete(state, parked, context);
}

/** The connection is gone, and with it whoever would have read the answer. */
export function dropFetch(state: BrokerState, connection: ConnectionId, context: Context): void {
  const parked = state.parkedFetches.get(connection);
  if (parked !== undefined) unpark(state, parked, context);
}

/** A crash of the broker: nobody waits any more. */
export function forgetParkedFetches(state: BrokerState): void {
  for (const { places, connection } of state.parkedFetches.values()) stopWatching(state, places, connection);
  state.parkedFetches.clear();
}

/**
 * Whether a parked fetch can be answered: the bytes that have come to its partitions, each counted up to its own
 * limit, reach minBytes, or one of its offsets lies in a segment that is no longer written to (DelayedFetch.scala,
 * tryComplete, cases F and G).
 */
export function isSatisfied(state: BrokerState, { places, minBytes, request }: ParkedFetch): boolean {
  let bytes = 0;
  for (const { topic, partition: index, fetchOffset, maxBytes, segment, position } of places) {
    const partition = partitionOf(state, topic, index)!;
    const end = endFor(partition, request);
    if (fetchOffset >= end) continue;
    if (segment < activeSegment(partition).baseOffset) return true;
    bytes += Math.min(endPosition(partition) - position, maxBytes);
  }
  return bytes >= minBytes;
}

/** Fetches that wait for one of these partitions wait no longer; whoever takes them answers them. */
export function takeFetches(
  state: BrokerState,
  partitions: readonly Partition[],
  context: Context,
): readonly ParkedFetch[] {
  const parked = [...new Set(partitions.flatMap(({ waiters }) => waiters))].flatMap((connection) => {
    const one = state.parkedFetches.get(connection);
    return one ? [one] : [];
  });
  for (const one of parked) unpark(state, one, context);
  return parked;
}

function complete(state: BrokerState, parked: ParkedFetch, context: Context): void {
  unpark(state, parked, context);
  answerParked(state, parked, context);
}

export function answerParked(state: BrokerState, parked: ParkedFetch, context: Context): void {
  const { request, connection, maxBytes, cause } = parked;
  answer(request, connection, readAll(state, request, maxBytes, cause, context), context);
  giveTurnBack(state, connection, true);
}

function answer(
  { correlationId }: FetchRequest,
  connection: ConnectionId,
  { responses }: Reading,
  context: Context,
): void {
  const response: FetchResponse = { type: 'FetchResponse', correlationId, responses };
  context.reply(connection, response);
}

/**
 * Reads partitions in the order of the request until maxBytes are used up. The first batch found is sent whatever its
 * size, so that no consumer is stuck behind a large one (KIP-74).
 */
function readAll(
  state: BrokerState,
  request: FetchRequest,
  maxBytes: number,
  cause: FactId,
  context: Context,
): Reading {
  let left = maxBytes;
  let bytes = 0;
  let failed = false;
  let hasAny = false;
  const responses: TopicResponse[] = [];
  for (const { topic, partitions } of request.topics) {
    const answers: FetchedPartition[] = [];
    for (const asked of partitions) {
      const { partition: index, fetchOffset, partitionMaxBytes } = asked;
      const partition = partitionOf(state, topic, index);
      if (partition === undefined) {
        answers.push(failure(index, 'UNKNOWN_TOPIC_OR_PARTITION'));
        continue;
      }
      hasAny = true;
      const error = leadershipError(partition, asked);
      const divergingEpoch = error === 'NONE' ? divergenceOf(partition, asked) : undefined;
      if (error !== 'NONE' || divergingEpoch) {
        answers.push({ ...failure(index, error), ...(divergingEpoch ? { divergingEpoch } : {}) });
        failed = true;
        continue;
      }
      if (fetchOffset < partition.logStart || fetchOffset > partition.logEnd) {
        if (!isFollower(request)) refuse(partition, fetchOffset, request.groupId, cause, context);
        const { logEnd: highWatermark, logStart: logStartOffset } = partition;
        const ends = isFollower(request) ? { highWatermark, logStartOffset } : {};
        answers.push({ ...failure(index, 'OFFSET_OUT_OF_RANGE'), ...ends });
        failed = true;
        continue;
      }
      const { highWatermark, logStart: logStartOffset } = partition;
      const stable = lastStableOffset(partition);
      const isCommitted = request.isolationLevel === 1;
      const found = read(
        partition,
        fetchOffset,
        endFor(partition, request),
        Math.min(partitionMaxBytes, left),
        bytes === 0,
        isFollower(request),
      );
      bytes += found.bytes;
      left = Math.max(0, left - found.bytes);
      answers.push({
        partition: index,
        errorCode: 'NONE',
        highWatermark,
        lastStableOffset: stable,
        logStartOffset,
        batches: found.batches,
        ...(isCommitted && partition.aborted ? abortedIn(partition, fetchOffset, found.batches) : {}),
      });
    }
    responses.push({ topic, partitions: answers });
  }
  return { responses, bytes, failed, hasAny };
}

/** First offset that this reader is not given. */
function endFor(partition: Partition, request: FetchRequest): number {
  if (isFollower(request)) return partition.logEnd;
  return request.isolationLevel === 1 ? lastStableOffset(partition) : partition.highWatermark;
}

function isFollower({ replicaId }: FetchRequest): boolean {
  return replicaId >= 0;
}

function abortedIn(
  partition: Partition,
  from: number,
  batches: readonly StoredBatch[],
): Pick<FetchedPartition, 'abortedTransactions'> {
  const last = batches.at(-1);
  if (!last) return {};
  const aborted = abortedBetween(partition, from, last.lastOffset + 1);
  return {
    abortedTransactions: aborted.map(({ producerId, firstOffset }) => ({ producerId, firstOffset })),
  };
}

function park(
  state: BrokerState,
  request: FetchRequest,
  { connection, cause }: Caller,
  maxBytes: number,
  minBytes: number,
  context: Context,
): void {
  const places = placesOf(state, request);
  const expired: FetchExpired = { type: 'FetchExpired', connection };
  const timer = context.after(ms(request.maxWaitMs), expired);
  const parked: ParkedFetch = { connection, request, maxBytes, minBytes, timer, cause, places };
  state.parkedFetches.set(connection, parked);
  for (const { topic, partition } of places) {
    const watched = partitionOf(state, topic, partition)!;
    watched.waiters = [...watched.waiters, connection];
  }
  takeTurn(state, connection, true);
  // An offset in an older segment is answered at once, whatever minBytes says (tryCompleteElseWatch).
  if (isSatisfied(state, parked)) complete(state, parked, context);
}

function placesOf(state: BrokerState, request: FetchRequest): ParkedPlace[] {
  const places: ParkedPlace[] = [];
  for (const { topic, partitions } of request.topics) {
    for (const { partition: index, fetchOffset, partitionMaxBytes } of partitions) {
      const partition = partitionOf(state, topic, index);
      if (partition === undefined) continue;
      const { segments } = partition;
      const segment = segments[segmentIndexOf(segments, fetchOffset)].baseOffset;
      const position = positionOf(partition, fetchOffset);
      places.push({ topic, partition: index, fetchOffset, maxBytes: partitionMaxBytes, segment, position });
    }
  }
  return places;
}

function unpark(state: BrokerState, { connection, timer, places }: ParkedFetch, context: Context): void {
  context.cancel(timer);
  state.parkedFetches.delete(connection);
  stopWatching(state, places, connection);
}

function stopWatching(state: BrokerState, places: readonly ParkedPlace[], connection: ConnectionId): void {
  for (const { topic, partition } of places) {
    const watched = partitionOf(state, topic, partition)!;
    watched.waiters = watched.waiters.filter((waiter) => waiter !== connection);
  }
}

/** The offset is not in the log: retention took it, or it was never written. The client resets or gives up. */
function refuse(
  { address }: Partition,
  position: number,
  group: string,
  cause: FactId,
  context: Context,
): void {
  const detail: ErrorCode = 'OFFSET_OUT_OF_RANGE';
  context.emit({ is: FetchRefused, subject: address, position, group, detail, cause });
}

function failure(partition: number, errorCode: ErrorCode): FetchedPartition {
  return { partition, errorCode, highWatermark: -1, lastStableOffset: -1, logStartOffset: -1, batches: [] };
}
