/** Whether something was done to a run, and whether time went on after it. */
import { ms, type Time } from '../../kernel/time';
import type { Input } from '../../scenario/scenario';

/** Playing on for this long after a change counts as having run it. */
const ranAfterMs = 500;

export class Effort {
  #changedAt: Time | null = null;
  #count: number;

  constructor(count: number) {
    this.#count = count;
  }

  /** The list of inputs is another one now. */
  hasChanged(inputs: readonly Input[]): boolean {
    if (inputs.length === this.#count) return false;
    this.#count = inputs.length;
    this.#changedAt = inputs.at(-1)?.time ?? null;
    return true;
  }

  /** Time has gone on after a change, for long enough to see what it does. Said once. */
  hasRun(time: Time): boolean {
    if (this.#changedAt === null || time <= this.#changedAt + ms(ranAfterMs)) return false;
    this.#changedAt = null;
    return true;
  }
}
