import { factType } from '../kernel/fact';
import type { Fault } from '../kernel/world';

const Healed = factType('healed', 'LinkHealed');

/** Ends a cut: what waited goes on its way, in order. */
export const fault: Fault = {
  name: 'heal',
  class: 'operation',
  apply(world, target, { to }) {
    const other = String(to);
    if (!world.has(other)) return;
    world.emit({ is: Healed, subject: target, detail: other });
    world.heal(target, other);
  },
};
