/** A classic queue as a picture: the ready messages from the head on, and who is next. */
import type { Look } from '../../../kernel/part';
import type { StackCell, StackConsumer } from '../../../kernel/shape';
import { deathTold } from '../deaths';
import type { QueuePicture } from '../queue-type';
import { isFull, type QueueConsumer } from './consumers';
import { isPersistent } from './enqueue';
import { eachReady, type Entry } from './ready';
import type { ClassicState } from './state';

export function describeClassic(queue: ClassicState, look: Look): QueuePicture {
  const { consumers, left, definition, returned } = queue;
  const order = consumers.holder && queue.limits.singleActive ? activeFirst(queue) : [...consumers.ring, ...consumers.blocked]; // prettier-ignore
  return {
    cells: cellsOf(queue, look),
    consumers: order.map((consumer) => consumerOf(queue, consumer)),
    left: left && {
      face: look.face(left.message),
      reason: definition.arguments['x-dead-letter-exchange'] === undefined ? 'dropped' : left.reason,
      to: null,
      at: left.at,
    },
    returned,
  };
}

function activeFirst({ consumers }: ClassicState): readonly QueueConsumer[] {
  const all = [...consumers.ring, ...consumers.blocked];
  return [...all.filter((one) => one === consumers.holder), ...all.filter((one) => one !== consumers.holder)];
}

function cellsOf(queue: ClassicState, look: Look): StackCell[] {
  const cells: StackCell[] = [];
  for (const entry of eachReady(queue.ready)) {
    if (cells.length >= look.cells) break;
    cells.push(cellOf(queue, entry, look));
  }
  return cells;
}

function cellOf(queue: ClassicState, entry: Entry, look: Look): StackCell {
  const { publication, since, expiresAt, redelivered } = entry;
  return {
    face: look.face(publication.message),
    routingKey: publication.routingKey,
    since,
    expiresAt: expiresAt === Infinity ? null : expiresAt,
    redelivered,
    deliveries: redelivered ? 1 : 0,
    priority: publication.properties.priority ?? 0,
    persistent: isPersistent(queue, publication),
    ...deathTold(publication),
  };
}

function consumerOf({ consumers, limits }: ClassicState, consumer: QueueConsumer): StackConsumer {
  const { spec, used, priority } = consumer;
  return {
    tag: spec.tag,
    process: spec.process,
    isActive: !limits.singleActive || consumers.holder === consumer,
    isBlocked: isFull(consumer),
    unacked: used,
    prefetch: spec.prefetch === 0 ? null : spec.prefetch,
    noAck: spec.noAck,
    priority,
    isExclusive: spec.exclusive,
  };
}
