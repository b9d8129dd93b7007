/**
 * The delivery acknowledgement timeout: a channel whose oldest delivery is not settled in time is closed. It is looked at
 * on a tick only, which runs from when the channel was opened, or was used again after a second without a delivery in
 * its hands (rabbit_channel.erl, init_tick_timer); so it is found out up to one tick late.
 */
import type { Context, Tagged } from '../../kernel/machine';
import { seconds, toMs } from '../../kernel/time';
import { findChannel } from './channels';
import type { Refusal } from './queue-type';
import type { BrokerState, Channel } from './state';

export interface ChannelTick extends Tagged {
  readonly type: 'ChannelTick';
  readonly connection: number;
  readonly channel: number;
  readonly key: string;
}

const sleepsAfter = seconds(1);

/** Something happens on the channel. */
export function noteUse(channel: Channel, context: Context): void {
  if (channel.tick === null && channel.unacked.size === 0 && context.now - channel.usedAt > sleepsAfter) {
    channel.tickFrom = context.now;
  }
  channel.usedAt = context.now;
}

/** A delivery waits for its settlement. */
export function watchTimeout(state: BrokerState, channel: Channel, context: Context): void {
  if (channel.tick !== null) return;
  const every = state.settings.channelTick;
  const gone = context.now - channel.tickFrom;
  const { connection, channel: number, key } = channel.ref;
  const command: ChannelTick = { type: 'ChannelTick', connection, channel: number, key };
  channel.tick = context.after(every - (gone % every), command);
}

/** What closes the channel; null: nothing is late. */
export function tickDue(
  state: BrokerState,
  tick: ChannelTick,
  context: Context,
): { readonly channel: Channel; readonly refusal: Refusal } | null {
  const channel = findChannel(state, tick.connection, tick.channel);
  if (channel?.ref.key !== tick.key) return null;
  channel.tick = null;
  const [oldest] = channel.unacked.values();
  if (oldest === undefined) return null;
  const { consumerTimeout } = state.settings;
  if (oldest.deliveredAt >= context.now - consumerTimeout) {
    watchTimeout(state, channel, context);
    return null;
  }
  const text =
    `delivery acknowledgement on channel ${channel.ref.channel} timed out. Timeout value used: ` +
    `${toMs(consumerTimeout)} ms. This timeout value can be configured, see consumers doc guide to learn more`;
  return { channel, refusal: { name: 'PRECONDITION_FAILED', text } };
}
