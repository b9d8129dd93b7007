/**
 * Where a record goes, and the batch it goes out in (kafka-clients 4.3.1 RecordAccumulator.java append,
 * BuiltInPartitioner.java): records of one partition share a batch until batch.size; records without a key stay on one
 * partition until about batch.size bytes went there (KIP-794), and are not dealt out one by one as kafkajs does.
 * Simplified: all partitions are as likely to be chosen, however full their queues are (partitioner.adaptive).
 */
import type { ProducedRecord } from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import type { Time } from '../../kernel/time';
import { murmur2 } from '../kafka/murmur2';
import type { TopicMetadata } from '../kafka/topic';
import { laneOf, laneName, type Batch, type Lane, type Producer, type Waiter } from './producer-state';
import { batchOverhead, recordSize, sizeUpperBound, type Payload } from './record-size';

export interface Appending {
  readonly topic: TopicMetadata;
  /** null: by the key, or wherever the topic's records without one go now. */
  readonly partition: number | null;
  readonly key: string | null;
  readonly payload: Payload;
  readonly timestamp: Time;
  readonly record: Omit<ProducedRecord, 'sizeBytes'>;
  readonly waiter: Waiter;
}

/** How much memory a record would take on top of what is in use; 0: it fits into a batch that is there. */
export function memoryNeeded(state: Producer, appending: Appending, context: Context): number {
  const lane = laneOf(state, appending.topic.name, choose(state, appending, context));
  const open = openBatch(state, lane);
  return open && hasRoom(open, appending)
    ? 0
    : Math.max(state.options.batchSize, sizeUpperBound(appending.payload));
}

/** Of batches that are not over. */
export function memoryInUse({ batches }: Producer): number {
  let bytes = 0;
  for (const { isDone, capacity } of batches.values()) if (!isDone) bytes += capacity;
  return bytes;
}

/** Puts the record into a batch: the partition that was chosen. */
export function append(state: Producer, appending: Appending, context: Context): number {
  const { topic, key, partition: given } = appending;
  const isSticky = given === null && key === null;
  let partition = choose(state, appending, context);
  let batch = openBatch(state, laneOf(state, topic.name, partition));
  if (batch && !hasRoom(batch, appending)) {
    // it is closed for what would still fit, and then it may be another partition's turn
    batch.isFull = true;
    partition = choose(state, appending, context);
    batch = openBatch(state, laneOf(state, topic.name, partition));
    if (batch && !hasRoom(batch, appending)) batch.isFull = true;
  }
  let added = 0;
  if (!batch || batch.isFull) {
    batch = newBatch(state, laneOf(state, topic.name, partition), appending.payload, context.now);
    added = batchOverhead;
  }
  added += put(batch, appending);
  if (isSticky) stick(state, topic, added, batch.isFull, context);
  return partition;
}

function choose(state: Producer, { topic, partition, key }: Appending, context: Context): number {
  if (partition !== null) return partition;
  if (key !== null) return (murmur2(key) & 0x7fffffff) % topic.indexes.length;
  const sticky = state.sticky.get(topic.name);
  if (sticky) {
    const isOver = sticky.bytes >= state.options.batchSize;
    if (!isOver || openBatch(state, laneOf(state, topic.name, sticky.partition))) return sticky.partition;
  }
  const chosen = anyPartition(topic, context);
  state.sticky.set(topic.name, { partition: chosen, bytes: 0 });
  return chosen;
}

/** Counts what went to the partition that takes records without a key, and chooses another when that was enough. */
function stick(
  state: Producer,
  topic: TopicMetadata,
  added: number,
  isFull: boolean,
  context: Context,
): void {
  const { batchSize } = state.options;
  const { partition, bytes } = state.sticky.get(topic.name)!;
  const produced = bytes + added;
  const isEnough = (produced >= batchSize && isFull) || produced >= batchSize * 2;
  state.sticky.set(
    topic.name,
    isEnough ? { partition: anyPartition(topic, context), bytes: 0 } : { partition, bytes: produced },
  );
}

function anyPartition({ available, indexes }: TopicMetadata, context: Context): number {
  const among = available.length > 0 ? available : indexes;
  return among[context.random('partitioner').below(among.length)];
}

/** The batch that takes records: the last in the queue, when it was never sent. */
function openBatch({ batches }: Producer, { queue }: Lane): Batch | undefined {
  const last = batches.get(queue[queue.length - 1]);
  return last && !last.isFull && last.sequence < 0 && last.attempts === 0 ? last : undefined;
}

function hasRoom(batch: Batch, appending: Appending): boolean {
  return batch.records.length === 0 || batch.capacity >= batch.sizeBytes + sizeIn(batch, appending);
}

function sizeIn({ records }: Batch, { payload, timestamp }: Appending): number {
  const delta = records.length === 0 ? 0 : Math.floor((timestamp - records[0].timestamp) / 1000);
  return recordSize(payload, records.length, delta);
}

function newBatch(state: Producer, lane: Lane, first: Payload, now: Time): Batch {
  const capacity = Math.max(state.options.batchSize, sizeUpperBound(first));
  const batch: Batch = {
    ...{ id: ++state.lastBatch, lane: laneName(lane.topic, lane.partition), records: [], waiters: [] },
    ...{ sizeBytes: batchOverhead, createdAt: now, attempts: 0, retryAt: 0, sequence: -1, producerId: -1 },
    ...{ epoch: -1, capacity, isReset: false, isFull: false, isInFlight: false, isDone: false, sentTo: '' },
  };
  state.batches.set(batch.id, batch);
  lane.queue = [...lane.queue, batch.id];
  return batch;
}

function put(batch: Batch, appending: Appending): number {
  const sizeBytes = sizeIn(batch, appending);
  batch.records.push({ ...appending.record, sizeBytes });
  batch.waiters.push(appending.waiter);
  batch.sizeBytes += sizeBytes;
  batch.isFull = batch.capacity <= batch.sizeBytes;
  return sizeBytes;
}
