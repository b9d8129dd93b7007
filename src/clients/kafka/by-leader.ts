/** Which leader is sent which records of a call (kafkajs producer/groupMessagesPerPartition.js, cluster/index.js findLeaderForPartitions). */
import type { ProducedRecord, ProduceRequest } from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import type { Random } from '../../kernel/random';
import { partitionFor } from './partitioner';
import type { Producer, SendTopic } from './producer-state';
import { sizeOf } from './record';
import type { TopicMetadata } from './topic';

/** Records by partition number. The partitioner runs for every message, on every try: its counters have moved on. */
export function partitioned(
  state: Producer,
  part: SendTopic,
  topic: TopicMetadata,
  context: Context,
): ProducedRecord[][] {
  const { partitioner } = state.options;
  const random = (): Random => context.random('partitioner');
  const records: ProducedRecord[][] = [];
  const { messages, partitions, timestamps, firstPublished } = part;
  for (let index = 0; index < messages.length; index++) {
    const message = messages[index];
    const body = context.body(message);
    const placing = { partition: partitions ? partitions[index] : part.partition, key: body.key };
    const partition = partitionFor(partitioner, placing, part.topic, topic, state.counters, random);
    const record = {
      message,
      key: body.key,
      timestamp: timestamps?.[index] ?? context.now,
      sizeBytes: sizeOf(body),
      cause: firstPublished + index,
    };
    (records[partition] ??= []).push(body.data['value'] === null ? { ...record, isTombstone: true } : record);
  }
  return records;
}

export type TopicData = { readonly name: string; readonly partitionData: PartitionData[] };
type PartitionData = ProduceRequest['topicData'][number]['partitionData'][number];

/**
 * Adds batches by node id of the leader, in the order of partition numbers. Records for a partition that does not exist
 * are dropped without a word, as kafkajs does (cluster/index.js findLeaderForPartitions; K-05).
 */
export function addByLeader(
  nodes: Map<number, TopicData[]>,
  topic: TopicMetadata,
  records: readonly ProducedRecord[][],
): void {
  for (const index of topic.sorted) {
    const batch = records[index];
    if (batch === undefined) continue;
    const leader = topic.leaders[index];
    const data = { index, records: { records: batch, producerId: -1, producerEpoch: -1, baseSequence: -1 } };
    let topics = nodes.get(leader);
    if (!topics) nodes.set(leader, (topics = []));
    const known = topics.find(({ name }) => name === topic.name);
    if (known) known.partitionData.push(data);
    else topics.push({ name: topic.name, partitionData: [data] });
  }
}
