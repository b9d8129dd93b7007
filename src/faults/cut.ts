import { factType } from '../kernel/fact';
import { ms } from '../kernel/time';
import type { Fault } from '../kernel/world';

const Cut = factType('cut', 'LinkCut');

/** Silence between the process and `to`, both ways, for `forMs` or until healed. What is sent meanwhile waits. */
export const fault: Fault = {
  name: 'cut',
  class: 'fault',
  apply(world, target, { to, forMs }) {
    const other = String(to);
    if (!world.has(other)) return;
    world.emit({ is: Cut, subject: target, detail: other });
    world.cut(target, other);
    if (typeof forMs === 'number') world.later(ms(forMs), { name: 'heal', target, options: { to: other } });
  },
};
