/**
 * Fetching: one request at a time to a node, and none while something of that node waits to be taken; what came waits
 * until polls take it, at most max.poll.records at a time (AbstractFetch.java, FetchCollector.java, CompletedFetch.java). A fetch
 * names all partitions each time, as the first of a fetch session does.
 */
import type { FetchRequest, FetchResponse } from '../../brokers/kafka/protocol';
import { distanceIn, indexFrom, offsetIn } from '../../brokers/kafka/protocol/records';
import type { MessageId } from '../../kernel/bodies';
import type { FactId } from '../../kernel/fact';
import type { Context } from '../../kernel/machine';
import { ms, type Time } from '../../kernel/time';
import { visibleIn } from '../kafka/visible';
import { leaderEpochOf, leaderOf } from './consumer-metadata';
import { outOfRange } from './consumer-positions';
import { clientIdOf, type Assigned, type ConsumerState, type Fetched } from './consumer-state';
import { isUnavailable, send } from './wire';

/** A record as a poll gives it. */
export interface Polled {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly message: MessageId;
  readonly timestamp: Time;
  readonly isTombstone: boolean;
  /** The fact of its having been accepted. */
  readonly cause: FactId;
}

/** Asks every node for what it leads and nothing is known of, unless it has been asked. */
export function sendFetches(state: ConsumerState, context: Context): void {
  const { config, wire } = state;
  const busy = busyHosts(state);
  const buffered = new Set(state.buffer.map(({ name }) => name));
  const byHost = new Map<string, Assigned[]>();
  for (const one of state.assigned.values()) {
    if (!isFetchable(state, one) || buffered.has(one.name)) continue;
    const host = leaderOf(state, one.topic, one.partition);
    if (host === null) state.metadata.isWanted = true;
    if (host === null || busy.has(host) || isUnavailable(wire, host, context.now)) continue;
    byHost.set(host, [...(byHost.get(host) ?? []), one]);
  }
  for (const [host, ones] of byHost)
    send(
      wire,
      {
        ...{
          type: 'FetchRequest',
          replicaId: -1,
          maxWaitMs: config.maxWait / ms(1),
          minBytes: config.minBytes,
        },
        ...{ maxBytes: config.maxBytes, isolationLevel: config.isolationLevel, groupId: config.groupId },
        topics: topicsOf(state, ones),
      },
      {
        ...{ host, channel: 'node', clientId: clientIdOf(state, context.self) },
        timeout: config.requestTimeout,
      },
      context,
    );
}

/** With a request on its way, or with something that nobody has taken. */
function busyHosts({ wire, buffer }: ConsumerState): ReadonlySet<string> {
  const busy = new Set(buffer.map(({ host }) => host));
  for (const { request, host } of wire.inFlight.values()) if (request.type === 'FetchRequest') busy.add(host);
  return busy;
}

function isFetchable({ subscribed, isManual }: ConsumerState, one: Assigned): boolean {
  if (!isManual && !subscribed?.includes(one.topic)) return false;
  return one.state === 'fetching' && !one.paused && !one.revoking;
}

function topicsOf(state: ConsumerState, ones: readonly Assigned[]): FetchRequest['topics'] {
  const topics = new Map<string, FetchRequest['topics'][number]['partitions'][number][]>();
  for (const { topic, partition, position } of ones) {
    const asked = {
      ...{ partition, fetchOffset: position, partitionMaxBytes: state.config.maxBytesPerPartition },
      currentLeaderEpoch: leaderEpochOf(state, topic, partition),
    };
    topics.set(topic, [...(topics.get(topic) ?? []), asked]);
  }
  return [...topics].map(([topic, partitions]) => ({ topic, partitions }));
}

/** An answer waits until a poll takes it. */
export function fetched(
  state: ConsumerState,
  { topics }: FetchRequest,
  { responses }: FetchResponse,
  host: string,
): void {
  const came: Fetched[] = [];
  for (const { topic, partitions } of responses) {
    const asked = topics.find((one) => one.topic === topic)?.partitions ?? [];
    for (const answer of partitions) {
      if (answer.errorCode === 'NONE' && answer.batches.length === 0) continue;
      const next = asked.find(({ partition }) => partition === answer.partition)!.fetchOffset;
      came.push({ name: `${topic}-${answer.partition}`, host, next, answer });
    }
  }
  if (came.length > 0) state.buffer = [...state.buffer, ...came];
}

/** What a poll takes. `isEmpty`: no position has moved either, so the poll goes on waiting. Throws what the poll throws. */
export function collect(
  state: ConsumerState,
  context: Context,
): { readonly records: readonly Polled[]; readonly isEmpty: boolean } {
  const records: Polled[] = [];
  const put: Fetched[] = [];
  let isEmpty = true;
  while (records.length < state.config.maxPollRecords && state.buffer.length > 0) {
    const [first, ...rest] = state.buffer;
    const one = state.assigned.get(first.name);
    if (one?.paused) {
      put.push(first);
      state.buffer = rest;
      continue;
    }
    // only what comes next of a partition that is read is of any use
    if (!one || !isFetchable(state, one) || one.position !== first.next) {
      state.buffer = rest;
      continue;
    }
    if (first.answer.errorCode !== 'NONE') {
      // an exception waits until what came before it was given out
      if (!isEmpty) break;
      state.buffer = rest;
      fetchRefused(state, one, first.answer.errorCode, context);
      continue;
    }
    const before = one.position;
    const isOver = takeFrom(state, first, one, records);
    if (one.position > before) isEmpty = false;
    if (!isOver) break;
    state.buffer = rest;
    moveToEnd(state, one);
  }
  if (put.length > 0) state.buffer = [...state.buffer, ...put];
  return { records, isEmpty };
}

/** Takes as many as a poll may still have; true when nothing is left of it. */
function takeFrom({ config }: ConsumerState, from: Fetched, one: Assigned, records: Polled[]): boolean {
  const { answer, next } = from;
  for (const batch of visibleIn(answer, next)) {
    for (let index = indexFrom(batch, from.next); index < batch.records.length; index++) {
      if (records.length >= config.maxPollRecords) return false;
      const { message, timestamp, isTombstone = false } = batch.records[index];
      const offset = offsetIn(batch, index);
      const cause = batch.firstFact + distanceIn(batch, index);
      const { topic, partition } = one;
      records.push({ topic, partition, offset, message, timestamp, isTombstone, cause });
      from.next = offset + 1;
      one.position = from.next;
    }
  }
  if (records.length >= config.maxPollRecords) return false;
  // behind the last batch, whatever of it was to be seen
  one.position = from.next = answer.batches[answer.batches.length - 1].lastOffset + 1;
  return true;
}

/** What was taken of it makes room for others in the next request. */
function moveToEnd({ assigned }: ConsumerState, one: Assigned): void {
  assigned.delete(one.name);
  assigned.set(one.name, one);
}

function fetchRefused(state: ConsumerState, one: Assigned, code: string, context: Context): void {
  if (code === 'OFFSET_OUT_OF_RANGE') outOfRange(state, one, context);
  // NOT_LEADER_OR_FOLLOWER, FENCED_LEADER_EPOCH, UNKNOWN_TOPIC_OR_PARTITION, OFFSET_NOT_AVAILABLE, …
  else if (code !== 'UNKNOWN_LEADER_EPOCH') state.metadata.isWanted = true;
  moveToEnd(state, one);
}
