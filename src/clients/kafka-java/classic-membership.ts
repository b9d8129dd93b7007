/**
 * A member of a classic group (AbstractCoordinator.java, Heartbeat.java). Heartbeats come from a thread of their own, whatever the
 * application does; when it has not polled for max.poll.interval.ms the same thread leaves the group. A static member never
 * leaves by itself. Here that thread is woken by the clock and by what arrives, the real one looks about every retry.backoff.ms.
 */
import type { HeartbeatResponse, KafkaResponse } from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import type { Time } from '../../kernel/time';
import { JavaError } from './api';
import { assignPlaces, placesHeld, tellRebalance } from './assigning';
import {
  dealWhenKnown,
  joinAnswered,
  joinIfNeeded,
  joinLost,
  noticeChanges,
  prepared,
  syncAnswered,
} from './classic-join';
import { fallOut, isUnchanged, newClassicMember, type ClassicMember } from './classic-member';
import { commitFailed, fenced, rebalancing } from './consumer-commit';
import type { ConsumerState } from './consumer-state';
import { askCoordinator, forgetCoordinator, isCoordinatorReady } from './coordinator';
import { retriable, thrownFor, type Thrown } from './exceptions';
import type { Membership } from './membership';
import type { Waiting } from './wire';

export const classicMembership: Membership = {
  newMember: newClassicMember,
  poll,
  beat,
  isReading: (state) => memberOf(state).beats,
  dues,
  answered,
  lost,
  commitRefused,
  leave,
};

function memberOf({ member }: ConsumerState): ClassicMember {
  return member as ClassicMember;
}

function poll(state: ConsumerState, context: Context): boolean {
  const member = memberOf(state);
  const { failure } = member;
  if (failure !== null) {
    member.failure = null;
    throw new JavaError(failure.name, failure.message);
  }
  member.pollUntil = context.now + state.config.maxPollInterval;
  if (!isCoordinatorReady(state, context)) return false;
  dealWhenKnown(state, member, context);
  noticeChanges(state, member);
  return joinIfNeeded(state, member, context);
}

function beat(state: ConsumerState, context: Context): void {
  const member = memberOf(state);
  if (!member.beats) return;
  if (member.standing === 'unjoined' || member.standing === 'preparing' || member.failure !== null) {
    member.beats = false;
    return;
  }
  dealWhenKnown(state, member, context);
  const { now } = context;
  if (!isCoordinatorReady(state, context)) return;
  if (now >= member.sessionUntil) return forgetCoordinator(state, false);
  if (now >= member.pollUntil) return goodbye(state, member, context);
  if (now < member.beatAt) return;
  member.beatAt = now + state.config.heartbeatInterval;
  const { groupId, instanceId } = state.config;
  askCoordinator(
    state,
    {
      ...{ type: 'HeartbeatRequest', groupId, generationId: member.generation, memberId: member.memberId },
      ...(instanceId === null ? {} : { groupInstanceId: instanceId }),
    },
    context,
  );
}

function dues(state: ConsumerState): readonly Time[] {
  const member = memberOf(state);
  const { config } = state;
  const { beats, beatAt, sessionUntil, pollUntil, joinAt, preparing } = member;
  const times = beats ? [beatAt, sessionUntil, pollUntil, joinAt] : [joinAt];
  if (preparing !== null) times.push(preparing.since + config.maxPollInterval, preparing.retryAt);
  return times;
}

function answered(state: ConsumerState, waiting: Waiting, response: KafkaResponse, context: Context): void {
  const member = memberOf(state);
  switch (response.type) {
    case 'JoinGroupResponse':
      return joinAnswered(state, member, waiting, response, context);
    case 'SyncGroupResponse':
      return syncAnswered(state, member, waiting, response);
    case 'HeartbeatResponse':
      return beatAnswered(state, member, waiting, response, context);
    case 'FindCoordinatorResponse':
      member.sessionUntil = context.now + state.config.sessionTimeout;
      return;
    case 'OffsetCommitResponse':
      return prepared(state, member, false, context);
    default:
      return;
  }
}

