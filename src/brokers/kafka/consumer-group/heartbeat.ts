/**
 * ConsumerGroupHeartbeat: how a client becomes a member of a group of the consumer protocol, stays one, acknowledges what
 * it was assigned, and leaves (GroupMetadataManager.java, consumerGroupHeartbeat and what follows it). Every heartbeat
 * does the same: take in what the member says, make a new target assignment if the group has changed, and take the
 * member one step towards it. A group of the classic protocol with members is not upgraded, as if
 * group.consumer.migration.policy were "disabled"; one without members becomes one of the consumer protocol.
 */
import type { Context } from '../../../kernel/machine';
import { newGroup, type Group } from '../group';
import { sizeMax } from '../group-options';
import { processOf } from '../join';
import { watchOffsets } from '../offset-expiry';
import type { ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse, ErrorCode } from '../protocol';
import { joinEpoch, leaveEpoch, staticLeaveEpoch } from '../protocol/consumer-groups';
import type { BrokerState } from '../state';
import type { Caller } from '../turns';
import { groupSetting } from './group-config';
import { goForAWhile, removeMember } from './leave';
import {
  assignmentOf,
  hasOwner,
  isReconciled,
  newMember,
  newModernGroup,
  placesIn,
  staticMember,
  withMember,
  withoutMember,
  type ModernGroup,
  type ModernMember,
} from './modern-group';
import { reconcile } from './reconcile';
import { tellStable, tellStart } from './story';
import { refreshTarget, topicsLike } from './target';
import { forgetTimes, keepMember, timeRevocation } from './timers';

type Answer = Omit<ConsumerGroupHeartbeatResponse, 'correlationId' | 'type'>;

export function consumerGroupHeartbeat(
  state: BrokerState,
  request: ConsumerGroupHeartbeatRequest,
  caller: Caller,
  context: Context,
): void {
  const { correlationId } = request;
  const answer = handle(state, request, caller, context);
  const response: ConsumerGroupHeartbeatResponse = {
    ...{ type: 'ConsumerGroupHeartbeatResponse', correlationId },
    ...(typeof answer === 'string' ? refused(answer) : answer),
  };
  context.reply(caller.connection, response);
}

function handle(
  state: BrokerState,
  request: ConsumerGroupHeartbeatRequest,
  caller: Caller,
  context: Context,
): Answer | ErrorCode {
  const { memberEpoch, memberId } = request;
  const error = requestError(request);
  if (error !== 'NONE') return error;
  const group = findGroup(state, request, context);
  if (!group) return 'GROUP_ID_NOT_FOUND';
  if (memberEpoch === leaveEpoch || memberEpoch === staticLeaveEpoch)
    return leave(state, group, request, context);
  const isFull = group.modern.members.size >= sizeMax('consumer', state.config.groups);
  if (isFull && !group.modern.members.has(memberId)) return 'GROUP_MAX_SIZE_REACHED';
  const member = findMember(group, request, context);
  if (typeof member === 'string') return member;
  return beat(state, group, member, request, caller, context);
}

/** GroupCoordinatorService.java throwIfConsumerGroupHeartbeatRequestIsInvalid. */
function requestError(request: ConsumerGroupHeartbeatRequest): ErrorCode {
  const { groupId, instanceId, memberEpoch, memberId, serverAssignor } = request;
  if (memberId === '' || groupId === '' || instanceId === '') return 'INVALID_REQUEST';
  if (memberEpoch === joinEpoch) {
    const { rebalanceTimeoutMs, subscribedTopicNames, topicPartitions } = request;
    if (rebalanceTimeoutMs === -1 || subscribedTopicNames === null || topicPartitions === null)
      return 'INVALID_REQUEST';
    if (placesIn(topicPartitions).length > 0) return 'INVALID_REQUEST';
  }
  if (memberEpoch === staticLeaveEpoch && instanceId === null) return 'INVALID_REQUEST';
  if (memberEpoch < staticLeaveEpoch) return 'INVALID_REQUEST';
  return serverAssignor === null || ['uniform', 'range'].includes(serverAssignor)
    ? 'NONE'
    : 'UNSUPPORTED_ASSIGNOR';
}

