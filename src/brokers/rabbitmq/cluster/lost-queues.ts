/**
 * Classic queues of a node that is down (rabbit_amqqueue.erl, on_node_down): consumers are told that they are none any
 * more, publishers that wait for a confirm get a nack; whoever asks for one hears that
 * it cannot be reached, in 4.0 after a minute. 3.10 routes nothing to them; 4.0 does, and refuses it. Durable ones are back with their node; transient ones are forgotten.
 */
import { applyChange } from '../metadata';
import type { QueueDefinition, QueuePort } from '../queue-type';
import type { BrokerState } from '../state';
import { isUp, type Clustered } from './cluster-state';

/** It is on a node that is down. */
export function isLost(
  state: Pick<BrokerState, 'cluster' | 'node'>,
  { kind, node }: QueueDefinition,
): boolean {
  return kind === 'classic' && !isUp(state, node);
}

/** 3.10 takes it out of the routing tables, 4.0 does not. */
export function isUnroutable(
  state: Pick<BrokerState, 'cluster' | 'node' | 'version'>,
  queue: QueueDefinition,
): boolean {
  return state.version === '3.10' && isLost(state, queue);
}

/** What is said of it: rabbit_amqqueue.erl, absent/2. 4.0 has looked for it for a minute by then. */
export function lostText({ name, version }: BrokerState, queue: QueueDefinition): string {
  if (version !== '3.10')
    return `failed to perform operation on queue '${queue.name}' in vhost '/' due to timeout`;
  return `home node 'rabbit@${name}-${queue.node}' of durable queue '${queue.name}' in vhost '/' is down or inaccessible`; // prettier-ignore
}

export function queuesLost(state: Clustered, node: number, port: QueuePort): void {
  for (const definition of [...state.queues.values()]) {
    if (definition.kind !== 'classic' || definition.node !== node) continue;
    tellChannels(state, definition, port);
    if (!definition.durable) applyChange(state, { type: 'DeleteQueue', name: definition.name });
  }
}

/** Birth of none: what is settled of a queue that was lost is settled with nobody, also when it is back and gives it out again. */
const noQueue = 0;

function tellChannels(state: Clustered, { name }: QueueDefinition, port: QueuePort): void {
  for (const connection of state.connections.values()) {
    for (const channel of connection.channels.values()) {
      for (const [tag, { queue }] of [...channel.consumers])
        if (queue === name) port.cancelled(channel.ref, name, tag);
      for (const [tag, delivery] of channel.unacked)
        if (delivery.queue === name) channel.unacked.set(tag, { ...delivery, birth: noQueue });
      for (const [seq, queues] of [...channel.unconfirmed])
        if (queues.includes(name)) port.refuse(channel.ref, name, seq);
      // what it was asked for is asked again, and answered as if it was asked now
      if (channel.awaiting && 'queue' in channel.awaiting && channel.awaiting.queue === name) {
        channel.waiting.unshift(channel.awaiting);
        channel.awaiting = null;
        state.pending.push({ type: 'Continue', channel: channel.ref });
      }
    }
  }
}
