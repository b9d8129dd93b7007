/** The Java library's Admin (kafka-clients 4.3.1 clients/admin/KafkaAdminClient.java), as far as scenarios call it. */
import type { DescribeGroupsResponse } from '../../brokers/kafka/protocol';
import type { JavaAdmin, JavaConfig, TopicPartition } from './api';
import { notSimulated } from './absent';
import { errorOf, thrownFor } from './exceptions';
import { check, Requests, type Surroundings } from './requests';

const latest = -1;
const earliest = -2;

export function javaAdmin(at: Surroundings, clientId: string): JavaAdmin {
  const requests = new Requests(at, clientId);
  return {
    createTopic: (topic, partitions, config = {}) => createTopic(requests, topic, partitions, config),
    listOffsets: (partition, spec) => listOffset(requests, partition, spec === 'latest' ? latest : earliest),
    describeGroup: (groupId) => describeGroup(requests, groupId),
    setGroupConfig: () => notSimulated('Settings of a group'),
    shareGroupOffsets: () => notSimulated('Share groups'),
    close: () => Promise.resolve(requests.close()),
  };
}

/** Returns when the topic can be described. */
async function createTopic(
  requests: Requests,
  name: string,
  numPartitions: number,
  config: JavaConfig,
): Promise<void> {
  const configs = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, typeof value === 'boolean' ? String(value) : value]),
  );
  const topics = [{ name, numPartitions, replicationFactor: -1, configs }];
  await requests.anywhere('CreateTopicsResponse', { type: 'CreateTopicsRequest', topics }, (answer) =>
    answer.topics.forEach(({ errorCode }) => check(errorCode)),
  );
  await requests.again(async () => {
    const { topics: described } = await requests.metadata([name]);
    for (const { errorCode } of described) check(errorCode);
  });
}

async function listOffset(
  requests: Requests,
  { topic, partition }: TopicPartition,
  timestamp: number,
): Promise<number> {
  return requests.again(async () => {
    const { topics, brokers } = await requests.metadata([topic]);
    for (const { errorCode } of topics) check(errorCode);
    const leader = topics[0].partitions.find(({ partitionIndex }) => partitionIndex === partition)?.leaderId;
    const host = brokers.find(({ nodeId }) => nodeId === leader)?.host;
    if (host === undefined) throw errorOf(thrownFor('UNKNOWN_TOPIC_OR_PARTITION'));
    const answer = await requests.ask(
      'ListOffsetsResponse',
      {
        ...{ type: 'ListOffsetsRequest', isolationLevel: 0 },
        topics: [{ name: topic, partitions: [{ partitionIndex: partition, timestamp }] }],
      },
      host,
    );
    const [{ errorCode, offset }] = answer.topics[0].partitions;
    check(errorCode);
    return offset;
  });
}

async function describeGroup(requests: Requests, groupId: string): ReturnType<JavaAdmin['describeGroup']> {
  const request = { type: 'DescribeGroupsRequest', groups: [groupId] } as const;
  const { groups } = await requests.coordinated(groupId, 'DescribeGroupsResponse', request, (answer) =>
    answer.groups.forEach(({ errorCode }) => check(errorCode)),
  );
  const [group] = groups;
  // an old group's description does not say that there is none (DescribeGroups version 6: GROUP_ID_NOT_FOUND)
  if (group.groupState === 'Dead')
    throw errorOf(thrownFor('GROUP_ID_NOT_FOUND', `Group ${groupId} not found.`));
  return { state: group.groupState, type: 'Classic', members: membersOf(group) };
}

type Members = Awaited<ReturnType<JavaAdmin['describeGroup']>>['members'];

function membersOf({ members }: DescribeGroupsResponse['groups'][number]): Members {
  return members
    .map(({ memberId, clientId, assignment }) => ({
      ...{ memberId, instanceId: null, clientId, memberEpoch: null },
      assignment: Object.entries(assignment)
        .flatMap(([topic, partitions]) => partitions.map((partition) => `${topic}-${partition}`))
        .sort(),
    }))
    .sort((a, b) => (`${a.clientId} ${a.memberId}` < `${b.clientId} ${b.memberId}` ? -1 : 1));
}