type ConsumerGroup = Group & { modern: ModernGroup };

function findGroup(
  state: BrokerState,
  { groupId, memberEpoch }: ConsumerGroupHeartbeatRequest,
  { now }: Context,
): ConsumerGroup | null {
  const known = state.groups.get(groupId);
  if (known?.modern) return known.modern.kind === 'consumer' ? (known as ConsumerGroup) : null;
  if (memberEpoch !== joinEpoch || (known && known.state !== 'Empty')) return null;
  const group = known ?? newGroup(state.name, groupId, now);
  group.modern = newModernGroup('consumer');
  group.protocolType = 'consumer';
  state.groups.set(groupId, group);
  return group as ConsumerGroup;
}

/** getOrMaybeSubscribeDynamicConsumerGroupMember and …StaticConsumerGroupMember. A static member comes back under a new member id. */
function findMember(
  group: ConsumerGroup,
  request: ConsumerGroupHeartbeatRequest,
  context: Context,
): ModernMember | ErrorCode {
  const { instanceId, memberEpoch, memberId } = request;
  const known = group.modern.members.get(memberId);
  if (instanceId === null) {
    if (known) return epochError(known, request) ?? known;
    return memberEpoch === joinEpoch ? newMember(memberId) : 'UNKNOWN_MEMBER_ID';
  }
  const before = staticMember(group.modern, instanceId);
  if (memberEpoch !== joinEpoch) {
    if (!before) return 'UNKNOWN_MEMBER_ID';
    if (before.memberId !== memberId) return 'FENCED_INSTANCE_ID';
    return epochError(before, request) ?? before;
  }
  if (!before) return known ?? newMember(memberId);
  if (before.epoch !== staticLeaveEpoch) return 'UNRELEASED_INSTANCE_ID';
  forgetTimes(group, before.memberId, context);
  const again = { ...before, memberId, epoch: 0, previousEpoch: 0 };
  group.modern = withMember(withoutMember(group.modern, before.memberId), again);
  return again;
}

/** A member one epoch behind has not got the last answer: it may go on, unless it has what it may not have (throwIfConsumerGroupMemberEpochIsInvalid). */
function epochError(
  { assigned, epoch, previousEpoch }: ModernMember,
  { memberEpoch, topicPartitions }: ConsumerGroupHeartbeatRequest,
): ErrorCode | null {
  if (memberEpoch === joinEpoch || memberEpoch === epoch) return null;
  const isBehindByOne = memberEpoch === previousEpoch && topicPartitions !== null;
  const isFine = isBehindByOne && placesIn(topicPartitions).every((place) => assigned.has(place));
  return isFine ? null : 'FENCED_MEMBER_EPOCH';
}

