/** The library's admin client (kafkajs 2.2.4 src/admin): requests by its names, with its checks and its answers. */
import type { DescribeConfigResponse, GroupDescription, IResourceConfig, ITopicConfig, ITopicMetadata, ITopicPartitionConfig, ResourceConfigQuery, SeekEntry } from 'kafkajs'; // prettier-ignore
import type { RetryOptions } from '../kafka/retry';
import { check, type Cluster } from './cluster';
import { Consumer } from './consumer';
import { deleteBefore } from './delete-records';
import { describeGroups } from './describe-groups';
import { Emitter } from './emitter';
import {
  KafkaJSAggregateError,
  KafkaJSBrokerNotFound,
  KafkaJSCreateTopicError,
  KafkaJSDeleteGroupsError,
  KafkaJSDeleteTopicRecordsError,
  KafkaJSNonRetriableError,
  KafkaJSProtocolError,
} from './errors';
import { epochMs } from './messages';
import { retried } from './retry';
import { alterTopics, describeTopics } from './topic-settings';

const events = ['CONNECT', 'DISCONNECT', 'REQUEST', 'REQUEST_TIMEOUT', 'REQUEST_QUEUE_SIZE'];
const latest = -1;
const earliest = -2;

export class Admin {
  readonly events: Readonly<Record<string, string>>;
  readonly on: Emitter['on'];
  private readonly cluster: Cluster;
  private readonly retry: Partial<RetryOptions> | undefined;
  private readonly emitter: Emitter;

  constructor(cluster: Cluster, config: { readonly retry?: Partial<RetryOptions> } = {}) {
    this.cluster = cluster;
    this.retry = config.retry ?? cluster.config.retry;
    this.emitter = new Emitter('admin', events, cluster.world);
    this.events = this.emitter.events;
    this.on = this.emitter.on.bind(this.emitter);
  }

  async connect(): Promise<void> {
    await this.cluster.connect();
    this.emitter.emit('CONNECT');
  }

  async disconnect(): Promise<void> {
    await this.cluster.disconnect();
    this.emitter.emit('DISCONNECT');
  }

  async listTopics(): Promise<string[]> {
    return (await this.cluster.metadata(null)).map(({ name }) => name);
  }

  /** false: all of them were there already. */
  async createTopics({
    topics,
    validateOnly = false,
  }: {
    topics: ITopicConfig[];
    validateOnly?: boolean;
    waitForLeaders?: boolean;
    timeout?: number;
  }): Promise<boolean> {
    if (!topics || !Array.isArray(topics))
      throw new KafkaJSNonRetriableError(`Invalid topics array ${String(topics)}`);
    if (topics.some(({ topic }) => typeof topic !== 'string'))
      throw new KafkaJSNonRetriableError('Invalid topics array, the topic names have to be a valid string');
    checkDifferent(topics);
    if (validateOnly) return true;
    const { topics: made } = await this.cluster.ask(
      'CreateTopicsResponse',
      {
        type: 'CreateTopicsRequest',
        topics: topics.map(
          ({
            topic: name,
            numPartitions = -1,
            replicationFactor = -1,
            replicaAssignment = [],
            configEntries = [],
          }) => ({
            ...{ name, numPartitions, replicationFactor },
            ...(replicaAssignment.length > 0 ? { assignments: assignmentsOf(replicaAssignment) } : {}),
            configs: Object.fromEntries(configEntries.map(({ name, value }) => [name, value])),
          }),
        ),
      },
      this.cluster.controller(),
    );
    const wrong = made.filter(({ errorCode }) => errorCode !== 'NONE');
    if (wrong.length === 0) return true;
    if (wrong.every(({ errorCode }) => errorCode === 'TOPIC_ALREADY_EXISTS')) return false;
    throw new KafkaJSAggregateError(
      'Topic creation errors',
      wrong.map(({ errorCode, name }) => new KafkaJSCreateTopicError(errorCode, name)),
    );
  }

