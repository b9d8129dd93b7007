/** 4.0: what is asked of a queue that cannot be reached waits for it, for a minute (rabbit_amqqueue.erl, with/4: 2000 times 30 ms). */
import type { Tagged } from '../../../kernel/machine';
import { seconds } from '../../../kernel/time';
import type { ClientMethod } from '../protocol';
import type { ChannelRef, QueuePort } from '../queue-type';
import type { Channel } from '../state';
import type { Clustered } from './cluster-state';
import { isLost, lostText } from './lost-queues';

export interface QueueAwaitedTooLong extends Tagged {
  readonly type: 'QueueAwaitedTooLong';
  readonly channel: ChannelRef;
  readonly queue: string;
}

const patience = seconds(60);

export function awaitQueue(
  state: Clustered,
  channel: Channel,
  method: ClientMethod,
  queue: string,
  { context }: QueuePort,
): void {
  channel.awaiting = { ...method };
  const late: QueueAwaitedTooLong = { type: 'QueueAwaitedTooLong', channel: channel.ref, queue };
  const timer = context.after(patience, late);
  state.cluster.awaited = [...state.cluster.awaited, { channel: channel.ref, queue, timer }];
}

export function awaitedTooLong(
  state: Clustered,
  { channel, queue }: QueueAwaitedTooLong,
  port: QueuePort,
): void {
  // prettier-ignore
  const { cluster } = state;
  if (!cluster.awaited.some((awaited) => awaited.channel.key === channel.key)) return;
  cluster.awaited = cluster.awaited.filter((awaited) => awaited.channel.key !== channel.key);
  const definition = state.queues.get(queue);
  const text = definition ? lostText(state, definition) : `no queue '${queue}' in vhost '/'`;
  port.answer(channel, { type: 'Refused', refusal: { name: 'NOT_FOUND', text } });
}

/** A node is back: its queues are asked what was to be asked. */
export function askAwaited(state: Clustered, { context }: QueuePort): void {
  const { cluster } = state;
  const still = [];
  for (const awaited of cluster.awaited) {
    const definition = state.queues.get(awaited.queue);
    if (definition && isLost(state, definition)) {
      still.push(awaited);
      continue;
    }
    context.cancel(awaited.timer);
    const channel = state.connections.get(awaited.channel.connection)?.channels.get(awaited.channel.channel);
    if (channel?.ref.key !== awaited.channel.key || channel.awaiting === null) continue;
    channel.waiting.unshift(channel.awaiting);
    channel.awaiting = null;
    state.pending.push({ type: 'Continue', channel: channel.ref });
  }
  cluster.awaited = still;
}
