/** All that a node knows of exchanges, bindings and queues, for one that comes back. */
import { applyChange } from '../metadata';
import type { QueuePort } from '../queue-type';
import { typeOfQueue } from '../queue-types';
import type { Clustered } from './cluster-state';
import { holdReplica } from './replicas';
import type { MetadataImage } from './messages';

export function imageOf({ exchanges, bindings, queues, cluster }: Clustered): MetadataImage {
  return {
    version: cluster.version,
    exchanges: [...exchanges.values()],
    bindings: [...bindings.values()].flat(),
    queues: [...queues.values()],
  };
}

/** What it missed while it was down. What it holds of queues that are gone, goes. */
export function takeImage(state: Clustered, image: MetadataImage, port: QueuePort): void {
  const { exchanges, bindings, queues, held } = state;
  exchanges.clear();
  bindings.clear();
  queues.clear();
  for (const exchange of image.exchanges) exchanges.set(exchange.name, exchange);
  for (const queue of image.queues) queues.set(queue.name, queue);
  for (const binding of image.bindings) applyChange(state, { type: 'Bind', binding });
  state.cluster.version = image.version;
  for (const [name, queue] of [...held]) {
    if (queues.get(name)?.birth === queue.definition.birth) continue;
    held.delete(name);
    typeOfQueue(queue).drop(queue, port);
  }
  for (const definition of queues.values()) holdReplica(state, definition, port);
}
