/**
 * A RunHost on the other side of a message port: `serveHosts` in the worker, `connectHost` in the page. Forks live
 * in the same worker under numbers of their own. Errors cross by name and message, so callers can tell them apart.
 */
import { ForkNeeded, RunBound, type RunHost } from './host';
import type { Recording } from './scenario';

/** What a Worker, its global scope and a MessagePort have in common. */
export interface Port {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
}

/** A question about a run, on its way to the worker. */
export interface Call {
  readonly id: number;
  readonly host: number;
  readonly method: keyof RunHost | 'create';
  readonly args: readonly unknown[];
}
export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
}

/** A run in the worker behind `port`. Rejects if the recording names what does not exist. */
export async function createWorkerHost(port: Port, recording: Recording): Promise<RunHost> {
  const line = lineOf(port);
  return remoteHost(line, (await line.call(0, 'create', [recording])) as number);
}

/** Everything waiting on this port fails with `error`: its worker could not be loaded, or has died. */
export function failHosts(port: Port, error: Error): void {
  lineOf(port).fail(error);
}

/** One line per port: call numbers are unique on it, however many runs it carries. */
const lines = new WeakMap<Port, Line>();

function lineOf(port: Port): Line {
  let line = lines.get(port);
  if (!line) lines.set(port, (line = new Line(port)));
  return line;
}

/** Numbers calls and matches answers. */
class Line {
  private lastCall = 0;
  private broken: Error | null = null;
  private readonly waiting = new Map<
    number,
    { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }
  >();
  private readonly port: Port;

  constructor(port: Port) {
    this.port = port;
    port.addEventListener('message', ({ data }) => this.settle(data as Answer));
  }

  call(host: number, method: Call['method'], args: readonly unknown[]): Promise<unknown> {
    if (this.broken) return Promise.reject(this.broken);
    const id = ++this.lastCall;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.port.postMessage({ id, host, method, args } satisfies Call);
    });
  }

  /** For good: what is asked from now on fails too. */
  fail(error: Error): void {
    this.broken = error;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }

  private settle({ id, value, error }: Answer): void {
    const caller = this.waiting.get(id);
    this.waiting.delete(id);
    if (error) caller?.reject(revive(error));
    else caller?.resolve(value);
  }
}

function revive({ name, message }: { name: string; message: string }): Error {
  if (name === 'ForkNeeded') return new ForkNeeded(message);
  if (name === 'RunBound') return new RunBound(message);
  return Object.assign(new Error(message), { name });
}

function remoteHost(line: Line, host: number): RunHost {
  const call =
    <Method extends keyof RunHost>(method: Method) =>
    (...args: unknown[]) =>
      line.call(host, method, args) as never;
  return {
    frontier: call('frontier'),
    viewAt: call('viewAt'),
    viewAtFact: call('viewAtFact'),
    inspect: call('inspect'),
    act: call('act'),
    fork: async (time) => remoteHost(line, (await line.call(host, 'fork', [time])) as number),
    facts: call('facts'),
    nextFact: call('nextFact'),
    previousFact: call('previousFact'),
    marks: call('marks'),
    series: call('series'),
    measure: call('measure'),
    bodies: call('bodies'),
    recording: call('recording'),
    inputs: call('inputs'),
    hash: call('hash'),
    dispose: () => void line.call(host, 'dispose', []),
  };
}
