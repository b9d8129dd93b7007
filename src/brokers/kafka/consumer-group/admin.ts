/** Requests about groups of the consumer protocol as a whole (GroupMetadataManager.java consumerGroupDescribe). */
import type { Context } from '../../../kernel/machine';
import type { ConsumerGroupDescribeRequest, ConsumerGroupDescribeResponse } from '../protocol';
import type { BrokerState } from '../state';
import type { Caller } from '../turns';
import { assignmentOf, stateOf, type ModernGroup, type ModernMember } from './modern-group';
import { preferredAssignor } from './target';

type Described = ConsumerGroupDescribeResponse['groups'][number];

export function describeConsumerGroups(
  { groups }: BrokerState,
  request: ConsumerGroupDescribeRequest,
  caller: Caller,
  context: Context,
): void {
  const response: ConsumerGroupDescribeResponse = {
    type: 'ConsumerGroupDescribeResponse',
    correlationId: request.correlationId,
    groups: request.groupIds.map((groupId) => {
      const modern = groups.get(groupId)?.modern;
      return modern?.kind === 'consumer' ? described(groupId, modern) : notFound(groupId);
    }),
  };
  context.reply(caller.connection, response);
}

function described(groupId: string, modern: ModernGroup): Described {
  const members = [...modern.members.values()];
  return {
    ...{ errorCode: 'NONE', groupId, groupState: stateOf(modern), groupEpoch: modern.epoch },
    ...{ assignmentEpoch: modern.targetEpoch, assignorName: preferredAssignor(members) },
    members: members.map(memberDescribed),
  };
}

function memberDescribed(member: ModernMember): Described['members'][number] {
  const { assigned, clientId, epoch, instanceId, memberId, process, subscribed, target } = member;
  return {
    ...{ memberId, instanceId, memberEpoch: epoch, clientId, clientHost: process },
    ...{ subscribedTopicNames: subscribed, assignment: assignmentOf(assigned.keys()) },
    targetAssignment: assignmentOf(target),
  };
}

function notFound(groupId: string): Described {
  const nothing = { groupEpoch: 0, assignmentEpoch: 0, assignorName: '', members: [] };
  return { errorCode: 'GROUP_ID_NOT_FOUND', groupId, groupState: '', ...nothing };
}
