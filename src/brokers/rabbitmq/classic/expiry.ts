/** What goes by itself: expired messages, at the head only; messages over the limit; a queue that nobody uses. */
import type { DeathReason } from '../deaths';
import { MessageEvicted, MessageExpired } from '../facts';
import type { Publication, QueuePort } from '../queue-type';
import { consumerCount } from './consumers';
import { headOf, popHead } from './ready';
import type { ClassicState } from './state';

/** The earlier of the queue's and the message's own. */
export function expiryOf(queue: ClassicState, { properties }: Publication, now: number): number {
  const { messageTtl } = queue.limits;
  const own = properties.expiration === undefined ? Infinity : Number(properties.expiration) * 1000;
  return messageTtl === null ? now + own : now + Math.min(messageTtl, own);
}

/** It goes to where dead messages go, if anywhere. */
export function leave(
  queue: ClassicState,
  publication: Publication,
  reason: DeathReason,
  port: QueuePort,
): void {
  // prettier-ignore
  queue.left = { message: publication.message, reason, at: port.context.now };
  port.deadLetter(queue.definition, publication, reason);
}

/** Takes expired messages from the head, and sets the timer for the next one there. */
export function dropExpired(queue: ClassicState, port: QueuePort): void {
  const { now } = port.context;
  let head = headOf(queue.ready);
  while (head !== undefined && head.expiresAt <= now) {
    popHead(queue.ready);
    port.context.emit({ is: MessageExpired, subject: queue.definition.address, message: head.publication.message, position: head.id }); // prettier-ignore
    leave(queue, head.publication, 'expired', port);
    head = headOf(queue.ready);
  }
  if (head !== undefined && head.expiresAt !== Infinity) watchHead(queue, head.expiresAt, port);
}

function watchHead(queue: ClassicState, expiresAt: number, port: QueuePort): void {
  if (queue.headTimer !== null) {
    if (queue.headAt <= expiresAt) return;
    port.context.cancel(queue.headTimer);
  }
  queue.headAt = expiresAt;
  queue.headTimer = remind(queue, 'head', expiresAt - port.context.now, port);
}

export function headDue(queue: ClassicState, port: QueuePort): void {
  queue.headTimer = null;
  queue.headAt = Infinity;
  dropExpired(queue, port);
}

/** With drop-head: from the head, until the queue is as long as it may be. Says whether any went. */
export function dropOverflow(queue: ClassicState, port: QueuePort): boolean {
  const { ready, limits, definition } = queue;
  if (limits.overflow !== 'drop-head') return false;
  let dropped = false;
  while (ready.count > limits.length || ready.sizeBytes > limits.lengthBytes) {
    const { publication, id } = popHead(ready)!;
    port.context.emit({ is: MessageEvicted, subject: definition.address, message: publication.message, position: id }); // prettier-ignore
    leave(queue, publication, 'maxlen', port);
    dropped = true;
  }
  return dropped;
}

/** Whether one more of this size is refused. */
export function wouldOverflow({ ready, limits }: ClassicState, sizeBytes: number): boolean {
  return ready.count + 1 > limits.length || ready.sizeBytes + sizeBytes > limits.lengthBytes;
}

/** x-expires: without consumers it goes so long after it was last declared or asked for a message. */
export function watchIdle(queue: ClassicState, port: QueuePort): void {
  const { expires } = queue.limits;
  if (expires === null || consumerCount(queue.consumers) > 0) return;
  if (queue.idleTimer !== null) port.context.cancel(queue.idleTimer);
  queue.idleTimer = remind(queue, 'idle', expires, port);
}

export function idleDue(queue: ClassicState, port: QueuePort): void {
  queue.idleTimer = null;
  if (consumerCount(queue.consumers) === 0) port.vanish(queue.definition, 'expired');
}

export function remind(queue: ClassicState, what: string, delay: number, port: QueuePort): number {
  const { name, birth } = queue.definition;
  return port.remind(delay, { type: 'QueueReminder', queue: name, birth, what });
}
