import type { Context, Tagged } from '../../../kernel/machine';
import type { BrokerState } from '../state';

/** To another node of the broker. */
export function toNode({ name }: BrokerState, node: number, message: Tagged, context: Context): void {
  context.send(`${name}-${node}`, message);
}

/** Number of the node that a process is; null: it is none of this broker's. */
export function nodeOf({ name }: BrokerState, process: string): number | null {
  const [, number] = /^.*-(\d+)$/.exec(process) ?? [];
  return number !== undefined && process === `${name}-${number}` ? Number(number) : null;
}
