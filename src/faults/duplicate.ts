import type { Fault } from '../kernel/world';

/** Sends the next request of the process twice. The parts that make HTTP calls obey it; `part` names another. */
export const fault: Fault = {
  name: 'duplicate',
  class: 'fault',
  apply(world, target, { part }) {
    const parts = typeof part === 'string' ? [part] : ['browser', 'http-api'];
    for (const name of parts) {
      const address = `${target}/${name}`;
      if (world.has(address)) world.command(address, { type: 'DuplicateNext' });
    }
  },
};
