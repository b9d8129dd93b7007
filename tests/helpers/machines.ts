/** Small machines for kernel tests: a postman who sends, an echo that answers, a worker of three steps. */
import { factType } from '../../src/kernel/fact';
import type { Machine, Tagged } from '../../src/kernel/machine';
import { latencyTable, type Latency } from '../../src/kernel/distribution';
import { Kernel, type KernelInput } from '../../src/kernel/kernel';
import type { World } from '../../src/kernel/world';
import { Trace } from '../../src/kernel/trace';
import type { ProcessSetup } from '../../src/kernel/process';

export const Sent = factType('published', 'LetterSent');
export const Got = factType('delivered', 'LetterReceived');
export const Did = factType('applied', 'WorkDone');
export const Closed = factType('failed', 'ConnectionLost');

interface Letter extends Tagged {
  readonly type: 'Letter';
  readonly number: number;
}
interface PostmanState {
  sent: number;
  answers: number[];
}
export interface PostmanOptions {
  readonly to: string;
  readonly every: number;
  readonly count: number;
}

/** Sends numbered letters at random intervals and remembers the answers. */
export const postman: Machine<PostmanState & PostmanOptions, Letter, PostmanOptions> = {
  kind: 'test.postman',
  init: (options) => ({ sent: 0, answers: [], ...options }),
  apply(state, command, context) {
    if (command.type === 'Letter') state.answers.push(command.number);
    else if (command.type === 'ConnectionClosed') {
      context.emit({ is: Closed, subject: command.peer });
    } else {
      if (state.sent < state.count) {
        context.emit({ is: Sent, subject: state.to, position: state.sent });
        context.send(state.to, { type: 'Letter', number: state.sent++ } as Letter);
        context.after(1 + context.random('pace').below(state.every), { type: 'Start' });
      }
    }
  },
  restart: (state) => void (state.answers = []),
  clone: (state) => ({ ...state, answers: state.answers.slice() }),
};

/** Answers each letter on the connection it came by. */
export const echo: Machine<{ got: number }, Letter> = {
  kind: 'test.echo',
  init: () => ({ got: 0 }),
  apply(state, command, context) {
    if (command.type !== 'Letter') return;
    state.got++;
    context.emit({ is: Got, subject: context.self, position: command.number, amount: context.incarnation });
    context.reply(context.connection, command);
  },
  restart: () => undefined,
  clone: (state) => ({ ...state }),
};

interface Work extends Tagged {
  readonly type: 'Work';
  readonly step: 'take' | 'apply' | 'settle';
  readonly job: number;
}

/** Does jobs in three named steps; `done` survives a crash, `doing` does not. */
export const worker: Machine<{ done: number[]; doing: number | null }, Work, { jobs: number }> = {
  kind: 'test.worker',
  init: () => ({ done: [], doing: null }),
  apply(state, command, context) {
    const next = (step: Work['step'], job: number) =>
      context.after(10 * context.slowness, { type: 'Work', step, job } as Work);
    if (command.type === 'Start') next('take', state.done.length);
    if (command.type !== 'Work') return;
    if (command.step === 'take') {
      state.doing = command.job;
      next('apply', command.job);
    } else if (command.step === 'apply') {
      context.emit({ is: Did, subject: context.self, position: command.job });
      next('settle', command.job);
    } else {
      state.done.push(command.job);
      state.doing = null;
      if (command.job < 4) next('take', command.job + 1);
    }
  },
  restart: (state) => void (state.doing = null),
  clone: (state) => ({ done: state.done.slice(), doing: state.doing }),
};

export function alone(
  name: string,
  machine: unknown,
  options: unknown = undefined,
  restartAfter: number | null = null,
): ProcessSetup {
  return { name, restartAfter, parts: [{ name: 'main', machine: machine as never, options }] };
}

export interface Build {
  readonly processes: readonly ProcessSetup[];
  readonly latency?: Latency;
  readonly seed?: number;
  readonly inputs?: readonly KernelInput[];
}

/** A kernel with a trace; inputs are functions over the world. */
export function build({ processes, latency = 1, seed = 1, inputs = [] }: Build): {
  kernel: Kernel;
  trace: Trace;
} {
  const trace = new Trace();
  const table = latencyTable(latency);
  const kernel = new Kernel({
    seed,
    processes,
    latency: () => table,
    act: (world, action) => (action as (world: World) => void)(world),
    inputs,
    sink: trace,
  });
  return { kernel, trace };
}
