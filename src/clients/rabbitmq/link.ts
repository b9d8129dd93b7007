/**
 * A client's half of one AMQP connection, as amqplib 2.3.1 keeps it (lib/connection.js, lib/channel.js): the opening and
 * closing handshakes, channels of which each has at most one method under way that wants an answer (the others wait
 * behind it), and who is told when a channel or everything ends. What is delivered, returned and confirmed is handed on.
 * Opening is one exchange here: there are no credentials, mechanisms and locales to negotiate.
 */
import type {
  ChannelClose,
  ClientMethod,
  ConnectionClose,
  ConnectionOpen,
  ConnectionOpenOk,
  FieldTable,
  Heartbeat,
  ServerMethod,
} from '../../brokers/rabbitmq/protocol';
import { replyCodes } from '../../brokers/rabbitmq/protocol';
import type { ConnectionClosed, ConnectionId, Context } from '../../kernel/machine';
import { beatIsDue, newPulse, startPulse, stopPulse, type Pulse } from './pulse';

export interface LinkOptions {
  readonly virtualHost: string;
  /** Shown by the server; '': the process's. */
  readonly connectionName: string;
  readonly clientProperties: FieldTable;
  /** Seconds asked for; 0: none. */
  readonly heartbeat: number;
  /** Asked for; 0: as many as the server allows. */
  readonly channelMax: number;
}

/** A method that wants an answer, and the number by which its sender knows it. */
export interface Rpc {
  readonly ticket: number;
  readonly method: ClientMethod;
}

export interface Channel {
  /** Waits for its answer; null: none does, and then nothing is pending either. */
  reply: Rpc | null;
  pending: readonly Rpc[];
  /** Its client has said that it closes: the ticket of that. What comes is ignored until the server has seen it; null: open. */
  closing: number | null;
}

export interface Link {
  readonly options: LinkOptions;
  /** Process of the node it leads to. */
  host: string;
  phase: 'closed' | 'opening' | 'open' | 'closing';
  /** The kernel's connection, while it is open; 0: none has answered. */
  connection: ConnectionId;
  /** The last one that has ended: what still comes of it and those before it is not for this one. */
  ended: ConnectionId;
  channels: Map<number, Channel>;
  channelMax: number;
  /** The server reads nothing from it (connection.blocked). */
  isBlocked: boolean;
  /** Ticket of whoever closes it. */
  closing: number;
  pulse: Pulse;
  /** What waits for the end of this instant, by channel; absent: everything goes out at once. */
  outbox?: Map<number, ClientMethod[]>;
}

/** What a command from the network means to whoever owns the connection. */
export type Heard =
  | { readonly is: 'opened'; readonly method: ConnectionOpenOk }
  | { readonly is: 'answered'; readonly rpc: Rpc; readonly method: ServerMethod }
  /** `by`: the server's reason. `failed` was under way when it closed, `dropped` waited behind it. */
  | {
      readonly is: 'channel closed';
      readonly channel: number;
      readonly by: ChannelClose | null;
      readonly failed: Rpc | null;
      readonly dropped: readonly Rpc[];
      /** Ticket of the client's own close; null: it was the server's. */
      readonly closed: number | null;
    }
  /** `by`: the server's reason; null: the client's own close is done, and its ticket. */
  | { readonly is: 'connection closed'; readonly by: ConnectionClose | null; readonly closed: number | null }
  /** Not an answer: something was delivered, returned, confirmed, cancelled. */
  | { readonly is: 'said'; readonly method: ServerMethod }
  | { readonly is: 'ignored' };

const ignored: Heard = { is: 'ignored' };

export function newLink(options: LinkOptions, host: string): Link {
  return {
    options,
    host,
    phase: 'closed',
    connection: 0,
    ended: 0,
    channels: new Map(),
    channelMax: 0,
    isBlocked: false,
    closing: 0,
    pulse: newPulse(),
  };
}

