import type { MetadataResponse } from '../../brokers/kafka/protocol';
import type { Partitions } from './partitioner';

/** One topic, ready to be used for every message. Immutable. */
export interface TopicMetadata extends Partitions {
  readonly name: string;
  /** Partition numbers in ascending order. */
  readonly sorted: readonly number[];
  /** Node id of the leader by partition number; −1 without one. */
  readonly leaders: readonly number[];
  /** "kafka/shop-events/1" by partition number. */
  readonly addresses: readonly string[];
}

/** From a response; `broker` is the first part of addresses. */
export function topicMetadata(broker: string, topic: MetadataResponse['topics'][number]): TopicMetadata {
  const leaders: number[] = [];
  const addresses: string[] = [];
  for (const { partitionIndex, leaderId } of topic.partitions) {
    leaders[partitionIndex] = leaderId;
    addresses[partitionIndex] = `${broker}/${topic.name}/${partitionIndex}`;
  }
  const indexes = topic.partitions.map(({ partitionIndex }) => partitionIndex);
  return {
    name: topic.name,
    indexes,
    sorted: [...indexes].sort((a, b) => a - b),
    available: topic.partitions
      .filter(({ leaderId }) => leaderId >= 0)
      .map(({ partitionIndex }) => partitionIndex),
    leaders,
    addresses,
  };
}
