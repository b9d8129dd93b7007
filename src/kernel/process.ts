import type { AnyMachine, ConnectionId, Tagged } from './machine';
import type { Random } from './random';
import type { Duration, Time } from './time';

/** A crash waiting at a named step. Breaks before the `remaining`-th command with that step. */
export interface Pin {
  readonly step: string;
  remaining: number;
}

/** How a process fares. Plain data: this is what a snapshot keeps. */
export interface Condition {
  up: boolean;
  /** Down on purpose rather than broken. */
  takenDown: boolean;
  /** Since when it is up or down. */
  since: Time;
  incarnation: number;
  slowness: number;
  restartAfter: Duration | null;
  pins: Pin[];
  /** Step a pin broke it before; null when it is up or fell otherwise. */
  brokeBefore: string | null;
}

/** A process: one fate shared by a list of parts. */
export interface ProcessSlot {
  readonly index: number;
  readonly name: string;
  readonly parts: PartSlot[];
  condition: Condition;
}

/** One machine of a process, with its state and what the kernel remembers for it. */
export interface PartSlot {
  /** Index among all parts of the run. */
  readonly index: number;
  readonly name: string;
  /** "process/part". */
  readonly address: string;
  readonly process: ProcessSlot;
  readonly machine: AnyMachine;
  state: unknown;
  /** Its random streams by source. */
  readonly streams: Map<string, Random>;
  /** Connections it opened, by the address it used. Only a cache of the network. */
  readonly peers: Map<string, ConnectionId>;
}

/** What a process is made of. */
export interface ProcessSetup {
  readonly name: string;
  readonly restartAfter: Duration | null;
  readonly parts: readonly {
    readonly name: string;
    readonly machine: AnyMachine;
    readonly options: unknown;
  }[];
}

/** Commands between parts of one process, first in, first out, all at the present time. */
export class LocalCommands {
  private readonly queue: { part: PartSlot; command: Tagged; cause: number; sender: PartSlot | null }[] = [];
  private head = 0;

  add(part: PartSlot, command: Tagged, cause: number, sender: PartSlot | null): void {
    this.queue.push({ part, command, cause, sender });
  }

  take(): { part: PartSlot; command: Tagged; cause: number; sender: PartSlot | null } | null {
    if (this.head === this.queue.length) {
      if (this.head > 0) this.clear();
      return null;
    }
    return this.queue[this.head++];
  }

  clear(): void {
    this.queue.length = 0;
    this.head = 0;
  }
}

export function newCondition(restartAfter: Duration | null): Condition {
  return {
    up: true,
    takenDown: false,
    since: 0,
    incarnation: 0,
    slowness: 1,
    restartAfter,
    pins: [],
    brokeBefore: null,
  };
}

export function copyCondition(condition: Condition): Condition {
  return { ...condition, pins: condition.pins.map((pin) => ({ ...pin })) };
}
