/** What channels ask a classic queue, and wait for the answer. */
import { MessageLost } from '../facts';
import type { ChannelRef, ConsumerSpec, QueueCall, QueuePort } from '../queue-type';
import { inQueue } from '../refusal';
import { addConsumer, consumerCount, findConsumer, removeConsumers } from './consumers';
import { runQueue } from './enqueue';
import { dropExpired, watchIdle } from './expiry';
import { clearReady, eachReady, popHead } from './ready';
import { appoint, isUnused } from './settle';
import type { ClassicState } from './state';

export function call(queue: ClassicState, asked: QueueCall, from: ChannelRef, port: QueuePort): void {
  switch (asked.type) {
    case 'Stat':
      watchIdle(queue, port);
      return port.answer(from, {
        type: 'Counted',
        ready: queue.ready.count,
        consumers: consumerCount(queue.consumers),
      });
    case 'Consume':
      return consume(queue, asked.consumer, from, port);
    case 'Cancel':
      return cancel(queue, asked.tag, from, port);
    case 'Get':
      return get(queue, asked.noAck, from, port);
    case 'Purge': {
      const count = queue.ready.count;
      lose(queue, 'purged', port);
      return port.answer(from, { type: 'Purged', count });
    }
    case 'Delete':
      return remove(queue, asked, from, port);
  }
}

function consume(queue: ClassicState, spec: ConsumerSpec, from: ChannelRef, port: QueuePort): void {
  const { consumers, limits, definition } = queue;
  const taken = limits.singleActive
    ? spec.exclusive
    : consumers.holder !== null || (spec.exclusive && consumerCount(consumers) > 0);
  if (taken) {
    const refusal = { name: 'ACCESS_REFUSED', text: `${inQueue(definition.name)} in exclusive use` } as const;
    return port.answer(from, { type: 'Refused', refusal });
  }
  const consumer = addConsumer(consumers, spec);
  if (limits.singleActive) consumers.holder ??= consumer;
  else if (spec.exclusive) consumers.holder = consumer;
  if (queue.idleTimer !== null) port.context.cancel(queue.idleTimer);
  queue.idleTimer = null;
  port.answer(from, { type: 'Consuming' });
  runQueue(queue, port);
}

/** What it was given stays with its channel. */
function cancel(queue: ClassicState, tag: string, from: ChannelRef, port: QueuePort): void {
  port.answer(from, { type: 'Cancelled' });
  const consumer = findConsumer(queue.consumers, from, tag);
  if (!consumer) return;
  removeConsumers(queue.consumers, (one) => one === consumer);
  appoint(queue);
  if (isUnused(queue)) return port.vanish(queue.definition, 'unused');
  runQueue(queue, port);
  watchIdle(queue, port);
}

function get(queue: ClassicState, noAck: boolean, from: ChannelRef, port: QueuePort): void {
  watchIdle(queue, port);
  const entry = popHead(queue.ready);
  if (entry === undefined) return port.answer(from, { type: 'Empty' });
  if (!noAck) queue.unacked.set(entry.id, { entry, channel: from, tag: '' });
  dropExpired(queue, port);
  port.answer(from, { type: 'Got', delivery: entry, ready: queue.ready.count });
}

function remove(
  queue: ClassicState,
  { ifUnused, ifEmpty }: Extract<QueueCall, { type: 'Delete' }>,
  from: ChannelRef,
  port: QueuePort,
): void {
  const { definition, ready, consumers } = queue;
  const refused = (what: string): void =>
    port.answer(from, {
      type: 'Refused',
      refusal: { name: 'PRECONDITION_FAILED', text: `${inQueue(definition.name)} ${what}` },
    });
  if (ifEmpty && ready.count > 0) return refused('not empty');
  if (ifUnused && consumerCount(consumers) > 0) return refused('in use');
  port.answer(from, { type: 'Deleted', count: ready.count });
}

/** Ready messages go, and nobody gets them. */
export function lose(queue: ClassicState, why: 'purged' | 'deleted', port: QueuePort): void {
  for (const { publication, id } of eachReady(queue.ready)) {
    port.context.emit({ is: MessageLost, subject: queue.definition.address, message: publication.message, position: id, detail: why }); // prettier-ignore
  }
  clearReady(queue.ready);
}
