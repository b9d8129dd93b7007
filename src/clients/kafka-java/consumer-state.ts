/** What a Java consumer knows: its membership, its partitions and where it reads in each, what it has fetched, what it is asked. */
import type { FetchedPartition } from '../../brokers/kafka/protocol';
import type { TimerId } from '../../kernel/machine';
import type { Time } from '../../kernel/time';
import type { RebalanceEvent } from './api';
import type { Asking, ConsumerCommand } from './consumer-calls';
import type { Handing } from './consumer-loop';
import type { Metadata } from './consumer-metadata';
import type { ConsumerConfig, Reset } from './consumer-options';
import type { Coordinator } from './coordinator';
import type { Member } from './membership';
import { cloneWire, newWire, type Wire } from './wire';

/** A position or committed offset that is not known. */
export const unknown = -1;

/** A partition this consumer has (SubscriptionState.TopicPartitionState). */
export interface Assigned {
  readonly topic: string;
  readonly partition: number;
  /** "orders-0". */
  readonly name: string;
  /** Its place is not known; or is being looked for by the reset policy; or it is read. */
  state: 'initializing' | 'resetting' | 'fetching';
  /** Next to give to the application. */
  position: number;
  /** What a reset looks for; null: there is none under way. */
  resetTo: Reset | null;
  /** A reset that failed is not tried again before. */
  retryAt: Time;
  paused: boolean;
  /** It is about to be given up: nothing of it is fetched or given out. */
  revoking: boolean;
  /** As far as this consumer knows, for the picture. */
  committed: number;
}

/** What a fetch brought of one partition and the application has not taken yet (CompletedFetch). */
export interface Fetched {
  readonly name: string;
  readonly host: string;
  /** Offset of what comes next of it. */
  next: number;
  readonly answer: FetchedPartition;
}

export interface ConsumerState {
  readonly config: ConsumerConfig;
  wire: Wire;
  metadata: Metadata;
  coordinator: Coordinator;
  /** null: it is in no group. */
  member: Member | null;
  /** Topics it subscribes to; null: it does not. */
  subscribed: readonly string[] | null;
  /** Topics of all members, which a leader watches; empty: it leads none. */
  groupTopics: readonly string[];
  /** It was told itself which partitions to read. */
  isManual: boolean;
  /** By name, in the order in which they are fetched. */
  assigned: Map<string, Assigned>;
  buffer: readonly Fetched[];
  nextAutoCommit: Time;
  /** Commits on their way that no call waits for. */
  asyncCommits: number;
  /** A later static member has its place: every poll and commit says so. */
  isFenced: boolean;
  /** What the application has called and not been answered; null: nothing. */
  asking: Asking | null;
  /** What the handler's program is at; null: there is no handler. */
  handing: Handing | null;
  /** Since somebody asked for them; kept only for a program. */
  rebalances: readonly RebalanceEvent[];
  /** What has come while nobody reads the network. */
  unread: readonly ConsumerCommand[];
  /** Its process stands still (SIGSTOP) until then; 0: it does not. */
  stalledUntil: Time;
  /** When it looks at its clocks next. */
  alarm: { readonly timer: TimerId; readonly at: Time } | null;
}

export function newConsumer(config: ConsumerConfig): ConsumerState {
  return {
    config,
    wire: newWire(),
    metadata: {
      ...{ nodes: [], topics: new Map(), cluster: '', isWanted: true, updatedAt: -Infinity, notBefore: 0 },
    },
    coordinator: { host: null, notBefore: 0 },
    member: null,
    subscribed: null,
    groupTopics: [],
    isManual: false,
    assigned: new Map(),
    buffer: [],
    nextAutoCommit: 0,
    asyncCommits: 0,
    isFenced: false,
    asking: null,
    handing: null,
    rebalances: [],
    unread: [],
    stalledUntil: 0,
    alarm: null,
  };
}

export function cloneConsumer(state: ConsumerState): ConsumerState {
  return {
    ...state,
    wire: cloneWire(state.wire),
    metadata: { ...state.metadata },
    coordinator: { ...state.coordinator },
    member: state.member && { ...state.member },
    assigned: new Map([...state.assigned].map(([name, one]) => [name, { ...one }])),
    buffer: state.buffer.map((one) => ({ ...one })),
    handing: state.handing && { ...state.handing },
  };
}

export function newAssigned(topic: string, partition: number): Assigned {
  return {
    ...{ topic, partition, name: `${topic}-${partition}` },
    ...{ state: 'initializing', position: unknown, resetTo: null, retryAt: 0 },
    ...{ paused: false, revoking: false, committed: unknown },
  };
}

/** Its name for the broker: "search-a", unless the options say another. */
export function clientIdOf({ config }: ConsumerState, self: string): string {
  return config.clientId === '' ? self : config.clientId;
}
