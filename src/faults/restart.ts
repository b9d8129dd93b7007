import type { Fault } from '../kernel/world';

/** Starts a process again; one that runs is stopped first, as an operator's restart does. */
export const fault: Fault = {
  name: 'restart',
  class: 'operation',
  apply(world, target) {
    world.takeDown(target, null);
    world.restart(target);
  },
};
