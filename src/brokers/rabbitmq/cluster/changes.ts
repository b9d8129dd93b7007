/** Changes of the metadata as they go from node to node. */
import { applyChange } from '../metadata';
import type { QueuePort } from '../queue-type';
import { dropQueue } from '../topology';
import type { Clustered } from './cluster-state';
import type { MetadataChanged, NodeMessage } from './messages';
import { holdReplica } from './replicas';
import { toNode } from './say';

/** What this node has changed, to all others that are up. */
export function tellChanges(state: Clustered, wantsAnswer: boolean, port: QueuePort): void {
  const { cluster, node } = state;
  const { changes } = cluster;
  cluster.changes = [];
  cluster.version++;
  const message: MetadataChanged = { type: 'MetadataChanged', node, changes, version: cluster.version, wantsAnswer }; // prettier-ignore
  for (const [other, { up }] of cluster.others) if (up) toNode(state, other, message, port.context);
}

export function takeChanges(state: Clustered, message: MetadataChanged, port: QueuePort): void {
  const { cluster, node } = state;
  for (const change of message.changes) {
    if (change.type === 'DeleteQueue') {
      const definition = state.queues.get(change.name);
      if (definition) dropQueue(state, definition, port);
    } else {
      applyChange(state, change);
      if (change.type === 'PutQueue') holdReplica(state, change.queue, port);
    }
  }
  // they have been told by whoever made them
  cluster.changes = [];
  cluster.version = Math.max(cluster.version, message.version);
  if (!message.wantsAnswer) return;
  toNode(state, message.node, { type: 'MetadataTaken', node } as NodeMessage, port.context);
}
