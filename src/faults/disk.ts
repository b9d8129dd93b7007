import { ms } from '../kernel/time';
import type { Fault } from '../kernel/world';

/**
 * The machine under a node of a cluster fails: the process is gone for `forMs` (without it, until somebody starts it), and so
 * is what its logs had taken in the last `recentMs` and nobody had flushed; without `recentMs`, all they had.
 */
export const fault: Fault = {
  name: 'disk',
  class: 'fault',
  apply(world, target, { forMs, recentMs }) {
    const part = `${target}/broker`;
    const command = { type: 'LoseDisk', recent: typeof recentMs === 'number' ? ms(recentMs) : null };
    if (world.has(part)) world.command(part, command);
    world.takeDown(target, typeof forMs === 'number' ? ms(forMs) : null);
  },
};
