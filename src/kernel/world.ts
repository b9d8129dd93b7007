import type { NewFact } from './fact';
import type { Tagged } from './machine';
import type { Duration, Time } from './time';

/**
 * What an input (a person's action or the schedule) may do to the world. Faults and operations are functions over
 * this; they are data when saved and code only here.
 */
export interface World {
  readonly now: Time;
  /** "process" or "process/part". */
  has(target: string): boolean;
  /** Kills the process between two events: its parts keep what is durable, its connections close. */
  crash(process: string, reason: string): void;
  /** The same on purpose: up again after `delay`; null: not before it is restarted. */
  takeDown(process: string, delay: Duration | null): void;
  /** Starts a crashed or downed process. Does nothing when it is up. */
  restart(process: string): void;
  /** false: after a crash it stays down until restarted. */
  setRestartAfter(process: string, delay: Duration | null): void;
  /** Breaks the process before the `nth` (1 = next) command marked with this step. */
  pin(process: string, step: string, nth: number): void;
  unpin(process: string, step: string): void;
  setSlowness(process: string, factor: number): void;
  /** Both directions unless told otherwise. Cut: messages are held, in order, until healed or abandoned. */
  cut(from: string, to: string): void;
  heal(from: string, to: string): void;
  /** Added to every message's latency from now on; 0 removes it. */
  setExtraLatency(from: string, to: string, delay: Duration): void;
  /** Hands a command to a part at once, as if it had told itself ("process" or "process/part"). Dropped when the process is down. */
  command(target: string, command: Tagged): void;
  /** Another design of a part ("process/part") from now on (Machine.configure). Throws when it cannot be changed. */
  configure(target: string, changed: Readonly<Record<string, unknown>>): void;
  /** Carries out a further action later, e.g. the end of a fault that lasts. It is pending like any event. */
  later(delay: Duration, action: Later): void;
  emit(fact: NewFact): number;
}

/** A fault or operation by name, as an input would carry it. */
export interface Later {
  readonly name: string;
  readonly target: string;
  readonly options: Readonly<Record<string, string | number | boolean | null>>;
}

/** One fault: a file under faults/. `apply` runs when its input is due. */
export interface Fault {
  readonly name: string;
  readonly class: 'fault' | 'operation';
  apply(
    world: World,
    target: string,
    options: Readonly<Record<string, string | number | boolean | null>>,
  ): void;
}
