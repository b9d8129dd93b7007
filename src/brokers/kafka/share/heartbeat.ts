/**
 * ShareGroupHeartbeat: membership of a share group (GroupMetadataManager.java shareGroupHeartbeat). As in the consumer
 * protocol, but nobody has anything to give up: a member has its target with its next heartbeat. A partition is assigned
 * once the share coordinator knows of it, which it is told by the first heartbeat that subscribes to its topic.
 */
import type { Context } from '../../../kernel/machine';
import { ms } from '../../../kernel/time';
import { groupSetting } from '../consumer-group/group-config';
import { removeMember } from '../consumer-group/leave';
import {
  assignmentOf,
  newMember,
  newModernGroup,
  withMember,
  type ModernGroup,
  type ModernMember,
} from '../consumer-group/modern-group';
import { tellStable, tellStart } from '../consumer-group/story';
import { partitionsOf, topicsLike, withTargets } from '../consumer-group/target';
import { keepMember } from '../consumer-group/timers';
import { newGroup, type Group } from '../group';
import { sizeMax } from '../group-options';
import { processOf } from '../join';
import type { ErrorCode, ShareGroupHeartbeatRequest, ShareGroupHeartbeatResponse } from '../protocol';
import { joinEpoch, leaveEpoch } from '../protocol/consumer-groups';
import type { BrokerState } from '../state';
import type { Caller } from '../turns';
import { assignSimple } from './simple';

type Answer = Omit<ShareGroupHeartbeatResponse, 'correlationId' | 'type'>;
type ShareGroup = Group & { modern: ModernGroup };

export function shareGroupHeartbeat(
  state: BrokerState,
  request: ShareGroupHeartbeatRequest,
  caller: Caller,
  context: Context,
): void {
  const { correlationId } = request;
  const answer = handle(state, request, caller, context);
  const refused = { memberId: '', memberEpoch: 0, heartbeatIntervalMs: 0, assignment: null };
  const response: ShareGroupHeartbeatResponse = {
    ...{ type: 'ShareGroupHeartbeatResponse', correlationId },
    ...(typeof answer === 'string' ? { errorCode: answer, ...refused } : answer),
  };
  context.reply(caller.connection, response);
}

function handle(
  state: BrokerState,
  request: ShareGroupHeartbeatRequest,
  caller: Caller,
  context: Context,
): Answer | ErrorCode {
  const { groupId, memberEpoch, memberId, subscribedTopicNames } = request;
  if (groupId === '' || memberId === '' || memberEpoch < leaveEpoch) return 'INVALID_REQUEST';
  if (memberEpoch === joinEpoch && subscribedTopicNames === null) return 'INVALID_REQUEST';
  const group = findGroup(state, groupId, memberEpoch === joinEpoch, context);
  if (!group) return 'GROUP_ID_NOT_FOUND';
  const known = group.modern.members.get(memberId);
  if (memberEpoch === leaveEpoch) {
    if (!known) return 'UNKNOWN_MEMBER_ID';
    removeMember(state, group, known, 'left', context);
    return { errorCode: 'NONE', memberId, memberEpoch, heartbeatIntervalMs: 0, assignment: null };
  }
  if (!known && memberEpoch !== joinEpoch) return 'UNKNOWN_MEMBER_ID';
  if (!known && group.modern.members.size >= sizeMax('share', state.config.groups))
    return 'GROUP_MAX_SIZE_REACHED';
  const isFine = !known || [joinEpoch, known.epoch, known.previousEpoch].includes(memberEpoch);
  if (!isFine) return 'FENCED_MEMBER_EPOCH';
  return beat(state, group, known ?? newMember(memberId), request, caller, context);
}

function findGroup(
  state: BrokerState,
  groupId: string,
  mayCreate: boolean,
  { now }: Context,
): ShareGroup | null {
  const known = state.groups.get(groupId);
  if (known?.modern?.kind === 'share') return known as ShareGroup;
  // one that has committed offsets stays what it was, also without members
  if (!mayCreate || (known && (known.modern || known.state !== 'Empty' || known.offsets.size > 0)))
    return null;
  const group = newGroup(state.name, groupId, now);
  group.modern = newModernGroup('share');
  group.protocolType = 'share';
  state.groups.set(groupId, group);
  return group as ShareGroup;
}

