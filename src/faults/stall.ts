import { factType } from '../kernel/fact';
import type { Fault } from '../kernel/world';
import { configureFor } from './configure';

const Stalling = factType('delayed', 'CallsStall');
const Healed = factType('healed', 'CallsStallNoMore');

/** A share of what is asked of the service hangs (`chance`, from 0 to 1, or `percent`), for `forMs` or until set to another one. */
export const fault: Fault = {
  name: 'stall',
  class: 'fault',
  apply(world, target, options) {
    configureFor(world, target, options, {
      ...{ fault: 'stall', option: 'stallChance', given: 'chance' },
      facts: { on: Stalling, off: Healed },
    });
  },
};
