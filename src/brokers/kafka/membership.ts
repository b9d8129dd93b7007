/**
 * The requests by which a client is a member of a classic group: JoinGroup, SyncGroup, Heartbeat, LeaveGroup, and the
 * session that ends when it is silent (GroupMetadataManager.java, classicGroupJoin and what follows it). The broker
 * relays assignments; it never computes one.
 */
import type { Context } from '../../kernel/machine';
import {
  addMember,
  countAwaitingJoin,
  emptyAssignment,
  haveAllJoined,
  matches,
  newGroup,
  removeMember,
  supportsProtocols,
  type Group,
  type Member,
} from './group';
import type {
  ErrorCode,
  HeartbeatRequest,
  HeartbeatResponse,
  JoinGroupRequest,
  JoinGroupResponse,
  LeaveGroupRequest,
  LeaveGroupResponse,
  SyncGroupRequest,
  SyncGroupResponse,
} from './protocol';
import {
  answerJoin,
  completeJoin,
  completeJoinIfAllJoined,
  joined,
  prepareOrCompleteJoin,
  stabilise,
  syncReceived,
  tellRemoved,
} from './rebalance';
import { endSession, hasExpired, keepAlive, type SessionTimedOut } from './sessions';
import { persist } from './group-record';
import { watchOffsets } from './offset-expiry';
import type { BrokerState } from './state';
import { takeTurn, type Caller } from './turns';

/**
 * How long a JoinGroup of a new member may be parked: it has no id to send heartbeats with, and its connection is not
 * watched while the request is parked (classicGroupNewMemberJoinTimeoutMs).
 */
const newMemberJoinTimeoutMs = 5 * 60 * 1000;

