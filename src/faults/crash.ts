import type { Fault } from '../kernel/world';

/** The process dies now, between two events, and starts again as the scenario says of it. */
export const fault: Fault = {
  name: 'crash',
  class: 'fault',
  apply(world, target) {
    world.crash(target, 'crash');
  },
};
