import type { Fault } from '../kernel/world';

/** Starts a process that is down; one that runs is left alone. */
export const fault: Fault = {
  name: 'start',
  class: 'operation',
  apply(world, target) {
    world.restart(target);
  },
};
