import type { AnyMachine, Tagged } from './machine';
import type { Connection } from './network';
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
  /** The machine's own: machines are of many shapes, and this is looked up for every command. */
  readonly apply: AnyMachine['apply'];
  state: unknown;
  /** Its random streams by source. */
  readonly streams: Map<string, Random>;
  /** Connections it opened, by the address it used, as long as the network has them. Only a cache of it. */
  readonly peers: Map<string, Connection>;
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

/**
 * Commands between parts of one process, first in, first out, all at the present time. In columns that are used again:
 * several of them follow every message, and an object for each was a tenth of all that a run allocated.
 */
export class LocalCommands {
  /** The command that `take` has taken. */
  part: PartSlot | null = null;
  command: Tagged | null = null;
  cause = 0;
  sender: PartSlot | null = null;
  private readonly parts: PartSlot[] = [];
  private readonly commands: (Tagged | null)[] = [];
  private readonly causes: number[] = [];
  private readonly senders: PartSlot[] = [];
  private head = 0;
  private tail = 0;

  add(part: PartSlot, command: Tagged, cause: number, sender: PartSlot): void {
    const at = this.tail++;
    this.parts[at] = part;
    this.commands[at] = command;
    this.causes[at] = cause;
    this.senders[at] = sender;
  }

  /** false: there is none. */
  take(): boolean {
    if (this.head === this.tail) {
      this.head = this.tail = 0;
      return false;
    }
    const at = this.head++;
    this.part = this.parts[at];
    this.command = this.commands[at];
    this.cause = this.causes[at];
    this.sender = this.senders[at];
    this.commands[at] = null;
    return true;
  }

  clear(): void {
    this.commands.length = 0;
    this.head = this.tail = 0;
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
