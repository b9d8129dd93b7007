/**
 * What a quorum queue knows: the state of rabbit_fifo.erl (rabbitmq-server 3.10.8 and 4.0.5). Every replica has one and
 * changes it by the same commands in the same order; alone, a node applies them as they come. All of it is plain data.
 */
import { ChunkedLog } from '../../../kernel/structures/chunked-log';
import type { NumberMap } from '../../../kernel/structures/number-map';
import type { Duration, Time } from '../../../kernel/time';
import type { ChannelRef, Publication, Version } from '../queue-type';
import { cloneDeadLetters, newDeadLetters, type DeadLetters } from './dead-letters';
import { cloneWeightedQueue, newWeightedQueue, queueLength, type WeightedQueue } from './weighted-queue';

export type QueueStatus = 'go' | 'reject-publish';

export interface FifoConfig {
  readonly version: Version;
  readonly maxLength: number | null;
  readonly maxBytes: number | null;
  readonly overflow: 'drop-head' | 'reject-publish';
  /** How often a message may come back; null: as often as it likes. */
  readonly deliveryLimit: number | null;
  readonly messageTtl: Duration | null;
  /** Deleted after so long without a consumer or a get. */
  readonly expires: Duration | null;
  readonly singleActiveConsumer: boolean;
  readonly deadLettering: 'none' | 'at-most-once' | 'at-least-once';
}

/** Never changed: what comes back is another one, with one more in `acquired`. */
export interface QuorumMessage {
  /** Command that put it here: its age among others. */
  readonly index: number;
  readonly publication: Publication;
  /** How often it was given out and came back: the header x-delivery-count. */
  readonly acquired: number;
  /** When it first came. */
  readonly since: Time;
  readonly expiresAt: Time | null;
}

export interface QuorumConsumer {
  /** Address of its channel and its tag: what commands call it. */
  readonly key: string;
  readonly channel: ChannelRef;
  readonly tag: string;
  /** Command that added it. */
  readonly attached: number;
  readonly noAck: boolean;
  prefetch: number;
  priority: number;
  /** Gets nothing more when its credit is used up: a get, or a consumer that was cancelled. */
  once: boolean;
  /** `suspected`: its node cannot be reached; `quiescing`: it makes room for one of higher priority (4.0). */
  status: 'up' | 'suspected' | 'cancelled' | 'quiescing';
  nextId: number;
  credit: number;
  checkedOut: NumberMap<QuorumMessage>;
}

/** A channel that publishes here. */
export interface Enqueuer {
  readonly channel: ChannelRef;
  /** Number of the message that is expected next: earlier ones are repetitions. */
  next: number;
  /** It has been told that the queue is full. */
  blocked: boolean;
}

export interface FifoState {
  readonly config: FifoConfig;
  /** Commands applied so far. */
  index: number;
  messages: WeightedQueue;
  /** Came back; go out before all others. */
  returns: ChunkedLog<QuorumMessage>;
  /** Of those that are ready. */
  readyBytes: number;
  enqueuers: Map<string, Enqueuer>;
  consumers: Map<string, QuorumConsumer>;
  /** Keys of consumers that can take something, the highest priority first, then as they came. */
  service: string[];
  /** With a single active consumer: those whose turn it is not, in order. */
  waiting: QuorumConsumer[];
  deadLetters: DeadLetters;
  /** When it was last used by a get or lost a consumer: x-expires counts from here. */
  lastActive: Time;
}

export function newFifo(config: FifoConfig, now: Time): FifoState {
  return {
    config,
    index: 0,
    messages: newWeightedQueue(),
    returns: new ChunkedLog(),
    readyBytes: 0,
    enqueuers: new Map(),
    consumers: new Map(),
    service: [],
    waiting: [],
    deadLetters: newDeadLetters(),
    lastActive: now,
  };
}

export function cloneFifo(fifo: FifoState): FifoState {
  return {
    ...fifo,
    messages: cloneWeightedQueue(fifo.messages),
    returns: fifo.returns.clone(),
    enqueuers: new Map([...fifo.enqueuers].map(([key, enqueuer]) => [key, { ...enqueuer }])),
    consumers: new Map([...fifo.consumers].map(([key, consumer]) => [key, cloneConsumer(consumer)])),
    service: fifo.service.slice(),
    waiting: fifo.waiting.map(cloneConsumer),
    deadLetters: cloneDeadLetters(fifo.deadLetters),
  };
}

function cloneConsumer(consumer: QuorumConsumer): QuorumConsumer {
  return { ...consumer, checkedOut: consumer.checkedOut.clone() };
}

/** One text per consumer, instead of one per settlement on every replica. */
const keys = new Map<string, Map<string, string>>();

export function consumerKey({ key: channel }: ChannelRef, tag: string): string {
  let ofChannel = keys.get(channel);
  if (ofChannel === undefined) {
    // channels come and go, and gets are consumers too; what is kept of them is bounded
    if (keys.size > 1000) keys.clear();
    keys.set(channel, (ofChannel = new Map<string, string>()));
  }
  let key = ofChannel.get(tag);
  if (key === undefined) {
    if (ofChannel.size > 1000) ofChannel.clear();
    ofChannel.set(tag, (key = `${channel}/${tag}`));
  }
  return key;
}

/** Messages that could be given out. */
export function readyCount({ messages, returns }: FifoState): number {
  return returns.length + queueLength(messages);
}

/** Messages that are out, of all consumers. */
export function checkedOutCount(fifo: FifoState): number {
  let count = 0;
  for (const { checkedOut } of fifo.consumers.values()) count += checkedOut.size;
  return count;
}

/** What queue.declare answers (query_stat/1): with a single active consumer only that one; also cancelled ones that have messages, and gets. */
export function consumerCount({ consumers }: FifoState): number {
  return consumers.size;
}
