/** Requests about groups as a whole (GroupCoordinatorService.java describeGroups, listGroups, deleteGroups). */
import type { Context } from '../../kernel/machine';
import { topicsOf, type Group } from './group';
import { stateOf } from './consumer-group/modern-group';
import type {
  DeleteGroupsRequest,
  DeleteGroupsResponse,
  DescribeGroupsRequest,
  DescribeGroupsResponse,
  ListGroupsRequest,
  ListGroupsResponse,
} from './protocol';
import type { BrokerState } from './state';
import type { Caller } from './turns';

/** A group nobody knows is answered as one that is dead, without an error (before version 6 of the request). */
export function describeGroups(
  { groups }: BrokerState,
  request: DescribeGroupsRequest,
  caller: Caller,
  context: Context,
): void {
  const response: DescribeGroupsResponse = {
    type: 'DescribeGroupsResponse',
    correlationId: request.correlationId,
    groups: request.groups.map((groupId) => {
      const group = groups.get(groupId);
      const nothing = { protocolType: '', protocolData: '', members: [] };
      if (!group || group.modern) return { errorCode: 'NONE', groupId, groupState: 'Dead', ...nothing };
      const { state, protocolType, protocol } = group;
      return {
        ...{ errorCode: 'NONE', groupId, groupState: state, protocolType: protocolType ?? '' },
        ...{ protocolData: protocol ?? '', members: membersOf(group) },
      };
    }),
  };
  context.reply(caller.connection, response);
}

function membersOf({ members, protocol }: Group): DescribeGroupsResponse['groups'][number]['members'] {
  return [...members.values()].map((member) => ({
    ...{ memberId: member.memberId, clientId: member.clientId, clientHost: member.process },
    ...(member.instanceId === undefined ? {} : { groupInstanceId: member.instanceId }),
    ...{ topics: topicsOf(member, protocol), assignment: member.assignment },
  }));
}

export function listGroups(
  { groups }: BrokerState,
  { correlationId }: ListGroupsRequest,
  caller: Caller,
  context: Context,
): void {
  const response: ListGroupsResponse = {
    type: 'ListGroupsResponse',
    correlationId,
    groups: [...groups.values()].map(({ groupId, modern, protocolType }) => ({
      groupId,
      protocolType: protocolType ?? '',
      ...(modern ? { groupType: modern.kind } : {}),
    })),
  };
  context.reply(caller.connection, response);
}

/** Only a group without members can go; its offsets go with it. */
export function deleteGroups(
  { groups }: BrokerState,
  request: DeleteGroupsRequest,
  caller: Caller,
  context: Context,
): void {
  const response: DeleteGroupsResponse = {
    type: 'DeleteGroupsResponse',
    correlationId: request.correlationId,
    results: request.groupsNames.map((groupId) => {
      const group = groups.get(groupId);
      if (!group) return { groupId, errorCode: 'GROUP_ID_NOT_FOUND' };
      if ((group.modern ? stateOf(group.modern) : group.state) !== 'Empty')
        return { groupId, errorCode: 'NON_EMPTY_GROUP' };
      groups.delete(groupId);
      return { groupId, errorCode: 'NONE' };
    }),
  };
  context.reply(caller.connection, response);
}
