/**
 * Where to read: the group's committed offset, else what the reset policy says, else an exception (OffsetFetcher.java,
 * ClassicKafkaConsumer.updateFetchPositions). Left out: positions are not checked against the log of a new leader
 * (OffsetsForLeaderEpoch), so a truncated log is noticed only where the position lies behind its end.
 */
import type { ListOffsetsResponse, OffsetFetchResponse } from '../../brokers/kafka/protocol';
import { factType } from '../../kernel/fact';
import type { Context } from '../../kernel/machine';
import { ms, type Time } from '../../kernel/time';
import { JavaError } from './api';
import { addressOf, leaderOf } from './consumer-metadata';
import type { Reset } from './consumer-options';
import { clientIdOf, unknown, type Assigned, type ConsumerState } from './consumer-state';
import { askCoordinator, forgetCoordinator, isCoordinatorReady } from './coordinator';
import { retriable, thrownFor, type Thrown } from './exceptions';
import { isAsking, isUnavailable, send } from './wire';

const OutOfRange = factType('failed', 'OffsetOutOfRange');

/** Does what is needed for positions that are not known. false: the committed offsets are awaited. Throws what the call throws. */
export function updatePositions(state: ConsumerState, context: Context): boolean {
  const all = [...state.assigned.values()];
  const fresh = all.filter(({ state: is, revoking }) => is === 'initializing' && !revoking);
  if (fresh.length > 0 && state.config.groupId !== '') {
    if (isAsking(state.wire, 'OffsetFetchRequest', 'positions')) return false;
    if (!isCoordinatorReady(state, context)) return false;
    if (fresh.some(({ retryAt }) => retryAt > context.now)) return false;
    if (!fresh.every(({ committed }) => committed === nothing)) {
      fetchOffsets(state, fresh, 'positions', context);
      return false;
    }
  }
  for (const one of fresh) startReset(one, state.config.reset);
  resetPositions(state, context);
  return true;
}

/** There is no committed offset: it was asked for. */
const nothing = -2;

/** Asks the coordinator for committed offsets. */
export function fetchOffsets(
  state: ConsumerState,
  places: readonly { readonly topic: string; readonly partition: number }[],
  purpose: string,
  context: Context,
): void {
  const topics = new Map<string, number[]>();
  for (const { topic, partition } of places) {
    const known = topics.get(topic);
    if (known) known.push(partition);
    else topics.set(topic, [partition]);
  }
  askCoordinator(
    state,
    {
      ...{ type: 'OffsetFetchRequest', groupId: state.config.groupId, requireStable: true },
      topics: [...topics].map(([name, partitionIndexes]) => ({ name, partitionIndexes })),
    },
    context,
    { purpose },
  );
}

/** What an answer about committed offsets says: they are known ('known'), it is tried again ('again'), or it is thrown. */
export function offsetsTrouble(
  state: ConsumerState,
  { errorCode, topics }: OffsetFetchResponse,
): 'known' | 'again' | Thrown {
  if (errorCode === 'NOT_COORDINATOR' || errorCode === 'COORDINATOR_NOT_AVAILABLE')
    forgetCoordinator(state, false);
  if (errorCode !== 'NONE')
    return retriable(errorCode) === 'never'
      ? { name: 'KafkaException', message: `Unexpected error in fetch offset response: ${errorCode}` }
      : 'again';
  for (const { name, partitions } of topics)
    for (const { errorCode: code, partitionIndex } of partitions) {
      if (code === 'UNSTABLE_OFFSET_COMMIT') return 'again';
      if (code !== 'NONE')
        return {
          name: 'KafkaException',
          message: `Unexpected error in fetch offset response for partition ${name}-${partitionIndex}: ${code}`,
        };
    }
  return 'known';
}

/** Takes committed offsets in, of partitions whose place is still not known. */
export function learnCommitted(
  state: ConsumerState,
  response: OffsetFetchResponse,
  now: Time,
): Thrown | null {
  const outcome = offsetsTrouble(state, response);
  if (outcome !== 'known') {
    for (const one of state.assigned.values())
      if (one.state === 'initializing') one.retryAt = now + state.config.retryBackoff;
    return outcome === 'again' ? null : outcome;
  }
  for (const { name, partitions } of response.topics)
    for (const { partitionIndex, committedOffset } of partitions) {
      const one = state.assigned.get(`${name}-${partitionIndex}`);
      if (one?.state !== 'initializing') continue;
      if (committedOffset < 0) one.committed = nothing;
      else {
        one.committed = committedOffset;
        setPosition(one, committedOffset);
      }
    }
  return null;
}

