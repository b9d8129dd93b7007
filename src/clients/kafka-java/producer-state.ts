import type { ProducedRecord } from '../../brokers/kafka/protocol';
import type { MessageId } from '../../kernel/bodies';
import type { TimerId } from '../../kernel/machine';
import type { Time } from '../../kernel/time';
import type { TopicPartition } from './api';
import type { Caller } from './calls';
import { cloneNetwork, newNetwork, type Network } from './connection';
import { cloneMetadata, newMetadata, type Metadata } from './metadata';
import type { ProducerOptions } from './producer-options';
import { newTransacting, type Transacting } from './transacting';

export interface Producer {
  readonly options: ProducerOptions;
  network: Network;
  metadata: Metadata;
  /** What the program has called, in order: the first is being carried out, the others wait as behind one thread. */
  calls: readonly Called[];
  lanes: Map<string, Lane>;
  /** By number, in the order in which they were begun. */
  batches: Map<number, Batch>;
  lastBatch: number;
  /** Of records without a key: the partition that takes them, by topic. */
  sticky: Map<string, Sticky>;
  transacting: Transacting;
  /** Of services: how many of its messages are not acknowledged yet, by number. */
  publishes: Map<number, Publishing>;
  lastPublish: number;
  /** The sending thread sleeps until then. */
  sleepUntil: Time;
  /** When it looks again by itself. */
  wake: { readonly at: Time; readonly timer: TimerId } | null;
  isClosed: boolean;
  /** A send waits for buffer.memory. */
  isExhausted: boolean;
}

/** A method of the library with its arguments. */
export type ProducerCall =
  | {
      readonly is: 'send';
      readonly topic: string;
      /** null: the partitioner chooses. */
      readonly partition: number | null;
      readonly message: MessageId;
      /** Microseconds; null: now. */
      readonly timestamp: Time | null;
    }
  | { readonly is: 'flush' | 'close' }
  | { readonly is: 'initTransactions' | 'beginTransaction' | 'commitTransaction' | 'abortTransaction' }
  | { readonly is: 'partitionsFor'; readonly topic: string }
  | {
      readonly is: 'sendOffsetsToTransaction';
      readonly offsets: readonly (TopicPartition & { readonly offset: number })[];
      readonly group: GroupMetadata;
    };

/** ConsumerGroupMetadata */
export interface GroupMetadata {
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
}

export interface Called {
  readonly caller: Waiter;
  readonly call: ProducerCall;
  /** When it began; null: it waits behind another. */
  readonly since: Time | null;
  /** Version of the metadata that it has looked at. */
  readonly seen: number;
  /** Transactional request whose result it waits for; 0: none. */
  readonly awaits: number;
  /** The published fact of a send. */
  readonly cause: number;
}

/** Who is told what became of a record: a call, or a service's publish by its number. */
export interface Waiter extends Caller {
  readonly publish?: true;
}

export interface Publishing extends Caller {
  left: number;
  error: string | null;
}

export interface Sticky {
  readonly partition: number;
  readonly bytes: number;
}

/** What is kept of one partition: batches to send, and the idempotent producer's numbers (TxnPartitionEntry.java). */
export interface Lane {
  readonly topic: string;
  readonly partition: number;
  /** Numbers of batches that wait to be sent, or sent again. */
  queue: readonly number[];
  producerId: number;
  epoch: number;
  nextSequence: number;
  /** −1: none. */
  lastAcked: number;
  /** Numbers of batches that have a sequence number and no end yet, by sequence. */
  unresolved: readonly number[];
  /** Next sequence number after batches that were given up without knowing; null: all is known. */
  unknownUpTo: number | null;
}

export interface Batch {
  readonly id: number;
  readonly lane: string;
  records: ProducedRecord[];
  waiters: Waiter[];
  sizeBytes: number;
  /** How large it may grow: batch.size, or what its first record may need at most, if that is more. */
  readonly capacity: number;
  readonly createdAt: Time;
  attempts: number;
  /** Not sent again before then. */
  retryAt: Time;
  /** −1: it has none yet. */
  sequence: number;
  producerId: number;
  epoch: number;
  /** Its numbers were given anew after it had been sent. */
  isReset: boolean;
  /** No more records fit. */
  isFull: boolean;
  isInFlight: boolean;
  /** Its records have been answered for: it waits for its answer only to be forgotten. */
  isDone: boolean;
  /** Leader it was sent to last: a new one is asked without waiting. */
  sentTo: string;
}

export function newProducer(options: ProducerOptions): Producer {
  return {
    options,
    network: newNetwork(options.client),
    metadata: newMetadata(options.client.broker),
    ...{ calls: [], lanes: new Map(), batches: new Map(), lastBatch: 0, sticky: new Map() },
    transacting: newTransacting(),
    ...{
      publishes: new Map(),
      lastPublish: 0,
      sleepUntil: 0,
      wake: null,
      isClosed: false,
      isExhausted: false,
    },
  };
}

export function cloneProducer(producer: Producer): Producer {
  const { network, metadata, lanes, batches, sticky, transacting, publishes } = producer;
  return {
    ...producer,
    network: cloneNetwork(network),
    metadata: cloneMetadata(metadata),
    lanes: new Map([...lanes].map(([name, lane]) => [name, { ...lane }])),
    batches: new Map(
      [...batches].map(([id, batch]) => [
        id,
        { ...batch, records: batch.records.slice(), waiters: batch.waiters.slice() },
      ]),
    ),
    sticky: new Map(sticky),
    transacting: { ...transacting },
    publishes: new Map([...publishes].map(([id, each]) => [id, { ...each }])),
  };
}

export function laneName(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}

export function laneOf(state: Producer, topic: string, partition: number): Lane {
  const name = laneName(topic, partition);
  let lane = state.lanes.get(name);
  if (!lane) {
    lane = {
      ...{ topic, partition, queue: [], producerId: -1, epoch: -1, nextSequence: 0, lastAcked: -1 },
      ...{ unresolved: [], unknownUpTo: null },
    };
    state.lanes.set(name, lane);
  }
  return lane;
}

/** Batches whose records have no answer yet. */
export function hasIncomplete({ batches }: Producer): boolean {
  for (const { isDone } of batches.values()) if (!isDone) return true;
  return false;
}
