/**
 * Topics as the controller makes, grows, changes and deletes them (ReplicationControlManager.java, ConfigurationControlManager.java).
 */
import type { Random } from '../../../kernel/random';
import { topicConfig } from '../config';
import type { OptionValues } from '../options';
import type {
  AlterConfigsRequest,
  AlterConfigsResponse,
  CreatePartitionsRequest,
  CreatePartitionsResponse,
  CreateTopicsRequest,
  CreateTopicsResponse,
  DeleteTopicsRequest,
  DeleteTopicsResponse,
  ErrorCode,
} from '../protocol';
import type { TopicImage } from '../protocol/cluster';
import { isLegalTopicName } from '../topic-name';
import type { ControllerState } from '../controller';
import { newPartitionImage, placed } from './first-image';

type NewTopic = CreateTopicsRequest['topics'][number];

export function createTopics(
  state: ControllerState,
  { correlationId, topics }: CreateTopicsRequest,
  random: () => Random,
): CreateTopicsResponse {
  const isTwice = (name: string) => topics.filter((other) => other.name === name).length > 1;
  return {
    type: 'CreateTopicsResponse',
    correlationId,
    topics: topics.map((topic) => {
      const errorCode = isTwice(topic.name) ? 'INVALID_REQUEST' : creationErrorOf(state, topic);
      if (errorCode === 'NONE') putTopic(state, created(state, topic, random));
      return { name: topic.name, errorCode };
    }),
  };
}

function creationErrorOf(state: ControllerState, topic: NewTopic): ErrorCode {
  const { name, numPartitions, configs, assignments } = topic;
  if (!isLegalTopicName(name)) return 'INVALID_TOPIC_EXCEPTION';
  if (state.image.topics.has(name)) return 'TOPIC_ALREADY_EXISTS';
  if (topicConfig(state.config.topicDefaults, configs) === null) return 'INVALID_CONFIG';
  if (assignments) {
    // from 0 on, and none left out
    const indexes = assignments.map(({ partitionIndex }) => partitionIndex).toSorted((a, b) => a - b);
    if (indexes.some((partition, index) => partition !== index)) return 'INVALID_REPLICA_ASSIGNMENT';
    return assignmentError(state, assignments.map(({ brokerIds }) => brokerIds)); // prettier-ignore
  }
  const copies = copiesOf(state, topic);
  const isTooMany = copies > state.image.nodes.length || activeNodes(state).length === 0;
  if (copies < 1 || isTooMany) return 'INVALID_REPLICATION_FACTOR';
  return numPartitions >= 1 || numPartitions === -1 ? 'NONE' : 'INVALID_PARTITIONS';
}

/** validateManualPartitionAssignment: nodes that exist, none twice, as many for each partition. */
function assignmentError({ image }: ControllerState, all: readonly (readonly number[])[]): ErrorCode {
  const known = image.nodes.map(({ nodeId }) => nodeId);
  const isWrong = all.some(
    (nodes) =>
      nodes.length === 0 ||
      nodes.length !== all[0].length ||
      new Set(nodes).size !== nodes.length ||
      !nodes.every((node) => known.includes(node)),
  );
  return all.length === 0 || isWrong ? 'INVALID_REPLICA_ASSIGNMENT' : 'NONE';
}

function created(state: ControllerState, topic: NewTopic, random: () => Random): TopicImage {
  const { name, configs, assignments } = topic;
  const replicas = assignments
    ? assignments
        .toSorted((a, b) => a.partitionIndex - b.partitionIndex)
        .map(({ brokerIds }) => brokerIds)
    : spread(state, topic.numPartitions === -1 ? state.config.numPartitions : topic.numPartitions, copiesOf(state, topic), random); // prettier-ignore
  const since = state.image.version + 1;
  return { name, since, configs, partitions: replicas.map((nodes) => startedOn(state, nodes)) };
}

function copiesOf({ settings }: ControllerState, { replicationFactor }: NewTopic): number {
  return replicationFactor === -1 ? settings.defaultReplicationFactor : replicationFactor;
}

