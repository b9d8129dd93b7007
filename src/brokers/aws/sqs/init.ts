import { BadOption } from '../../../kernel/options';
import { checkedAttributes } from './attributes';
import { isRefusal } from './errors';
import { readSetup, type SqsOptions } from './options';
import { addQueue } from './queues';
import { wrongRedrive } from './queue-attributes';
import type { Queue, SqsState } from './state';
import { setAttributes, settingsOf } from './attributes';

/** The queues of a scenario are there from the start. A name that ends in ".fifo" is enough to make one FIFO. */
export function newState({ name, queues, options = {} }: SqsOptions): SqsState {
  const state: SqsState = {
    ...{ name, setup: readSetup(options), queues: new Map(), deleted: new Map(), waiting: new Map() },
    ...{ tasks: [], awake: new Set(), made: 0 },
  };
  const made = queues.map(({ name: queue, attributes = {} }) => {
    const isFifo = queue.endsWith('.fifo');
    const checked = checkedAttributes(attributes, isFifo);
    if (isRefusal(checked)) throw new BadOption(`Queue "${queue}": ${checked.message}`);
    return { queue: addQueue(state, queue, isFifo, new Map(), 0), checked };
  });
  // those that others are dead-letter queues of may come later in the list
  for (const { queue, checked } of made) give(queue, checked);
  for (const { queue, checked } of made) {
    const wrong = wrongRedrive(state, queue.name, queue.isFifo, checked);
    if (wrong) throw new BadOption(`Queue "${queue.name}": ${wrong.message}`);
  }
  return state;
}

function give(queue: Queue, attributes: ReadonlyMap<string, string>): void {
  setAttributes(queue.attributes, attributes);
  queue.settings = settingsOf(queue.attributes);
}
