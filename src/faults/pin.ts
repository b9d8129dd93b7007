import { factType } from '../kernel/fact';
import type { Fault } from '../kernel/world';

const Set = factType('changed', 'PinSet');

/** Breaks the process before the `nth` (default 1) time it comes to `step`: apply, commit, committed. */
export const fault: Fault = {
  name: 'pin',
  class: 'fault',
  apply(world, target, { step, nth }) {
    world.emit({ is: Set, subject: target, detail: String(step) });
    world.pin(target, String(step), typeof nth === 'number' ? nth : 1);
  },
};
