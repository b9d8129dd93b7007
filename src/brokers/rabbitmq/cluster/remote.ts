/** Channels and queues on different nodes: what they say to each other as messages. */
import type { ChannelRef, QueuePort } from '../queue-type';
import { typeOfQueue } from '../queue-types';
import type { Clustered } from './cluster-state';
import { toNode } from './say';
import type { ToChannel, ToQueue } from './messages';

/** Asks a queue of another node. */
export function askQueue(
  state: Clustered,
  name: string,
  what: ToQueue['what'],
  { context }: QueuePort,
): void {
  const definition = state.queues.get(name);
  if (!definition) return;
  const message: ToQueue = {
    type: 'QueueAsked',
    node: state.node,
    queue: name,
    birth: definition.birth,
    what,
  };
  toNode(state, definition.node, message, context);
}

/** A channel of another node asks a queue of this one. */
export function queueAsked(state: Clustered, { queue: name, birth, what }: ToQueue, port: QueuePort): void {
  const queue = state.held.get(name);
  if (queue?.definition.birth !== birth) {
    // it was deleted meanwhile
    if (what.type === 'Enqueue' && what.from) port.confirm(what.from, name, what.seq);
    else if (what.type === 'Call') port.answer(what.from, { type: 'Refused', refusal: { name: 'NOT_FOUND', text: `no queue '${name}' in vhost '/'` } }); // prettier-ignore
    return;
  }
  const type = typeOfQueue(queue);
  switch (what.type) {
    case 'Enqueue':
      return type.enqueue(queue, what.publication, what.from, what.seq, port);
    case 'Call':
      return type.call(queue, what.call, what.from, port);
    case 'Settle':
      return type.settle(queue, what.how, what.ids, what.from, what.tag, port);
    case 'Resume':
      return type.resume(queue, what.from, port);
    case 'ChannelDown':
      return type.channelDown(queue, what.from, port);
  }
}

/** A queue of another node tells a channel of this one. */
export function channelTold({ to, what }: ToChannel, port: QueuePort): void {
  switch (what.type) {
    case 'Deliver':
      return port.deliver(to, what.queue, what.tag, what.delivery, what.noAck);
    case 'Confirm':
      return port.confirm(to, what.queue, what.seq);
    case 'Refuse':
      return port.refuse(to, what.queue, what.seq);
    case 'Cancelled':
      return port.cancelled(to, what.queue, what.tag);
    case 'Answer':
      return port.answer(to, what.answer);
  }
}

/** Queues of this node lose the channels of one that is down. */
export function channelsDown(state: Clustered, node: number, port: QueuePort): void {
  for (const queue of state.held.values()) {
    const type = typeOfQueue(queue);
    const channels = new Map<string, ChannelRef>();
    for (const channel of type.channels?.(queue) ?? [])
      if (channel.node === node) channels.set(channel.key, channel);
    for (const channel of channels.values()) type.channelDown(queue, channel, port);
  }
}
