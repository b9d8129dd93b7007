import type { Proof, ProofRequest } from '../../scenario/prove';

type Answer = { readonly proofs: readonly Proof[] } | { readonly error: string };

/**
 * Proves in a worker of its own, which ends with the answer. Rejects with what went wrong, and with `signal`'s reason
 * when it is no longer wanted.
 */
export function proveInWorker(request: ProofRequest, signal?: AbortSignal): Promise<readonly Proof[]> {
  const worker = new Worker(new URL('./prove-worker.ts', import.meta.url), { type: 'module', name: 'prove' });
  const answered = new Promise<readonly Proof[]>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      if ('error' in data) reject(new Error(data.error));
      else resolve(data.proofs);
    });
    // The script itself could not be loaded or run.
    worker.addEventListener('error', (event) =>
      reject(new Error(event.message || 'The proof could not start.')),
    );
    signal?.addEventListener('abort', () => reject(signal.reason as Error));
  });
  // A goal that came out of a rune is a proxy, which cannot be sent.
  worker.postMessage(JSON.parse(JSON.stringify(request)));
  return answered.finally(() => worker.terminate());
}
