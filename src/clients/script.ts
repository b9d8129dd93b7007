/**
 * Runs an async function against the simulation: what it awaits is simulated time. The function talks to drivers (parts
 * of processes of their own) through a facade of the client library it is written for; a driver's answer settles the
 * promise it waits for. Between two events everything the function can do by itself is done, so the same function on
 * the same seed makes the same history.
 */
import type { Body, MessageId } from '../kernel/bodies';
import type { Kernel } from '../kernel/kernel';
import type { AnyMachine, Machine, Tagged } from '../kernel/machine';
import type { Random } from '../kernel/random';
import type { Duration, Time } from '../kernel/time';
import type { World } from '../kernel/world';

/** A driver that a script has started, in a process of its own. */
export interface Driver {
  /** Name of its process. */
  readonly process: string;
  /** The driver's own state, to be looked at and never changed. */
  readonly state: unknown;
  tell(command: Tagged): void;
  /** The process is gone at once and says nothing to anybody. */
  kill(): void;
}

/** What a facade needs of the world. */
export interface ScriptWorld {
  readonly now: Time;
  /** Starts a process with this driver, called `name` and a number; `heard` gets all that the driver tells its script. */
  start(name: string, machine: AnyMachine, options: unknown, heard: (command: Tagged) => void): Driver;
  sleep(duration: Duration): Promise<void>;
  compose(body: Body): MessageId;
  body(message: MessageId): Body;
  random(source: string): Random;
}

/** Name of the part that a driver's answers go to. */
export const scriptPart = 'script';

/** The script waits for something that will never happen: nothing is left to happen at all. */
export class NothingHappens extends Error {
  override readonly name = 'NothingHappens';
}

/** What an input of such a run does. */
export type ScriptAction = (world: World) => void;

interface Heard {
  readonly by: (command: Tagged) => void;
  readonly command: Tagged;
}

export class Script implements ScriptWorld {
  private readonly kernel: Kernel;
  private readonly settle: () => Promise<void>;
  private readonly counts = new Map<string, number>();
  /** What drivers have said and the script has not heard yet. */
  private heard: Heard[] = [];
  private woken = false;
  /** The simulation itself failed while the script told a driver something: our bug, and the end of the run. */
  private failure: { readonly error: unknown } | null = null;

  /**
   * The kernel's inputs are functions (`act: (world, action) => action(world)`). `settle` resolves when everything that can go on
   * without time has gone on: a turn of the host's loop.
   */
  constructor(kernel: Kernel, settle: () => Promise<void>) {
    this.kernel = kernel;
    this.settle = settle;
  }

  get now(): Time {
    return this.kernel.now;
  }

  /** Resolves or rejects as `body` does. Rejects with NothingHappens when it waits in vain, or past `until`. */
  async run<Result>(body: () => Promise<Result>, until: Time): Promise<Result> {
    const { kernel } = this;
    let outcome: { readonly value: Result } | { readonly error: unknown } | null = null;
    body().then(
      (value) => (outcome = { value }),
      (error: unknown) => (outcome = { error }),
    );
    for (;;) {
      await this.settle();
      if (this.failure) throw this.failure.error;
      if (outcome) break;
      this.woken = false;
      this.deliver();
      while (!this.woken) {
        if (kernel.nextTime > until)
          throw new NothingHappens(
            kernel.nextTime === Infinity
              ? 'The script waits for something that never comes: nothing is left to happen.'
              : `The script was not over after ${until / 1000} ms.`,
          );
        kernel.runUntil(kernel.nextTime, kernel.eventCount + 1);
        this.deliver();
      }
    }
    const over = outcome as { readonly value: Result } | { readonly error: unknown };
    if ('error' in over) throw over.error;
    return over.value;
  }

  start(name: string, machine: AnyMachine, options: unknown, heard: (command: Tagged) => void): Driver {
    const count = (this.counts.get(name) ?? 0) + 1;
    this.counts.set(name, count);
    const process = `${name}-${count}`;
    const listener = { hear: (command: Tagged) => this.heard.push({ by: heard, command }) };
    this.kernel.add({
      name: process,
      restartAfter: null,
      parts: [
        { name: 'driver', machine, options },
        { name: scriptPart, machine: ear, options: listener },
      ],
    });
    const { kernel } = this;
    return {
      process,
      get state() {
        return kernel.part(`${process}/driver`)!.state;
      },
      tell: (command) => {
        try {
          kernel.dispatch(kernel.part(`${process}/driver`)!, command, -1, 0, null);
        } catch (error) {
          this.failure ??= { error };
        }
      },
      kill: () => kernel.fates.crash(kernel.process(process)!, 'killed', null, -1),
    };
  }

  sleep(duration: Duration): Promise<void> {
    return new Promise((resolve) => {
      const action: ScriptAction = () => {
        this.woken = true;
        resolve();
      };
      this.kernel.addInput({ time: this.kernel.now + Math.max(0, Math.round(duration)), action });
    });
  }

  compose(body: Body): MessageId {
    return this.kernel.bodies.add(body);
  }

  body(message: MessageId): Body {
    return this.kernel.bodies.get(message);
  }

  random(source: string): Random {
    return this.kernel.streams.stream(`script ${source}`);
  }

  private deliver(): void {
    while (this.heard.length > 0) {
      const { heard } = this;
      this.heard = [];
      this.woken = true;
      for (const { by, command } of heard) by(command);
    }
  }
}

interface Listener {
  readonly hear: (command: Tagged) => void;
}

/** The script's end of a process: hands on what it is told. */
const ear: Machine<Listener, Tagged, Listener> = {
  kind: scriptPart,
  init: (listener) => listener,
  apply(state, command) {
    if (command.type !== 'Start') state.hear(command);
  },
  restart: () => undefined,
  clone: (state) => state,
};
