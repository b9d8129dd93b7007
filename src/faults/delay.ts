import { factType } from '../kernel/fact';
import { ms } from '../kernel/time';
import type { Fault } from '../kernel/world';

const Delayed = factType('delayed', 'LinkDelayed');
const Healed = factType('healed', 'LinkAtSpeed');

/** Every message between the process and `to` takes `extraMs` longer, for `forMs` or until set back to 0. */
export const fault: Fault = {
  name: 'delay',
  class: 'fault',
  apply(world, target, options) {
    const other = String(options['to']);
    if (!world.has(other)) return;
    const extraMs = typeof options['extraMs'] === 'number' ? options['extraMs'] : 0;
    world.emit({
      is: extraMs === 0 ? Healed : Delayed,
      subject: target,
      amount: Math.round(extraMs),
      detail: other,
    });
    world.setExtraLatency(target, other, ms(extraMs));
    if (typeof options['forMs'] !== 'number') return;
    world.later(ms(options['forMs']), {
      name: 'delay',
      target,
      options: { to: other, extraMs: 0 },
    });
  },
};