function beat(
  state: BrokerState,
  group: ConsumerGroup,
  before: ModernMember,
  request: ConsumerGroupHeartbeatRequest,
  caller: Caller,
  context: Context,
): Answer {
  const { groupId, memberEpoch, memberId, subscribedTopicNames, topicPartitions } = request;
  const wasStable = isAllReconciled(group.modern);
  const isNew = !group.modern.members.has(memberId);
  const told = takeIn(before, request, caller);
  const hasSubscriptionChanged = told.subscribed.join() !== before.subscribed.join();
  group.modern = withMember(group.modern, told);
  const topics = topicsLike(state, group.modern);
  if (hasSubscriptionChanged || topics !== group.modern.topics) {
    const why = isNew
      ? 'joined'
      : hasSubscriptionChanged
        ? 'changed its subscription'
        : 'sees other partitions';
    tellStart(group, `${told.clientId} ${why}`, context);
    group.modern = { ...group.modern, epoch: group.modern.epoch + 1, topics };
  }
  refreshTarget(state, group, context);
  const member = step(group.modern, group.modern.members.get(memberId)!, hasSubscriptionChanged, topicPartitions && placesIn(topicPartitions)); // prettier-ignore
  group.modern = withMember(group.modern, member);
  keepMember(group, memberId, groupSetting(state, groupId, 'consumer.session.timeout.ms'), context);
  if (member.state !== told.state || member.epoch !== told.epoch || member.revoking !== told.revoking)
    timeRevocation(group, member, member.state === 'UNREVOKED_PARTITIONS', context);
  if (isAllReconciled(group.modern) && (!wasStable || isNew)) tellStable(group, context);
  watchOffsets(state, group, context);
  const isFull =
    request.rebalanceTimeoutMs !== -1 && subscribedTopicNames !== null && topicPartitions !== null;
  const isNews = memberEpoch === joinEpoch || isFull || !isSame(before.assigned, member.assigned);
  return {
    ...{ errorCode: 'NONE', memberId, memberEpoch: member.epoch },
    heartbeatIntervalMs: groupSetting(state, groupId, 'consumer.heartbeat.interval.ms'),
    assignment: isNews ? assignmentOf(member.assigned.keys()) : null,
  };
}

/** What the member says of itself; null and −1 leave it as it was. */
function takeIn(member: ModernMember, request: ConsumerGroupHeartbeatRequest, caller: Caller): ModernMember {
  const { clientId, instanceId, rebalanceTimeoutMs, serverAssignor, subscribedTopicNames } = request;
  return {
    ...member,
    ...{ clientId, process: processOf(caller.sender), instanceId: instanceId ?? member.instanceId },
    rebalanceTimeoutMs: rebalanceTimeoutMs === -1 ? member.rebalanceTimeoutMs : rebalanceTimeoutMs,
    serverAssignor: serverAssignor ?? member.serverAssignor,
    subscribed: subscribedTopicNames === null ? member.subscribed : [...new Set(subscribedTopicNames)].sort(),
  };
}

function step(
  group: ModernGroup,
  member: ModernMember,
  hasSubscriptionChanged: boolean,
  owned: readonly string[] | null,
): ModernMember {
  if (!hasSubscriptionChanged && isReconciled(member, group.targetEpoch)) return member;
  const { targetEpoch } = group;
  const { target } = member;
  return reconcile(member, {
    ...{ targetEpoch, target, hasSubscriptionChanged, owned },
    hasOwner: (place) => hasOwner(group, place),
  });
}

function leave(
  state: BrokerState,
  group: ConsumerGroup,
  { instanceId, memberEpoch, memberId }: ConsumerGroupHeartbeatRequest,
  context: Context,
): Answer | ErrorCode {
  const { members } = group.modern;
  const member = instanceId === null ? members.get(memberId) : staticMember(group.modern, instanceId);
  if (!member) return 'UNKNOWN_MEMBER_ID';
  if (member.memberId !== memberId) return 'FENCED_INSTANCE_ID';
  if (memberEpoch === staticLeaveEpoch && instanceId !== null) goForAWhile(group, member);
  else removeMember(state, group, member, 'left', context);
  return { errorCode: 'NONE', memberId, memberEpoch, heartbeatIntervalMs: 0, assignment: null };
}

function isAllReconciled({ epoch, members, targetEpoch }: ModernGroup): boolean {
  return epoch === targetEpoch && [...members.values()].every((each) => isReconciled(each, targetEpoch));
}

function isSame(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  if (a.size !== b.size) return false;
  for (const [place, epoch] of a) if (b.get(place) !== epoch) return false;
  return true;
}

function refused(errorCode: ErrorCode): Answer {
  return { errorCode, memberId: '', memberEpoch: 0, heartbeatIntervalMs: 0, assignment: null };
}
