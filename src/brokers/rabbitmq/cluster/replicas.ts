/** Queues that every node takes part in, with a copy or only as the node of channels that use them. */
import type { QueueDefinition, QueuePort } from '../queue-type';
import { typeOf } from '../queue-types';
import type { Clustered } from './cluster-state';

/** Makes this node's part of a queue that was declared elsewhere, if it is of such a kind and not here yet. */
export function holdReplica(state: Clustered, definition: QueueDefinition, port: QueuePort): void {
  if (definition.kind === 'classic' || state.held.has(definition.name)) return;
  const type = typeOf(definition.kind)!;
  const queue = type.create(definition, port);
  state.held.set(definition.name, queue);
  type.start(queue, port);
}
