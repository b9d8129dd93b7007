/**
 * How a classic group goes from one generation to the next (GroupMetadataManager.java): prepareRebalance waits for
 * every member to join again, completeJoin ends the wait and asks the leader for an assignment, stabilise hands it out.
 */
import type { Context, Tagged } from '../../kernel/machine';
import { ms } from '../../kernel/time';
import { GroupEmptied, GroupRebalanced, GroupRebalanceStarted, MemberRemoved } from './facts';
import {
  canBecome,
  electJoinedLeader,
  emptyAssignment,
  haveAllJoined,
  rebalanceTimeoutMsOf,
  removeMember,
  selectProtocol,
  subscriptionOf,
  transitionTo,
  type Group,
  type Member,
} from './group';
import { persist } from './group-record';
import { watchOffsets } from './offset-expiry';
import type { Assignment, ErrorCode, JoinGroupResponse, SyncGroupResponse } from './protocol';
import { endSession, keepAlive } from './sessions';
import type { BrokerState } from './state';
import { giveTurnBack } from './turns';

/** The initial rebalance has waited once more for members to come; `remaining` µs may still be added. */
export interface InitialDelayPassed extends Tagged {
  readonly type: 'InitialDelayPassed';
  readonly groupId: string;
  readonly delay: number;
  readonly remaining: number;
}

/** Members have had their rebalance timeout to join again. */
export interface JoinTimedOut extends Tagged {
  readonly type: 'JoinTimedOut';
  readonly groupId: string;
}

/** Members have had the rebalance timeout to ask for their assignment. */
export interface SyncTimedOut extends Tagged {
  readonly type: 'SyncTimedOut';
  readonly groupId: string;
  readonly generation: number;
}

/** Starts a rebalance if the group may, else ends the join if that was all it waited for. */
export function prepareOrCompleteJoin(
  state: BrokerState,
  group: Group,
  reason: string,
  context: Context,
): void {
  if (canBecome(group, 'PreparingRebalance')) prepareRebalance(state, group, reason, context);
  else completeJoinIfAllJoined(state, group, context);
}

/** From Stable, CompletingRebalance or Empty. The first rebalance of an empty group waits for members to gather. */
export function prepareRebalance(state: BrokerState, group: Group, reason: string, context: Context): void {
  if (group.state === 'CompletingRebalance') callOffSync(state, group, context);
  group.pendingSync.clear();
  cancelSyncTimer(group, context);
  const isInitial = group.state === 'Empty';
  context.emit({
    is: GroupRebalanceStarted,
    subject: group.address,
    amount: group.generation,
    group: group.groupId,
    detail: reason,
  });
  transitionTo(group, 'PreparingRebalance', context.now);
  if (isInitial) {
    const delay = state.config.initialRebalanceDelay;
    waitForMembers(group, delay, Math.max(ms(rebalanceTimeoutMsOf(group)) - delay, 0), context);
  } else if (haveAllJoined(group)) completeJoin(state, group, context);
  else waitForJoins(group, context);
}

/** Ends the join when all are back; the initial rebalance always waits for its delay (maybeCompleteJoinPhase). */
export function completeJoinIfAllJoined(state: BrokerState, group: Group, context: Context): void {
  if (group.state !== 'PreparingRebalance' || group.previousState === 'Empty') return;
  if (haveAllJoined(group)) completeJoin(state, group, context);
}

/** Somebody came while the group waited: wait once more, as long as a rebalance may take in all. */
export function initialDelayPassed(state: BrokerState, command: InitialDelayPassed, context: Context): void {
  const group = state.groups.get(command.groupId);
  if (!group) return;
  group.joinTimer = null;
  if (!group.newMemberAdded || command.remaining === 0) return completeJoin(state, group, context);
  group.newMemberAdded = false;
  const delay = Math.min(state.config.initialRebalanceDelay, command.remaining);
  waitForMembers(group, delay, Math.max(command.remaining - command.delay, 0), context);
}

export function joinTimedOut(state: BrokerState, { groupId }: JoinTimedOut, context: Context): void {
  const group = state.groups.get(groupId);
  if (!group) return;
  group.joinTimer = null;
  completeJoin(state, group, context);
}

/** Members that never asked for their assignment are dropped, and the others start over. */
export function syncTimedOut(
  state: BrokerState,
  { groupId, generation }: SyncTimedOut,
  context: Context,
): void {
  const group = state.groups.get(groupId);
  if (!group) return;
  group.syncTimer = null;
  if (generation !== group.generation || group.pendingSync.size === 0) return;
  // a static member that came back under a new id is still waited for under the old one: that starts the group over too
  const late = [...group.pendingSync].flatMap((memberId) => group.members.get(memberId) ?? []);
  for (const member of late) {
    endSession(member, context);
    removeMember(group, member.memberId);
  }
  const names = late.map(({ clientId }) => clientId).join(', ') || 'a member that was replaced';
  prepareRebalance(state, group, `${names} did not ask for an assignment in time`, context);
}

/**
 * The join is over: who has not come back is out, the generation is new, and every member hears of it; the leader is
 * told who is in.
 */
export function completeJoin(state: BrokerState, group: Group, context: Context): void {
  cancelJoinTimer(group, context);
  for (const member of [...group.members.values()]) {
    if (member.awaitingJoin !== null) continue;
    endSession(member, context);
    removeMember(group, member.memberId);
    tellRemoved(group, member, 'did not rejoin in time', context);
  }
  if (!electJoinedLeader(group) && group.members.size > 0) return waitForJoins(group, context);
  group.generation++;
  group.pendingSync.clear();
  if (group.members.size === 0) return becomeEmpty(state, group, context);
  group.protocol = selectProtocol(group);
  transitionTo(group, 'CompletingRebalance', context.now);
  for (const member of group.members.values()) {
    answerJoin(state, member, joined(group, member), context);
    keepAlive(group, member, member.sessionTimeoutMs, context);
    member.isNew = false;
    group.pendingSync.add(member.memberId);
  }
  const timedOut: SyncTimedOut = {
    type: 'SyncTimedOut',
    groupId: group.groupId,
    generation: group.generation,
  };
  group.syncTimer = context.after(ms(rebalanceTimeoutMsOf(group)), timedOut);
}

