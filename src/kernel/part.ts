import type { MessageId } from './bodies';
import type { Machine, Tagged } from './machine';
import type { Face, Lane, Pointer, Process, Replica, Shape } from './shape';
import type { Time } from './time';

/**
 * One option of a broker, driver, service or fault. Feeds knobs, validation, inspectors and documentation, so each
 * option is described once, beside the code that obeys it.
 */
export interface OptionSpec {
  /** The real name where there is one: "segment.bytes", "sessionTimeout". */
  readonly name: string;
  readonly type: 'number' | 'boolean' | 'string';
  readonly default: number | boolean | string | null;
  readonly unit: 'ms' | 'bytes' | 'records' | 'per second' | 'times' | '';
  readonly min?: number;
  readonly max?: number;
  /** Of a number: only whole ones. */
  readonly integer?: true;
  readonly values?: readonly string[];
  /** Manual page, KIP or source file that defines it. */
  readonly source: string;
  /** What a change needs to take effect. */
  readonly takes: 'nothing' | 'next delivery' | 'restart';
}

/** What a part may ask while it describes itself. */
export interface Look {
  readonly now: Time;
  /**
   * How many cells of a lane are on screen, and the offset after the last of them (null: the log end). Of a stack and a
   * pile: how many cells to name at most.
   */
  readonly cells: number;
  laneEnd(address: string): number | null;
  readonly rows: number;
  face(message: MessageId): Face;
}

/** A part's contribution to the picture. */
export interface PartPicture {
  /** Whole shapes: a broker's lanes and groups, a store. */
  readonly shapes?: readonly Shape[];
  /** Fields of its process's shape; the parts of one process are merged in order. */
  readonly process?: Partial<
    Omit<
      Process,
      | 'shape'
      | 'address'
      | 'name'
      | 'role'
      | 'condition'
      | 'conditionSince'
      | 'incarnation'
      | 'pins'
      | 'brokeBefore'
    >
  >;
  /** What it knows of other processes, which are services: Lambda of the code it runs. */
  readonly about?: readonly {
    readonly process: string;
    readonly fields: NonNullable<PartPicture['process']>;
  }[];
  /** A named step of its own among the steps of its process, before or after another one. */
  readonly addsStep?: { readonly name: string } & ({ readonly before: string } | { readonly after: string });
  /** Positions of the lanes it reads, which only the client knows. */
  readonly reads?: readonly { readonly lane: string; readonly group: string; readonly position: number }[];
  /** Not a crash, but not working either: "paused". */
  readonly condition?: 'paused';
  /** A node's copies of lanes that other nodes have copies of too. */
  readonly copies?: readonly LaneCopy[];
  /** Readers' places in such lanes, as far as this node knows them. */
  readonly pointers?: readonly LanePointer[];
  /** Which nodes such lanes are on, as whoever decides that knows it. */
  readonly rules?: readonly LaneRule[];
}

/** The lane has the address that is the same on all nodes. */
export interface LaneCopy {
  readonly node: number;
  readonly lane: Lane;
  /** Epoch of its last record; −1 while it has none. */
  readonly epoch: number;
  readonly truncated: Replica['truncated'];
}

export interface LanePointer {
  readonly lane: string;
  readonly pointer: Pointer;
}

export interface LaneRule {
  readonly lane: string;
  /** Node numbers, the preferred leader first. */
  readonly replicas: readonly number[];
  readonly inSync: readonly number[];
  /** null: nobody leads. */
  readonly leader: number | null;
  readonly leaderEpoch: number;
  readonly minInSync: number;
}

/**
 * Messages on their way to or from one lane, exchange, queue or topic ("shop-events/1", "exchange/events", "queue/email",
 * "orders": an address without the broker's name); null: to or from none.
 */
export interface Cargo {
  readonly lane: string | null;
  /** From one broker to another: where it goes there. */
  readonly toLane?: string;
  readonly messages: readonly MessageId[];
  /** Where they lie in the lane, when they come out of it. */
  readonly positions?: readonly number[];
}

/** A kind of part: its machine, its options, how it looks. One per file; the scenario names it by `machine.kind`. */
export interface Part<State, Command extends Tagged, Options> {
  readonly machine: Machine<State, Command, Options>;
  readonly options: readonly OptionSpec[];
  describe?(state: State, look: Look): PartPicture;
  /** Messages that a command carries over the network, so that the token in flight can be drawn. */
  cargo?(command: Tagged): readonly Cargo[];
  /**
   * Throws InvariantError when something is not as it always is between two events. May walk the whole state, so it is
   * for the swarm, for proofs and for looking into a run, not for every event.
   */
  check?(state: State): void;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the registry holds parts of every type
export type AnyPart = Part<any, any, any>;
