import { factType } from '../kernel/fact';
import type { Fault } from '../kernel/world';
import { configureFor } from './configure';

const Failing = factType('changed', 'ErrorRateSet');
const Healed = factType('healed', 'ErrorsEnded');

/** A share of what is asked of the service is answered with an error (`rate`, from 0 to 1, or `percent`), for `forMs` or until set to another one. */
export const fault: Fault = {
  name: 'errors',
  class: 'fault',
  apply(world, target, options) {
    configureFor(world, target, options, {
      ...{ fault: 'errors', option: 'errorRate', given: 'rate' },
      facts: { on: Failing, off: Healed },
    });
  },
};
