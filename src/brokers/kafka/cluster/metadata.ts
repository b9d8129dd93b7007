/** What a node tells clients of its cluster: as it knows it, which may be a moment old (KRaftMetadataCache.java, AutoTopicCreationManager.scala). */
import type { Context } from '../../../kernel/machine';
import type {
  FindCoordinatorRequest,
  FindCoordinatorResponse,
  MetadataRequest,
  MetadataResponse,
} from '../protocol';
import type { PartitionImage, TopicImage } from '../protocol/cluster';
import { isLegalTopicName } from '../topic-name';
import type { Caller } from '../turns';
import { hostOf, type Clustered } from './cluster-state';
import { coordinatorOf } from './coordinators';
import { offsetsTopic, transactionsTopic } from '../topic-name';
import { askForTopics } from './node';

type TopicMetadata = MetadataResponse['topics'][number];

export function clusterMetadata(
  state: Clustered,
  request: MetadataRequest,
  caller: Caller,
  context: Context,
): void {
  const { image } = state.cluster;
  const mayCreate = request.allowAutoTopicCreation && state.config.autoCreateTopics;
  const names = request.topics ?? [...image.topics.keys()];
  const response: MetadataResponse = {
    ...{ type: 'MetadataResponse', correlationId: request.correlationId, clusterId: state.name },
    brokers: image.nodes.filter(({ isFenced }) => !isFenced).map(({ nodeId, host }) => ({ nodeId, host })),
    // any node will do: it hands on what only the controller can do
    controllerId: state.nodeId,
    topics: [...new Set(names)].map((name) => {
      const topic = image.topics.get(name);
      return topic ? described(state, topic) : missing(state, name, mayCreate, context);
    }),
  };
  context.reply(caller.connection, response);
}

/** The topic that keeps the key is made when somebody asks for the first time. */
export function findClusterCoordinator(
  state: Clustered,
  { correlationId, key, keyType }: FindCoordinatorRequest,
  caller: Caller,
  context: Context,
): void {
  const topic = keyType === 0 ? offsetsTopic : transactionsTopic;
  if (!state.cluster.image.topics.has(topic)) createInternal(state, topic, context);
  const nodeId = coordinatorOf(state, topic, key);
  const isThere = nodeId !== null && isUp(state, nodeId);
  const response: FindCoordinatorResponse = {
    ...{ type: 'FindCoordinatorResponse', correlationId },
    ...(isThere
      ? { errorCode: 'NONE', nodeId, host: hostOf(state.cluster, nodeId) }
      : { errorCode: 'COORDINATOR_NOT_AVAILABLE', nodeId: -1, host: '' }),
  };
  context.reply(caller.connection, response);
}

function described(state: Clustered, { name, partitions }: TopicImage): TopicMetadata {
  return {
    errorCode: 'NONE',
    name,
    partitions: partitions.map((partition, index) => describedPartition(state, partition, index)),
  };
}

function describedPartition(
  state: Clustered,
  { leader, leaderEpoch, replicas, isr }: PartitionImage,
  partitionIndex: number,
): TopicMetadata['partitions'][number] {
  return {
    ...(leader < 0 ? { errorCode: 'LEADER_NOT_AVAILABLE' } : {}),
    ...{ partitionIndex, leaderId: leader, leaderEpoch, replicaNodes: replicas, isrNodes: isr },
    offlineReplicas: replicas.filter((node) => !isUp(state, node)),
  };
}

function missing(state: Clustered, name: string, mayCreate: boolean, context: Context): TopicMetadata {
  if (!isLegalTopicName(name)) return { errorCode: 'INVALID_TOPIC_EXCEPTION', name, partitions: [] };
  if (mayCreate)
    askForTopics(state, [{ name, numPartitions: -1, replicationFactor: -1, configs: {} }], context);
  return { errorCode: 'UNKNOWN_TOPIC_OR_PARTITION', name, partitions: [] };
}

function createInternal(state: Clustered, name: string, context: Context): void {
  const { offsetsTopic: offsets, transactionTopic } = state.cluster.settings;
  const { partitions, replicationFactor, minInSync } = name === offsetsTopic ? offsets : transactionTopic;
  const configs = { 'cleanup.policy': 'compact', 'min.insync.replicas': minInSync };
  askForTopics(state, [{ name, numPartitions: partitions, replicationFactor, configs }], context);
}

function isUp({ cluster }: Clustered, nodeId: number): boolean {
  return cluster.image.nodes.some((node) => node.nodeId === nodeId && !node.isFenced);
}
