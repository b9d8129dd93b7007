/** The Java library's Admin (kafka-clients 4.3.1 clients/admin/KafkaAdminClient.java), as far as scenarios call it. */
import type { JavaAdmin, JavaConfig, TopicPartition } from './api';
import { describeGroup, setGroupConfig, shareGroupOffsets } from './admin-groups';
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
    setGroupConfig: (groupId, config) => setGroupConfig(requests, groupId, config),
    shareGroupOffsets: (groupId) => shareGroupOffsets(requests, groupId),
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
