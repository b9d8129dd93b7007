/**
 * RunHost: what app and stage see of a run, whether it lives in the page or in a worker. Everything handed out
 * is small plain data (structured-cloneable). One contract suite tests every host.
 */
import type { Fact, FactId, FactKind } from '../kernel/fact';
import type { Body, MessageId } from '../kernel/bodies';
import type {
  Address,
  Face,
  Group,
  Lane,
  Pile,
  Process,
  Replica,
  Row,
  Shape,
  Stack,
  Store,
  Switch,
  Token,
  Transaction,
} from '../kernel/shape';
import type { Duration, Time } from '../kernel/time';
import type { Instant, Panel, Reading } from './panel';
import type { Action, Input, Recording } from './scenario';

export type * from './panel';

/** What part of long things is on screen: at most this many cells per lane, ending at `to` (null: the log end). */
export interface Window {
  readonly cells: number;
  readonly lanes: Readonly<Record<Address, { readonly to: number | null }>>;
  readonly rows: number;
}

/** Everything needed to draw one instant. */
export interface View {
  readonly time: Time;
  /** Facts with id < factCount have happened at this instant. */
  readonly factCount: number;
  readonly eventCount: number;
  readonly shapes: readonly Shape[];
  readonly tokens: readonly Token[];
  /** Faults and links that are not as they should be. */
  readonly links: readonly {
    readonly from: string;
    readonly to: string;
    readonly cut: boolean;
    readonly extraMs: number;
  }[];
  /** Time of the next event; null when nothing is pending. */
  readonly nextAt: Time | null;
}

/** Something worth a sign on the time axis. */
export interface Mark {
  readonly time: Time;
  readonly fact: FactId;
  readonly sign: 'fault' | 'healed' | 'change' | 'seek' | 'redelivery' | 'rebalance' | 'loss';
  readonly subject: Address;
  readonly label: string;
}

/** A measured line over time (lag of a group): step function, value from `times[i]` until `times[i + 1]`. */
export interface Series {
  readonly name: string;
  /**
   * How it is drawn. Of queues: how much lies in each, waiting or in somebody's hands. Of accounts: each line of a log with the balance after it, what the row held, questions put. Of
   * calls: each order when it was answered (1) or failed (0), each call that hangs and for how long (ms), p99 (ms).
   */
  readonly kind?: 'lag' | 'queued' | 'lines' | 'row' | 'balance' | 'asked' | 'orders' | 'stalls' | 'p99';
  readonly times: readonly Time[];
  readonly values: readonly number[];
}

export interface FactFilter {
  readonly from?: FactId;
  /** Exclusive. */
  readonly to?: FactId;
  readonly message?: MessageId;
  readonly kinds?: readonly FactKind[];
  readonly subject?: Address;
  readonly limit?: number;
}

/** Which part of something long an inspector shows. */
export interface Page {
  /** Records of a partition up to here (exclusive); null: the newest. */
  readonly to: number | null;
  /** First row of a comparison. */
  readonly from: number;
}

/** As many records of a partition, and rows of a comparison, as one page holds. */
export const recordsPerPage = 20;
export const rowsPerPage = 50;

/** What an inspector shows of one object. */
export type Inspection =
  | MessageInspection
  | LaneInspection
  | GroupInspection
  | ProcessInspection
  | StoreInspection
  | NodeInspection
  | TransactionInspection
  | StackInspection
  | PileInspection
  | SwitchInspection
  | { readonly of: 'nothing'; readonly address: Address };

export interface MessageInspection {
  readonly of: 'message';
  readonly message: MessageId;
  readonly body: Body;
  readonly facts: readonly Fact[];
}

export interface LaneInspection {
  readonly of: 'lane';
  /** Its cells are those of the page. */
  readonly lane: Lane;
  /** The oldest records, those that may be deleted together; null when nothing limits them. */
  readonly nextExpiry: { readonly at: Time; readonly count: number } | null;
}

export interface GroupInspection {
  readonly of: 'group';
  readonly group: Group;
  readonly progress: Progress;
}

/** A node of a cluster, by the copies that lie on it. */
export interface NodeInspection {
  readonly of: 'node';
  readonly name: string;
  readonly isUp: boolean;
  readonly copies: readonly NodeCopy[];
}

export interface NodeCopy {
  readonly lane: Address;
  readonly place: string;
  readonly index: number;
  /** Without its records. */
  readonly replica: Replica;
  /** Ends of the leader's log, or of the longest while nobody leads. */
  readonly logEnd: number;
}

export interface TransactionInspection {
  readonly of: 'transaction';
  readonly transaction: Transaction;
  /** In each lane it has written to: what holds readers of committed records back there. */
  readonly lanes: readonly {
    readonly address: Address;
    readonly place: string;
    readonly index: number;
    readonly logEnd: number;
    readonly lastStable: number;
  }[];
}

/** A queue; its cells are the first that would be given out. */
export interface StackInspection {
  readonly of: 'stack';
  readonly stack: Stack;
}

/** Its cells are the oldest. */
export interface PileInspection {
  readonly of: 'pile';
  readonly pile: Pile;
}