/** The leader's assignment is in: everybody who waits for it gets a share, and nobody is left without an answer. */
export function stabilise(
  state: BrokerState,
  group: Group,
  assignments: ReadonlyMap<string, Assignment>,
  context: Context,
): void {
  for (const member of group.members.values()) {
    member.assignment = assignments.get(member.memberId) ?? emptyAssignment;
    answerSync(state, group, member, 'NONE', context);
  }
  transitionTo(group, 'Stable', context.now);
  persist(group);
  context.emit({
    is: GroupRebalanced,
    subject: group.address,
    amount: group.generation,
    group: group.groupId,
    detail: describeAssignment(group),
  });
  watchOffsets(state, group, context);
}

/** Answers a parked JoinGroup, if the member has one. */
export function answerJoin(
  state: BrokerState,
  member: Member,
  response: Omit<JoinGroupResponse, 'correlationId'>,
  context: Context,
): void {
  const awaiting = member.awaitingJoin;
  if (awaiting === null) return;
  member.awaitingJoin = null;
  const answer: JoinGroupResponse = { ...response, correlationId: awaiting.correlationId };
  context.reply(awaiting.connection, answer);
  giveTurnBack(state, awaiting.connection, false);
}

/** The answer that ends a join: this generation, its leader, and for the leader who else is in it. */
export function joined(group: Group, { memberId }: Member): Omit<JoinGroupResponse, 'correlationId'> {
  const { generation, protocol, leader, members } = group;
  return {
    type: 'JoinGroupResponse',
    errorCode: 'NONE',
    generationId: generation,
    protocolName: protocol ?? '',
    leader: leader ?? '',
    memberId,
    members:
      leader === memberId
        ? [...members.values()].map((member) => ({
            memberId: member.memberId,
            ...(member.instanceId === undefined ? {} : { groupInstanceId: member.instanceId }),
            ...subscriptionOf(member, protocol),
          }))
        : [],
  };
}

/** One more member has asked for its assignment; when all have, nothing needs to be timed any more. */
export function syncReceived(group: Group, memberId: string, context: Context): void {
  group.pendingSync.delete(memberId);
  if (group.pendingSync.size === 0) cancelSyncTimer(group, context);
}

/** A member is gone in the middle of a rebalance, which has no start of its own to tell why. */
export function tellRemoved(group: Group, { clientId }: Member, why: string, context: Context): void {
  const { address, generation, groupId } = group;
  const detail = `${clientId} ${why}`;
  context.emit({ is: MemberRemoved, subject: address, amount: generation, group: groupId, detail });
}

/** Those who wait for an assignment are told to join again, and what they had is void. */
function callOffSync(state: BrokerState, group: Group, context: Context): void {
  for (const member of group.members.values()) {
    member.assignment = emptyAssignment;
    answerSync(state, group, member, 'REBALANCE_IN_PROGRESS', context);
  }
}

/** Answers a parked SyncGroup, if the member has one. */
export function answerSync(
  state: BrokerState,
  group: Group,
  member: Member,
  errorCode: ErrorCode,
  context: Context,
): void {
  const awaiting = member.awaitingSync;
  if (awaiting === null) return;
  member.awaitingSync = null;
  const { correlationId, connection } = awaiting;
  const { assignment } = member;
  const response: SyncGroupResponse = { type: 'SyncGroupResponse', correlationId, errorCode, assignment };
  context.reply(connection, response);
  giveTurnBack(state, connection, false);
  keepAlive(group, member, member.sessionTimeoutMs, context);
}

function becomeEmpty(state: BrokerState, group: Group, context: Context): void {
  group.protocol = null;
  transitionTo(group, 'Empty', context.now);
  persist(group);
  context.emit({
    is: GroupEmptied,
    subject: group.address,
    amount: group.generation,
    group: group.groupId,
  });
  watchOffsets(state, group, context);
}

function waitForMembers(group: Group, delay: number, remaining: number, context: Context): void {
  const passed: InitialDelayPassed = { type: 'InitialDelayPassed', groupId: group.groupId, delay, remaining };
  group.joinTimer = context.after(delay, passed);
}

function waitForJoins(group: Group, context: Context): void {
  const timedOut: JoinTimedOut = { type: 'JoinTimedOut', groupId: group.groupId };
  group.joinTimer = context.after(ms(rebalanceTimeoutMsOf(group)), timedOut);
}

function cancelJoinTimer(group: Group, context: Context): void {
  if (group.joinTimer !== null) context.cancel(group.joinTimer);
  group.joinTimer = null;
}

function cancelSyncTimer(group: Group, context: Context): void {
  if (group.syncTimer !== null) context.cancel(group.syncTimer);
  group.syncTimer = null;
}

/** "search-a:0 search-b:1,2"; with the topic before each number when there is more than one topic. */
function describeAssignment({ members }: Group): string {
  const topics = new Set<string>();
  for (const { assignment } of members.values())
    for (const topic of Object.keys(assignment)) topics.add(topic);
  const shares = [...members.values()].map(({ clientId, assignment }) => {
    const names = Object.keys(assignment).flatMap((topic) =>
      assignment[topic].map((partition) => (topics.size > 1 ? `${topic}/${partition}` : String(partition))),
    );
    return `${clientId}:${names.join(',')}`;
  });
  return shares.join(' ');
}
