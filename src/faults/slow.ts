import { factType } from '../kernel/fact';
import { ms } from '../kernel/time';
import type { Fault } from '../kernel/world';

const Slowed = factType('delayed', 'ProcessSlowed');
const Recovered = factType('healed', 'ProcessAtSpeed');

/** Its work takes `factor` times as long, for `forMs` or until set back to 1. Work that has begun keeps its length. */
export const fault: Fault = {
  name: 'slow',
  class: 'fault',
  apply(world, target, options) {
    const factor = typeof options['factor'] === 'number' ? options['factor'] : 1;
    world.emit({ is: factor === 1 ? Recovered : Slowed, subject: target, amount: Math.round(factor) });
    world.setSlowness(target, factor);
    if (typeof options['forMs'] !== 'number') return;
    world.later(ms(options['forMs']), { name: 'slow', target, options: { factor: 1 } });
  },
};
