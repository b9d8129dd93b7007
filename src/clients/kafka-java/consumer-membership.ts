/**
 * Membership by the consumer protocol of KIP-848 (ConsumerMembershipManager.java, ConsumerHeartbeatRequestManager.java): the
 * coordinator assigns, one heartbeat says everything, and its interval is the coordinator's. What is to be given up is
 * committed first where that is done by itself, then revoked, then acknowledged; the rest is read on all the while.
 * Heartbeats go out by themselves, following an assignment needs a poll. Whoever does not poll for max.poll.interval.ms
 * leaves. Left out: patterns, racks, a member that asks for committed offsets with its epoch.
 */
import type { ConsumerGroupHeartbeatResponse, KafkaResponse } from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import { ms } from '../../kernel/time';
import { JavaError } from './api';
import { assignPlaces, placesHeld, tellRebalance } from './assigning';
import type { Place } from './assignors/assignor';
import { commitFailed, consumed, sendCommit } from './consumer-commit';
import { dropOut, newConsumerMember, type ConsumerMember } from './consumer-member';
import type { ConsumerState } from './consumer-state';
import { askCoordinator, forgetCoordinator, isCoordinatorReady } from './coordinator';
import { retriable, thrownFor, type Thrown } from './exceptions';
import { newMemberId } from './member-id';
import type { Membership } from './membership';
import { isAsking, type Waiting } from './wire';

export const consumerMembership: Membership = {
  newMember: newConsumerMember,
  poll,
  beat,
  isReading: (state) => ['joining', 'in'].includes(memberOf(state).phase),
  dues: (state) => [memberOf(state).beatAt, memberOf(state).pollUntil],
  answered,
  lost,
  commitRefused,
  leave,
};

const leaving = 'leave';

function memberOf({ member }: ConsumerState): ConsumerMember {
  return member as ConsumerMember;
}

function poll(state: ConsumerState, context: Context): boolean {
  const member = memberOf(state);
  const { failure, phase } = member;
  if (failure !== null) {
    member.failure = null;
    throw new JavaError(failure.name, failure.message);
  }
  member.pollUntil = context.now + state.config.maxPollInterval;
  if (phase === 'fenced' || phase === 'gone') giveUpLost(state);
  if (phase !== 'joining' && phase !== 'in' && phase !== 'fatal') {
    if (member.memberId === '') member.memberId = newMemberId(context);
    Object.assign(member, { phase: 'joining', beatAt: context.now });
    beat(state, context);
  }
  return follow(state, member, context);
}

/** Takes a step towards what it was assigned; false: it waits for its commit. */
function follow(state: ConsumerState, member: ConsumerMember, context: Context): boolean {
  const { hasFollowed, target } = member;
  if (target === null) return member.phase === 'in';
  const held = placesHeld(state);
  const wanted: Place[] = Object.keys(target).flatMap((topic) =>
    target[topic].map((partition) => ({ topic, partition })),
  );
  const revoked = held.filter((place) => !isIn(wanted, place));
  const added = wanted.filter((place) => !isIn(held, place));
  if (!hasFollowed || revoked.length > 0 || added.length > 0) {
    if (!commitFirst(state, member, revoked, context)) return false;
    if (revoked.length > 0) tellRebalance(state, 'revoked', revoked);
    assignPlaces(state, wanted);
    tellRebalance(state, 'assigned', added);
  }
  Object.assign(member, {
    target: null,
    hasFollowed: true,
    commit: 'due',
    toldOwned: null,
    beatAt: context.now,
  });
  beat(state, context);
  return true;
}

function isIn(places: readonly Place[], { partition, topic }: Place): boolean {
  return places.some((place) => place.topic === topic && place.partition === partition);
}

/** Of everything it has, before any of it is given up (maybeAutoCommitSyncBeforeRebalance). */
function commitFirst(
  state: ConsumerState,
  member: ConsumerMember,
  revoked: readonly Place[],
  context: Context,
): boolean {
  for (const { partition, topic } of revoked) state.assigned.get(`${topic}-${partition}`)!.revoking = true;
  const offsets = consumed(state);
  if (member.commit === 'done' || !state.config.autoCommit || offsets.length === 0) return true;
  if (member.commit === 'waiting') return false;
  const sent = sendCommit(state, offsets, 'prepare', context);
  if (sent === 'sent') member.commit = 'waiting';
  return typeof sent !== 'string';
}

function beat(state: ConsumerState, context: Context): void {
  const member = memberOf(state);
  const { config } = state;
  const { now } = context;
  if (member.phase !== 'joining' && member.phase !== 'in') return;
  if (now >= member.pollUntil) {
    sayGoodbye(state, member, context);
    return dropOut(member, 'gone');
  }
  if (now < member.beatAt || !isCoordinatorReady(state, context)) return;
  if (isAsking(state.wire, 'ConsumerGroupHeartbeatRequest')) return;
  const isJoining = member.phase === 'joining';
  const subscribed = [...(state.subscribed ?? [])].sort();
  const owned = ownedBy(state);
  const saysTopics = isJoining || subscribed.join(' ') !== member.toldTopics;
  const saysOwned = isJoining || (member.target === null && JSON.stringify(owned) !== member.toldOwned);
  member.beatAt = now + Math.max(member.interval, config.retryBackoff);
  if (saysTopics) member.toldTopics = subscribed.join(' ');
  if (saysOwned) member.toldOwned = JSON.stringify(owned);
  askCoordinator(
    state,
    {
      ...{ type: 'ConsumerGroupHeartbeatRequest', groupId: config.groupId, memberId: member.memberId },
      ...{ memberEpoch: isJoining ? 0 : member.generation, instanceId: config.instanceId },
      rebalanceTimeoutMs: isJoining ? config.maxPollInterval / 1000 : -1,
      subscribedTopicNames: saysTopics ? subscribed : null,
      serverAssignor: isJoining ? config.remoteAssignor : null,
      topicPartitions: isJoining ? {} : saysOwned ? owned : null,
    },
    context,
  );
}