export interface SwitchInspection {
  readonly of: 'switch';
  readonly switch: Switch;
}

/** What a group has done of late, and what was added to its partitions meanwhile. */
export interface Progress {
  /** Records that its flags went past by reading; what a seek jumped over does not count. */
  readonly settled: number;
  readonly arrived: number;
  readonly over: Duration;
}

export interface ProcessInspection {
  readonly of: 'process';
  readonly process: Process;
  /** The latest last. */
  readonly applies: readonly Handling[];
  readonly options: readonly OptionValue[];
}

/** What became of one message in the hands of a service. */
export interface Handling {
  readonly fact: FactId;
  readonly time: Time;
  readonly kind: FactKind;
  readonly face: Face;
  /** Where it was read; null where that is not known. */
  readonly lane: Address | null;
  readonly offset: number | null;
  /** How often its group had applied the message then, this time included; 0 when it never did. */
  readonly nth: number;
}

/** An option of a part, as it is at this instant. */
export interface OptionValue {
  readonly part: string;
  readonly name: string;
  readonly value: string | number | boolean | null;
  readonly isDefault: boolean;
  readonly unit: string;
  /** Manual page, or where it comes from in words. */
  readonly source: string;
}

export interface StoreInspection {
  readonly of: 'store';
  readonly store: Omit<Store, 'rows'>;
  /** Of the process it lives in. */
  readonly condition: Process['condition'];
  readonly conditionSince: Time;
  /** What the log knows and what the store knows; null when no log leads here. */
  readonly comparison: Comparison | null;
}

export interface Comparison {
  readonly topics: readonly string[];
  /** Of the page: by key, or what differs first when there is more than one page. */
  readonly rows: readonly TruthRow[];
  readonly rowCount: number;
  readonly differing: number;
  /** Since when the row that has differed longest does; null when all are the same. */
  readonly since: Time | null;
}

/** One key: the newest record that the log still holds about it, and the store's row. */
export interface TruthRow {
  readonly key: string;
  readonly truth: { readonly face: Face; readonly lane: Address; readonly offset: number } | null;
  readonly seen: Row | null;
  readonly state: 'same' | 'missing' | 'behind' | 'ahead';
  /** Since when the two differ; null while they are the same. */
  readonly since: Time | null;
}

/** A branch: a run and where it left its parent. */
export interface BranchInfo {
  readonly recording: Recording;
  readonly forkedAt: Time | null;
}

/** About a topic that brokers keep for themselves ("kafka/__consumer_offsets/12"): it is not drawn, and not told. */
export function isInternal({ subject }: Pick<Fact, 'subject'>): boolean {
  return subject.includes('/__');
}

export interface RunHost {
  /** The run is computed up to here; later times are computed when asked for. */
  frontier(): Promise<Time>;
  /** The state after every event with time ≤ `time`. Asking beyond the frontier runs the simulation on. */
  viewAt(time: Time, window: Window): Promise<View>;
  /** The state right after the event that made `fact`. */
  viewAtFact(fact: FactId, window: Window): Promise<View>;
  /** One object at a time, or right after the event that made a fact: as `viewAt` and `viewAtFact` stand. */
  inspect(
    target: Address | { readonly message: MessageId },
    at: Time | { readonly fact: FactId },
    page?: Page,
  ): Promise<Inspection>;
  /** Does `action` at `time`. In the past this throws ForkNeeded: call `fork` first. Runs nothing by itself. */
  act(action: Action, time: Time): Promise<void>;
  /** A new run that shares this one's past up to `time` and none of its later inputs. This run is unchanged. */
  fork(time: Time): Promise<RunHost>;
  facts(filter: FactFilter): Promise<readonly Fact[]>;
  /** First fact after / last before this one (its id and time), for stepping. Computes on, but not past `until`. */
  nextFact(after: FactId, until: Time): Promise<{ readonly fact: FactId; readonly time: Time } | null>;
  previousFact(before: FactId): Promise<{ readonly fact: FactId; readonly time: Time } | null>;
  marks(): Promise<readonly Mark[]>;
  series(): Promise<readonly Series[]>;
  /** What these panels show at an instant that has been computed (a View is one), in their order. */
  measure(panels: readonly Panel[], at: Instant): Promise<readonly Reading[]>;
  bodies(): Promise<readonly Body[]>;
  recording(): Promise<Recording>;
  inputs(): Promise<readonly Input[]>;
  /** Over every fact column and the final states, at `end` (microseconds). */
  hash(end: Time): Promise<string>;
  dispose(): void;
}

/** Thrown by `act` when `time` lies before the frontier: acting in the past forks, and that is the caller's choice. */
export class ForkNeeded extends Error {
  override readonly name = 'ForkNeeded';
}

/** The run was disposed of before the question came: whoever asked no longer wants to know. */
export class RunGone extends Error {
  override readonly name = 'RunGone';
}

export function isGone(error: unknown): boolean {
  return error instanceof Error && error.name === 'RunGone';
}

/** Raised when a run has reached its stated bound; what was computed stays. */
export class RunBound extends Error {
  override readonly name = 'RunBound';
}