function beatAnswered(
  state: ConsumerState,
  member: ClassicMember,
  waiting: Waiting,
  { errorCode }: HeartbeatResponse,
  context: Context,
): void {
  const { config } = state;
  const isHeard = (): void => {
    member.beatAttempts = 0;
    member.sessionUntil = context.now + config.sessionTimeout;
  };
  switch (errorCode) {
    case 'NONE':
      return isHeard();
    case 'REBALANCE_IN_PROGRESS':
      if (member.standing === 'stable') member.rejoinNeeded = true;
      return isHeard();
    case 'COORDINATOR_NOT_AVAILABLE':
    case 'NOT_COORDINATOR':
      forgetCoordinator(state, false);
      return beatFailed(state, member, context);
    case 'ILLEGAL_GENERATION':
    case 'UNKNOWN_MEMBER_ID':
    case 'FENCED_INSTANCE_ID':
      // an answer to an earlier membership says nothing of this one
      if (!isUnchanged(member, waiting)) return isHeard();
      fallOut(member, errorCode !== 'ILLEGAL_GENERATION');
      if (errorCode === 'FENCED_INSTANCE_ID') member.failure = fenced;
      else beatFailed(state, member, context);
      return;
    default:
      if (retriable(errorCode) === 'never') member.failure = thrownFor(errorCode);
      return beatFailed(state, member, context);
  }
}

/** The next one comes after a back-off, which doubles (Heartbeat.failHeartbeat). */
function beatFailed({ config }: ConsumerState, member: ClassicMember, { now }: Context): void {
  let wait = config.retryBackoff;
  for (let attempt = 0; attempt < member.beatAttempts && wait < config.retryBackoffMax; attempt++) wait *= 2;
  member.beatAttempts++;
  member.beatAt = now + Math.min(wait, config.retryBackoffMax);
}

function lost(state: ConsumerState, { request, purpose }: Waiting, context: Context): void {
  const member = memberOf(state);
  switch (request.type) {
    case 'JoinGroupRequest':
    case 'SyncGroupRequest':
      return joinLost(member);
    case 'HeartbeatRequest':
      return beatFailed(state, member, context);
    case 'OffsetCommitRequest':
      if (purpose === 'prepare') prepared(state, member, true, context);
      return;
    default:
      return;
  }
}

function commitRefused(state: ConsumerState, waiting: Waiting, code: string, context: Context): Thrown {
  const member = memberOf(state);
  if (waiting.purpose === 'prepare') prepared(state, member, false, context);
  const isStale = !isUnchanged(member, waiting);
  const isJoining = member.standing === 'preparing';
  switch (code) {
    case 'REBALANCE_IN_PROGRESS':
      member.rejoinNeeded = true;
      return rebalancing;
    case 'FENCED_INSTANCE_ID':
      if (!isStale) return fenced;
      return isJoining ? rebalancing : commitFailed;
    default:
      if (isStale && isJoining) return rebalancing;
      fallOut(member, code !== 'ILLEGAL_GENERATION');
      return commitFailed;
  }
}

/** The application wants out: what it has is revoked, or lost where it is no member any more (onLeavePrepare). */
function leave(state: ConsumerState, context: Context): void {
  const member = memberOf(state);
  const held = placesHeld(state);
  if (held.length > 0) {
    const isLost =
      member.generation === -1 ||
      member.memberId === '' ||
      ['preparing', 'completing'].includes(member.standing);
    tellRebalance(state, isLost ? 'lost' : 'revoked', held);
    assignPlaces(state, []);
  }
  member.beats = false;
  goodbye(state, member, context);
}

/** maybeLeaveGroup: the coordinator is told, unless this is a static member; either way it is none any more. */
function goodbye(state: ConsumerState, member: ClassicMember, context: Context): void {
  const { groupId, instanceId } = state.config;
  const isIn = member.standing !== 'unjoined' && member.memberId !== '';
  if (isIn && instanceId === null && isCoordinatorReady(state, context))
    askCoordinator(state, { type: 'LeaveGroupRequest', groupId, memberId: member.memberId }, context);
  member.leading = null;
  if (member.joining?.is === 'waiting') member.joining = { is: 'failed', thrown: null, atOnce: true };
  fallOut(member, true);
}
