/** The small question on the way ("which offset first?") and what came of it. */
import type { Answer } from '../../course/lesson-flow';
import type { Fact } from '../../kernel/fact';
import type { View } from '../../scenario/host';
import { isPrompt, promptOf, readAfter, type Prompt } from './prompt';

/** `read` null: the run has not told yet. */
export interface Told {
  readonly id: string;
  readonly read: number;
  readonly said: string;
  readonly right: boolean;
}

export class Aside {
  /** What is asked now; null when nobody's partition is orphaned. */
  prompt = $state.raw<Prompt | null>(null);
  /** What came of the last one that was answered. */
  told = $state.raw<Told | null>(null);

  /** Looks at an instant. Returns the answer that history has just decided, if there is one. */
  look(view: View, facts: readonly Fact[], answers: readonly Answer[]): Told | null {
    this.prompt = promptOf(view, facts);
    const last = answers.findLast(({ id }) => isPrompt(id));
    const read = last ? readAfter(last.id, facts) : null;
    this.told =
      last && read !== null
        ? { id: last.id, read, said: last.option, right: last.option === String(read) }
        : null;
    return last?.right === null ? this.told : null;
  }

  clear(): void {
    this.prompt = null;
    this.told = null;
  }
}
