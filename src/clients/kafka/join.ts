/**
 * Joining the group: find the coordinator, join (twice when it wants a member id first, KIP-394), assign if leader,
 * sync. Eager: everything owned before is given up. Source: kafkajs consumer/consumerGroup.js JOIN, SYNC, joinAndSync;
 * broker/index.js joinGroup.
 */
import type {
  Assignment,
  FindCoordinatorResponse,
  JoinGroupResponse,
  SyncGroupResponse,
} from '../../brokers/kafka/protocol';
import { invariant } from '../../kernel/invariant';
import type { Context } from '../../kernel/machine';
import { ms } from '../../kernel/time';
import { assignorNamed } from './assignors/all';
import { isPaused, say } from './calls';
import { ask, clientIdOf, nextCorrelationId } from './cluster';
import { unknown, type Consumer, type JoinFrom, type Owned } from './consumer-state';
import { deliveredNote } from './delivered';
import { isRebalancing, protocolFailure, retriesExceeded, type Failure } from './failure';
import { isFresh, refreshMetadata, someHost } from './metadata';
import { newRetry, nextWait } from './retry';

/** How joining goes on: something is awaited, the assignment is there, or it has failed. */
export type JoinTurn = 'wait' | 'joined' | Failure;

/** The driver's own reminder to join again. */
export interface RetryJoin {
  readonly type: 'RetryJoin';
}

/** kafkajs waits this much longer for an answer to JoinGroup than the rebalance may take (joinGroup/index.js). */
const networkDelay = ms(5000);

/** Begins to join, with a full budget of retries. */
export function startJoin(state: Consumer, from: JoinFrom, context: Context): JoinTurn {
  state.joinFrom = from;
  state.joinRetry = newRetry();
  return tryJoin(state, context);
}

/** One try, from the start: the coordinator may be another one by now. */
export function tryJoin(state: Consumer, context: Context): JoinTurn {
  if (isFresh(state.cluster, context.now)) return findCoordinator(state, context);
  state.phase = 'connecting';
  refreshMetadata(state.cluster, context);
  return 'wait';
}

export function findCoordinator(state: Consumer, context: Context): JoinTurn {
  const { cluster, options } = state;
  ask(cluster, context, someHost(cluster, context), {
    type: 'FindCoordinatorRequest',
    correlationId: nextCorrelationId(cluster),
    clientId: clientIdOf(cluster, context),
    key: options.groupId,
    keyType: 0,
  });
  return waitFor(state, 'finding');
}

export function coordinatorFound(
  state: Consumer,
  response: FindCoordinatorResponse,
  context: Context,
): JoinTurn {
  if (response.errorCode === 'COORDINATOR_NOT_AVAILABLE') {
    // kafkajs retries this inside findGroupCoordinator with a budget of its own, after fresh metadata
    state.cluster.freshUntil = 0;
    return joinLater(state, protocolFailure(response.errorCode), context);
  }
  if (response.errorCode !== 'NONE') return protocolFailure(response.errorCode);
  state.coordinator = response.host;
  return join(state, state.memberId, context);
}

export function joinAnswered(state: Consumer, response: JoinGroupResponse, context: Context): JoinTurn {
  if (response.errorCode === 'MEMBER_ID_REQUIRED') return join(state, response.memberId, context);
  if (response.errorCode !== 'NONE') return joinRefused(state, protocolFailure(response.errorCode), context);
  state.generation = response.generationId;
  state.memberId = response.memberId;
  state.joined = response;
  if (response.leader !== response.memberId) return sync(state, [], context);
  // a leader deals out what there is now, not what there was
  refreshMetadata(state.cluster, context);
  return waitFor(state, 'leading');
}

/** The leader knows the topics: it deals and tells everybody through the coordinator. */
export function deal(state: Consumer, context: Context): JoinTurn {
  const { joined, options, cluster } = state;
  invariant(joined, 'a leader assigns after it has joined');
  const assignor = assignorNamed(joined.protocolName);
  invariant(assignor, 'a group votes for a protocol that every member offers');
  const assignments = assignor.assign({
    members: joined.members,
    topics: options.topics,
    partitionsOf: (topic) => cluster.metadata.get(topic)?.indexes ?? [],
  });
  return sync(state, assignments, context);
}