function beat(
  state: BrokerState,
  group: ShareGroup,
  before: ModernMember,
  request: ShareGroupHeartbeatRequest,
  caller: Caller,
  context: Context,
): Answer {
  const { clientId, groupId, memberEpoch, memberId, subscribedTopicNames } = request;
  const isNew = !group.modern.members.has(memberId);
  const told: ModernMember = {
    ...before,
    ...{ clientId, process: processOf(caller.sender) },
    subscribed: subscribedTopicNames === null ? before.subscribed : [...new Set(subscribedTopicNames)].sort(),
  };
  group.modern = withMember(group.modern, told);
  const topics = topicsLike(state, group.modern);
  const hasChanged = told.subscribed.join() !== before.subscribed.join();
  const isUnassigned = group.modern.targetEpoch >= group.modern.epoch && hasUnassigned(group.modern);
  if (hasChanged || isUnassigned || topics !== group.modern.topics) {
    tellStart(group, `${clientId} ${isNew ? 'joined' : hasChanged ? 'changed its subscription' : 'sees other partitions'}`, context); // prettier-ignore
    group.modern = { ...group.modern, epoch: group.modern.epoch + 1, topics };
  }
  const wasOld = group.modern.targetEpoch < group.modern.epoch;
  refreshShareTarget(state, group, context);
  const member = follow(group.modern, group.modern.members.get(memberId)!);
  // from now on the share coordinator knows of what somebody subscribes to
  group.modern = { ...withMember(group.modern, member), initialised: partitionsOf(state, group.modern) };
  keepMember(group, memberId, groupSetting(state, groupId, 'share.session.timeout.ms'), context);
  if (wasOld && group.modern.targetEpoch === group.modern.epoch) tellStable(group, context);
  const isNews =
    memberEpoch === joinEpoch || subscribedTopicNames !== null || before.assigned !== member.assigned;
  return {
    ...{ errorCode: 'NONE', memberId, memberEpoch: member.epoch },
    heartbeatIntervalMs: groupSetting(state, groupId, 'share.heartbeat.interval.ms'),
    assignment: isNews ? assignmentOf(member.assigned.keys()) : null,
  };
}

/** The share coordinator knows of a partition that is in nobody's target (initializedAssignmentPending). */
function hasUnassigned({ initialised, members }: ModernGroup): boolean {
  const targets = new Set([...members.values()].flatMap(({ target }) => target));
  const wanted = new Set([...members.values()].flatMap(({ subscribed }) => subscribed));
  for (const [topic, count] of initialised ?? [])
    for (let partition = 0; wanted.has(topic) && partition < count; partition++)
      if (!targets.has(`${topic}/${partition}`)) return true;
  return false;
}

function refreshShareTarget(state: BrokerState, group: ShareGroup, context: Context): void {
  const { modern } = group;
  if (modern.targetEpoch >= modern.epoch) return;
  const interval = ms(groupSetting(state, group.groupId, 'share.assignment.interval.ms'));
  if (modern.targetAt !== null && context.now < modern.targetAt + interval) return;
  const partitions = new Map(
    [...partitionsOf(state, modern)].flatMap(([topic]) => {
      const count = modern.initialised?.get(topic);
      return count === undefined ? [] : [[topic, count] as const];
    }),
  );
  const targets = assignSimple({ members: [...modern.members.values()], partitions });
  group.modern = withTargets(modern, (memberId) => targets.get(memberId) ?? [], context);
}

/** A member has its target as soon as it hears of it (ShareGroupAssignmentBuilder.java). */
function follow({ targetEpoch }: ModernGroup, member: ModernMember): ModernMember {
  if (member.epoch === targetEpoch) return member;
  const { assigned, epoch, target } = member;
  const isSame = target.length === assigned.size && target.every((place) => assigned.has(place));
  const next = isSame ? assigned : new Map(target.map((place) => [place, targetEpoch]));
  return { ...member, epoch: targetEpoch, previousEpoch: epoch, assigned: next };
}
