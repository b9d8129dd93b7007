import type { RunHost } from '../../scenario/host';
import type { Recording } from '../../scenario/scenario';
import { createWorkerHost, failHosts } from '../../scenario/worker-host';

let worker: Worker | null = null;

/**
 * A run in the page's one simulation worker. Where workers cannot be had (an old policy, a blocked script) the run
 * lives in the page instead: slower to load, otherwise the same.
 */
export async function createHost(recording: Recording): Promise<RunHost> {
  // what comes out of a rune is a proxy, which cannot be sent
  const plain = JSON.parse(JSON.stringify(recording)) as Recording;
  try {
    return await createWorkerHost(theWorker(), plain);
  } catch (error) {
    if (worker !== null || !(error instanceof Unavailable)) throw error;
    const { createLocalHost } = await import('../../scenario/local-host');
    return createLocalHost(plain);
  }
}

/** The script could not be loaded or started. */
class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

function theWorker(): Worker {
  if (worker) return worker;
  let started: Worker;
  try {
    started = new Worker(new URL('./run-worker.ts', import.meta.url), { type: 'module', name: 'run' });
  } catch (error) {
    throw new Unavailable((error as Error).message);
  }
  started.addEventListener('error', (event) => {
    worker = null;
    failHosts(started, new Unavailable(event.message || 'The simulation worker could not be started.'));
  });
  return (worker = started);
}
