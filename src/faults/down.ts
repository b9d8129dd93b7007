import { ms } from '../kernel/time';
import type { Fault } from '../kernel/world';

/** Off for `forMs`; without it, off until somebody restarts it. */
export const fault: Fault = {
  name: 'down',
  class: 'fault',
  apply(world, target, { forMs }) {
    world.takeDown(target, typeof forMs === 'number' ? ms(forMs) : null);
  },
};
