/**
 * The requests a store answers. One transaction is one command: all of its writes happen, or none. What must not be
 * torn apart goes into one; two of them can be torn apart by a crash.
 */
import type { MessageId } from '../kernel/bodies';
import type { FactId } from '../kernel/fact';
import type { Tagged } from '../kernel/machine';

export type Fields = Readonly<Record<string, string | number | boolean | null>>;

export interface Write {
  /** A table beside the main one: ids that were handled, an outbox. Left out: the main table. */
  readonly table?: string;
  readonly key: string;
  readonly version: number;
  readonly fields: Fields;
  /** Only if the row is older than this: "update … where version < ?". Else the row stays and `outdated` says so. */
  readonly onlyNewer?: boolean;
  /**
   * A new row: "insert", with its key as a primary key. If the row is there already, the whole transaction is rolled
   * back and the answer says `conflict`.
   */
  readonly insert?: boolean;
  /**
   * "update … set balance = balance + ?": the row counts its own versions. With `min`, a sum below it is refused: the
   * row stays as it is, a fact says so, and the rest of the transaction happens.
   */
  readonly add?: { readonly field: string; readonly amount: number; readonly min?: number };
}

/** On whose behalf a request is made: goes into the facts it leads to. */
export interface OnBehalf {
  /** The message whose effect this is. */
  readonly message: MessageId;
  /** Consumer group, and the record's place. */
  readonly group: string;
  readonly position: number;
  readonly cause: FactId;
}

export interface TransactRequest extends Tagged, OnBehalf {
  readonly type: 'TransactRequest';
  readonly ticket: number;
  readonly writes: readonly Write[];
}
export interface TransactResponse extends Tagged {
  readonly type: 'TransactResponse';
  readonly ticket: number;
  /** The last fact it made; −1 when it made none. */
  readonly fact: FactId;
  /** Key of an `insert` that was there already: nothing has happened. */
  readonly conflict?: string;
}

export interface ReadRequest extends Tagged, OnBehalf {
  readonly type: 'ReadRequest';
  readonly ticket: number;
  readonly table?: string;
  /** One row; or all rows, in the order in which they were written first. */
  readonly key?: string;
  /** Only rows whose columns have these values: "where sent = false". */
  readonly where?: Fields;
  /** At most so many. */
  readonly limit?: number;
}
export interface ReadResponse extends Tagged {
  readonly type: 'ReadResponse';
  readonly ticket: number;
  readonly rows: readonly StoredRow[];
}

export type StoreRequest = TransactRequest | ReadRequest;
export type StoreResponse = TransactResponse | ReadResponse;

/** A row as the store gives it back. */
export interface StoredRow {
  readonly key: string;
  readonly version: number;
  readonly fields: Fields;
  /** Of the write that made it what it is. */
  readonly message: MessageId;
}

/** A row of an outbox table before and after its event was sent; its key says of which event it is. */
export const outboxWaiting: Fields = { sent: false };
export const outboxMarked: Fields = { sent: true };

/** Empties the store, as an operator would (`wipe` action): emits `changed` / "StoreWiped". */
export interface WipeStore extends Tagged {
  readonly type: 'WipeStore';
}
