import type { Fault } from '../kernel/world';

/** Starts a process again; one that runs is stopped first, as an operator's restart does. */
export const fault: Fault = {
  name: 'restart',
  apply(world, target) {
    world.crash(target, 'restarted by hand', null);
    world.restart(target);
  },
};
