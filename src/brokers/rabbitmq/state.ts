/**
 * What a node of RabbitMQ knows. Exchanges, bindings and definitions of queues are the same on every node; connections,
 * channels and what queues hold are where they are.
 */
import type { MessageId } from '../../kernel/bodies';
import type { ConnectionId, TimerId } from '../../kernel/machine';
import type { NumberMap } from '../../kernel/structures/number-map';
import type { Time } from '../../kernel/time';
import type { Cluster } from './cluster/cluster-state';
import type { DeathReason } from './deaths';
import type { Settings } from './options';
import type { ClientMethod, FieldTable } from './protocol';
import type { ChannelRef, Publication, QueueDefinition, QueueState, Version } from './queue-type';

export type ExchangeType = 'direct' | 'fanout' | 'topic' | 'headers';

export interface Exchange {
  readonly name: string;
  readonly address: string;
  readonly type: ExchangeType;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly internal: boolean;
  readonly arguments: FieldTable;
}

export interface Binding {
  readonly source: string;
  readonly destination: string;
  readonly destinationType: 'queue' | 'exchange';
  readonly routingKey: string;
  readonly arguments: FieldTable;
}

/** What went through an exchange, for the picture alone. */
export interface Traffic {
  published: number;
  unroutable: number;
  /** By binding, in the order they were first taken. */
  readonly passed: Map<Binding, number>;
  /** The latest, from `at` on; −1: there was none. */
  message: MessageId;
  routingKey: string;
  at: Time;
  took: readonly Binding[];
  became: 'routed' | 'alternate' | 'dropped' | 'returned';
}

/** A delivery that waits for its settlement. */
export interface Unacked {
  readonly queue: string;
  /** Of the queue: another may have its name by now. */
  readonly birth: number;
  /** The queue's own name for the delivery. */
  readonly id: number;
  /** '' for one that was got. */
  readonly tag: string;
  readonly message: MessageId;
  readonly deliveredAt: Time;
}

export interface Consumer {
  readonly queue: string;
  readonly noAck: boolean;
  readonly prefetch: number;
}

/** What a transactional channel does only when it commits. */
export interface Tx {
  phase: 'open' | 'committing' | 'failed';
  readonly publications: { readonly publication: Publication; readonly mandatory: boolean; readonly queues: readonly string[]; readonly seq: number }[]; // prettier-ignore
  /** Delivery tags by what is to become of them, in the order they were said. */
  readonly settlements: { readonly how: 'ack' | 'requeue' | 'reject'; readonly deliveries: readonly (readonly [number, Unacked])[] }[]; // prettier-ignore
}

export interface Channel {
  readonly ref: ChannelRef;
  /** Closing: it has failed, and waits for the client to have heard of it. */
  phase: 'open' | 'closing';
  confirms: boolean;
  tx: Tx | null;
  /** Number of the next publish in confirm or tx mode. */
  publishSeq: number;
  /** By publish number: queues that have not taken the message yet. */
  readonly unconfirmed: NumberMap<readonly string[]>;
  /** To be sent, as soon as nothing else is to be done. */
  confirmed: number[];
  refused: number[];
  flush: TimerId | null;
  nextTag: number;
  /** By delivery tag, in their order. */
  readonly unacked: NumberMap<Unacked>;
  readonly consumers: Map<string, Consumer>;
  /** For consumers to come; 0: no limit. */
  prefetch: number;
  /** For all consumers together; 0: no limit. */
  globalPrefetch: number;
  /** How many count towards it, and the queues that wait for it. */
  globalUsed: number;
  suspended: readonly string[];
  /** What '' stands for in methods about queues. */
  lastQueue: string;
  /** Direct reply-to. */
  replyConsumer: { readonly tag: string; readonly address: string } | null;
  /** A method whose queue has not answered yet, and what came after it. */
  awaiting: ClientMethod | null;
  waiting: ClientMethod[];
  /** Of the acknowledgement timeout: the pending one, since when they run, and when the channel was used last. */
  tick: TimerId | null;
  tickFrom: Time;
  usedAt: Time;
}

export interface Connection {
  readonly id: ConnectionId;
  /** "process/part" of the client. */
  readonly peer: string;
  readonly process: string;
  readonly virtualHost: string;
  /** connection_name, where the client gives one. */
  readonly name: string;
  readonly channelMax: number;
  readonly channels: Map<number, Channel>;
  phase: 'open' | 'closing';
  /** What it sent while the alarm was on, unread. */
  readonly unread: ClientMethod[];
  blocked: boolean;
  /** 0: none. */
  readonly heartbeat: number;
  heardAt: Time;
  watch: TimerId | null;
}

/** What the present command leaves to be done once it has been dealt with. */
export type Pending =
  /** The cluster's lock is there for the channel's next change of the metadata. */
  | { readonly type: 'Locked' }
  | { readonly type: 'Continue'; readonly channel: ChannelRef }
  | { readonly type: 'DeadLetter'; readonly queue: QueueDefinition; readonly publication: Publication; readonly reason: DeathReason; readonly letter: number | undefined } // prettier-ignore
  | { readonly type: 'Vanish'; readonly queue: QueueDefinition; readonly why: 'unused' | 'expired' };

export interface BrokerState {
  /** The broker's, which addresses begin with. */
  readonly name: string;
  readonly version: Version;
  readonly settings: Settings;
  /** This node, from 1. */
  readonly node: number;
  readonly connections: Map<ConnectionId, Connection>;
  readonly exchanges: Map<string, Exchange>;
  /** By source exchange, in the order they were made. */
  readonly bindings: Map<string, readonly Binding[]>;
  readonly queues: Map<string, QueueDefinition>;
  /** By exchange. */
  readonly traffic: Map<string, Traffic>;
  /** What the queues hold that are on this node. */
  readonly held: Map<string, QueueState>;
  readonly pending: Pending[];
  /** How many queues were made, and names invented. */
  births: number;
  names: number;
  alarm: boolean;
  /** What the end of its last life has cost, to be told when it is back. */
  lost: { readonly subject: string; readonly message: MessageId; readonly position: number }[];
  /** null: it is the only node. */
  readonly cluster: Cluster | null;
}
