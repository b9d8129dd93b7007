/**
 * Who consumes (rabbit_fifo.erl): joining, leaving, being lost; and, with a single active consumer, whose turn it is. In
 * 4.0 a waiting consumer of higher priority takes over as soon as the active one has nothing in hand; in 3.10 the order is
 * the order of coming.
 */
import type { Time } from '../../../kernel/time';
import type { ChannelRef } from '../queue-type';
import type { Checkout, FifoEffects } from './commands';
import { consumerKey, type FifoState, type QuorumConsumer } from './fifo-state';
import { activeConsumer, addWaiting, newConsumer, serve, sortWaiting, updateOrRemove } from './service';
import { returnAll } from './settling';

/** A new one, or one that had been cancelled and has still something in hand. */
export function addConsumer(fifo: FifoState, command: Checkout, now: Time): QuorumConsumer {
  const key = consumerKey(command.channel, command.tag);
  const known = fifo.consumers.get(key);
  const merges = !fifo.config.singleActiveConsumer || activeConsumer(fifo) === null;
  if (known && (merges || known === activeConsumer(fifo))) {
    const { prefetch, priority } = command;
    const credit = Math.max(0, prefetch - known.checkedOut.size);
    Object.assign(known, { prefetch, priority, credit, once: false, status: 'up' });
    serve(fifo, known);
    return known;
  }
  const consumer = newConsumer(fifo, command);
  if (fifo.config.singleActiveConsumer) {
    addWaiting(fifo, consumer);
    activateNext(fifo);
  } else {
    fifo.consumers.set(key, consumer);
    updateOrRemove(fifo, consumer, now);
  }
  return consumer;
}

/** basic.cancel: what it has in hand stays there. */
export function cancelConsumer(fifo: FifoState, key: string, now: Time): void {
  const consumer = fifo.consumers.get(key);
  if (consumer) {
    Object.assign(consumer, { once: true, credit: 0, status: 'cancelled' });
    updateOrRemove(fifo, consumer, now);
  } else {
    fifo.waiting = fifo.waiting.filter((waiting) => waiting.key !== key);
  }
  activateNext(fifo);
}

/** Its consumers are gone, and what they had goes back to the front. */
export function channelDown(fifo: FifoState, channel: ChannelRef, now: Time, effects: FifoEffects): void {
  fifo.enqueuers.delete(channel.key);
  fifo.waiting = fifo.waiting.filter((waiting) => waiting.channel.key !== channel.key);
  for (const consumer of [...fifo.consumers.values()]) {
    if (consumer.channel.key !== channel.key) continue;
    returnAll(fifo, consumer, now, effects);
    fifo.consumers.delete(consumer.key);
    fifo.lastActive = now;
  }
  activateNext(fifo);
}

/** Its channels may be gone or not: their consumers get nothing, and what they have is for others. */
export function nodeDown(fifo: FifoState, node: number, now: Time, effects: FifoEffects): void {
  for (const consumer of [...fifo.consumers.values()]) {
    if (consumer.channel.node !== node || consumer.status === 'suspected') continue;
    if (consumer.status === 'up' || fifo.config.singleActiveConsumer) suspect(fifo, consumer, now, effects);
  }
  for (const waiting of fifo.waiting) if (waiting.channel.node === node) waiting.status = 'suspected';
  sortWaiting(fifo);
  fifo.lastActive = now;
  activateNext(fifo);
}

/** It is there again, and so are those of its channels that have not gone meanwhile. */
export function nodeUp(fifo: FifoState, node: number): void {
  for (const consumer of fifo.consumers.values()) {
    if (consumer.channel.node !== node || consumer.status === 'cancelled') continue;
    consumer.status = 'up';
    serve(fifo, consumer);
  }
  for (const waiting of fifo.waiting) if (waiting.channel.node === node) waiting.status = 'up';
  sortWaiting(fifo);
  activateNext(fifo);
}

function suspect(fifo: FifoState, consumer: QuorumConsumer, now: Time, effects: FifoEffects): void {
  const wasCancelled = consumer.status === 'cancelled';
  if (!wasCancelled) consumer.status = 'suspected';
  returnAll(fifo, consumer, now, effects);
  if (wasCancelled || !fifo.config.singleActiveConsumer) return;
  fifo.consumers.delete(consumer.key);
  fifo.waiting.push(consumer);
}

/** With a single active consumer: the next one, if nobody has the turn or somebody more important waits. */
export function activateNext(fifo: FifoState): void {
  if (!fifo.config.singleActiveConsumer) return;
  const next = fifo.waiting.find(({ status }) => status === 'up');
  if (!next) return;
  const active = activeConsumer(fifo);
  if (active === null) {
    activate(fifo, next);
  } else if (fifo.config.version === '4.0' && next.priority > active.priority) {
    if (active.checkedOut.size > 0) {
      active.status = 'quiescing';
      return;
    }
    fifo.consumers.delete(active.key);
    activate(fifo, next);
    active.status = 'up';
    addWaiting(fifo, active);
  }
}

function activate(fifo: FifoState, next: QuorumConsumer): void {
  fifo.waiting = fifo.waiting.filter((waiting) => waiting !== next);
  const known = fifo.consumers.get(next.key);
  // a cancelled one of the same tag has still something in hand: it goes on with that, and with what it is now
  const consumer = known ? Object.assign(known, { prefetch: next.prefetch, priority: next.priority, once: false }) : next; // prettier-ignore
  fifo.consumers.set(consumer.key, consumer);
  serve(fifo, consumer);
}
