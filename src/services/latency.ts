import { latencyTable, type Latency, type LatencyTable } from '../kernel/distribution';
import { BadOption, type GivenOptions } from '../kernel/options';
import type { OptionSpec } from '../kernel/part';

/** How long a handler works on one message: milliseconds, or a distribution (kernel/distribution.ts). */
export const latencyOption: OptionSpec = {
  name: 'latencyMs',
  type: 'number',
  default: 0,
  unit: 'ms',
  min: 0,
  source: 'time a handler needs for a message: milliseconds, or a distribution of them',
  takes: 'restart',
};

/** Scenario → table. Throws BadOption. */
export function readLatency(given: GivenOptions, name = 'latencyMs', usual = 0): LatencyTable {
  const latency = given[name] ?? usual;
  if (!isLatency(latency)) {
    throw new BadOption(
      `Option "${name}" is a number of milliseconds or a distribution, not ${JSON.stringify(latency)}.`,
    );
  }
  return latencyTable(latency);
}

function isLatency(value: unknown): value is Latency {
  if (typeof value === 'number') return value >= 0;
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const parameters: Readonly<Record<string, readonly string[]>> = {
    uniform: ['minMs', 'maxMs'],
    exponential: ['meanMs'],
    lognormal: ['medianMs', 'sigma'],
  };
  const wanted = typeof value.kind === 'string' ? parameters[value.kind] : undefined;
  const given = value as unknown as Readonly<Record<string, unknown>>;
  return wanted !== undefined && wanted.every((name) => typeof given[name] === 'number' && given[name] >= 0);
}
