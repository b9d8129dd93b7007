/** A dead message is published once more, by the broker, to the queue's dead-letter exchange (rabbit_dead_letter.erl). */
import type { QueuePort } from './queue-type';
import type { BrokerState, Pending } from './state';

export function deadLetter(
  _state: BrokerState,
  _dead: Extract<Pending, { type: 'DeadLetter' }>,
  _port: QueuePort,
): void {
  // to come
}