/** It reads from here. */
export function setPosition(one: Assigned, offset: number): void {
  one.state = 'fetching';
  one.position = offset;
  one.resetTo = null;
}

/** Looks for a place by a policy. Throws where there is none. */
export function startReset(one: Assigned, reset: Reset): void {
  if (reset.is === 'none')
    throw new JavaError(
      'NoOffsetForPartitionException',
      `Undefined offset with no reset policy for partitions: [${one.name}]`,
    );
  one.state = 'resetting';
  one.position = unknown;
  one.resetTo = reset;
  one.retryAt = 0;
}

/** The position is not in the log: by the policy, or an exception. */
export function outOfRange(state: ConsumerState, one: Assigned, context: Context): void {
  const { reset, groupId } = state.config;
  context.emit({
    is: OutOfRange,
    subject: addressOf(state, one.topic, one.partition),
    position: one.position,
    group: groupId,
    detail: `OFFSET_OUT_OF_RANGE: reset to ${reset.is}`,
  });
  if (reset.is === 'none')
    throw new JavaError(
      'OffsetOutOfRangeException',
      `Fetch position FetchPosition{offset=${one.position}, offsetEpoch=Optional.empty} is out of range for partition ${one.name}`,
    );
  startReset(one, reset);
}

/** Asks the leaders for the ends of what has no place (resetPositionsAsync). */
function resetPositions(state: ConsumerState, context: Context): void {
  const { wire, config, metadata } = state;
  const { now } = context;
  const byHost = new Map<string, Assigned[]>();
  for (const one of state.assigned.values()) {
    if (one.state !== 'resetting' || one.retryAt > now) continue;
    const host = leaderOf(state, one.topic, one.partition);
    if (host === null) metadata.isWanted = true;
    if (host === null || isUnavailable(wire, host, now)) continue;
    byHost.set(host, [...(byHost.get(host) ?? []), one]);
  }
  for (const [host, ones] of byHost) {
    const topics = new Map<string, { partitionIndex: number; timestamp: number }[]>();
    for (const one of ones) {
      one.retryAt = now + config.requestTimeout;
      const asked = {
        partitionIndex: one.partition,
        timestamp: timestampOf(one.resetTo ?? config.reset, now),
      };
      topics.set(one.topic, [...(topics.get(one.topic) ?? []), asked]);
    }
    send(
      wire,
      {
        ...{ type: 'ListOffsetsRequest', isolationLevel: config.isolationLevel },
        topics: [...topics].map(([name, partitions]) => ({ name, partitions })),
      },
      {
        ...{ host, channel: 'node', clientId: clientIdOf(state, context.self) },
        timeout: config.requestTimeout,
      },
      context,
    );
  }
}

/** Takes ends in. Where nothing lies after a time, the end it is; what failed is asked for again. */
export function learnListed(state: ConsumerState, response: ListOffsetsResponse, now: Time): Thrown | null {
  let failure: Thrown | null = null;
  for (const { name, partitions } of response.topics)
    for (const { partitionIndex, errorCode, offset } of partitions) {
      const one = state.assigned.get(`${name}-${partitionIndex}`);
      if (one?.state !== 'resetting') continue;
      if (errorCode === 'NONE' && offset >= 0) setPosition(one, offset);
      else if (errorCode === 'NONE') {
        one.resetTo = { is: 'latest' };
        one.retryAt = 0;
      } else if (retriable(errorCode) === 'never') failure = thrownFor(errorCode);
      else {
        one.retryAt = now + state.config.retryBackoff;
        state.metadata.isWanted = true;
      }
    }
  return failure;
}

/** The question is lost with its connection: it is asked again. */
export function listingLost(
  state: ConsumerState,
  topics: readonly { readonly name: string }[],
  now: Time,
): void {
  for (const one of state.assigned.values())
    if (one.state === 'resetting' && topics.some(({ name }) => name === one.topic))
      one.retryAt = now + state.config.retryBackoff;
  state.metadata.isWanted = true;
}

export function positionDues({ assigned }: ConsumerState): readonly Time[] {
  return [...assigned.values()].filter(({ state }) => state !== 'fetching').map(({ retryAt }) => retryAt);
}

/** Special timestamps of ListOffsets: −2 the beginning, −1 the end. */
function timestampOf(reset: Reset, now: Time): number {
  if (reset.is === 'earliest') return -2;
  if (reset.is === 'by_duration') return Math.max(0, Math.floor((now - reset.duration) / ms(1)));
  return -1;
}
