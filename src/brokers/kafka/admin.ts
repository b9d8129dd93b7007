/**
 * The requests about the cluster itself: what there is, who answers for it, new topics, records that must go
 * (KafkaApis.scala, AutoTopicCreationManager.scala, ReplicationControlManager.java, Partition.scala
 * deleteRecordsOnLeader). A broker that is alone leads every partition, coordinates every group and is its own
 * controller; a node of a cluster answers for what it knows of the others (cluster/metadata.ts).
 */
import type { Context } from '../../kernel/machine';
import { RecordsDeleted, TopicCreated } from './facts';
import { awaitReplicas, type AwaitedPlace } from './cluster/awaiting';
import { isClustered } from './cluster/cluster-state';
import { isLeader } from './cluster/replication';
import { raiseLogStart, type Partition } from './partition';
import { isLegalTopicName } from './topic-name';
import type {
  CreateTopicsRequest,
  CreateTopicsResponse,
  DeleteRecordsRequest,
  DeleteRecordsResponse,
  ErrorCode,
  FindCoordinatorRequest,
  FindCoordinatorResponse,
  MetadataRequest,
  MetadataResponse,
} from './protocol';
import { watchRetention } from './retention';
import { addTopic, partitionOf, readTopicConfig, type BrokerState, type Topic } from './state';
import type { Caller } from './turns';

type TopicMetadata = MetadataResponse['topics'][number];
type NewTopic = CreateTopicsRequest['topics'][number];
type DeletedTopic = DeleteRecordsResponse['topics'][number];

/**
 * A topic that does not exist is created on the way when client and broker allow it. The client is told
 * UNKNOWN_TOPIC_OR_PARTITION this time (creation goes through the controller) and finds it when it asks again.
 */
export function metadata(
  state: BrokerState,
  request: MetadataRequest,
  caller: Caller,
  context: Context,
): void {
  const mayCreate = request.allowAutoTopicCreation && state.config.autoCreateTopics;
  const names = request.topics ?? [...state.topics.keys()];
  const response: MetadataResponse = {
    type: 'MetadataResponse',
    correlationId: request.correlationId,
    brokers: [{ nodeId: state.nodeId, host: state.name }],
    controllerId: state.nodeId,
    topics: [...new Set(names)].map((name) => {
      const topic = state.topics.get(name);
      return topic ? describeTopic(state, topic) : missingTopic(state, name, mayCreate, context);
    }),
  };
  context.reply(caller.connection, response);
}

/** The only broker coordinates every group and every transaction. */
export function findCoordinator(
  state: BrokerState,
  { correlationId }: FindCoordinatorRequest,
  caller: Caller,
  context: Context,
): void {
  const response: FindCoordinatorResponse = {
    type: 'FindCoordinatorResponse',
    correlationId,
    errorCode: 'NONE',
    nodeId: state.nodeId,
    host: state.name,
  };
  context.reply(caller.connection, response);
}

export function createTopics(
  state: BrokerState,
  request: CreateTopicsRequest,
  caller: Caller,
  context: Context,
): void {
  const isDuplicate = (name: string) => request.topics.filter((other) => other.name === name).length > 1;
  const topics = request.topics.map((topic) => {
    const errorCode = isDuplicate(topic.name) ? 'INVALID_REQUEST' : creationErrorOf(state, topic);
    if (errorCode === 'NONE') create(state, topic, context);
    return { name: topic.name, errorCode };
  });
  const response: CreateTopicsResponse = {
    type: 'CreateTopicsResponse',
    correlationId: request.correlationId,
    topics,
  };
  context.reply(caller.connection, response);
}