  async deleteTopics({ topics }: { topics: string[]; timeout?: number }): Promise<void> {
    if (!topics || !Array.isArray(topics))
      throw new KafkaJSNonRetriableError(`Invalid topics array ${String(topics)}`);
    await retried(this.cluster.world, this.retry, async () => {
      const request = { type: 'DeleteTopicsRequest', topicNames: topics } as const;
      const { responses } = await this.cluster.ask('DeleteTopicsResponse', request);
      for (const { errorCode } of responses) check(errorCode);
    });
  }

  async createPartitions({
    topicPartitions,
    validateOnly = false,
  }: {
    topicPartitions: ITopicPartitionConfig[];
    validateOnly?: boolean;
    timeout?: number;
  }): Promise<boolean> {
    if (!topicPartitions || !Array.isArray(topicPartitions))
      throw new KafkaJSNonRetriableError(`Invalid topic partitions array ${String(topicPartitions)}`);
    if (topicPartitions.length === 0) throw new KafkaJSNonRetriableError('Empty topic partitions array');
    const topics = topicPartitions.map(({ topic: name, count, assignments }) => ({
      ...{ name, count },
      ...(assignments && assignments.length > 0 ? { assignments } : {}),
    }));
    const { results } = await this.cluster.ask('CreatePartitionsResponse', {
      type: 'CreatePartitionsRequest',
      topics,
      ...(validateOnly ? { validateOnly: true as const } : {}),
    });
    for (const { errorCode } of results) check(errorCode);
    // the library's promise resolves to nothing, whatever its types say
    return undefined as unknown as boolean;
  }

