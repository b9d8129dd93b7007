/**
 * Nodes that hold a replicated queue: the one it was declared through first, which leads it at first (client-local), then
 * those that follow it, as many as it wants (rabbit_queue_location.erl; which ones of more nodes is drawn there).
 */
import type { QueueDefinition } from '../queue-type';

export function membersOf(
  { node: first }: QueueDefinition,
  nodes: readonly number[],
  size: number,
): number[] {
  // prettier-ignore
  const at = nodes.indexOf(first);
  return [...nodes.slice(at), ...nodes.slice(0, at)].slice(0, Math.max(size, 1));
}
