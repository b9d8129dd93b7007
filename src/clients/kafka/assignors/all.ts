import type { Assignor } from './assignor';
import { kafkajsRoundRobin } from './kafkajs-round-robin';
import { range } from './range';
import { roundRobin } from './round-robin';

const assignors: readonly Assignor[] = [kafkajsRoundRobin, range, roundRobin];

/** By protocol name; undefined when this client has none of that name. */
export function assignorNamed(name: string): Assignor | undefined {
  return assignors.find((assignor) => assignor.name === name);
}
