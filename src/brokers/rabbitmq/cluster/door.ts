/** What comes from other nodes, and what a node reminds itself of. */
import type { Tagged } from '../../../kernel/machine';
import type { QueuePort } from '../queue-type';
import { typeOfQueue } from '../queue-types';
import { awaitedTooLong, type QueueAwaitedTooLong } from './await-queue';
import { takeChanges } from './changes';
import type { Clustered } from './cluster-state';
import { heardOf, nodeGone, nodeIsUp, nodeStarted, runTick } from './nodes';
import type { BetweenReplicas, NodeMessage, NodeTick } from './messages';
import { channelTold, queueAsked } from './remote';
import { nodeOf } from './say';
import { changeTaken, lockReleased, lockWanted } from './transactions';

/** false: it is nothing of that. */
export function hearNodes(state: Clustered, command: Tagged, port: QueuePort): boolean {
  if (command.type === 'NodeTick') {
    runTick(state, port);
    return true;
  }
  if (command.type === 'QueueAwaitedTooLong') {
    awaitedTooLong(state, command as QueueAwaitedTooLong, port);
    return true;
  }
  if (!('node' in command)) return false;
  const said = command as NodeMessage | BetweenReplicas;
  if ('queue' in said && said.type !== 'QueueAsked') {
    heardOf(state, said.node, port.context.now, port);
    hearReplica(state, said, port);
  } else {
    hearNode(state, said as NodeMessage, port);
  }
  return true;
}

function hearNode(state: Clustered, said: NodeMessage, port: QueuePort): void {
  if (said.type === 'NodeStarted') return nodeStarted(state, said, port);
  if (said.type === 'NodeIsUp') return nodeIsUp(state, said, port);
  heardOf(state, said.node, port.context.now, port);
  switch (said.type) {
    case 'NodeAlive':
      return;
    case 'LockWanted':
      return lockWanted(state, said.node, port);
    case 'LockGranted':
      state.pending.push({ type: 'Locked' });
      return;
    case 'LockReleased':
      return lockReleased(state, said.node, port);
    case 'MetadataChanged':
      return takeChanges(state, said, port);
    case 'MetadataTaken':
      return changeTaken(state, said.node, port);
    case 'QueueAsked':
      return queueAsked(state, said, port);
    case 'ChannelTold':
      return channelTold(said, port);
  }
}

function hearReplica(state: Clustered, said: BetweenReplicas, port: QueuePort): void {
  const queue = state.held.get(said.queue);
  if (queue?.definition.birth === said.birth) typeOfQueue(queue).hear?.(queue, said.node, said, port);
}

/** false: it was no node. */
export function nodeConnectionGone(state: Clustered, peer: string, port: QueuePort): boolean {
  const [process] = peer.split('/', 1) as [string];
  const node = nodeOf(state, process);
  if (node === null) return false;
  nodeGone(state, node, port);
  return true;
}

export type ClusterCommand = NodeMessage | NodeTick | QueueAwaitedTooLong;