export function cloneLink(link: Link): Link {
  const { outbox } = link;
  return {
    ...link,
    ...(outbox ? { outbox: new Map([...outbox].map(([number, waiting]) => [number, [...waiting]])) } : {}),
    channels: new Map([...link.channels].map(([number, channel]) => [number, { ...channel }])),
    pulse: { ...link.pulse },
  };
}

/** Connects. Heard as `opened`, `connection closed` or, of the kernel, ConnectionClosed. */
export function openLink(link: Link, context: Context): void {
  const { virtualHost, connectionName, clientProperties, heartbeat, channelMax } = link.options;
  const name = connectionName === '' ? context.self : connectionName;
  const open: ConnectionOpen = {
    ...{ type: 'ConnectionOpen', channel: 0, virtualHost, heartbeat, channelMax },
    clientProperties: { ...clientProperties, connection_name: name },
  };
  link.phase = 'opening';
  context.send(link.host, open);
}

/** Sends a method that has no answer, or whose turn has come. */
export function write(link: Link, method: ClientMethod, context: Context): void {
  link.pulse.sent = true;
  if (link.outbox && method.channel > 0) {
    const waiting = link.outbox.get(method.channel);
    if (link.outbox.size === 0) context.after(0, { type: 'FlushOutbox' });
    if (waiting) waiting.push(method);
    else link.outbox.set(method.channel, [method]);
    return;
  }
  context.send(link.host, method);
}

/** What has gathered in this instant goes out, one of each channel in turn, as amqplib's multiplexer takes it (lib/mux.js). */
export function flushOutbox(link: Link, context: Context): void {
  const waiting = [...(link.outbox ?? new Map<number, ClientMethod[]>()).values()];
  link.outbox = new Map();
  for (let turn = 0; waiting.some(({ length }) => turn < length); turn++)
    for (const methods of waiting) if (turn < methods.length) context.send(link.host, methods[turn]);
}

/** Sends a method that has an answer once those before it on its channel have theirs. ChannelOpen makes the channel. */
export function call(link: Link, rpc: Rpc, context: Context): void {
  const { method } = rpc;
  if (method.type === 'ChannelOpen')
    link.channels.set(method.channel, { reply: null, pending: [], closing: null });
  const channel = link.channels.get(method.channel)!;
  if (channel.reply) {
    channel.pending = [...channel.pending, rpc];
    return;
  }
  channel.reply = rpc;
  write(link, method, context);
}

/** The client closes a channel: nothing more goes out on it, and what comes is ignored until ChannelCloseOk. */
export function closeChannel(
  link: Link,
  number: number,
  ticket: number,
  context: Context,
  reason: Pick<ChannelClose, 'replyCode' | 'replyText'> = goodbye,
): void {
  link.channels.get(number)!.closing = ticket;
  const { replyCode, replyText } = reason;
  write(
    link,
    { type: 'ChannelClose', channel: number, replyCode, replyText, classId: 0, methodId: 0 },
    context,
  );
}

const goodbye = { replyCode: replyCodes.REPLY_SUCCESS, replyText: 'Goodbye' };

/** The client closes the connection. It goes past everything that waits in the outbox, and that is lost (connection.js closeBecause). */
export function closeLink(link: Link, ticket: number, context: Context): void {
  const close = { type: 'ConnectionClose', channel: 0, classId: 0, methodId: 0 } as const;
  write(link, { ...close, replyCode: replyCodes.REPLY_SUCCESS, replyText: 'Cheers, thanks' }, context);
  link.phase = 'closing';
  link.closing = ticket;
  if (link.outbox) link.outbox = new Map();
}

/** Ends the connection without a word more: the socket is closed. */
export function endLink(link: Link, context: Context): void {
  if (link.phase !== 'closed') context.disconnect(link.host);
  lostLink(link, context);
}

/** The connection is gone. Who waited on it for an answer is known by the channels that are forgotten here. */
export function lostLink(link: Link, context: Context): void {
  link.phase = 'closed';
  link.ended = Math.max(link.ended, link.connection);
  link.connection = 0;
  link.isBlocked = false;
  link.channels = new Map();
  stopPulse(link.pulse, context);
  if (link.outbox) link.outbox = new Map();
}