function ownedBy(state: ConsumerState): Record<string, number[]> {
  const owned: Record<string, number[]> = {};
  for (const { partition, topic } of placesHeld(state)) (owned[topic] ??= []).push(partition);
  return owned;
}

function answered(state: ConsumerState, waiting: Waiting, response: KafkaResponse, context: Context): void {
  const member = memberOf(state);
  if (response.type === 'OffsetCommitResponse') return prepared(member, waiting);
  if (response.type !== 'ConsumerGroupHeartbeatResponse' || waiting.purpose === leaving) return;
  if (member.phase !== 'joining' && member.phase !== 'in') return;
  if (response.errorCode !== 'NONE') return beatRefused(state, member, response, context);
  const { assignment, heartbeatIntervalMs, memberEpoch, memberId } = response;
  Object.assign(member, { phase: 'in', standing: 'stable', generation: memberEpoch, attempts: 0 });
  if (member.known.generation !== memberEpoch) member.known = { generation: memberEpoch, memberId };
  member.interval = ms(heartbeatIntervalMs);
  // one that has followed an assignment meanwhile says so at once
  if (member.toldOwned !== null) member.beatAt = context.now + member.interval;
  if (assignment !== null) Object.assign(member, { target: assignment, commit: 'due' });
}

function beatRefused(
  state: ConsumerState,
  member: ConsumerMember,
  { errorCode }: ConsumerGroupHeartbeatResponse,
  context: Context,
): void {
  switch (errorCode) {
    case 'COORDINATOR_NOT_AVAILABLE':
    case 'NOT_COORDINATOR':
      forgetCoordinator(state, false);
      return beatFailed(state, member, context);
    case 'FENCED_MEMBER_EPOCH':
    case 'UNKNOWN_MEMBER_ID':
      return dropOut(member, 'fenced');
    default:
      if (retriable(errorCode) !== 'never') return beatFailed(state, member, context);
      dropOut(member, 'fatal');
      member.failure = thrownFor(errorCode);
  }
}

/** The next one comes after a back-off, which doubles, and says everything again. */
function beatFailed({ config }: ConsumerState, member: ConsumerMember, { now }: Context): void {
  let wait = config.retryBackoff;
  for (let attempt = 0; attempt < member.attempts && wait < config.retryBackoffMax; attempt++) wait *= 2;
  member.attempts++;
  Object.assign(member, { toldTopics: null, toldOwned: null });
  member.beatAt = now + Math.min(wait, config.retryBackoffMax);
}

function lost(state: ConsumerState, waiting: Waiting, context: Context): void {
  const member = memberOf(state);
  if (waiting.request.type === 'OffsetCommitRequest') prepared(member, waiting);
  else if (waiting.request.type === 'ConsumerGroupHeartbeatRequest' && waiting.purpose !== leaving)
    beatFailed(state, member, context);
}

/** The commit before following is over, well or badly: either way it is followed now. */
function prepared(member: ConsumerMember, { purpose }: Waiting): void {
  if (purpose === 'prepare' && member.commit === 'waiting') member.commit = 'done';
}

function commitRefused(state: ConsumerState, waiting: Waiting, _code: string, _context: Context): Thrown {
  prepared(memberOf(state), waiting);
  return commitFailed;
}

function leave(state: ConsumerState, context: Context): void {
  const member = memberOf(state);
  const held = placesHeld(state);
  if (held.length > 0) {
    tellRebalance(state, member.phase === 'in' ? 'revoked' : 'lost', held);
    assignPlaces(state, []);
  }
  sayGoodbye(state, member, context);
  dropOut(member, 'out');
}

/** A static member means to come back. */
function sayGoodbye(state: ConsumerState, member: ConsumerMember, context: Context): void {
  if (member.phase !== 'in' || !isCoordinatorReady(state, context)) return;
  const { groupId, instanceId } = state.config;
  const memberEpoch = instanceId === null ? -1 : -2;
  const nothing = {
    rebalanceTimeoutMs: -1,
    subscribedTopicNames: null,
    serverAssignor: null,
    topicPartitions: null,
  };
  askCoordinator(
    state,
    {
      ...{
        type: 'ConsumerGroupHeartbeatRequest',
        groupId,
        memberId: member.memberId,
        memberEpoch,
        instanceId,
      },
      ...nothing,
    },
    context,
    { purpose: leaving },
  );
}

/** The coordinator has given it up, or it has left for want of polls: what it had is lost. */
function giveUpLost(state: ConsumerState): void {
  const held = placesHeld(state);
  if (held.length > 0) tellRebalance(state, 'lost', held);
  assignPlaces(state, []);
}