export function syncAnswered(state: Consumer, response: SyncGroupResponse, context: Context): JoinTurn {
  if (response.errorCode !== 'NONE') return joinRefused(state, protocolFailure(response.errorCode), context);
  own(state, response.assignment);
  const { memberId, generation, joined } = state;
  say(
    state,
    {
      is: 'GROUP_JOIN',
      ...{ memberId, generation, leaderId: joined?.leader ?? '', protocol: joined?.protocolName ?? '' },
      assignment: response.assignment,
    },
    context,
  );
  state.joined = null;
  state.lastCommitAt = context.now;
  return 'joined';
}

function join(state: Consumer, memberId: string, context: Context): JoinTurn {
  const { cluster, options } = state;
  const timeout = Math.max(options.requestTimeout, options.rebalanceTimeout + networkDelay);
  const request = {
    type: 'JoinGroupRequest' as const,
    correlationId: nextCorrelationId(cluster),
    clientId: clientIdOf(cluster, context),
    groupId: options.groupId,
    sessionTimeoutMs: options.sessionTimeout / ms(1),
    rebalanceTimeoutMs: options.rebalanceTimeout / ms(1),
    memberId,
    groupInstanceId: null,
    protocolType: 'consumer' as const,
    protocols: [{ name: options.assignor, topics: options.topics }],
  };
  ask(cluster, context, state.coordinator, request, 0, 0, timeout);
  return waitFor(state, 'joining');
}

function sync(
  state: Consumer,
  assignments: readonly { readonly memberId: string; readonly assignment: Assignment }[],
  context: Context,
): JoinTurn {
  const { cluster, options, generation, memberId } = state;
  ask(cluster, context, state.coordinator, {
    type: 'SyncGroupRequest',
    correlationId: nextCorrelationId(cluster),
    clientId: clientIdOf(cluster, context),
    groupId: options.groupId,
    generationId: generation,
    memberId,
    assignments,
  });
  return waitFor(state, 'syncing');
}

/** The group moved on meanwhile, or has forgotten this member: from the start, a little later. */
function joinRefused(state: Consumer, failure: Failure, context: Context): JoinTurn {
  if (failure.type === 'UNKNOWN_MEMBER_ID') state.memberId = '';
  else if (!isRebalancing(failure)) return failure;
  return joinLater(state, failure, context);
}

/** Once more from the start, after a while. */
export function joinLater(state: Consumer, failure: Failure, context: Context): JoinTurn {
  const wait = nextWait(state.joinRetry, state.options.retry, context.random('retry'));
  if (wait === null) return retriesExceeded(failure, state.joinRetry.waitMs);
  const again: RetryJoin = { type: 'RetryJoin' };
  state.timer = context.after(wait, again);
  return waitFor(state, 'waiting to join again');
}

/** A new assignment: nothing is known about its offsets, and seeks for what others own are theirs. */
function own(state: Consumer, assignment: Assignment): void {
  const { options, cluster } = state;
  const owned: Owned[] = [];
  for (const [topic, partitions] of Object.entries(assignment)) {
    // a member may be given topics it did not ask for, when subscriptions differ: it leaves them alone
    if (!options.topics.includes(topic)) continue;
    for (const partition of inFetchOrder(partitions)) {
      const address =
        cluster.metadata.get(topic)?.addresses[partition] ?? `${options.broker}/${topic}/${partition}`;
      const note = deliveredNote(options.groupId, address);
      owned.push({
        topic,
        partition,
        address,
        note,
        committed: unknown,
        resolved: unknown,
        paused: isPaused(state, topic, partition),
        handled: [],
      });
    }
  }
  state.owned = owned;
  if (state.arrived) state.arrived = [];
  state.jumps.clear();
  state.seeks = state.seeks.filter(({ topic, partition }) =>
    owned.some((known) => known.topic === topic && known.partition === partition),
  );
  state.knownPartitions = new Map(
    options.topics.map((topic) => [topic, cluster.metadata.get(topic)?.indexes.length ?? 0]),
  );
}

/** kafkajs sorts partition numbers as text, so 10 comes before 2 (consumer/subscriptionState.js assigned). */
function inFetchOrder(partitions: readonly number[]): number[] {
  return [...partitions].sort((a, b) => (String(a) < String(b) ? -1 : 1));
}

function waitFor(state: Consumer, phase: Consumer['phase']): 'wait' {
  state.phase = phase;
  return 'wait';
}