/** Join or rejoin. Parks the request unless it can be answered at once. */
export function joinGroup(
  state: BrokerState,
  request: JoinGroupRequest,
  caller: Caller,
  context: Context,
): void {
  const { groupId, memberId, sessionTimeoutMs } = request;
  const { sessionTimeoutMsMin, sessionTimeoutMsMax } = state.config;
  if (groupId === '') return refuseJoin(request, 'INVALID_GROUP_ID', memberId, caller, context);
  if (sessionTimeoutMs < sessionTimeoutMsMin || sessionTimeoutMs > sessionTimeoutMsMax) {
    return refuseJoin(request, 'INVALID_SESSION_TIMEOUT', memberId, caller, context);
  }
  const known = state.groups.get(groupId);
  if (known === undefined && memberId !== '') {
    return refuseJoin(request, 'UNKNOWN_MEMBER_ID', memberId, caller, context);
  }
  const group = known ?? createGroup(state, groupId, context);
  if (!hasRoomFor(state, group, memberId)) {
    removeMember(group, memberId);
    return refuseJoin(request, 'GROUP_MAX_SIZE_REACHED', '', caller, context);
  }
  if (!supportsProtocols(group, request.protocolType, request.protocols)) {
    return refuseJoin(request, 'INCONSISTENT_GROUP_PROTOCOL', memberId, caller, context);
  }
  if (memberId === '') return giveMemberId(group, request, caller, context);
  if (group.pendingJoin.has(memberId)) return joinNew(state, group, request, caller, context);
  const member = group.members.get(memberId);
  if (!member) return refuseJoin(request, 'UNKNOWN_MEMBER_ID', memberId, caller, context);
  rejoin(state, group, member, request, caller, context);
}

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
  const error: ErrorCode =
    !group || !member
      ? 'UNKNOWN_MEMBER_ID'
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
  let errorCode: ErrorCode = 'UNKNOWN_MEMBER_ID';
  if (group && member) {
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
  const { groupId, memberId, correlationId } = request;
  const group = state.groups.get(groupId);
  const member = group?.members.get(memberId);
  const leaving = member ?? group?.pendingJoin.get(memberId);
  const errorCode: ErrorCode = leaving ? 'NONE' : 'UNKNOWN_MEMBER_ID';
  const response: LeaveGroupResponse = { type: 'LeaveGroupResponse', correlationId, errorCode };
  context.reply(caller.connection, response);
  if (!group || !leaving) return;
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

/** First contact: the member gets an id and must come back with it (KIP-394), so that lost answers leave no ghosts. */
function giveMemberId(group: Group, request: JoinGroupRequest, caller: Caller, context: Context): void {
  const memberId = `${request.clientId}-${newUuid(context)}`;
  const pending = { memberId, clientId: request.clientId, session: null };
  group.pendingJoin.set(memberId, pending);
  keepAlive(group, pending, request.sessionTimeoutMs, context);
  refuseJoin(request, 'MEMBER_ID_REQUIRED', memberId, caller, context);
}

/** A pending member is back with its id. */
function joinNew(
  state: BrokerState,
  group: Group,
  request: JoinGroupRequest,
  caller: Caller,
  context: Context,
): void {
  const { memberId, clientId } = request;
  const member: Member = {
    memberId,
    clientId,
    process: processOf(caller.sender),
    sessionTimeoutMs: request.sessionTimeoutMs,
    rebalanceTimeoutMs: request.rebalanceTimeoutMs,
    protocols: request.protocols,
    assignment: emptyAssignment,
    isNew: true,
    awaitingJoin: { connection: caller.connection, correlationId: request.correlationId },
    awaitingSync: null,
    session: group.pendingJoin.get(memberId)!.session,
  };
  takeTurn(state, caller.connection, false);
  if (group.state === 'PreparingRebalance' && group.previousState === 'Empty') group.newMemberAdded = true;
  addMember(group, member);
  keepAlive(group, member, newMemberJoinTimeoutMs, context);
  prepareOrCompleteJoin(state, group, `${clientId} joined`, context);
}

/** A member joins again, because it was told to, because its subscription changed, or because an answer was lost. */
function rejoin(
  state: BrokerState,
  group: Group,
  member: Member,
  request: JoinGroupRequest,
  caller: Caller,
  context: Context,
): void {
  const { clientId, memberId } = member;
  const unchanged = matches(member, request.protocols);
  if (group.state === 'PreparingRebalance') {
    return startOver(state, group, member, request, `${clientId} rejoined`, caller, context);
  }
  if (!unchanged) {
    return startOver(state, group, member, request, `${clientId} changed its subscription`, caller, context);
  }
  if (group.state === 'Stable' && group.leader === memberId) {
    return startOver(state, group, member, request, `${clientId}, the leader, rejoined`, caller, context);
  }
  // Nothing has changed for the group: the present generation, once more.
  const response: JoinGroupResponse = { ...joined(group, member), correlationId: request.correlationId };
  context.reply(caller.connection, response);
}

function startOver(
  state: BrokerState,
  group: Group,
  member: Member,
  request: JoinGroupRequest,
  reason: string,
  caller: Caller,
  context: Context,
): void {
  member.protocols = request.protocols;
  member.sessionTimeoutMs = request.sessionTimeoutMs;
  member.rebalanceTimeoutMs = request.rebalanceTimeoutMs;
  member.awaitingJoin = { connection: caller.connection, correlationId: request.correlationId };
  takeTurn(state, caller.connection, false);
  prepareOrCompleteJoin(state, group, reason, context);
}

/** A member leaves while its own JoinGroup is parked: it is told that it is not a member. */
function dismissFromJoin(state: BrokerState, member: Member, context: Context): void {
  answerJoin(state, member, notJoined('UNKNOWN_MEMBER_ID', ''), context);
}

function refuseJoin(
  { correlationId }: JoinGroupRequest,
  errorCode: ErrorCode,
  memberId: string,
  { connection }: Caller,
  context: Context,
): void {
  const response: JoinGroupResponse = { ...notJoined(errorCode, memberId), correlationId };
  context.reply(connection, response);
}

function notJoined(errorCode: ErrorCode, memberId: string): Omit<JoinGroupResponse, 'correlationId'> {
  return {
    type: 'JoinGroupResponse',
    errorCode,
    generationId: -1,
    protocolName: '',
    leader: '',
    memberId,
    members: [],
  };
}

/** A new group is written down at once, so that it is not forgotten (newEmptyGroupMetadataRecord). */
function createGroup(state: BrokerState, groupId: string, context: Context): Group {
  const group = newGroup(state.name, groupId, context.now);
  state.groups.set(groupId, group);
  persist(group);
  watchOffsets(state, group, context);
  return group;
}

/** group.max.size (acceptJoiningMember). */
function hasRoomFor(state: BrokerState, group: Group, memberId: string): boolean {
  const { groupSizeMax } = state.config;
  const member = group.members.get(memberId);
  if (group.state === 'Empty') return true;
  if (group.state === 'PreparingRebalance') {
    return (member !== undefined && member.awaitingJoin !== null) || countAwaitingJoin(group) < groupSizeMax;
  }
  return member !== undefined || group.members.size < groupSizeMax;
}

/** "search-a/driver" → "search-a". */
function processOf(sender: string): string {
  const slash = sender.indexOf('/');
  return slash < 0 ? sender : sender.slice(0, slash);
}

/** A version 4 UUID. */
function newUuid(context: Context): string {
  const random = context.random('member id');
  let digits = '';
  for (let word = 0; word < 4; word++) digits += random.bits().toString(16).padStart(8, '0');
  const variant = '89ab'[parseInt(digits[16], 16) & 3];
  const parts = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ];
  return parts.join('-');
}