const heartbeat: Heartbeat = { type: 'Heartbeat', channel: 0 };

/** BeatIfSilent is due. */
export function beatIfSilent({ pulse, host }: Link, context: Context): void {
  if (beatIsDue(pulse, context)) context.send(host, heartbeat);
}

/** The kernel says that a connection is gone; false: one that had ended before, or one to a node that was given up. */
export function socketClosed(link: Link, { connection, peer }: ConnectionClosed, context: Context): boolean {
  if (link.phase === 'closed' || connection <= link.ended) return false;
  const isOther =
    link.connection === 0 ? peer.split('/', 1)[0] !== link.host : connection !== link.connection;
  if (isOther) return false;
  lostLink(link, context);
  link.ended = connection;
  return true;
}

/** Whether the present command came on this connection, and not on one that has ended. */
export function isOn(link: Link, context: Context): boolean {
  return link.connection === 0 ? context.connection > link.ended : context.connection === link.connection;
}

/** Takes what the server sends and says what it means. */
export function hear(link: Link, method: ServerMethod, context: Context): Heard {
  if (!isOn(link, context)) return ignored;
  link.pulse.received = true;
  if (method.channel === 0) return hearConnection(link, method, context);
  const channel = link.channels.get(method.channel);
  if (link.phase !== 'open' || !channel) return ignored;
  if (channel.closing !== null) return hearClosing(link, channel, channel.closing, method, context);
  switch (method.type) {
    case 'BasicDeliver':
    case 'BasicReturn':
    case 'BasicAck':
    case 'BasicNack':
    case 'BasicCancel':
      return { is: 'said', method };
    case 'ChannelClose': {
      write(link, { type: 'ChannelCloseOk', channel: method.channel }, context);
      return channelClosed(link, method.channel, method, null);
    }
    default: {
      const rpc = channel.reply!;
      const [next = null, ...rest] = channel.pending;
      channel.reply = next;
      channel.pending = rest;
      if (next) write(link, next.method, context);
      return { is: 'answered', rpc, method };
    }
  }
}

function hearConnection(link: Link, method: ServerMethod, context: Context): Heard {
  switch (method.type) {
    case 'ConnectionOpenOk':
      link.phase = 'open';
      link.connection = context.connection;
      link.channelMax = method.channelMax === 0 ? 0xffff : method.channelMax;
      startPulse(link.pulse, method.heartbeat, context);
      return { is: 'opened', method };
    case 'ConnectionClose': {
      write(link, { type: 'ConnectionCloseOk', channel: 0 }, context);
      // both at once: its own close is still to be acknowledged
      if (link.phase === 'closing') return ignored;
      endLink(link, context);
      return { is: 'connection closed', by: method, closed: null };
    }
    case 'ConnectionCloseOk': {
      const closed = link.closing;
      endLink(link, context);
      return { is: 'connection closed', by: null, closed };
    }
    case 'Heartbeat':
      return ignored;
    case 'ConnectionBlocked':
      link.isBlocked = true;
      return link.phase === 'open' ? { is: 'said', method } : ignored;
    case 'ConnectionUnblocked':
      link.isBlocked = false;
      return link.phase === 'open' ? { is: 'said', method } : ignored;
    default:
      return link.phase === 'open' ? { is: 'said', method } : ignored;
  }
}

/** [2] and [3] of amqplib's closing handshake: only the server's close and its acknowledgement count. */
function hearClosing(
  link: Link,
  channel: Channel,
  ticket: number,
  method: ServerMethod,
  context: Context,
): Heard {
  if (method.type === 'ChannelClose')
    write(link, { type: 'ChannelCloseOk', channel: method.channel }, context);
  if (method.type !== 'ChannelCloseOk') return ignored;
  return channelClosed(link, method.channel, null, ticket);
}

function channelClosed(link: Link, number: number, by: ChannelClose | null, closed: number | null): Heard {
  const { reply, pending } = link.channels.get(number)!;
  link.channels.delete(number);
  return { is: 'channel closed', channel: number, by, failed: reply, dropped: pending, closed };
}
