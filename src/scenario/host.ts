/**
 * RunHost: what app and stage see of a run, whether it lives in the page or in a worker. Everything handed out
 * is small plain data (structured-cloneable). One contract suite tests every host.
 */
import type { Fact, FactId, FactKind } from '../kernel/fact';
import type { Body, MessageId } from '../kernel/bodies';
import type { Address, Shape, Token } from '../kernel/shape';
import type { Time } from '../kernel/time';
import type { Action, Input, Recording } from './scenario';

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

/** What an inspector shows of one object. */
export type Inspection =
  | {
      readonly of: 'message';
      readonly message: MessageId;
      readonly body: Body;
      readonly facts: readonly Fact[];
    }
  | {
      readonly of: 'shape';
      readonly shape: Shape;
      readonly facts: readonly Fact[];
      readonly options: Readonly<Record<string, string | number | boolean | null>>;
    }
  | { readonly of: 'nothing'; readonly address: Address };

/** A branch: a run and where it left its parent. */
export interface BranchInfo {
  readonly recording: Recording;
  readonly forkedAt: Time | null;
}

export interface RunHost {
  /** The run is computed up to here; later times are computed when asked for. */
  frontier(): Promise<Time>;
  /** The state after every event with time ≤ `time`. Asking beyond the frontier runs the simulation on. */
  viewAt(time: Time, window: Window): Promise<View>;
  /** The state right after the event that made `fact`. */
  viewAtFact(fact: FactId, window: Window): Promise<View>;
  inspect(address: Address | { readonly message: MessageId }, time: Time): Promise<Inspection>;
  /** Does `action` at `time`. In the past this throws ForkNeeded: call `fork` first. Runs nothing by itself. */
  act(action: Action, time: Time): Promise<void>;
  /** A new run that shares this one's past up to `time` and none of its later inputs. This run is unchanged. */
  fork(time: Time): Promise<RunHost>;
  facts(filter: FactFilter): Promise<readonly Fact[]>;
  /** First visible fact after / last before the instant (its id and time), for stepping. */
  nextFact(after: FactId, visible: boolean): Promise<{ readonly fact: FactId; readonly time: Time } | null>;
  previousFact(
    before: FactId,
    visible: boolean,
  ): Promise<{ readonly fact: FactId; readonly time: Time } | null>;
  marks(): Promise<readonly Mark[]>;
  series(): Promise<readonly Series[]>;
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

/** Raised when a run has reached its stated bound; what was computed stays. */
export class RunBound extends Error {
  override readonly name = 'RunBound';
}
