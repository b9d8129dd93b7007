/**
 * Classic queues of a node that is down (rabbit_amqqueue.erl, on_node_down): consumers are told that they are none any
 * more, publishers that wait for a confirm get a nack; nothing is routed to them, and whoever asks for one is told where it
 * is. Durable ones are back with their node; transient ones are forgotten.
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

/** What is said of it: rabbit_amqqueue.erl, absent/2. */
export function lostText({ name }: BrokerState, queue: QueueDefinition): string {
  return `home node '${name}-${queue.node}' of durable queue '${queue.name}' in vhost '/' is down or inaccessible`; // prettier-ignore
}

export function queuesLost(state: Clustered, node: number, port: QueuePort): void {
  for (const definition of [...state.queues.values()]) {
    if (definition.kind !== 'classic' || definition.node !== node) continue;
    tellChannels(state, definition, port);
    if (!definition.durable) applyChange(state, { type: 'DeleteQueue', name: definition.name });
  }
}

function tellChannels(state: Clustered, { name }: QueueDefinition, port: QueuePort): void {
  for (const connection of state.connections.values()) {
    for (const channel of connection.channels.values()) {
      for (const [tag, { queue }] of [...channel.consumers])
        if (queue === name) port.cancelled(channel.ref, name, tag);
      for (const [seq, { queues }] of [...channel.unconfirmed])
        if (queues.includes(name)) port.refuse(channel.ref, name, seq);
      // what it was asked for will not be answered
      if (channel.awaiting && 'queue' in channel.awaiting && channel.awaiting.queue === name) {
        port.answer(channel.ref, { type: 'Refused', refusal: { name: 'NOT_FOUND', text: `no queue '${name}' in vhost '/'` } }); // prettier-ignore
      }
    }
  }
}
