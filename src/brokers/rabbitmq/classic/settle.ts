/** What becomes of deliveries of a classic queue: settled by their channel, or given back when it is gone. */
import { isSame, type ChannelRef, type QueuePort, type Settlement } from '../queue-type';
import { findConsumer, removeConsumers, takeCredit, unblock } from './consumers';
import { runQueue } from './enqueue';
import { dropExpired, dropOverflow, leave, watchIdle } from './expiry';
import { giveBack, type Entry } from './ready';
import type { ClassicState } from './state';

const none: Entry[] = [];

export function settle(
  queue: ClassicState,
  how: Settlement,
  ids: readonly number[],
  from: ChannelRef,
  tag: string,
  port: QueuePort,
): void {
  const entries: Entry[] = how === 'ack' ? none : [];
  for (const id of ids) {
    const held = queue.unacked.get(id);
    // of an earlier life of its node: another has it now
    if (held === undefined || !isSame(held.channel, from)) continue;
    queue.unacked.delete(id);
    if (how !== 'ack') entries.push(held.entry);
  }
  const consumer = tag === '' ? undefined : findConsumer(queue.consumers, from, tag);
  const freed = consumer !== undefined && takeCredit(consumer, ids.length);
  const unblocked = freed && unblock(queue.consumers, from);
  if (how === 'requeue') return requeue(queue, entries, from.process, port);
  if (how === 'reject') {
    for (const { publication } of entries) leave(queue, publication, 'rejected', port);
  }
  if (unblocked) runQueue(queue, port);
}

/** They take their old places, and may find the queue too long or themselves too old. */
function requeue(queue: ClassicState, entries: readonly Entry[], process: string, port: QueuePort): void {
  if (entries.length > 0) queue.returned = { count: entries.length, process, at: port.context.now };
  giveBack(queue.ready, entries.map((entry) => ({ ...entry, redelivered: true }))); // prettier-ignore
  dropOverflow(queue, port);
  dropExpired(queue, port);
  runQueue(queue, port);
}

export function resume(queue: ClassicState, channel: ChannelRef, port: QueuePort): void {
  if (unblock(queue.consumers, channel)) runQueue(queue, port);
}

/** Its consumers go with it; the last of them takes an auto-delete queue along, and what is in it. */
export function channelDown(queue: ClassicState, channel: ChannelRef, port: QueuePort): void {
  const { consumers, unacked, definition } = queue;
  const hadConsumers = removeConsumers(consumers, ({ spec }) => isSame(spec.channel, channel));
  const entries: Entry[] = [];
  for (const [id, held] of unacked) {
    if (!isSame(held.channel, channel)) continue;
    unacked.delete(id);
    entries.push(held.entry);
  }
  if (!hadConsumers && entries.length === 0) return;
  appoint(queue);
  if (isUnused(queue)) return port.vanish(definition, 'unused');
  watchIdle(queue, port);
  requeue(queue, entries, channel.process, port);
}

export function isUnused({ definition, consumers }: ClassicState): boolean {
  return definition.autoDelete && consumers.hadAny && consumers.ring.length + consumers.blocked.length === 0;
}

/** Single active consumer: the next in line. */
export function appoint({ consumers, limits }: ClassicState): void {
  if (limits.singleActive) consumers.holder ??= consumers.ring[0] ?? null;
}