/** Nodes that are down are taken too, after all that are up (StripedReplicaPlacer.java). */
function spread(state: ControllerState, partitions: number, copies: number, random: () => Random) {
  const up = activeNodes(state);
  const down = state.image.nodes.map(({ nodeId }) => nodeId).filter((nodeId) => !up.includes(nodeId));
  const onUp = Math.min(copies, up.length);
  const first = up.length === 1 ? 0 : random().below(up.length);
  return placed(up, partitions, onUp, first).map((nodes) => [...nodes, ...down.slice(0, copies - onUp)]);
}

/** A new partition's ISR are those of its replicas that are up. */
function startedOn(state: ControllerState, nodes: readonly number[]) {
  const up = activeNodes(state);
  const isr = nodes.filter((node) => up.includes(node));
  const image = newPartitionImage(nodes);
  return isr.length === nodes.length || isr.length === 0 ? image : { ...image, isr, leader: isr[0] };
}

function activeNodes({ image }: ControllerState): readonly number[] {
  return image.nodes.filter(({ isFenced }) => !isFenced).map(({ nodeId }) => nodeId);
}

export function putTopic(state: ControllerState, topic: TopicImage): void {
  state.image = { ...state.image, topics: new Map(state.image.topics).set(topic.name, topic) };
}

export function deleteTopics(
  state: ControllerState,
  { correlationId, topicNames }: DeleteTopicsRequest,
): DeleteTopicsResponse {
  const responses = topicNames.map((name): DeleteTopicsResponse['responses'][number] => {
    if (!state.image.topics.has(name)) return { name, errorCode: 'UNKNOWN_TOPIC_OR_PARTITION' };
    const topics = new Map(state.image.topics);
    topics.delete(name);
    state.image = { ...state.image, topics };
    return { name, errorCode: 'NONE' };
  });
  return { type: 'DeleteTopicsResponse', correlationId, responses };
}

type Grown = CreatePartitionsResponse['results'][number];

/** Only more of them: records stay where they are, and keys go elsewhere from now on. */
export function createPartitions(
  state: ControllerState,
  { correlationId, topics, validateOnly }: CreatePartitionsRequest,
  random: () => Random,
): CreatePartitionsResponse {
  const results = topics.map(({ name, count, assignments }): Grown => {
    const topic = state.image.topics.get(name);
    if (!topic) return { name, errorCode: 'UNKNOWN_TOPIC_OR_PARTITION' };
    const { partitions } = topic;
    if (count <= partitions.length) return { name, errorCode: 'INVALID_PARTITIONS' };
    const [{ replicas }] = partitions;
    if (assignments) {
      const isWrong = assignments.length !== count - partitions.length || assignments[0].length !== replicas.length; // prettier-ignore
      const errorCode = isWrong ? 'INVALID_REPLICA_ASSIGNMENT' : assignmentError(state, assignments);
      if (errorCode !== 'NONE') return { name, errorCode };
    }
    const more = assignments ?? spread(state, count - partitions.length, replicas.length, random);
    const grown = [...partitions, ...more.map((nodes) => startedOn(state, nodes))];
    if (!validateOnly) putTopic(state, { ...topic, partitions: grown });
    return { name, errorCode: 'NONE' };
  });
  return { type: 'CreatePartitionsResponse', correlationId, results };
}

/** All settings of the topic are replaced: what is not named has its default again. */
export function alterConfigs(
  state: ControllerState,
  { correlationId, topics, validateOnly }: AlterConfigsRequest,
): AlterConfigsResponse {
  const results = topics.map(({ name, configs }): AlterConfigsResponse['results'][number] => {
    const topic = state.image.topics.get(name);
    if (!topic) return { name, errorCode: 'UNKNOWN_TOPIC_OR_PARTITION' };
    if (!topicConfig(state.config.topicDefaults, configs)) return { name, errorCode: 'INVALID_CONFIG' };
    if (!validateOnly) putTopic(state, { ...topic, configs: configs satisfies OptionValues });
    return { name, errorCode: 'NONE' };
  });
  return { type: 'AlterConfigsResponse', correlationId, results };
}