  async fetchTopicMetadata({ topics }: { topics: string[] } = { topics: [] }): Promise<{
    topics: ITopicMetadata[];
  }> {
    // cluster/index.js metadata: only a partition without a leader is waited for
    const metadata = await retried(this.cluster.world, this.cluster.config.retry, async (bail) =>
      this.cluster
        .metadata(topics.length > 0 ? topics : null, false)
        .catch((error: KafkaJSProtocolError) =>
          error.type === 'LEADER_NOT_AVAILABLE' ? Promise.reject(error) : bail(error),
        ),
    );
    return {
      topics: metadata.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map((partition) => ({
          ...{ partitionErrorCode: 0, partitionId: partition.partitionIndex, leader: partition.leaderId },
          ...{ replicas: [...partition.replicaNodes], isr: [...partition.isrNodes] },
          offlineReplicas: [...(partition.offlineReplicas ?? [])],
        })),
      })),
    };
  }

  async fetchTopicOffsets(
    topic: string,
  ): Promise<{ partition: number; offset: string; high: string; low: string }[]> {
    if (!topic || typeof topic !== 'string') throw new KafkaJSNonRetriableError(`Invalid topic ${topic}`);
    const high = await this.ends(topic, latest);
    const low = await this.ends(topic, earliest);
    return [...high].map(([partition, offset]) => ({
      ...{ partition, offset: String(offset), high: String(offset) },
      low: String(low.get(partition)),
    }));
  }

  async fetchTopicOffsetsByTimestamp(topic: string, timestamp?: number): Promise<SeekEntry[]> {
    const high = await this.ends(topic, latest);
    const found = timestamp === undefined ? high : await this.ends(topic, timestamp - epochMs);
    return [...found].map(([partition, offset]) => ({
      partition,
      offset: String(offset >= 0 ? offset : high.get(partition)),
    }));
  }

  async fetchOffsets({
    groupId,
    topics = [],
    resolveOffsets = false,
  }: {
    groupId: string;
    topics?: string[];
    resolveOffsets?: boolean;
  }): Promise<
    { topic: string; partitions: { partition: number; offset: string; metadata: string | null }[] }[]
  > {
    if (!groupId) throw new KafkaJSNonRetriableError(`Invalid groupId ${groupId}`);
    const host = await this.cluster.coordinator(groupId, 0);
    const asked = [];
    for (const topic of topics) {
      const { name, partitions } = await this.cluster.topic(topic);
      asked.push({ name, partitionIndexes: partitions.map(({ partitionIndex }) => partitionIndex) });
    }
    // protocol/requests/offsetFetch: an empty list is written as null
    const request = { type: 'OffsetFetchRequest', groupId, topics: asked.length > 0 ? asked : null } as const;
    const answer = await this.cluster.ask('OffsetFetchResponse', request, host);
    check(answer.errorCode);
    const offsets = answer.topics.map(({ name: topic, partitions }) => ({
      topic,
      partitions: partitions.map(({ partitionIndex: partition, committedOffset, metadata = null }) => ({
        ...{ partition, offset: String(committedOffset), metadata },
      })),
    }));
    return resolveOffsets ? this.resolved(groupId, offsets) : offsets;
  }

  async resetOffsets({
    groupId,
    topic,
    earliest: toStart = false,
  }: {
    groupId: string;
    topic: string;
    earliest: boolean;
  }): Promise<void> {
    if (!groupId) throw new KafkaJSNonRetriableError(`Invalid groupId ${groupId}`);
    const { partitions } = await this.cluster.topic(topic);
    const offset = String(toStart ? earliest : latest);
    await this.setOffsets({
      ...{ groupId, topic },
      partitions: partitions.map(({ partitionIndex: partition }) => ({ partition, offset })),
    });
  }

  /** As the library does it: a member joins the group for a moment, seeks, and leaves (admin/index.js setOffsets). */
  async setOffsets({
    groupId,
    topic,
    partitions,
  }: {
    groupId: string;
    topic: string;
    partitions: SeekEntry[];
  }): Promise<void> {
    if (!groupId) throw new KafkaJSNonRetriableError(`Invalid groupId ${groupId}`);
    if (!topic) throw new KafkaJSNonRetriableError(`Invalid topic ${topic}`);
    if (!partitions || partitions.length === 0) throw new KafkaJSNonRetriableError('Invalid partitions');
    const consumer = new Consumer(this.cluster, { groupId });
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    const { state } = await consumer.describeGroup();
    if (state !== 'Empty' && state !== 'Dead')
      throw new KafkaJSNonRetriableError(
        `The consumer group must have no running instances, current state: ${state}`,
      );
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events['FETCH'], () => consumer.stop().then(resolve, reject));
      consumer.run({ eachBatchAutoResolve: false, eachBatch: () => Promise.resolve() }).catch(reject);
      consumer.pause([{ topic }]);
      for (const seek of partitions) consumer.seek({ topic, ...seek });
    });
  }

  async deleteTopicRecords({ topic, partitions }: { topic: string; partitions: SeekEntry[] }): Promise<void> {
    if (!topic || typeof topic !== 'string') throw new KafkaJSNonRetriableError(`Invalid topic "${topic}"`);
    if (!partitions || partitions.length === 0) throw new KafkaJSNonRetriableError('Invalid partitions');
    // leaders are looked up before the topic is: the first call fails (L-24)
    const isKnown = this.cluster.known.has(topic);
    await this.fetchTopicOffsets(topic);
    if (!isKnown) {
      const error = new KafkaJSBrokerNotFound('Could not find the leader for the partition', {
        retriable: false,
      });
      throw new KafkaJSDeleteTopicRecordsError({
        topic,
        partitions: partitions.map(({ partition, offset }) => ({ partition, offset, error })),
      });
    }
    await deleteBefore(this.cluster, topic, partitions);
  }

  describeConfigs({
    resources,
  }: {
    resources: ResourceConfigQuery[];
    includeSynonyms?: boolean;
  }): Promise<DescribeConfigResponse> {
    return describeTopics(this.cluster, resources);
  }

  /** What is not named goes back to its default. */
  alterConfigs({
    resources,
    validateOnly = false,
  }: {
    resources: IResourceConfig[];
    validateOnly?: boolean;
  }): Promise<object> {
    return alterTopics(this.cluster, resources, validateOnly);
  }

  async describeCluster(): Promise<{
    brokers: { nodeId: number; host: string; port: number }[];
    controller: number | null;
    clusterId: string;
  }> {
    const { brokers, controllerId } = await this.cluster.nodes();
    return {
      brokers: brokers.map(({ nodeId, host }) => ({ nodeId, host, port: 9092 })),
      controller: controllerId,
      clusterId: 'simulated',
    };
  }

  async describeGroups(groupIds: string[]): Promise<{ groups: GroupDescription[] }> {
    return { groups: await describeGroups(this.cluster, groupIds) };
  }

  async listGroups(): Promise<{ groups: { groupId: string; protocolType: string }[] }> {
    const all = [];
    for (const host of await this.cluster.hosts()) {
      const { groups } = await this.cluster.ask('ListGroupsResponse', { type: 'ListGroupsRequest' }, host);
      all.push(...groups.map((group) => ({ ...group })));
    }
    return { groups: all };
  }

  async deleteGroups(groupIds: string[]): Promise<{ groupId: string; errorCode: number }[]> {
    const done = [];
    for (const groupId of groupIds) {
      const host = await this.cluster.coordinator(groupId, 0);
      const request = { type: 'DeleteGroupsRequest', groupsNames: [groupId] } as const;
      const { results } = await this.cluster.ask('DeleteGroupsResponse', request, host);
      for (const { errorCode } of results)
        if (errorCode !== 'NONE') {
          const error = new KafkaJSProtocolError(errorCode);
          throw new KafkaJSDeleteGroupsError([{ groupId, errorCode: error.code, error }]);
        }
      done.push({ groupId, errorCode: 0 });
    }
    return done;
  }

  private async ends(topic: string, timestamp: number): Promise<Map<number, number>> {
    const { partitions } = await this.cluster.topic(topic);
    const wished = partitions.map(({ partitionIndex }) => ({ partitionIndex, timestamp }));
    const found = new Map<number, number>();
    const byLeader = new Map<string, typeof wished>();
    for (const [index, { leaderId }] of partitions.entries()) {
      const host = this.cluster.hostOf(leaderId);
      byLeader.set(host, [...(byLeader.get(host) ?? []), wished[index]]);
    }
    for (const [host, ofLeader] of byLeader) {
      const topics = [{ name: topic, partitions: ofLeader }];
      const request = { type: 'ListOffsetsRequest', isolationLevel: 1, topics } as const;
      const answer = await this.cluster.ask('ListOffsetsResponse', request, host);
      for (const { partitionIndex, errorCode, offset } of answer.topics.flatMap(
        ({ partitions: all }) => all,
      )) {
        check(errorCode);
        found.set(partitionIndex, offset);
      }
    }
    return new Map([...found].sort(([a], [b]) => a - b));
  }

  /** Offsets that stand for an end become that end, and are stored so. */
  private async resolved<Offsets extends Awaited<ReturnType<Admin['fetchOffsets']>>>(
    groupId: string,
    offsets: Offsets,
  ): Promise<Offsets> {
    for (const { topic, partitions } of offsets) {
      const ends = await this.fetchTopicOffsets(topic);
      for (const entry of partitions) {
        const end = ends.find(({ partition }) => partition === entry.partition)!;
        if (Number(entry.offset) === earliest) entry.offset = end.low;
        if (Number(entry.offset) === latest) entry.offset = end.high;
      }
      await this.setOffsets({ groupId, topic, partitions });
    }
    return offsets;
  }
}

function assignmentsOf(
  assigned: readonly { readonly partition: number; readonly replicas: readonly number[] }[],
) {
  return assigned.map(({ partition: partitionIndex, replicas: brokerIds }) => ({
    partitionIndex,
    brokerIds,
  }));
}

function checkDifferent(topics: readonly ITopicConfig[]): void {
  if (new Set(topics.map(({ topic }) => topic)).size < topics.length)
    throw new KafkaJSNonRetriableError(
      'Invalid topics array, it cannot have multiple entries for the same topic',
    );
}
