import type { OptionSpec } from '../kernel/part';

/** How long a handler works on one message: milliseconds, or a distribution (kernel/distribution.ts). */
export const latencyOption: OptionSpec = {
  name: 'latencyMs',
  type: 'number',
  default: 0,
  unit: 'ms',
  min: 0,
  source: 'time a handler needs for a message',
  takes: 'next delivery',
};
