/**
 * The other requests by which a client is a member of a classic group: SyncGroup, Heartbeat, LeaveGroup, and the
 * session that ends when it is silent (GroupMetadataManager.java, classicGroupSync and what follows it). The broker
 * relays assignments; it never computes one.
 */
import type { Context } from '../../kernel/machine';
import { emptyAssignment, haveAllJoined, removeMember, type Member } from './group';
import { dismissFromJoin } from './join';
import type {
  ErrorCode,
  HeartbeatRequest,
  HeartbeatResponse,
  LeaveGroupRequest,
  LeaveGroupResponse,
  SyncGroupRequest,
  SyncGroupResponse,
} from './protocol';
import {
  completeJoin,
  completeJoinIfAllJoined,
  prepareOrCompleteJoin,
  stabilise,
  syncReceived,
  tellRemoved,
} from './rebalance';
import { endSession, hasExpired, keepAlive, type SessionTimedOut } from './sessions';
import { memberErrorOf, staticMemberOf } from './static-members';
import type { BrokerState } from './state';
import { takeTurn, type Caller } from './turns';

/** The leader brings the assignment, everybody else fetches a share of it; who comes too early is parked. */
export function syncGroup(
  state: BrokerState,
  request: SyncGroupRequest,
  caller: Caller,
  context: Context,
): void {
  const { groupId, memberId, generationId, correlationId } = request;
  const group = state.groups.get(groupId);
  const member = group?.members.get(memberId);
  const refusal = memberErrorOf(group, memberId, request.groupInstanceId);
  const error: ErrorCode =
    !group || !member || refusal !== 'NONE'
      ? refusal
      : generationId !== group.generation
        ? 'ILLEGAL_GENERATION'
        : group.state === 'PreparingRebalance'
          ? 'REBALANCE_IN_PROGRESS'
          : 'NONE';
  if (!group || !member || error !== 'NONE' || group.state === 'Stable') {
    if (group && error === 'NONE') syncReceived(group, memberId, context);
    const assignment = error === 'NONE' ? member!.assignment : emptyAssignment;
    const response: SyncGroupResponse = {
      type: 'SyncGroupResponse',
      correlationId,
      errorCode: error,
      assignment,
    };
    context.reply(caller.connection, response);
    return;
  }
  member.awaitingSync = { connection: caller.connection, correlationId };
  takeTurn(state, caller.connection, false);
  syncReceived(group, memberId, context);
  if (group.leader !== memberId) return;
  const assignments = new Map(request.assignments.map((share) => [share.memberId, share.assignment]));
  stabilise(state, group, assignments, context);
}

/**
 * Keeps the session. REBALANCE_IN_PROGRESS tells the member to join again; while others still wait for their assignment
 * (CompletingRebalance) a heartbeat is an ordinary one.
 */
export function heartbeat(
  state: BrokerState,
  request: HeartbeatRequest,
  caller: Caller,
  context: Context,
): void {
  const { groupId, memberId, generationId, correlationId } = request;
  const group = state.groups.get(groupId);
  const member = group?.members.get(memberId);
  let errorCode = memberErrorOf(group, memberId, request.groupInstanceId);
  if (group && member && errorCode === 'NONE') {
    if (generationId !== group.generation) errorCode = 'ILLEGAL_GENERATION';
    else {
      keepAlive(group, member, member.sessionTimeoutMs, context);
      errorCode = group.state === 'PreparingRebalance' ? 'REBALANCE_IN_PROGRESS' : 'NONE';
    }
  }
  const response: HeartbeatResponse = { type: 'HeartbeatResponse', correlationId, errorCode };
  context.reply(caller.connection, response);
}

/** A member goes on its own accord: the others need not wait for its session to end. */
export function leaveGroup(
  state: BrokerState,
  request: LeaveGroupRequest,
  caller: Caller,
  context: Context,
): void {
  const { groupId, correlationId, groupInstanceId } = request;
  const group = state.groups.get(groupId);
  const isByName = request.memberId === '' && groupInstanceId !== undefined && group !== undefined;
  const memberId = isByName ? (staticMemberOf(group, groupInstanceId)?.memberId ?? '') : request.memberId;
  const member = group?.members.get(memberId);
  const leaving = member ?? group?.pendingJoin.get(memberId);
  const errorCode = group?.pendingJoin.has(memberId)
    ? 'NONE'
    : memberErrorOf(group, memberId, groupInstanceId);
  const response: LeaveGroupResponse = { type: 'LeaveGroupResponse', correlationId, errorCode };
  context.reply(caller.connection, response);
  if (!group || !leaving || errorCode !== 'NONE') return;
  endSession(leaving, context);
  if (member) dismissFromJoin(state, member, context);
  const isRebalancing = group.state === 'PreparingRebalance';
  removeMember(group, memberId);
  if (member && isRebalancing) tellRemoved(group, member, 'left', context);
  if (isRebalancing) completeJoinIfAllJoined(state, group, context);
  // also when it was only pending, of whom the others never knew (classicGroupLeaveToClassicGroup)
  else if (group.state !== 'Empty') prepareOrCompleteJoin(state, group, `${leaving.clientId} left`, context);
}

/** A member has been silent for its session timeout (expireClassicGroupMemberHeartbeat). */
export function sessionTimedOut(
  state: BrokerState,
  { groupId, memberId }: SessionTimedOut,
  context: Context,
): void {
  const group = state.groups.get(groupId);
  const member = group?.members.get(memberId);
  const silent = member ?? group?.pendingJoin.get(memberId);
  if (!group || !silent || !hasExpired(group, silent, context)) return;
  if (member && isExcused(member)) return;
  if (member) dismissFromJoin(state, member, context);
  const isRebalancing = group.state === 'PreparingRebalance';
  removeMember(group, memberId);
  if (member && isRebalancing) tellRemoved(group, member, 'timed out', context);
  if (isRebalancing) {
    if (haveAllJoined(group)) completeJoin(state, group, context);
  } else if (member && group.state !== 'Empty') {
    prepareOrCompleteJoin(state, group, `${member.clientId} timed out`, context);
  }
}

/** Whoever waits in a join or sync cannot send heartbeats; but a new member cannot wait for ever (hasSatisfiedHeartbeat). */
function isExcused({ isNew, awaitingJoin, awaitingSync }: Member): boolean {
  return !isNew && (awaitingJoin !== null || awaitingSync !== null);
}
