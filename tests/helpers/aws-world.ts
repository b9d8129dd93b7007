/** A kernel of AWS services and of callers that ask them, for tests: calls by time, answers by number. */
import { Bodies, type Body, type MessageId } from '../../src/kernel/bodies';
import { latencyTable, type Latency } from '../../src/kernel/distribution';
import type { Fact } from '../../src/kernel/fact';
import { Kernel, type KernelInput } from '../../src/kernel/kernel';
import type { AnyMachine, Machine, Tagged } from '../../src/kernel/machine';
import type { ProcessSetup } from '../../src/kernel/process';
import { ms } from '../../src/kernel/time';
import { Trace } from '../../src/kernel/trace';
import type { World } from '../../src/kernel/world';

interface Call extends Tagged {
  readonly type: 'Call';
  readonly number: number;
  readonly to: string;
  readonly request: Tagged;
}

interface CallerState {
  waiting: Map<number, number>;
  answers: Map<number, Tagged>;
}

/** Asks what it is told to ask, and keeps the answers. */
const caller: Machine<CallerState, Tagged> = {
  kind: 'test.caller',
  init: () => ({ waiting: new Map(), answers: new Map() }),
  apply(state, command, context) {
    if (command.type === 'Call') {
      const { number, to, request } = command as Call;
      state.waiting.set(context.request(to, request), number);
      return;
    }
    const number = state.waiting.get(context.connection);
    if (number === undefined) return;
    state.waiting.delete(context.connection);
    state.answers.set(number, command);
  },
  restart: () => undefined,
  clone: (state) => ({ waiting: new Map(state.waiting), answers: new Map(state.answers) }),
};

export interface PartOf {
  readonly name: string;
  readonly machine: AnyMachine;
  readonly options?: unknown;
}

export interface AwsWorldSetup {
  readonly processes: readonly {
    readonly name: string;
    readonly parts: readonly PartOf[];
    readonly restartAfterMs?: number;
  }[];
  readonly seed?: number;
  readonly latencyMs?: Latency;
}

export class AwsWorld {
  readonly kernel: Kernel;
  readonly trace = new Trace();
  readonly bodies = new Bodies();
  private calls = 0;

  constructor({ processes, seed = 1, latencyMs = 1 }: AwsWorldSetup) {
    const setups: ProcessSetup[] = processes.map(({ name, parts, restartAfterMs }) => ({
      name,
      restartAfter: restartAfterMs === undefined ? null : ms(restartAfterMs),
      parts: parts.map(({ name: part, machine, options = {} }) => ({ name: part, machine, options })),
    }));
    const tester = {
      name: 'tester',
      restartAfter: null,
      parts: [{ name: 'caller', machine: caller, options: {} }],
    };
    this.kernel = new Kernel({
      seed,
      processes: [...setups, tester],
      latency: () => latencyTable(latencyMs),
      act: (world, action) => (action as (world: World) => void)(world),
      sink: this.trace,
      bodies: this.bodies,
    });
  }

  /** A message with this text. */
  message(text: string, more: Partial<Body> = {}): MessageId {
    return this.bodies.add({
      domain: 'order',
      type: 'TextSent',
      label: text.slice(0, 8),
      key: null,
      version: 0,
      correlation: text.slice(0, 8),
      data: { value: text },
      ...more,
    });
  }

  at(atMs: number, action: (world: World) => void): void {
    const input: KernelInput = { time: Math.max(ms(atMs), this.kernel.now), action };
    this.kernel.addInput(input);
  }

  /** Asks a process now, plays until it has answered, and gives the answer. */
  ask<Answer extends Tagged>(to: string, request: Tagged, patienceMs = 60_000): Answer {
    const number = this.calls++;
    const call: Call = { type: 'Call', number, to, request };
    this.at(0, (world) => world.command('tester/caller', call));
    const end = this.kernel.now + ms(patienceMs);
    const { answers } = this.caller;
    for (let time = this.kernel.now; time <= end && !answers.has(number); time += ms(1)) {
      this.kernel.runUntil(time);
    }
    const answer = answers.get(number);
    if (!answer) throw new Error(`${to} did not answer ${request.type} in ${patienceMs} ms.`);
    return answer as Answer;
  }

  /** Plays on by so much. */
  run(forMs: number): void {
    this.kernel.runUntil(this.kernel.now + ms(forMs));
  }

  facts(type?: string): Fact[] {
    return [...this.trace.facts()].filter((fact) => type === undefined || fact.type === type);
  }

  /** State of a part: "process/part". */
  state<State>(address: string): State {
    return this.kernel.parts.find((part) => part.address === address)!.state as State;
  }

  private get caller(): CallerState {
    return this.state<CallerState>('tester/caller');
  }
}

/** What a made-up endpoint is sent, and what it answers: each time the next of `answers`, then the last of them. */
export interface EndpointState {
  received: readonly Tagged[];
}

/** Answers everything: a queue or a function whose behaviour a test decides. `null`: it stays silent. */
export function endpoint(
  answersFor: (request: Tagged, count: number) => Tagged | null,
): Machine<EndpointState, Tagged> {
  return {
    kind: 'test.endpoint',
    init: () => ({ received: [] }),
    apply(state, command, context) {
      if (command.type === 'Start' || command.type === 'ConnectionClosed') return;
      const answer = answersFor(command, state.received.length);
      state.received = [...state.received, command];
      if (answer) context.reply(context.connection, answer);
    },
    restart: () => undefined,
    clone: (state) => ({ ...state }),
  };
}
