/** Whose turn it is to be given something, and who waits for a turn (rabbit_fifo.erl: service_queue, waiting_consumers). */
import { NumberMap } from '../../../kernel/structures/number-map';
import type { Time } from '../../../kernel/time';
import type { Checkout } from './commands';
import { consumerKey, type FifoState, type QuorumConsumer } from './fifo-state';

/** A consumer as it comes. */
export function newConsumer(
  fifo: FifoState,
  { channel, tag, prefetch, priority, noAck }: Omit<Checkout, 'type'>,
): QuorumConsumer {
  return {
    key: consumerKey(channel, tag),
    channel,
    tag,
    attached: fifo.index,
    noAck,
    prefetch,
    priority,
    once: false,
    status: 'up',
    nextId: 0,
    credit: prefetch,
    checkedOut: new NumberMap(),
  };
}

/** Takes a place in the ring, behind those of its priority, if it can take anything and has none. */
export function serve(fifo: FifoState, consumer: QuorumConsumer): void {
  const { service, consumers } = fifo;
  if (consumer.credit <= 0 || consumer.status !== 'up' || service.includes(consumer.key)) return;
  let place = service.length;
  while (place > 0 && (consumers.get(service[place - 1])?.priority ?? 0) < consumer.priority) place--;
  if (place === service.length) service.push(consumer.key);
  else service.splice(place, 0, consumer.key);
}

/** After something of it has changed: it may be done, or has made room for another, or can take something. */
export function updateOrRemove(fifo: FifoState, consumer: QuorumConsumer, now: Time): void {
  const isIdle = consumer.checkedOut.size === 0;
  if (consumer.once && consumer.credit === 0) {
    if (!isIdle) return;
    fifo.consumers.delete(consumer.key);
    fifo.lastActive = now;
  } else if (consumer.status === 'quiescing' && isIdle) {
    consumer.status = 'up';
    fifo.consumers.delete(consumer.key);
    addWaiting(fifo, consumer);
  } else {
    serve(fifo, consumer);
  }
}

export function activeConsumer(fifo: FifoState): QuorumConsumer | null {
  for (const consumer of fifo.consumers.values())
    if (consumer.status === 'up' || consumer.status === 'quiescing') return consumer;
  return null;
}

export function addWaiting(fifo: FifoState, consumer: QuorumConsumer): void {
  fifo.waiting = [...fifo.waiting.filter(({ key }) => key !== consumer.key), consumer];
  sortWaiting(fifo);
}

/** 4.0 (sort_waiting/1): those that can be reached, then by priority, then by credit, then as they came. */
export function sortWaiting(fifo: FifoState): void {
  if (fifo.config.version !== '4.0') return;
  fifo.waiting.sort(
    (a, b) =>
      Number(b.status === 'up') - Number(a.status === 'up') ||
      b.priority - a.priority ||
      b.credit - a.credit ||
      a.attached - b.attached,
  );
}
