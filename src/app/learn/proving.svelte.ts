/** *Prove it*: the learner's design on the recorded seed and two unseen ones, in a worker. */
import { endOf } from '../../course/runs';
import type { Goal, Verdict } from '../../judge/goal';
import type { Proof } from '../../scenario/prove';
import { unseenSeeds } from '../../scenario/seeds';
import type { Recording } from '../../scenario/scenario';
import { proveInWorker } from '../workers/prove';

export type Prove = typeof proveInWorker;

const unseenCount = 2;

export class Proving {
  /** The last proof, one row per seed; null before there is one, and after the run was changed. */
  proofs = $state.raw<readonly Proof[] | null>(null);
  busy = $state(false);
  failed = $state(false);
  readonly #prove: Prove;
  #abort: AbortController | null = null;

  constructor(prove: Prove = proveInWorker) {
    this.#prove = prove;
  }

  /** null: it could not be played, or is no longer wanted. */
  async run(
    recording: Recording,
    goal: Goal,
    endMs: number,
    answers: Readonly<Record<string, string>> = {},
  ): Promise<Verdict | null> {
    this.cancel();
    const abort = (this.#abort = new AbortController());
    this.busy = true;
    this.failed = false;
    this.proofs = null;
    const seeds = [recording.seed, ...unseenSeeds(recording.seed, unseenCount)];
    try {
      const proofs = await this.#prove(
        { recording, goal, seeds, endMs: endOf(recording, endMs), answers },
        abort.signal,
      );
      this.proofs = proofs;
      return overall(proofs.map(({ judgement }) => judgement.verdict));
    } catch {
      if (!abort.signal.aborted) this.failed = true;
      return null;
    } finally {
      if (this.#abort === abort) this.busy = false;
    }
  }

  /** The design was changed: what was proved of it before no longer counts. */
  cancel(): void {
    this.#abort?.abort(new Error('No longer wanted.'));
    this.#abort = null;
    this.busy = false;
    this.proofs = null;
    this.failed = false;
  }
}

function overall(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('violated')) return 'violated';
  return verdicts.every((verdict) => verdict === 'shown') ? 'shown' : 'unknown';
}
