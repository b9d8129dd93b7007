import type { ChannelRef } from '../queue-type';
import type { FifoState } from './fifo-state';

/** Channels that a queue knows, because they publish to it or consume from it. */
export function allChannels({ enqueuers, consumers, waiting }: FifoState): ChannelRef[] {
  const channels = new Map<string, ChannelRef>();
  for (const { channel } of [...enqueuers.values(), ...consumers.values(), ...waiting])
    channels.set(channel.key, channel);
  return [...channels.values()];
}
