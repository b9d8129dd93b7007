import type { MessageId } from '../../kernel/bodies';
import type { FactId } from '../../kernel/fact';
import type { Time } from '../../kernel/time';
import type { TopicData } from './by-leader';
import { cloneCluster, newCluster, type Cluster } from './cluster';
import type { Eos, EosName } from './eos';
import type { Failure } from './failure';
import type { ProducerOptions } from './options';
import type { Counters } from './partitioner';
import type { Retry } from './retry';
import type { SendBatch } from './send';

export interface Producer {
  readonly options: ProducerOptions;
  cluster: Cluster;
  /** Calls that are not settled yet, by number, in the order of the calls. */
  sends: Map<number, Send>;
  lastSend: number;
  counters: Counters;
  /** Calls of a program in this instant, which go out at its end; absent: none. */
  gathered?: readonly SendBatch[];
  /** Producer ids it was given; absent: none. */
  eos?: { readonly idempotent?: Eos; readonly transactional?: Eos };
}

/** What a call sends to one topic. */
export interface SendTopic {
  readonly topic: string;
  /** Chosen by the caller for all of them; null: the partitioner chooses. */
  readonly partition: number | null;
  /** Chosen by the caller for each; null where the partitioner chooses. Absent: as `partition` says. */
  readonly partitions?: readonly (number | null)[];
  /** Chosen by the caller for each, in microseconds; null: when it is sent. Absent: all of them so. */
  readonly timestamps?: readonly (Time | null)[];
  readonly messages: readonly MessageId[];
  /** Message i was published in fact `firstPublished + i`. */
  readonly firstPublished: FactId;
}

/** Where records went, as kafkajs tells it (producer/responseSerializer.js). */
export interface RecordMetadata {
  readonly topicName: string;
  readonly partition: number;
  readonly errorCode: number;
  readonly baseOffset: string;
  readonly logAppendTime: string;
  readonly logStartOffset: string;
}

/** A call of send that is not settled. */
export interface Send {
  readonly id: number;
  readonly ticket: number;
  readonly replyTo: string;
  readonly topics: readonly SendTopic[];
  readonly acks: 0 | 1 | -1;
  /** How long the leader may wait for the others; absent: as the producer's options say. */
  readonly timeoutMs?: number;
  /** Whose sequence numbers it carries; absent: none. */
  readonly eos?: EosName;
  /** Answered by what kafkajs's own promise would resolve to; a service only hears that it is done. */
  metadata: readonly RecordMetadata[] | null;
  retry: Retry;
  /** Counts the tries: answers to an earlier one no longer decide. */
  attempt: number;
  /** Requests of the present try without an answer. */
  waiting: number;
  /** By node: what goes out when a leader that was in doubt has shown that it is there; absent: nothing. */
  held?: readonly (readonly [nodeId: number, topicData: readonly TopicData[]])[];
  /** Nodes that have answered well; a retry does not ask them again. */
  answered: readonly number[];
  /** Fresh metadata is awaited for the next try, or before the wait for it. */
  awaits: 'nothing' | 'metadata' | 'metadata before backing off';
  /** Why the last try failed. */
  failure: Failure | null;
}

/** A producer that has just been created: knows nobody, owes nothing. */
export function newProducer(options: ProducerOptions): Producer {
  return { options, cluster: newCluster(options, []), sends: new Map(), lastSend: 0, counters: new Map() };
}

export function cloneProducer(producer: Producer): Producer {
  const { cluster, sends, counters, eos } = producer;
  return {
    ...producer,
    cluster: cloneCluster(cluster),
    sends: new Map([...sends].map(([id, send]) => [id, { ...send, retry: { ...send.retry } }])),
    counters: new Map(counters),
    ...(eos ? { eos: cloneEos(eos) } : {}),
  };
}

function cloneEos({ idempotent, transactional }: NonNullable<Producer['eos']>): NonNullable<Producer['eos']> {
  return {
    ...(idempotent ? { idempotent: { ...idempotent } } : {}),
    ...(transactional ? { transactional: { ...transactional } } : {}),
  };
}
