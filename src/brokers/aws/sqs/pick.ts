import type { Context } from '../../../kernel/machine';
import type { Entry } from './message';
import { FifoPicker } from './pick-fifo';
import { StandardPicker } from './pick-standard';
import type { Queue, SqsState } from './state';

/** Chooses messages for one receive, one after another. What it gives must be hidden or removed before the next. */
export interface Picker {
  /** null: there is nothing else. */
  next(): Entry | null;
  /** Puts back what was looked at and not given. */
  end(): void;
}

/** A short poll asks some of the hosts only, and may find nothing where there is something. */
export function picker(state: SqsState, queue: Queue, isShortPoll: boolean, context: Context): Picker {
  return queue.isFifo
    ? new FifoPicker(state.setup, queue, context)
    : new StandardPicker(state.setup, queue, isShortPoll, context);
}