/** Raises the log start at once; the segments below it go with the next retention check. −1: up to the high watermark. */
export function deleteRecords(
  state: BrokerState,
  request: DeleteRecordsRequest,
  caller: Caller,
  context: Context,
): void {
  const topics: DeletedTopic[] = request.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map(({ partitionIndex, offset }) => {
      const partition = partitionOf(state, name, partitionIndex);
      if (!partition) return { partitionIndex, lowWatermark: -1, errorCode: 'UNKNOWN_TOPIC_OR_PARTITION' };
      if (!isLeader(partition))
        return { partitionIndex, lowWatermark: -1, errorCode: 'NOT_LEADER_OR_FOLLOWER' };
      const before = offset === -1 ? partition.highWatermark : offset;
      if (before < 0 || before > partition.highWatermark) {
        return { partitionIndex, lowWatermark: -1, errorCode: 'OFFSET_OUT_OF_RANGE' };
      }
      deleteBefore(state, partition, before, context);
      return { partitionIndex, lowWatermark: partition.logStart, errorCode: 'NONE' };
    }),
  }));
  const response: DeleteRecordsResponse = {
    type: 'DeleteRecordsResponse',
    correlationId: request.correlationId,
    topics,
  };
  const places = isClustered(state) ? deletions(state, response) : [];
  if (!isClustered(state) || places.length === 0) return context.reply(caller.connection, response);
  const { connection } = caller;
  awaitReplicas(state, { connection, response, places, timeoutMs: request.timeoutMs ?? null }, context);
}

/** What the other replicas have to delete too before it is answered. */
function deletions(state: BrokerState, { topics }: DeleteRecordsResponse): AwaitedPlace[] {
  return topics.flatMap(({ name: topic, partitions }) =>
    partitions
      .filter(({ errorCode }) => errorCode === 'NONE')
      .map(({ partitionIndex: index, lowWatermark: end }): AwaitedPlace => {
        const { leaderEpoch } = partitionOf(state, topic, index)!.replication!.image;
        return { topic, index, end, leaderEpoch, isDeletion: true };
      }),
  );
}

function deleteBefore(state: BrokerState, partition: Partition, offset: number, context: Context): void {
  const position = partition.logStart;
  const amount = raiseLogStart(partition, offset);
  if (amount === 0) return;
  context.emit({ is: RecordsDeleted, subject: partition.address, position, amount });
  watchRetention(state, partition, context);
}

function describeTopic({ nodeId }: BrokerState, { name, partitions }: Topic): TopicMetadata {
  return {
    errorCode: 'NONE',
    name,
    partitions: partitions.map(({ index, leaderEpoch }) => ({
      partitionIndex: index,
      leaderId: nodeId,
      leaderEpoch,
      replicaNodes: [nodeId],
      isrNodes: [nodeId],
    })),
  };
}

function missingTopic(state: BrokerState, name: string, mayCreate: boolean, context: Context): TopicMetadata {
  if (!isLegalTopicName(name)) return { errorCode: 'INVALID_TOPIC_EXCEPTION', name, partitions: [] };
  if (mayCreate) create(state, { name, numPartitions: -1, replicationFactor: -1, configs: {} }, context);
  return { errorCode: 'UNKNOWN_TOPIC_OR_PARTITION', name, partitions: [] };
}

/** numPartitions and replicationFactor −1: the broker's default. There is one broker to replicate to. */
function creationErrorOf(state: BrokerState, topic: NewTopic): ErrorCode {
  const { name, numPartitions, replicationFactor, configs } = topic;
  if (!isLegalTopicName(name)) return 'INVALID_TOPIC_EXCEPTION';
  if (state.topics.has(name)) return 'TOPIC_ALREADY_EXISTS';
  if (readTopicConfig(state, configs) === null) return 'INVALID_CONFIG';
  if (replicationFactor !== 1 && replicationFactor !== -1) return 'INVALID_REPLICATION_FACTOR';
  return numPartitions >= 1 || numPartitions === -1 ? 'NONE' : 'INVALID_PARTITIONS';
}

function create(state: BrokerState, { name, numPartitions, configs }: NewTopic, context: Context): void {
  const count = numPartitions === -1 ? state.config.numPartitions : numPartitions;
  addTopic(state, name, count, readTopicConfig(state, configs)!, context.now);
  context.emit({ is: TopicCreated, subject: `${state.name}/${name}`, amount: count });
}
