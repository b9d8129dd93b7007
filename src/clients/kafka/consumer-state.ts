/** What a consumer knows: its membership, its positions, and the batches it is working through. */
import type {
  FetchRequest,
  FetchResponse,
  JoinGroupResponse,
  StoredBatch,
} from '../../brokers/kafka/protocol';
import { noCause, type FactId } from '../../kernel/fact';
import type { TimerId } from '../../kernel/machine';
import type { Duration, Time } from '../../kernel/time';
import { cloneCluster, newCluster, type Cluster } from './cluster';
import type { PauseState } from './calls';
import type { Failure } from './failure';
import type { ConsumerOptions } from './options';
import { newRetry, type Retry } from './retry';
import type { TransactionalId } from './transactional-commit';

/** What the consumer as a whole is waiting for. */
export type Phase =
  /** Not started, or stopped for good. */
  | 'stopped'
  // joining (join.ts)
  | 'connecting' | 'finding' | 'joining' | 'leading' | 'syncing' | 'waiting to join again'
  // the fetch loop (fetch.ts)
  | 'refreshing' | 'seeking' | 'loading offsets' | 'listing offsets' | 'fetching' | 'sleeping' | 'beating'
  | 'resetting' | 'relearning'
  /** Batches are being worked through (worker.ts). */
  | 'working'
  // ends (runner.ts)
  | 'backing off' | 'leaving' | 'waiting to start again'; // prettier-ignore

/** Offset that is not known or not valid; kafkajs treats every negative one so (offsetManager/isInvalidOffset.js). */
export const unknown = -1;

/** One assigned partition: kafkajs's OffsetManager and SubscriptionState, by partition. */
export interface Owned {
  readonly topic: string;
  readonly partition: number;
  /** "kafka/shop-events/0". */
  readonly address: string;
  /** Name of the observer's note on what the group has been given of it. */
  readonly note: string;
  /** Next to read as far as the group knows, or as the reset policy says; unknown until asked for. */
  committed: number;
  /** Next to read as far as this client knows; unknown until the first fetch. */
  resolved: number;
  paused: boolean;
  /** Batches with records that were handled and not committed, for the picture. */
  handled: readonly StoredBatch[];
}

/** A seek that waits for the next fetch. */
export interface PendingSeek {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly cause: FactId;
}

/** A jump whose end is not known yet: the fact is written when it is. */
export interface Jump {
  readonly from: number;
  readonly cause: FactId;
}

/** One partition's share of a fetch response: what kafkajs calls a batch. */
export interface Work {
  /** Place in the response: of several failures the first in this order counts. */
  readonly order: number;
  /** Index into `owned`. */
  readonly owned: number;
  readonly batches: readonly StoredBatch[];
  readonly fetchOffset: number;
  /** Last offset of all that was fetched, where some of it is not for the handler; absent: all of it is. */
  readonly lastOffset?: number;
  /** Only where whole batches are handed over. */
  readonly highWatermark?: number;
}

/** What a worker waits for. */
export type Stage =
  | 'idle'
  /** The handler has been called, and its first line commits. */
  | 'commit before message'
  | 'handler'
  | 'beat after message'
  | 'commit after message'
  | 'commit after batch'
  | 'beat after batch'
  | 'beat on empty batch'
  /** The handler threw, or the group is rebalancing: commit what is done, then give the batch up. */
  | 'commit before failing';

/** One of `partitionsConsumedConcurrently`: works through one batch at a time (consumer/worker.js). */
export interface Worker {
  stage: Stage;
  work: Work | null;
  /** Index of the stored batch, and of the record in it. */
  batch: number;
  record: number;
  /** How the present batch is committed: as the options were when it began. */
  commitFirst: boolean;
  /** The delivered fact of the record in hand. */
  cause: FactId;
  /** Names the handler's job; 0: none. */
  ticket: number;
  /** What the batch is given up for, once the commit before it is done. */
  failure: Failure | null;
  /** Since when the present commit is on its way; −1: none. */
  committingSince: Time;
}

/** Why the group is being joined: where to go on, and what a failure means. */
export type JoinFrom = 'start' | 'runner' | 'fetch';

