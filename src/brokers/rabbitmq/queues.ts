/** What channels say to queues, by name, wherever they are. */
import type {
  ChannelRef,
  Publication,
  QueueCall,
  QueueDefinition,
  QueuePort,
  Settlement,
} from './queue-type';
import { typeOfQueue } from './queue-types';
import { inQueue, Refused } from './refusal';
import { isClustered, type Clustered } from './cluster/cluster-state';
import { MessageLost } from './facts';
import { isLost, lostText } from './cluster/lost-queues';
import { askQueue } from './cluster/remote';
import type { BrokerState } from './state';

/** Throws NOT_FOUND. */
export function definitionOf(state: BrokerState, name: string): QueueDefinition {
  const definition = state.queues.get(name);
  if (definition === undefined) throw new Refused('NOT_FOUND', `no ${inQueue(name)}`);
  if (isLost(state, definition)) throw new Refused('NOT_FOUND', lostText(state, definition), name);
  return definition;
}

export function enqueueAt(
  state: BrokerState,
  name: string,
  publication: Publication,
  from: ChannelRef | null,
  seq: number,
  port: QueuePort,
): void {
  const queue = state.held.get(name);
  if (queue !== undefined) typeOfQueue(queue).enqueue(queue, publication, from, seq, port);
  else if (isClustered(state)) enqueueElsewhere(state, name, publication, from, seq, port);
}

/** Where nobody is to take it, it is refused. */
function enqueueElsewhere(
  state: Clustered,
  name: string,
  publication: Publication,
  from: ChannelRef | null,
  seq: number,
  port: QueuePort,
): void {
  const definition = state.queues.get(name);
  if (!definition) return;
  if (!isLost(state, definition))
    return askQueue(state, name, { type: 'Enqueue', publication, from, seq }, port);
  const { message, cause } = publication;
  port.context.emit({ is: MessageLost, subject: definition.address, message, cause, detail: 'node down' });
  if (from) port.refuse(from, name, seq);
}

export function callQueue(
  state: BrokerState,
  name: string,
  call: QueueCall,
  from: ChannelRef,
  port: QueuePort,
): void {
  // prettier-ignore
  const queue = state.held.get(name);
  if (queue !== undefined) return typeOfQueue(queue).call(queue, call, from, port);
  if (!isClustered(state)) throw new Refused('NOT_FOUND', `no ${inQueue(name)}`);
  definitionOf(state, name);
  askQueue(state, name, { type: 'Call', call, from }, port);
}

export function settleAt(
  state: BrokerState,
  name: string,
  how: Settlement,
  ids: readonly number[],
  from: ChannelRef,
  tag: string,
  port: QueuePort,
): void {
  const queue = state.held.get(name);
  if (queue !== undefined) typeOfQueue(queue).settle(queue, how, ids, from, tag, port);
  else if (isClustered(state)) askQueue(state, name, { type: 'Settle', how, ids, from, tag }, port);
}

export function tellChannelDown(
  state: BrokerState,
  name: string,
  channel: ChannelRef,
  port: QueuePort,
): void {
  // prettier-ignore
  const queue = state.held.get(name);
  if (queue !== undefined) typeOfQueue(queue).channelDown(queue, channel, port);
  else if (isClustered(state)) askQueue(state, name, { type: 'ChannelDown', from: channel }, port);
}

export function resumeAt(state: BrokerState, name: string, channel: ChannelRef, port: QueuePort): void {
  const queue = state.held.get(name);
  if (queue !== undefined) typeOfQueue(queue).resume(queue, channel, port);
  else if (isClustered(state)) askQueue(state, name, { type: 'Resume', from: channel }, port);
}
