/**
 * Static members (KIP-345): a member that names itself by group.instance.id keeps its place while it is away, for as long as
 * its session lasts. Who comes without a member id and says that name takes the place over, under a new id, and whoever
 * still uses the old id is fenced (ClassicGroup.java validateMember, replaceStaticMember; GroupMetadataManager.java
 * updateStaticMemberThenRebalanceOrCompleteJoin).
 */
import type { Context } from '../../kernel/machine';
import { MemberReplaced } from './facts';
import { selectProtocol, type Group, type Member } from './group';
import { persist } from './group-record';
import type { ErrorCode, JoinGroupRequest, JoinGroupResponse } from './protocol';
import {
  answerJoin,
  answerSync,
  completeJoinIfAllJoined,
  joined,
  prepareOrCompleteJoin,
  prepareRebalance,
} from './rebalance';
import { endSession, keepAlive } from './sessions';
import type { BrokerState } from './state';
import { takeTurn, type Caller } from './turns';

export function staticMemberOf({ members }: Group, instanceId: string): Member | undefined {
  for (const member of members.values()) if (member.instanceId === instanceId) return member;
  return undefined;
}

/** Why a request of this member is not taken: somebody else has its name now, or nobody knows it. 'NONE': it is. */
export function memberErrorOf(
  group: Group | undefined,
  memberId: string,
  instanceId: string | null | undefined,
): ErrorCode {
  if (!group) return 'UNKNOWN_MEMBER_ID';
  if (instanceId !== null && instanceId !== undefined) {
    const known = staticMemberOf(group, instanceId);
    if (!known) return 'UNKNOWN_MEMBER_ID';
    if (known.memberId !== memberId) return 'FENCED_INSTANCE_ID';
  }
  return group.members.has(memberId) ? 'NONE' : 'UNKNOWN_MEMBER_ID';
}

/** It is back under a new id. A stable group whose assignor stays goes on, and gives it what it had. */
export function comeBack(
  state: BrokerState,
  group: Group,
  old: Member,
  memberId: string,
  request: JoinGroupRequest,
  caller: Caller,
  context: Context,
): void {
  const { connection } = caller;
  const { correlationId, protocols, sessionTimeoutMs, rebalanceTimeoutMs, clientId } = request;
  const member: Member = {
    ...old,
    ...{ memberId, protocols, sessionTimeoutMs, rebalanceTimeoutMs, session: null },
    awaitingJoin: { connection, correlationId },
    awaitingSync: null,
  };
  fence(state, group, old, context);
  putInPlace(group, old.memberId, member);
  keepAlive(group, member, sessionTimeoutMs, context);
  const reason = `${clientId} is back as ${old.instanceId ?? ''}`;
  context.emit({
    ...{ is: MemberReplaced, subject: group.address, amount: group.generation },
    ...{ group: group.groupId, detail: reason },
  });
  if (group.state === 'Stable' && selectProtocol(group) === group.protocol) {
    member.awaitingJoin = null;
    persist(group);
    const isLeader = group.leader === memberId;
    const response: JoinGroupResponse = {
      ...joined(group, member),
      correlationId,
      ...(isLeader ? { skipAssignment: true } : {}),
    };
    return context.reply(connection, response);
  }
  takeTurn(state, connection, false);
  if (group.state === 'Stable') prepareOrCompleteJoin(state, group, reason, context);
  else if (group.state === 'CompletingRebalance') prepareRebalance(state, group, reason, context);
  else completeJoinIfAllJoined(state, group, context);
}

/** Whoever waits under the old id is told at once. */
function fence(state: BrokerState, group: Group, old: Member, context: Context): void {
  endSession(old, context);
  answerJoin(
    state,
    old,
    {
      ...{ type: 'JoinGroupResponse', errorCode: 'FENCED_INSTANCE_ID', generationId: -1, protocolName: '' },
      ...{ leader: '', memberId: old.memberId, members: [] },
    },
    context,
  );
  answerSync(state, group, old, 'FENCED_INSTANCE_ID', context);
  endSession(old, context);
}

/** In the same place among the members. */
function putInPlace(group: Group, oldId: string, member: Member): void {
  const members = [...group.members.values()].map((one) => (one.memberId === oldId ? member : one));
  group.members.clear();
  for (const one of members) group.members.set(one.memberId, one);
  if (group.leader === oldId) group.leader = member.memberId;
}
