/** Connections: opened, closed, watched by heartbeats, and stopped by a memory alarm while they publish. */
import type { Context } from '../../kernel/machine';
import { handleOnChannel, newChannel } from './channel';
import { failConnection, releaseAll } from './close';
import { isSilent, watchConnection, type HeartbeatTick } from './heartbeats';
import type { ClientMethod, ConnectionOpen, ServerMethod } from './protocol';
import type { ChannelRef, QueuePort } from './queue-type';
import type { BrokerState, Connection } from './state';

export function handleMethod(state: BrokerState, method: ClientMethod, port: QueuePort): void {
  const { context } = port;
  if (method.type === 'ConnectionOpen') return open(state, method, context);
  const connection = state.connections.get(context.connection);
  if (connection === undefined) return;
  connection.heardAt = context.now;
  if (connection.blocked || (state.alarm && method.type === 'BasicPublish')) {
    block(connection, context);
    connection.unread.push(method);
    return;
  }
  read(state, connection, method, port);
}

function read(state: BrokerState, connection: Connection, method: ClientMethod, port: QueuePort): void {
  if (connection.phase === 'closing') handleWhileClosing(state, connection, method);
  else if (method.channel === 0) handleOnConnection(state, connection, method, port);
  else toChannel(state, connection, method, port);
}

function say({ id }: Connection, method: ServerMethod, context: Context): void {
  context.reply(id, method);
}

function open(state: BrokerState, method: ConnectionOpen, context: Context): void {
  const { clientProperties, virtualHost } = method;
  const name = clientProperties.connection_name;
  const channelMax = negotiate(state.settings.channelMax, method.channelMax);
  const connection: Connection = {
    id: context.connection,
    peer: context.sender,
    process: context.sender.slice(0, context.sender.indexOf('/')),
    virtualHost,
    name: typeof name === 'string' ? name : '',
    channelMax,
    channels: new Map(),
    phase: 'open',
    unread: [],
    blocked: false,
    heartbeat: method.heartbeat,
    heardAt: context.now,
    watch: null,
  };
  state.connections.set(connection.id, connection);
  const { heartbeat } = method;
  const ok = { type: 'ConnectionOpenOk', channel: 0, serverProperties: serverProperties(state) } as const;
  say(connection, { ...ok, channelMax, frameMax: 131_072, heartbeat }, context);
  watchConnection(connection, context);
}

function negotiate(server: number, client: number): number {
  return server === 0 || client === 0 ? Math.max(server, client) : Math.min(server, client);
}

function serverProperties({ version }: BrokerState) {
  return {
    product: 'RabbitMQ',
    version: version === '4.0' ? '4.0.5' : '3.10.8',
    platform: 'simulated',
    capabilities: {
      publisher_confirms: true,
      exchange_exchange_bindings: true,
      'basic.nack': true,
      consumer_cancel_notify: true,
      'connection.blocked': true,
      consumer_priorities: true,
      authentication_failure_close: true,
      per_consumer_qos: true,
      direct_reply_to: true,
    },
  };
}

function handleWhileClosing(state: BrokerState, connection: Connection, method: ClientMethod): void {
  if (method.type === 'ConnectionCloseOk' || method.type === 'ConnectionClose') {
    state.connections.delete(connection.id);
  }
}

function handleOnConnection(
  state: BrokerState,
  connection: Connection,
  method: ClientMethod,
  port: QueuePort,
): void {
  if (method.type === 'ConnectionClose') {
    releaseAll(state, connection, port);
    state.connections.delete(connection.id);
    say(connection, { type: 'ConnectionCloseOk', channel: 0 }, port.context);
  } else if (method.type === 'ConnectionUpdateSecret') {
    say(connection, { type: 'ConnectionUpdateSecretOk', channel: 0 }, port.context);
  }
}

function toChannel(state: BrokerState, connection: Connection, method: ClientMethod, port: QueuePort): void {
  const channel = connection.channels.get(method.channel);
  if (channel === undefined) {
    if (method.type === 'ChannelOpen') return openChannel(state, connection, method.channel, port);
    // what a client had sent before it heard that the channel is closed
    if (method.type === 'ChannelClose' || method.type === 'ChannelCloseOk') return;
    const refusal = { name: 'CHANNEL_ERROR', text: "expected 'channel.open'" } as const;
    return failConnection(state, connection, refusal, method.type, port);
  }
  if (channel.phase === 'open') return handleOnChannel(state, channel, method, port);
  if (method.type === 'ChannelCloseOk') connection.channels.delete(method.channel);
  else if (method.type === 'ChannelClose') {
    say(connection, { type: 'ChannelCloseOk', channel: method.channel }, port.context);
  }
}

function openChannel(state: BrokerState, connection: Connection, number: number, port: QueuePort): void {
  if (number > connection.channelMax) {
    const text = `number of channels opened (${connection.channels.size}) has reached the negotiated channel_max (${connection.channelMax})`; // prettier-ignore
    return failConnection(state, connection, { name: 'NOT_ALLOWED', text }, 'ChannelOpen', port);
  }
  const { node, births } = state;
  state.births = births + 1;
  const ref: ChannelRef = Object.freeze({
    key: `${node}:${births + 1}`,
    node,
    connection: connection.id,
    channel: number,
    process: connection.process,
  });
  connection.channels.set(number, newChannel(ref, port.context.now));
  say(connection, { type: 'ChannelOpenOk', channel: number }, port.context);
}

/** The first publish while the alarm is on is read only after it, and its connection is told. */
function block(connection: Connection, context: Context): void {
  if (connection.blocked) return;
  connection.blocked = true;
  const blocked = { type: 'ConnectionBlocked', channel: 0, reason: 'low on memory' } as const;
  say(connection, blocked, context);
}

/** Connections that publish are not read from while it is raised. */
export function setAlarm(state: BrokerState, raised: boolean, port: QueuePort): void {
  state.alarm = raised;
  if (raised) return;
  for (const connection of state.connections.values()) {
    if (!connection.blocked) continue;
    connection.blocked = false;
    say(connection, { type: 'ConnectionUnblocked', channel: 0 }, port.context);
    for (const method of connection.unread.splice(0)) read(state, connection, method, port);
  }
}

/** Nothing has come from it for too long: its socket is closed. */
export function heartbeatDue(state: BrokerState, { connection: id }: HeartbeatTick, port: QueuePort): void {
  const connection = state.connections.get(id);
  if (connection === undefined || !isSilent(connection, port.context)) return;
  connectionLost(state, id, port);
  port.context.abandon(id);
}

export function connectionLost(state: BrokerState, id: number, port: QueuePort): void {
  const connection = state.connections.get(id);
  if (connection === undefined) return;
  releaseAll(state, connection, port);
  state.connections.delete(id);
}
