/** What a quorum queue can be told, in the words of rabbit_fifo.erl: entries of its log.  */
import type { DeathReason } from '../deaths';
import type { ChannelRef, Publication } from '../queue-type';
import type { QueueStatus, QuorumConsumer, QuorumMessage } from './fifo-state';

export type FifoCommand =
  | RegisterEnqueuer
  | Enqueue
  | Checkout
  | CancelCheckout
  | Dequeue
  | Settle
  | Requeue
  | { readonly type: 'Purge' }
  | { readonly type: 'Expire' }
  | ChannelDown
  | NodeChanged
  | CheckoutDeadLetters
  | SettleDeadLetters;

/** A channel that is about to publish asks whether it may. */
export interface RegisterEnqueuer {
  readonly type: 'RegisterEnqueuer';
  readonly channel: ChannelRef;
}
export interface Enqueue {
  readonly type: 'Enqueue';
  /** null: nobody's, so that a repetition is not known as one. */
  readonly channel: ChannelRef | null;
  /** Per channel and queue, from 1. */
  readonly seq: number;
  readonly publication: Publication;
}
export interface Checkout {
  readonly type: 'Checkout';
  readonly channel: ChannelRef;
  readonly tag: string;
  /** Never 0: without a limit it is `unlimitedPrefetch`. */
  readonly prefetch: number;
  readonly priority: number;
  /** What it gets is settled as it goes out. */
  readonly noAck: boolean;
}
export interface CancelCheckout {
  readonly type: 'CancelCheckout';
  readonly channel: ChannelRef;
  readonly tag: string;
}
/** basic.get. The tag is of its own. */
export interface Dequeue {
  readonly type: 'Dequeue';
  readonly channel: ChannelRef;
  readonly tag: string;
  readonly settled: boolean;
}
export interface Settle {
  /** Acknowledged, given back, or thrown away. */
  readonly type: 'Settle' | 'Return' | 'Discard';
  readonly channel: ChannelRef;
  readonly tag: string;
  readonly ids: readonly number[];
}
/** What the leader makes of each message of a Return when there is no delivery limit: it goes to the tail. */
export interface Requeue {
  readonly type: 'Requeue';
  readonly channel: ChannelRef;
  readonly tag: string;
  readonly id: number;
}
export interface ChannelDown {
  readonly type: 'ChannelDown';
  readonly channel: ChannelRef;
}
/** The leader's node and that one lost or found each other. */
export interface NodeChanged {
  readonly type: 'NodeDown' | 'NodeUp';
  readonly node: number;
}
export interface CheckoutDeadLetters {
  readonly type: 'CheckoutDeadLetters';
  readonly prefetch: number;
}
export interface SettleDeadLetters {
  readonly type: 'SettleDeadLetters';
  readonly ids: readonly number[];
}

/** What a command's sender is answered. */
export type FifoReply =
  | null
  | { readonly type: 'Status'; readonly status: QueueStatus }
  | { readonly type: 'Enqueued' }
  /** An earlier one is missing: it has to be sent again, from there. */
  | { readonly type: 'NotEnqueued' }
  | {
      readonly type: 'Dequeued';
      readonly id: number;
      readonly message: QuorumMessage;
      readonly ready: number;
    }
  | { readonly type: 'DequeuedNothing' }
  | { readonly type: 'Unsupported' }
  | { readonly type: 'Purged'; readonly count: number }
  | { readonly type: 'CheckedOut'; readonly nextId: number; readonly inHand: number };

/** What applying a command does to others. Only the leader does it; the other replicas only change their state. */
export interface FifoEffects {
  /** It is in the queue, and was not before. */
  accepted(message: QuorumMessage): void;
  deliver(consumer: QuorumConsumer, id: number, message: QuorumMessage): void;
  /** To a channel that publishes. */
  status(channel: ChannelRef, status: QueueStatus): void;
  /** It was ready, and the queue is purged. */
  purged(message: QuorumMessage): void;
  /** It leaves the queue, and is dead-lettered at most once where that is set. */
  dropped(message: QuorumMessage, reason: DeathReason): void;
  /** To be published to the dead-letter exchange, and settled by its number. */
  deadLetter(id: number, message: QuorumMessage, reason: DeathReason): void;
}

export const noEffects: FifoEffects = {
  accepted() {},
  deliver() {},
  status() {},
  purged() {},
  dropped() {},
  deadLetter() {},
};

/** What a consumer without a prefetch may have in hand (rabbit_fifo_client.erl). */
export const unlimitedPrefetch = 2000;
