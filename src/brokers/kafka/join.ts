/**
 * JoinGroup: how a client becomes a member of a classic group and how it stays one in the next generation
 * (GroupMetadataManager.java, classicGroupJoinToClassicGroup).
 */
import type { Context } from '../../kernel/machine';
import {
  addMember,
  countAwaitingJoin,
  emptyAssignment,
  matches,
  newGroup,
  removeMember,
  supportsProtocols,
  type Group,
  type Member,
} from './group';
import { persist } from './group-record';
import { watchOffsets } from './offset-expiry';
import type { ErrorCode, JoinGroupRequest, JoinGroupResponse } from './protocol';
import { answerJoin, joined, prepareOrCompleteJoin } from './rebalance';
import { keepAlive } from './sessions';
import { comeBack, memberErrorOf, staticMemberOf } from './static-members';
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
  // as if group.consumer.migration.policy were "disabled": nobody joins the other kind of group
  if (group.modern) return refuseJoin(request, 'INCONSISTENT_GROUP_PROTOCOL', memberId, caller, context);
  if (!hasRoomFor(state, group, memberId)) {
    removeMember(group, memberId);
    return refuseJoin(request, 'GROUP_MAX_SIZE_REACHED', '', caller, context);
  }
  if (!supportsProtocols(group, request.protocolType, request.protocols)) {
    return refuseJoin(request, 'INCONSISTENT_GROUP_PROTOCOL', memberId, caller, context);
  }
  const { groupInstanceId } = request;
  if (memberId === '' && groupInstanceId !== null)
    return joinAsStatic(state, group, groupInstanceId, request, caller, context);
  if (memberId === '') return giveMemberId(group, request, caller, context);
  if (group.pendingJoin.has(memberId)) return joinNew(state, group, request, memberId, caller, context);
  const refusal = memberErrorOf(group, memberId, groupInstanceId);
  const member = group.members.get(memberId);
  if (!member || refusal !== 'NONE') return refuseJoin(request, refusal, memberId, caller, context);
  rejoin(state, group, member, request, caller, context);
}

/** A member is removed while its own JoinGroup is parked: it is told that it is not a member. */
export function dismissFromJoin(state: BrokerState, member: Member, context: Context): void {
  answerJoin(state, member, notJoined('UNKNOWN_MEMBER_ID', ''), context);
}

/** First contact: the member gets an id and must come back with it (KIP-394), so that lost answers leave no ghosts. */
function giveMemberId(group: Group, request: JoinGroupRequest, caller: Caller, context: Context): void {
  const memberId = `${request.clientId}-${newUuid(context)}`;
  const pending = { memberId, clientId: request.clientId, session: null };
  group.pendingJoin.set(memberId, pending);
  keepAlive(group, pending, request.sessionTimeoutMs, context);
  refuseJoin(request, 'MEMBER_ID_REQUIRED', memberId, caller, context);
}

/** A static member needs no second contact: who comes under its name is known, or is new. */
function joinAsStatic(
  state: BrokerState,
  group: Group,
  instanceId: string,
  request: JoinGroupRequest,
  caller: Caller,
  context: Context,
): void {
  const memberId = `${instanceId}-${newUuid(context)}`;
  const known = staticMemberOf(group, instanceId);
  if (known) comeBack(state, group, known, memberId, request, caller, context);
  else joinNew(state, group, request, memberId, caller, context);
}

/** A pending member is back with its id, or a static one is here for the first time. */
function joinNew(
  state: BrokerState,
  group: Group,
  request: JoinGroupRequest,
  memberId: string,
  caller: Caller,
  context: Context,
): void {
  const { clientId, groupInstanceId } = request;
  const member: Member = {
    memberId,
    ...(groupInstanceId === null ? {} : { instanceId: groupInstanceId }),
    clientId,
    process: processOf(caller.sender),
    sessionTimeoutMs: request.sessionTimeoutMs,
    rebalanceTimeoutMs: request.rebalanceTimeoutMs,
    protocols: request.protocols,
    assignment: emptyAssignment,
    isNew: true,
    awaitingJoin: { connection: caller.connection, correlationId: request.correlationId },
    awaitingSync: null,
    session: group.pendingJoin.get(memberId)?.session ?? null,
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
export function processOf(sender: string): string {
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
