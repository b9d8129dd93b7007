import { factType } from '../kernel/fact';
import type { Fault } from '../kernel/world';

const Removed = factType('changed', 'PinRemoved');

/** Takes a pin out again before it has broken anything. */
export const fault: Fault = {
  name: 'unpin',
  class: 'fault',
  apply(world, target, { step }) {
    world.emit({ is: Removed, subject: target, detail: String(step) });
    world.unpin(target, String(step));
  },
};
