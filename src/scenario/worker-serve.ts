/** The worker's side of worker-host.ts: keeps runs by number and answers for them. */
import { RunGone, type RunHost } from './host';
import { createLocalHost } from './local-host';
import type { Recording } from './scenario';
import type { Answer, Call, Port } from './worker-host';

/** Answers calls until the worker ends. */
export function serveHosts(port: Port): void {
  const hosts = new Map<number, RunHost>();
  let lastHost = 0;
  const keep = (host: RunHost): number => {
    hosts.set(++lastHost, host);
    return lastHost;
  };
  const carryOut = async ({ host, method, args }: Call): Promise<unknown> => {
    if (method === 'create') return keep(await createLocalHost(args[0] as Recording));
    const target = hosts.get(host);
    if (!target) throw new RunGone('This run has been disposed of.');
    if (method === 'fork') return keep(await target.fork(args[0] as number));
    if (method === 'dispose') return void hosts.delete(host);
    const callable = target as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
    return callable[method](...args);
  };
  port.addEventListener('message', ({ data }) => {
    const call = data as Call;
    carryOut(call).then(
      (value) => port.postMessage({ id: call.id, value } satisfies Answer),
      (error: unknown) =>
        port.postMessage({
          id: call.id,
          error: { name: (error as Error).name, message: (error as Error).message },
        } satisfies Answer),
    );
  });
}
