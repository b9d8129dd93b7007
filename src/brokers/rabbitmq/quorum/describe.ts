/** A quorum queue as a picture, as the replica of one node has it: what is ready, in the order of its delivery, and who is next. */
import type { Look } from '../../../kernel/part';
import type { StackCell, StackConsumer } from '../../../kernel/shape';
import { deathTold } from '../deaths';
import type { QueuePicture } from '../queue-type';
import { eachNext } from './check-out';
import { unlimitedPrefetch } from './commands';
import type { FifoState, QuorumConsumer, QuorumMessage } from './fifo-state';
import type { QuorumState } from './queue-state';

export function describeQuorum({ fifo, left, returned }: QuorumState, look: Look): QueuePicture {
  return {
    cells: cellsOf(fifo, look),
    consumers: consumersOf(fifo),
    left: left && {
      face: look.face(left.message),
      reason: fifo.config.deadLettering === 'none' ? 'dropped' : left.reason,
      to: null,
      at: left.at,
    },
    returned,
  };
}

function cellsOf(fifo: FifoState, look: Look): StackCell[] {
  const cells: StackCell[] = [];
  for (const message of eachNext(fifo)) {
    if (cells.length >= look.cells) break;
    cells.push(cellOf(message, look));
  }
  return cells;
}

function cellOf({ publication, acquired, since, expiresAt }: QuorumMessage, look: Look): StackCell {
  return {
    face: look.face(publication.message),
    routingKey: publication.routingKey,
    since,
    expiresAt,
    redelivered: acquired > 0,
    deliveries: acquired,
    priority: publication.properties.priority ?? 0,
    // whatever it says of itself
    persistent: true,
    ...deathTold(publication),
  };
}

/** Those in the ring, those that cannot take anything now, and those whose turn it is not. Gets are none, nor are cancelled ones. */
function consumersOf(fifo: FifoState): StackConsumer[] {
  const { consumers, service, waiting } = fifo;
  const inRing = service.flatMap((key) => consumers.get(key) ?? []);
  const others = [...consumers.values()].filter(({ key }) => !service.includes(key));
  return [
    ...[...inRing, ...others].filter(({ once }) => !once).map((consumer) => consumerOf(consumer, true)),
    ...waiting.map((consumer) => consumerOf(consumer, false)),
  ];
}

function consumerOf(consumer: QuorumConsumer, isActive: boolean): StackConsumer {
  const { tag, channel, credit, status, checkedOut, prefetch, noAck, priority } = consumer;
  return {
    tag,
    process: channel.process,
    isActive,
    isBlocked: credit <= 0 || status !== 'up',
    unacked: checkedOut.size,
    prefetch: prefetch === unlimitedPrefetch ? null : prefetch,
    noAck,
    priority,
    isExclusive: false,
  };
}
