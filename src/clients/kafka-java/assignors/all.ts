import type { Assignor } from './assignor';
import { range } from './range';
import { roundRobin } from './round-robin';
import { cooperativeSticky, sticky } from './sticky';

const assignors: readonly Assignor[] = [range, roundRobin, sticky, cooperativeSticky];

/** By protocol name; undefined when this client has none of that name. */
export function assignorNamed(name: string): Assignor | undefined {
  return assignors.find((assignor) => assignor.name === name);
}

/** By its class, with or without its package. */
export function assignorByClass(name: string): Assignor | undefined {
  const simple = name.slice(name.lastIndexOf('.') + 1);
  return assignors.find(({ className }) => className === simple);
}
