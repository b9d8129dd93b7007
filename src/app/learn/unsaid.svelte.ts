import { untrack } from 'svelte';
import type { Confidence } from '../../course/lesson-flow';

export interface Draft {
  readonly option: string | null;
  readonly confidence: Confidence | null;
}
export const emptyDraft: Draft = { option: null, confidence: null };

/** What stands unsaid in a lesson, as it is kept. */
export interface KeptUnsaid {
  readonly draft: Draft;
  readonly answer: string;
}
export const nothingUnsaid: KeptUnsaid = { draft: emptyDraft, answer: '' };

/** What was chosen or typed in a lesson and not yet said. */
export class Unsaid implements KeptUnsaid {
  #now: KeptUnsaid;
  readonly #changed: () => void;

  constructor(kept: KeptUnsaid, changed: () => void) {
    this.#now = $state.raw(kept);
    this.#changed = changed;
  }

  /** Chosen and not yet placed: an option and how sure one is. */
  get draft(): Draft {
    return this.#now.draft;
  }
  set draft(draft: Draft) {
    this.#keep({ draft });
  }
  /** Typed or picked and not yet reported. */
  get answer(): string {
    return this.#now.answer;
  }
  set answer(answer: string) {
    this.#keep({ answer });
  }

  #keep(part: Partial<KeptUnsaid>): void {
    // A selection on stage may have chosen it: what else is kept is no reason to choose again.
    untrack(() => {
      const { draft, answer } = this.#now;
      this.#now = { draft, answer, ...part };
      this.#changed();
    });
  }
}
