/**
 * What a queue is to the rest of the broker, whatever its type. Channels and queues never hold each other's state: a
 * channel asks by name, a queue answers by the channel's reference, and everything that goes between them is plain data,
 * so that they may be on different nodes.
 */
import type { FactId } from '../../kernel/fact';
import type { ConnectionId, Context, Tagged } from '../../kernel/machine';
import type { MessageId } from '../../kernel/bodies';
import type { Look } from '../../kernel/part';
import type { Stack } from '../../kernel/shape';
import type { Duration } from '../../kernel/time';
import type { DeathReason } from './deaths';
import type { FieldTable, Properties, ReplyName } from './protocol';

/** RabbitMQ's versions whose rules differ, and are followed. */
export type Version = '3.10' | '4.0';

export type QueueKind = 'classic' | 'quorum' | 'stream';

/** A channel, as queues know it. Immutable; there is one object for a channel's life. */
export interface ChannelRef {
  /** Different for every channel there is or was. */
  readonly key: string;
  readonly node: number;
  readonly connection: ConnectionId;
  readonly channel: number;
  /** Of its client, for facts and the picture. */
  readonly process: string;
}

/** Also where one of them has been to another node and back. */
export function isSame(a: ChannelRef, b: ChannelRef): boolean {
  return a === b || a.key === b.key;
}

/** A message as it was published. A BasicPublish is one as it comes. */
export interface Publication {
  readonly message: MessageId;
  readonly properties: Properties;
  readonly sizeBytes: number;
  /** Of the original publish, whatever exchanges it came through. */
  readonly exchange: string;
  readonly routingKey: string;
  /** The published fact. */
  readonly cause: FactId;
  /** Keys of its CC and BCC headers, and of these those of BCC. */
  readonly furtherKeys?: readonly string[];
  readonly hiddenKeys?: readonly string[];
  /** Entries of x-death as the broker has written them, the latest first. */
  readonly deaths?: readonly FieldTable[];
}

/** A message on its way to a consumer or getter. */
export interface Delivery {
  /** Names it in the queue, to settle it. */
  readonly id: number;
  readonly publication: Publication;
  readonly redelivered: boolean;
  /** Headers that only this delivery has: x-delivery-count, x-stream-offset. */
  readonly headers?: FieldTable;
}

/** Who consumes, and how. */
export interface ConsumerSpec {
  readonly channel: ChannelRef;
  readonly tag: string;
  /** For facts and the picture. */
  readonly process: string;
  readonly noAck: boolean;
  readonly exclusive: boolean;
  /** Of this consumer; 0: no limit. */
  readonly prefetch: number;
  /** The channel has a limit for all its consumers together. */
  readonly globalPrefetch: boolean;
  readonly arguments: FieldTable;
}

/** A queue as every node knows it. Immutable: a change makes another. */
export interface QueueDefinition {
  readonly name: string;
  /** "rabbit/queue/email". */
  readonly address: string;
  readonly kind: QueueKind;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  /** Connection that alone may touch it, with which it goes. */
  readonly owner: { readonly node: number; readonly connection: ConnectionId } | null;
  readonly arguments: FieldTable;
  /** Where it was declared: a classic queue lives there. */
  readonly node: number;
  /** Tells a queue from an earlier one of the same name. */
  readonly birth: number;
}

/** Why an operation is refused: closes the channel, or by its name the whole connection. */
export interface Refusal {
  readonly name: ReplyName;
  /** Without "NOT_FOUND - ". '': what was asked for has crashed the server's channel. */
  readonly text: string;
}

/** What a channel waits for an answer to, and handles nothing meanwhile. */
export type QueueCall =
  | { readonly type: 'Stat' }
  | { readonly type: 'Consume'; readonly consumer: ConsumerSpec }
  | { readonly type: 'Cancel'; readonly tag: string }
  | { readonly type: 'Get'; readonly noAck: boolean; readonly process: string }
  | { readonly type: 'Purge' }
  | { readonly type: 'Delete'; readonly ifUnused: boolean; readonly ifEmpty: boolean };

export type QueueAnswer =
  | { readonly type: 'Refused'; readonly refusal: Refusal }
  | { readonly type: 'Counted'; readonly ready: number; readonly consumers: number }
  | { readonly type: 'Consuming' }
  | { readonly type: 'Cancelled' }
  | { readonly type: 'Got'; readonly delivery: Delivery; readonly ready: number }
  | { readonly type: 'Empty' }
  | { readonly type: 'Purged'; readonly count: number }
  | { readonly type: 'Deleted'; readonly count: number };

/** How deliveries end: acknowledged, put back, or rejected for good. */
export type Settlement = 'ack' | 'requeue' | 'reject';

/** A queue reminds itself of something; arrives as `remind`. */
export interface QueueReminder {
  readonly type: 'QueueReminder';
  readonly queue: string;
  readonly birth: number;
  /** The type's own word: "expiry". */
  readonly what: string;
  readonly number?: number;
}