export interface Consumer {
  options: ConsumerOptions;
  cluster: Cluster;
  phase: Phase;
  /** kafkajs's runner.running: false while it starts, and from the moment it is told to stop. */
  running: boolean;
  /** Failures of the fetch loop so far; anew after every rebalance (runner.js scheduleFetchManager). */
  loopRetry: Retry;
  joinRetry: Retry;
  joinFrom: JoinFrom;
  /** After leaving the group, start again this much later; null: stay stopped. */
  restartAfter: Duration | null;
  /** The timer of the phase: sleep, back-off, restart; 0: none. */
  timer: TimerId;
  /** Process of the group's coordinator. */
  coordinator: string;
  /** '' before the coordinator has given one. */
  memberId: string;
  generation: number;
  /** The last join's answer, until the assignment is there. */
  joined: JoinGroupResponse | null;
  /** In kafkajs's fetch order. */
  owned: Owned[];
  /** Partitions of each subscribed topic when the group was last synced: more of them mean a new join. */
  knownPartitions: Map<string, number>;
  lastCommitAt: Time;
  lastHeartbeatAt: Time;
  /** A heartbeat is on its way; everybody who needs one waits for the same. */
  beating: boolean;
  /** The fetch loop's own commit before it fails. */
  loopFailure: Failure | null;
  paused: boolean;
  /** What a program has paused and resumed by topic; absent: nothing. */
  pauses?: ReadonlyMap<string, PauseState>;
  /** Calls of heartbeat() that wait for the one on its way; absent: none. */
  beatCalls?: readonly number[];
  /** Why it crashed, until that is told; absent: it has not. */
  crashed?: Failure;
  seeks: readonly PendingSeek[];
  /** By address: partitions that jumped and do not know where to yet. */
  jumps: Map<string, Jump>;
  queue: readonly Work[];
  workers: Worker[];
  /** Workers that are not idle. */
  busy: number;
  /** What ends this round of batches, and the order of the batch that said so. */
  roundFailure: { readonly order: number; readonly failure: Failure } | null;
  lastTicket: number;
  /** Where commits go through transactions; absent: none has. */
  transaction?: TransactionalId;
  /** Answers of nodes that came while the loop was not waiting for them; absent: none ever did. */
  arrived?: readonly { readonly request: FetchRequest; readonly response: FetchResponse }[];
}

/** A consumer that has just been created. */
export function newConsumer(options: ConsumerOptions): Consumer {
  return {
    options,
    cluster: newCluster(options, options.topics),
    phase: 'stopped',
    running: false,
    loopRetry: newRetry(),
    joinRetry: newRetry(),
    joinFrom: 'start',
    restartAfter: null,
    timer: 0,
    coordinator: '',
    memberId: '',
    generation: -1,
    joined: null,
    owned: [],
    knownPartitions: new Map(),
    lastCommitAt: 0,
    lastHeartbeatAt: 0,
    beating: false,
    loopFailure: null,
    paused: false,
    seeks: [],
    jumps: new Map(),
    queue: [],
    workers: Array.from({ length: options.concurrency }, idleWorker),
    busy: 0,
    roundFailure: null,
    lastTicket: 0,
  };
}

export function idleWorker(): Worker {
  return {
    stage: 'idle',
    work: null,
    batch: 0,
    record: 0,
    commitFirst: false,
    cause: noCause,
    ticket: 0,
    failure: null,
    committingSince: -1,
  };
}

export function cloneConsumer(consumer: Consumer): Consumer {
  return {
    ...consumer,
    cluster: cloneCluster(consumer.cluster),
    loopRetry: { ...consumer.loopRetry },
    joinRetry: { ...consumer.joinRetry },
    owned: consumer.owned.map((owned) => ({ ...owned })),
    knownPartitions: new Map(consumer.knownPartitions),
    jumps: new Map(consumer.jumps),
    workers: consumer.workers.map((worker) => ({ ...worker })),
  };
}

/** Next to fetch: the first one may be sought for below zero without auto-commit, which kafkajs reads as 0. */
export function positionOf({ resolved, committed }: Owned): number {
  return resolved === unknown ? committed : resolved;
}

export function isOwned(consumer: Consumer, topic: string, partition: number): boolean {
  return consumer.owned.some((owned) => owned.topic === topic && owned.partition === partition);
}
