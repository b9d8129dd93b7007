/**
 * Changes of the metadata, one after the other in the whole cluster, and answered when every node that is up has them:
 * what Mnesia's locks and commits come to, which both versions keep their metadata in (4.0 takes Khepri only when asked
 * to). Ours: the lock is given by the first node that is up, for all of the metadata at once.
 */
import type { ClientMethod } from '../protocol';
import type { QueuePort } from '../queue-type';
import type { Channel } from '../state';
import type { Clustered } from './cluster-state';
import { nodesUp } from './cluster-state';
import type { LockMessage } from './messages';
import { toNode } from './say';

/** Whether the method may change what all nodes know; deleting a queue does that when the queue has answered. */
export function changesMetadata(method: ClientMethod): boolean {
  switch (method.type) {
    case 'ExchangeDeclare':
    case 'QueueDeclare':
      return !method.passive;
    case 'ExchangeDelete':
    case 'ExchangeBind':
    case 'ExchangeUnbind':
    case 'QueueBind':
    case 'QueueUnbind':
      return true;
    default:
      return false;
  }
}

/** The channel waits until the lock is there, and then until all nodes know. */
export function beginTransaction(
  state: Clustered,
  channel: Channel,
  method: ClientMethod,
  port: QueuePort,
): void {
  channel.awaiting = method;
  const { transactions } = state.cluster;
  transactions.push({ channel: channel.ref, method, phase: 'waiting', awaits: [], replies: [] });
  if (transactions.length === 1) askForLock(state, port);
}

export function askForLock(state: Clustered, port: QueuePort): void {
  const [giver] = nodesUp(state);
  state.cluster.asked = giver;
  if (giver === state.node) lockWanted(state, state.node, port);
  else sayLock(state, giver, 'LockWanted', port);
}

export function releaseLock(state: Clustered, port: QueuePort): void {
  const { asked } = state.cluster;
  state.cluster.asked = null;
  if (asked === state.node) lockReleased(state, state.node, port);
  else if (asked !== null) sayLock(state, asked, 'LockReleased', port);
  if (state.cluster.transactions.length > 0) askForLock(state, port);
}

export function lockWanted(state: Clustered, by: number, port: QueuePort): void {
  const { cluster } = state;
  if (cluster.lockedBy === null) grant(state, by, port);
  else cluster.lockQueue = [...cluster.lockQueue, by];
}

export function lockReleased(state: Clustered, by: number, port: QueuePort): void {
  const { cluster } = state;
  if (cluster.lockedBy !== by) return;
  cluster.lockedBy = null;
  const [next, ...rest] = cluster.lockQueue as readonly (number | undefined)[];
  cluster.lockQueue = rest as number[];
  if (next !== undefined) grant(state, next, port);
}

function grant(state: Clustered, to: number, port: QueuePort): void {
  state.cluster.lockedBy = to;
  if (to === state.node) state.pending.push({ type: 'Locked' });
  else sayLock(state, to, 'LockGranted', port);
}

function sayLock(state: Clustered, to: number, type: LockMessage['type'], port: QueuePort): void {
  toNode(state, to, { type, node: state.node } as LockMessage, port.context);
}

/** A node is down: what it locked is free, what it was asked for is asked of another, what it has not got it need not get. */
export function lockAfterLoss(state: Clustered, node: number, port: QueuePort): void {
  const { cluster } = state;
  cluster.lockQueue = cluster.lockQueue.filter((waiting) => waiting !== node);
  if (cluster.lockedBy === node) lockReleased(state, node, port);
  const [open] = cluster.transactions;
  if (cluster.transactions.length === 0) return;
  if (open.phase === 'waiting' && cluster.asked === node) askForLock(state, port);
  else if (open.phase === 'spreading') changeTaken(state, node, port);
}

/** One node more has the change; when all have it, the client is told. */
export function changeTaken(state: Clustered, by: number, port: QueuePort): void {
  const [open] = state.cluster.transactions;
  if (state.cluster.transactions.length === 0 || open.phase !== 'spreading') return;
  open.awaits = open.awaits.filter((node) => node !== by);
  if (open.awaits.length > 0) return;
  state.cluster.transactions.shift();
  for (const { connection, answer } of open.replies) port.context.reply(connection, answer);
  const channel = state.connections.get(open.channel.connection)?.channels.get(open.channel.channel);
  if (channel?.ref.key === open.channel.key && channel.awaiting === open.method) {
    channel.awaiting = null;
    state.pending.push({ type: 'Continue', channel: channel.ref });
  }
  releaseLock(state, port);
}