/** What a queue may do to the world. Handed in on every call, never kept. */
export interface QueuePort {
  readonly context: Context;
  readonly version: Version;
  /** This node, from 1. */
  readonly node: number;
  /** All of the broker's nodes: [1] when it is alone. */
  readonly nodes: readonly number[];
  isUp(node: number): boolean;
  /** To a queue's part on another node, which hears it by `hear`. */
  toNode(node: number, queue: QueueDefinition, message: Tagged): void;
  /** The message is the consumer's: its channel sends it, and remembers it unless `noAck`. */
  deliver(to: ChannelRef, queue: QueueDefinition, tag: string, delivery: Delivery, noAck: boolean): void;
  /** The queue has taken responsibility for what the channel published under this number. */
  confirm(to: ChannelRef, queue: string, seq: number): void;
  /** It will not. */
  refuse(to: ChannelRef, queue: string, seq: number): void;
  /** The consumer is none any more, and did not ask for that. */
  cancelled(to: ChannelRef, queue: string, tag: string): void;
  /** To the one call that the channel waits for. */
  answer(to: ChannelRef, answer: QueueAnswer): void;
  /** Whether the channel's common prefetch limit lets it have one more; counts it if so. Else the queue hears `resume`. */
  mayDeliver(to: ChannelRef, queue: string, needsAck: boolean): boolean;
  /** Republished through the queue's dead-letter exchange, if it has one, once the present command has been dealt with. With a number the queue hears what comes of it. */
  deadLetter(queue: QueueDefinition, publication: Publication, reason: DeathReason, letter?: number): void; // prettier-ignore
  /** The queue goes, for a reason of its own (auto-delete, x-expires), once the present command has been dealt with. */
  vanish(queue: QueueDefinition, why: 'unused' | 'expired'): void;
  /** A crash forgets it. */
  remind(delay: Duration, reminder: QueueReminder): number;
}

/** What is kept of a queue where it is: changed in place, owned by its type. */
export interface QueueState {
  readonly definition: QueueDefinition;
}

/** A kind of queue. Everything it does to others goes through the port. */
export interface QueueType<State extends QueueState> {
  readonly kind: QueueKind;
  /** What of the declaration this type refuses, beyond what arguments of queues must be. */
  refuses(declaration: Pick<QueueDefinition, 'name' | 'durable' | 'autoDelete' | 'arguments'> & { readonly exclusive: boolean }, version: Version): Refusal | null; // prettier-ignore
  create(definition: QueueDefinition, port: Pick<QueuePort, 'version' | 'node' | 'nodes'>): State;
  /** At the start of the node's life, and after the queue was made: timers. */
  start(queue: State, port: QueuePort): void;
  /** `from`: who is to be told, by `confirm` or `refuse`, with this number; null: nobody. */
  enqueue(
    queue: State,
    publication: Publication,
    from: ChannelRef | null,
    seq: number,
    port: QueuePort,
  ): void;
  call(queue: State, call: QueueCall, from: ChannelRef, port: QueuePort): void;
  /** Ids of deliveries to this channel, under this consumer tag ('' for gets), in the order of their delivery. */
  settle(queue: State, how: Settlement, ids: readonly number[], from: ChannelRef, tag: string, port: QueuePort): void; // prettier-ignore
  /** The channel's common prefetch limit lets it have more again. */
  resume(queue: State, channel: ChannelRef, port: QueuePort): void;
  /** The channel is gone: its consumers too, and what it had is given back. */
  channelDown(queue: State, channel: ChannelRef, port: QueuePort): void;
  /** Somebody has used it (declared it again): x-expires counts from now. */
  touch(queue: State, port: QueuePort): void;
  /** It is deleted: its consumers are told. What it holds is gone, not dead-lettered. */
  drop(queue: State, port: QueuePort): void;
  remind(queue: State, reminder: QueueReminder, port: QueuePort): void;
  /** Its node stops in good order: what is on its way to the disk gets there. */
  shutDown?(queue: State): void;
  /** What the end of its node leaves of it; null: nothing. `lose` is told each message that is gone. */
  restart(queue: State, lose: (publication: Publication, position: number) => void): State | null;
  clone(queue: State): State;
  counts(queue: State): QueueCounts;
  /** Throws InvariantError. `unacked`: what channels of this node have of it, by channel key. */
  check(queue: State): void;
  /** A dead letter with this number has been published to these queues, and one of them has it. */
  letterSent?(queue: State, letter: number, to: readonly string[], port: QueuePort): void;
  letterTaken?(queue: State, letter: number, by: string, port: QueuePort): void;
  /** Channels that it has consumers or deliveries of. */
  channels?(queue: State): readonly ChannelRef[];
  /** Of kinds that are on several nodes: its part on another one says something. */
  hear?(queue: State, from: number, message: Tagged, port: QueuePort): void;
  nodeChanged?(queue: State, node: number, what: 'up' | 'down' | 'suspected' | 'heard', port: QueuePort): void; // prettier-ignore
  /** It remembers something of this channel, besides consumers and deliveries: `channelDown` is to be told. */
  remembers?(queue: State, channel: ChannelRef): boolean;
  /** Deliveries that wait for this channel's settlement. */
  holds(queue: State, channel: ChannelRef): number;
  /** What the picture shows of it, beyond its definition and counts. */
  describe(queue: State, look: Look): QueuePicture;
  /** Of kinds that are on several nodes: which, and what this one knows of it; null: it has no copy. */
  replication?(queue: State): Replication | null;
}

export type QueuePicture = Pick<Stack, 'cells' | 'consumers' | 'left' | 'returned'>;

export interface Replication {
  readonly members: readonly number[];
  readonly leader: number | null;
  readonly term: number;
}

export interface QueueCounts {
  readonly ready: number;
  readonly unacked: number;
  readonly consumers: number;
}
