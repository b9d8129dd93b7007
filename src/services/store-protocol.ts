/** The request a store answers. One transaction is one command: all of its writes happen, or none. */
import type { MessageId } from '../kernel/bodies';
import type { FactId } from '../kernel/fact';
import type { Tagged } from '../kernel/machine';

export interface Write {
  readonly key: string;
  readonly version: number;
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
  /** Only if the row is older than this: "update … where version < ?". Else the row stays and `outdated` says so. */
  readonly onlyNewer?: boolean;
}

export interface TransactRequest extends Tagged {
  readonly type: 'TransactRequest';
  readonly ticket: number;
  readonly writes: readonly Write[];
  /** The message whose effect this is. */
  readonly message: MessageId;
  /** Consumer group on whose behalf, and the record's place: they go into the applied fact. */
  readonly group: string;
  readonly position: number;
  readonly cause: FactId;
}
export interface TransactResponse extends Tagged {
  readonly type: 'TransactResponse';
  readonly ticket: number;
  /** The applied fact. */
  readonly fact: FactId;
}

/** Empties the store, as an operator would (`wipe` action): emits `changed` / "StoreWiped". */
export interface WipeStore extends Tagged {
  readonly type: 'WipeStore';
}
