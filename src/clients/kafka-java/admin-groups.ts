/** What the library's Admin says of groups of each kind, and sets for them (KafkaAdminClient.java describe…Groups, listShareGroupOffsets). */
import type { Assignment } from '../../brokers/kafka/protocol';
import type { JavaAdmin, JavaConfig } from './api';
import { errorOf, thrownFor } from './exceptions';
import { check, type Requests } from './requests';

type Described = Awaited<ReturnType<JavaAdmin['describeGroup']>>;
type Member = Described['members'][number];

/** Which kind it is a list of all groups says. */
export async function describeGroup(requests: Requests, groupId: string): Promise<Described> {
  const { groups } = await requests.coordinated(
    groupId,
    'ListGroupsResponse',
    { type: 'ListGroupsRequest' },
    () => undefined,
  );
  const type = groups.find((group) => group.groupId === groupId)?.groupType;
  if (type === 'consumer') return describeConsumerGroup(requests, groupId);
  return type === 'share' ? describeShareGroup(requests, groupId) : describeClassicGroup(requests, groupId);
}

export async function setGroupConfig(requests: Requests, groupId: string, config: JavaConfig): Promise<void> {
  const configs = Object.fromEntries(Object.entries(config).map(([name, value]) => [name, String(value)]));
  const request = { type: 'IncrementalAlterConfigsRequest', groups: [{ groupId, configs }] } as const;
  await requests.anywhere('IncrementalAlterConfigsResponse', request, ({ responses }) =>
    responses.forEach(({ errorCode }) => check(errorCode)),
  );
}

/** As far as the group has read: where nobody has for the group, there is nothing to say. */
export async function shareGroupOffsets(
  requests: Requests,
  groupId: string,
): Promise<Record<string, number>> {
  const request = { type: 'DescribeShareGroupOffsetsRequest', groups: [{ groupId, topics: null }] } as const;
  const { groups } = await requests.coordinated(
    groupId,
    'DescribeShareGroupOffsetsResponse',
    request,
    (answer) => answer.groups.forEach(({ errorCode }) => check(errorCode)),
  );
  const offsets = groups[0].topics.flatMap(({ partitions, topic }) =>
    partitions
      .filter(({ startOffset }) => startOffset >= 0)
      .map(({ partitionIndex, startOffset }) => [`${topic}-${partitionIndex}`, startOffset] as const),
  );
  return Object.fromEntries(offsets.sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function describeConsumerGroup(requests: Requests, groupId: string): Promise<Described> {
  const request = { type: 'ConsumerGroupDescribeRequest', groupIds: [groupId] } as const;
  const { groups } = await requests.coordinated(groupId, 'ConsumerGroupDescribeResponse', request, (answer) =>
    answer.groups.forEach(({ errorCode }) => check(errorCode)),
  );
  const [{ groupState, members }] = groups;
  return { state: groupState, type: 'Consumer', members: inOrder(members.map(memberOf)) };
}

async function describeShareGroup(requests: Requests, groupId: string): Promise<Described> {
  const request = { type: 'ShareGroupDescribeRequest', groupIds: [groupId] } as const;
  const { groups } = await requests.coordinated(groupId, 'ShareGroupDescribeResponse', request, (answer) =>
    answer.groups.forEach(({ errorCode }) => check(errorCode)),
  );
  const [{ groupState, members }] = groups;
  return { state: groupState, type: 'Share', members: inOrder(members.map(memberOf)) };
}

async function describeClassicGroup(requests: Requests, groupId: string): Promise<Described> {
  const request = { type: 'DescribeGroupsRequest', groups: [groupId] } as const;
  const { groups } = await requests.coordinated(groupId, 'DescribeGroupsResponse', request, (answer) =>
    answer.groups.forEach(({ errorCode }) => check(errorCode)),
  );
  const [group] = groups;
  // an old group's description does not say that there is none (DescribeGroups version 6: GROUP_ID_NOT_FOUND)
  if (group.groupState === 'Dead')
    throw errorOf(thrownFor('GROUP_ID_NOT_FOUND', `Group ${groupId} not found.`));
  return { state: group.groupState, type: 'Classic', members: inOrder(group.members.map(memberOf)) };
}

function memberOf(member: {
  readonly memberId: string;
  readonly clientId: string;
  readonly assignment: Assignment;
  readonly instanceId?: string | null;
  readonly groupInstanceId?: string | null;
  readonly memberEpoch?: number;
}): Member {
  const {
    assignment,
    clientId,
    groupInstanceId = null,
    instanceId = groupInstanceId,
    memberEpoch = null,
    memberId,
  } = member;
  return {
    ...{ memberId, instanceId, clientId, memberEpoch },
    assignment: Object.entries(assignment)
      .flatMap(([topic, partitions]) => partitions.map((partition) => `${topic}-${partition}`))
      .sort(),
  };
}

function inOrder(members: readonly Member[]): readonly Member[] {
  return [...members].sort((a, b) =>
    `${a.clientId} ${a.memberId}` < `${b.clientId} ${b.memberId}` ? -1 : 1,
  );
}
