/**
 * How deliveries end (rabbit_fifo.erl: complete/5, discard/7, return/8, return_one/8). What comes back has been acquired
 * once more, and perhaps once too often. 4.0 takes messages back in the order the client gives them, 3.10 in the order it
 * had got them.
 */
import type { Time } from '../../../kernel/time';
import { discard } from './check-out';
import type { FifoEffects } from './commands';
import type { FifoState, QuorumConsumer } from './fifo-state';
import { updateOrRemove } from './service';

/** They are done with. */
export function completeMessages(
  fifo: FifoState,
  consumer: QuorumConsumer,
  ids: readonly number[],
  now: Time,
): void {
  let count = 0;
  for (const id of ids) if (consumer.checkedOut.delete(id)) count++;
  addCredit(fifo, consumer, count);
  updateOrRemove(fifo, consumer, now);
}

/** They were rejected for good. Complete them afterwards. */
export function discardMessages(
  fifo: FifoState,
  consumer: QuorumConsumer,
  ids: readonly number[],
  effects: FifoEffects,
): void {
  for (const id of ids) {
    const message = consumer.checkedOut.get(id);
    if (message) discard(fifo, message, 'rejected', effects);
  }
}

/** They are given back, to go out before all others. */
export function returnMessages(
  fifo: FifoState,
  consumer: QuorumConsumer,
  ids: readonly number[],
  now: Time,
  effects: FifoEffects,
): void {
  const { checkedOut } = consumer;
  const known = ids.filter((id) => checkedOut.has(id));
  if (fifo.config.version === '3.10') known.sort((a, b) => a - b);
  for (const id of known) returnOne(fifo, consumer, id, now, effects);
  // 3.10 has given it for those over the limit already, and gives it again
  if (fifo.config.version === '3.10') addCredit(fifo, consumer, known.length);
  updateOrRemove(fifo, consumer, now);
}

/** All that a consumer has, in the order in which it got them. Its credit in 3.10 is not given back. */
export function returnAll(fifo: FifoState, consumer: QuorumConsumer, now: Time, effects: FifoEffects): void {
  for (const id of [...consumer.checkedOut.keys()]) returnOne(fifo, consumer, id, now, effects);
}

function returnOne(
  fifo: FifoState,
  consumer: QuorumConsumer,
  id: number,
  now: Time,
  effects: FifoEffects,
): void {
  const { version, deliveryLimit } = fifo.config;
  const { checkedOut } = consumer;
  const given = checkedOut.get(id)!;
  const message = { ...given, acquired: given.acquired + 1 };
  if (deliveryLimit !== null && message.acquired > deliveryLimit) {
    discard(fifo, message, 'delivery_limit', effects);
    completeMessages(fifo, consumer, [id], now);
    return;
  }
  checkedOut.delete(id);
  if (version !== '3.10') addCredit(fifo, consumer, 1);
  fifo.readyBytes += message.publication.sizeBytes;
  fifo.returns.push(message);
}

/** Without a delivery limit what is given back goes to the tail, as a new message of normal priority. */
export function requeueMessage(fifo: FifoState, consumer: QuorumConsumer, id: number, now: Time): boolean {
  const given = consumer.checkedOut.get(id);
  if (!given) return false;
  consumer.checkedOut.delete(id);
  addCredit(fifo, consumer, 1);
  fifo.readyBytes += given.publication.sizeBytes;
  fifo.messages.normal.push({ ...given, index: fifo.index, acquired: given.acquired + 1 });
  updateOrRemove(fifo, consumer, now);
  return true;
}

/** 4.0 never gives more than the prefetch. */
function addCredit(fifo: FifoState, consumer: QuorumConsumer, count: number): void {
  if (consumer.once) return;
  const credit = consumer.credit + count;
  consumer.credit = fifo.config.version === '3.10' ? credit : Math.min(credit, consumer.prefetch);
}
