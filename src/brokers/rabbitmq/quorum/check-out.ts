/**
 * Giving messages to consumers (rabbit_fifo.erl, checkout/4): to one after the other of those with credit, the highest
 * priority first; what came back goes before what is new. Whatever has expired at the head goes away first, and only there.
 */
import type { Time } from '../../../kernel/time';
import type { FifoEffects } from './commands';
import { keepDeadLetter, takeDeadLetter } from './dead-letters';
import type { DeathReason } from '../deaths';
import type { FifoState, QuorumConsumer, QuorumMessage } from './fifo-state';
import { updateOrRemove } from './service';
import { eachInQueue, peekQueue, takeFromQueue } from './weighted-queue';

/** Gives out what can be given out, also to whoever publishes dead letters. */
export function checkOut(fifo: FifoState, now: Time, effects: FifoEffects): void {
  for (;;) {
    expireHead(fifo, now, effects);
    const consumer = nextInService(fifo);
    if (!consumer) break;
    const message = takeNext(fifo);
    if (!message) break;
    fifo.service.shift();
    const id = checkOutOne(fifo, consumer, message);
    updateOrRemove(fifo, consumer, now);
    effects.deliver(consumer, id, message);
  }
  handOutDeadLetters(fifo, effects);
}

/** It is out, in the hands of this consumer, under the number that is returned. */
export function checkOutOne(fifo: FifoState, consumer: QuorumConsumer, message: QuorumMessage): number {
  const id = consumer.nextId++;
  consumer.checkedOut.set(id, message);
  consumer.credit--;
  fifo.readyBytes -= message.publication.sizeBytes;
  return id;
}

/** Whoever is at the front and can take something; those who cannot leave the ring. */
function nextInService(fifo: FifoState): QuorumConsumer | null {
  const { service, consumers } = fifo;
  while (service.length > 0) {
    const consumer = consumers.get(service[0]);
    if (consumer && consumer.credit > 0 && consumer.status === 'up') return consumer;
    // without a message the ring stays as it is (checkout_one/4), which nobody can tell from outside
    service.shift();
  }
  return null;
}

export function peekNext({ returns, messages }: FifoState): QuorumMessage | undefined {
  return returns.length > 0 ? returns.at(returns.start) : peekQueue(messages);
}

/** All that is ready, in the order in which it would be taken. */
export function* eachNext({ returns, messages }: FifoState): Generator<QuorumMessage> {
  yield* returns;
  yield* eachInQueue(messages);
}

export function takeNext(fifo: FifoState): QuorumMessage | undefined {
  const { returns } = fifo;
  if (returns.length === 0) return takeFromQueue(fifo.messages);
  const message = returns.at(returns.start);
  returns.dropBefore(returns.start + 1);
  return message;
}

/** The messages at the head whose time is over. */
export function expireHead(fifo: FifoState, now: Time, effects: FifoEffects): void {
  for (let head = peekNext(fifo); head; head = peekNext(fifo)) {
    if (head.expiresAt === null || head.expiresAt > now) return;
    takeNext(fifo);
    fifo.readyBytes -= head.publication.sizeBytes;
    discard(fifo, head, 'expired', effects);
  }
}

/** It is of this queue no more: dead-lettered, or kept until it is. */
export function discard(
  fifo: FifoState,
  message: QuorumMessage,
  reason: DeathReason,
  effects: FifoEffects,
): void {
  if (fifo.config.deadLettering === 'at-least-once') keepDeadLetter(fifo.deadLetters, { reason, message });
  effects.dropped(message, reason);
}

function handOutDeadLetters(fifo: FifoState, effects: FifoEffects): void {
  if (fifo.config.deadLettering !== 'at-least-once') return;
  for (let next = takeDeadLetter(fifo.deadLetters); next; next = takeDeadLetter(fifo.deadLetters))
    effects.deadLetter(next[0], next[1].message, next[1].reason);
}
