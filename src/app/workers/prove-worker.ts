/** The worker behind prove.ts: plays and judges runs while the page stays free. */
import { prove, type ProofRequest } from '../../scenario/prove';

addEventListener('message', ({ data }: MessageEvent<ProofRequest>) => {
  prove(data).then(
    (proofs) => postMessage({ proofs }),
    (error: unknown) => postMessage({ error: (error as Error).message }),
  );
});
