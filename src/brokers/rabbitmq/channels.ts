/** Finding channels, and what they say to their clients. */
import type { ConnectionId, Context } from '../../kernel/machine';
import type { ServerMethod } from './protocol';
import { isSame, type ChannelRef } from './queue-type';
import type { BrokerState, Channel } from './state';

export function findChannel(
  state: BrokerState,
  connection: ConnectionId,
  channel: number,
): Channel | undefined {
  // prettier-ignore
  return state.connections.get(connection)?.channels.get(channel);
}

/** undefined: it is gone, or another has taken its number. */
export function channelOf(state: BrokerState, ref: ChannelRef): Channel | undefined {
  const channel = findChannel(state, ref.connection, ref.channel);
  return channel !== undefined && isSame(channel.ref, ref) ? channel : undefined;
}

/** A closing channel says nothing more. */
export function say(channel: Channel, method: ServerMethod, context: Context): void {
  if (channel.phase === 'open') context.reply(channel.ref.connection, method);
}
