import type { FactId } from './fact';
import type { MessageId } from './bodies';
import type { Tagged } from './machine';
import type { Time } from './time';

/**
 * What parts of one process say to each other about messages, in the neutral words of the glossary. A service
 * written with these runs behind any broker's driver; it never learns which.
 */

/** A message handed to a service by a driver, before it is settled. */
export interface Delivery {
  readonly message: MessageId;
  /** Address it came from: "kafka/shop-events/1". */
  readonly source: string;
  /** Offset or delivery tag. */
  readonly position: number;
  /** Group or consumer it was delivered to. */
  readonly group: string;
  /** The delivered fact. */
  readonly cause: FactId;
  /** The record's, in microseconds, where somebody asks for it. */
  readonly timestamp?: Time;
}

/** Driver → service: do your work on this. Answer `Handled` or `HandlingFailed` with the same ticket to `replyTo`. */
export interface Handle extends Tagged {
  readonly type: 'Handle';
  readonly ticket: number;
  readonly replyTo: string;
  readonly delivery: Delivery;
  /**
   * A row to insert in the same transaction as the effect: if it is there already, the effect is too, and nothing
   * happens. Set by a pattern in between, obeyed by services that write to that store.
   */
  readonly once?: { readonly table: string; readonly key: string };
}
export interface Handled extends Tagged {
  readonly type: 'Handled';
  readonly ticket: number;
  /** The row named by `once` was there already: nothing was done. */
  readonly duplicate?: true;
}
export interface HandlingFailed extends Tagged {
  readonly type: 'HandlingFailed';
  readonly ticket: number;
  readonly error: string;
}

/** Service → driver: publish these. Answered by `Published` or `PublishFailed` to `replyTo`. */
export interface Publish extends Tagged {
  readonly type: 'Publish';
  readonly ticket: number;
  readonly replyTo: string;
  /** Topic, exchange or queue name. */
  readonly place: string;
  /** Puts them all there, whatever their keys say, where the place has partitions. */
  readonly partition?: number;
  readonly messages: readonly MessageId[];
}
export interface Published extends Tagged {
  readonly type: 'Published';
  readonly ticket: number;
}
export interface PublishFailed extends Tagged {
  readonly type: 'PublishFailed';
  readonly ticket: number;
  readonly error: string;
}
