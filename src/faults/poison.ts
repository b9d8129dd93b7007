import { factType } from '../kernel/fact';
import type { Fault } from '../kernel/world';

const Poisoned = factType('changed', 'PoisonSet');

/** The next message the process makes is one that no handler can read. Producers and browsers obey it; `part` names another. */
export const fault: Fault = {
  name: 'poison',
  class: 'fault',
  apply(world, target, { part }) {
    const parts = typeof part === 'string' ? [part] : ['producer', 'browser'];
    const makers = parts.map((name) => `${target}/${name}`).filter((address) => world.has(address));
    if (makers.length === 0) return;
    world.emit({ is: Poisoned, subject: target });
    for (const address of makers) world.command(address, { type: 'PoisonNext' });
  },
};
