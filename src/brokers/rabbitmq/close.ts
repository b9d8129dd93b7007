/** How channels and connections end, and what becomes of what they had. */
import { sendConfirms } from './confirms';
import { idsOf } from './method-ids';
import type { ClientMethod, ServerMethod } from './protocol';
import type { QueuePort, Refusal } from './queue-type';
import { typeOfQueue } from './queue-types';
import { tellChannelDown } from './queues';
import { closesConnection, replyOf } from './refusal';
import type { BrokerState, Channel, Connection } from './state';
import { dropQueue } from './topology';

/** An exception: the channel goes, or with hard ones the whole connection; the client is told why. */
export function fail(
  state: BrokerState,
  channel: Channel,
  refusal: Refusal,
  method: ClientMethod['type'] | null,
  port: QueuePort,
): void {
  const connection = state.connections.get(channel.ref.connection);
  if (connection === undefined || channel.phase === 'closing') return;
  if (closesConnection(refusal)) return failConnection(state, connection, refusal, method, port);
  // what had been confirmed by then is said first
  channel.tx = null;
  sendConfirms(channel, port.context);
  release(state, channel, port);
  channel.phase = 'closing';
  const reply = { ...replyOf(refusal), ...idsOf(method) };
  port.context.reply(connection.id, { type: 'ChannelClose', channel: channel.ref.channel, ...reply } as ServerMethod); // prettier-ignore
}

export function failConnection(
  state: BrokerState,
  connection: Connection,
  refusal: Refusal,
  method: ClientMethod['type'] | null,
  port: QueuePort,
): void {
  if (connection.phase === 'closing') return;
  releaseAll(state, connection, port);
  connection.phase = 'closing';
  const reply = { ...replyOf(refusal), ...idsOf(method) };
  port.context.reply(connection.id, { type: 'ConnectionClose', channel: 0, ...reply } as ServerMethod);
}

/** Queues are told: its consumers go, and what it was given is given back. */
export function release(state: BrokerState, channel: Channel, port: QueuePort): void {
  const queues = new Set<string>();
  for (const { queue } of channel.consumers.values()) queues.add(queue);
  for (const { queue } of channel.unacked.values()) queues.add(queue);
  for (const { deliveries } of channel.tx?.settlements ?? []) {
    for (const [, { queue }] of deliveries) queues.add(queue);
  }
  for (const queue of state.held.values())
    if (typeOfQueue(queue).remembers?.(queue, channel.ref)) queues.add(queue.definition.name);
  channel.consumers.clear();
  channel.unacked.clear();
  channel.unconfirmed.clear();
  channel.tx = null;
  channel.replyConsumer = null;
  channel.awaiting = null;
  channel.waiting = [];
  for (const timer of [channel.flush, channel.tick]) if (timer !== null) port.context.cancel(timer);
  channel.flush = null;
  channel.tick = null;
  for (const queue of queues) tellChannelDown(state, queue, channel.ref, port);
}

/** With the connection go its channels, and then its exclusive queues. */
export function releaseAll(state: BrokerState, connection: Connection, port: QueuePort): void {
  for (const channel of connection.channels.values()) {
    channel.phase = 'closing';
    release(state, channel, port);
  }
  connection.channels.clear();
  if (connection.watch !== null) port.context.cancel(connection.watch);
  connection.watch = null;
  for (const definition of [...state.queues.values()]) {
    const { owner } = definition;
    if (owner?.node === state.node && owner.connection === connection.id) dropQueue(state, definition, port);
  }
}
