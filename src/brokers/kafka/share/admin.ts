/** Requests about share groups as a whole (GroupMetadataManager.java shareGroupDescribe, GroupCoordinatorService.java describeShareGroupOffsets). */
import type { Context } from '../../../kernel/machine';
import { assignmentOf, placeOf, stateOf, type ModernGroup } from '../consumer-group/modern-group';
import type {
  DescribeShareGroupOffsetsRequest,
  DescribeShareGroupOffsetsResponse,
  ShareGroupDescribeRequest,
  ShareGroupDescribeResponse,
} from '../protocol';
import type { BrokerState } from '../state';
import type { Caller } from '../turns';
import { shareKey } from './share-state';

type Described = ShareGroupDescribeResponse['groups'][number];
type Offsets = DescribeShareGroupOffsetsResponse['groups'][number];

export function describeShareGroups(
  { groups }: BrokerState,
  request: ShareGroupDescribeRequest,
  caller: Caller,
  context: Context,
): void {
  const response: ShareGroupDescribeResponse = {
    type: 'ShareGroupDescribeResponse',
    correlationId: request.correlationId,
    groups: request.groupIds.map((groupId) => {
      const modern = groups.get(groupId)?.modern;
      return modern?.kind === 'share' ? described(groupId, modern) : notFound(groupId);
    }),
  };
  context.reply(caller.connection, response);
}

/** As the share coordinator has written it, which may be behind what the leader knows. */
export function describeShareOffsets(
  state: BrokerState,
  request: DescribeShareGroupOffsetsRequest,
  caller: Caller,
  context: Context,
): void {
  const response: DescribeShareGroupOffsetsResponse = {
    type: 'DescribeShareGroupOffsetsResponse',
    correlationId: request.correlationId,
    groups: request.groups.map(({ groupId, topics }) => {
      const modern = state.groups.get(groupId)?.modern;
      if (modern?.kind !== 'share') return { groupId, errorCode: 'GROUP_ID_NOT_FOUND', topics: [] };
      const asked = topics ?? [...(modern.initialised ?? [])].map(([topic, count]) => ({
        topic,
        partitions: Array.from({ length: count }, (_, partition) => partition),
      })); // prettier-ignore
      return { groupId, errorCode: 'NONE', topics: asked.map((each) => offsetsOf(state, groupId, each)) };
    }),
  };
  context.reply(caller.connection, response);
}

function offsetsOf(
  { share }: BrokerState,
  groupId: string,
  { partitions, topic }: { readonly topic: string; readonly partitions: readonly number[] },
): Offsets['topics'][number] {
  return {
    topic,
    partitions: partitions.map((partitionIndex) => {
      const kept = share?.partitions.get(shareKey(groupId, placeOf(topic, partitionIndex)))?.kept;
      return { partitionIndex, startOffset: kept?.start ?? -1, errorCode: 'NONE' };
    }),
  };
}

function described(groupId: string, modern: ModernGroup): Described {
  return {
    ...{ errorCode: 'NONE', groupId, groupState: stateOf(modern), groupEpoch: modern.epoch },
    ...{ assignmentEpoch: modern.targetEpoch, assignorName: 'simple' },
    members: [...modern.members.values()].map((member) => ({
      ...{ memberId: member.memberId, memberEpoch: member.epoch, clientId: member.clientId },
      ...{ clientHost: member.process, subscribedTopicNames: member.subscribed },
      assignment: assignmentOf(member.assigned.keys()),
    })),
  };
}

function notFound(groupId: string): Described {
  const nothing = { groupEpoch: 0, assignmentEpoch: 0, assignorName: '', members: [] };
  return { errorCode: 'GROUP_ID_NOT_FOUND', groupId, groupState: '', ...nothing };
}
