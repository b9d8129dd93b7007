/**
 * Publisher confirms. What queues confirm is sent once nothing else happens in the same instant, and so several at once;
 * what no queue has to confirm goes at once, and so overtakes (rabbit_channel.erl, noreply_coalesce).
 */
import type { Context, Tagged } from '../../kernel/machine';
import { completeTx } from './tx';
import { findChannel } from './channels';
import type { Refusal } from './queue-type';
import type { BrokerState, Channel } from './state';

export interface FlushConfirms extends Tagged {
  readonly type: 'FlushConfirms';
  readonly connection: number;
  readonly channel: number;
  readonly key: string;
}

/** A queue has taken responsibility for a publish; once they all have, it is confirmed. */
export function queueConfirmed(channel: Channel, queue: string, seq: number, context: Context): void {
  const open = channel.unconfirmed.get(seq);
  if (open === undefined) return;
  if (open.length > 1) {
    const queues = open.filter((name) => name !== queue);
    channel.unconfirmed.set(seq, queues);
    if (queues.length > 0) return;
  } else if (open[0] !== queue) return;
  channel.unconfirmed.delete(seq);
  channel.confirmed.push(seq);
  armFlush(channel, context);
}

/** One queue has refused: whatever the others do with it, the publisher is told no. */
export function queueRefused(channel: Channel, seq: number, context: Context): void {
  if (!channel.unconfirmed.delete(seq)) return;
  channel.refused.push(seq);
  if (channel.tx) channel.tx.phase = 'failed';
  armFlush(channel, context);
}

/** The queue is gone: nothing more is to be expected of it. */
export function queueGone(channel: Channel, queue: string, context: Context): void {
  for (const [seq, queues] of channel.unconfirmed) {
    if (queues.includes(queue)) queueConfirmed(channel, queue, seq, context);
  }
}

function armFlush(channel: Channel, context: Context): void {
  if (channel.flush !== null) return;
  const { connection, channel: number, key } = channel.ref;
  const command: FlushConfirms = { type: 'FlushConfirms', connection, channel: number, key };
  channel.flush = context.after(0, command);
}

export function flushDue(state: BrokerState, { connection, channel, key }: FlushConfirms): Channel | null {
  const found = findChannel(state, connection, channel);
  if (found?.ref.key !== key) return null;
  found.flush = null;
  return found;
}

/** What can be said with `multiple` is; the rest one by one. Not null: a transaction has failed, and its channel with it. */
export function sendConfirms(channel: Channel, context: Context): Refusal | null {
  const { confirmed, refused } = channel;
  if (channel.tx) return completeTx(channel, context);
  channel.confirmed = [];
  channel.refused = [];
  if (channel.phase === 'open') tellPublisher(channel, confirmed, refused, context);
  return null;
}

function tellPublisher(channel: Channel, confirmed: number[], refused: number[], context: Context): void {
  if (confirmed.length === 1) answer(channel, 'BasicAck', confirmed[0], false, context);
  else coalesce(channel, confirmed, refused, 'BasicAck', context);
  coalesce(channel, refused, confirmed, 'BasicNack', context);
}

function coalesce(
  channel: Channel,
  seqs: number[],
  others: readonly number[],
  type: 'BasicAck' | 'BasicNack',
  context: Context,
): void {
  if (seqs.length === 0) return;
  sort(seqs);
  // the smallest that is open is the first that was published
  let cutoff = channel.unconfirmed.firstNumber;
  for (const other of others) cutoff = Math.min(cutoff, other);
  let at = 0;
  while (at < seqs.length && seqs[at] < cutoff) at++;
  if (at > 0) answer(channel, type, seqs[at - 1], true, context);
  for (; at < seqs.length; at++) answer(channel, type, seqs[at], false, context);
}

/** As a rule they are in order. */
function sort(seqs: number[]): void {
  for (let at = 1; at < seqs.length; at++)
    if (seqs[at] < seqs[at - 1]) return void seqs.sort((a, b) => a - b);
}

function answer(
  { ref }: Channel,
  type: 'BasicAck' | 'BasicNack',
  deliveryTag: number,
  multiple: boolean,
  context: Context,
): void {
  const { channel, connection } = ref;
  if (type === 'BasicAck') context.reply(connection, { type, channel, deliveryTag, multiple } as Tagged);
  else context.reply(connection, { type, channel, deliveryTag, multiple, requeue: false } as Tagged);
}
