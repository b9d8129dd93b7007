/** A message arrives in a classic queue, and messages go out to consumers (rabbit_amqqueue_process.erl). */
import { ms } from '../../../kernel/time';
import { MessageEnqueued, MessageRefused } from '../facts';
import type { ChannelRef, Publication, QueuePort } from '../queue-type';
import { nextConsumer, type QueueConsumer } from './consumers';
import { dropExpired, dropOverflow, expiryOf, leave, remind, wouldOverflow } from './expiry';
import { headOf, popHead, pushReady, type Entry } from './ready';
import type { ClassicState } from './state';

/** How long a persistent message is on its way to the disk. Ours: what a fast disk takes. */
const writeTime = ms(1);

export function enqueue(
  queue: ClassicState,
  publication: Publication,
  from: ChannelRef | null,
  seq: number,
  port: QueuePort,
): void {
  const { limits, definition } = queue;
  const { context } = port;
  if (limits.overflow !== 'drop-head' && wouldOverflow(queue, publication.sizeBytes)) {
    return refuse(queue, publication, from, seq, port);
  }
  const entry: Entry = {
    id: queue.nextId++,
    publication,
    redelivered: false,
    since: context.now,
    expiresAt: expiryOf(queue, publication, context.now),
  };
  context.note(MessageEnqueued, definition.address, publication.message, entry.id);
  const written = isPersistent(queue, publication);
  const consumer = nextConsumer(queue.consumers, definition, limits.singleActive, port);
  const gone = consumer !== null && consumer.spec.noAck;
  if (written && !gone) write(queue, from, seq, port);
  else if (from !== null) port.confirm(from, definition.name, seq);
  if (consumer !== null) give(queue, consumer, entry, port);
  else keep(queue, entry, port);
}

function keep(queue: ClassicState, entry: Entry, port: QueuePort): void {
  pushReady(queue.ready, entry);
  const dropped = dropOverflow(queue, port);
  // only what is at the head expires
  if (dropped || (queue.ready.count === 1 && entry.expiresAt !== Infinity)) dropExpired(queue, port);
}

export function isPersistent(queue: ClassicState, { properties }: Publication): boolean {
  return queue.definition.durable && properties.deliveryMode === 2;
}

function refuse(
  queue: ClassicState,
  publication: Publication,
  from: ChannelRef | null,
  seq: number,
  port: QueuePort,
): void {
  const { definition, limits } = queue;
  port.context.emit({ is: MessageRefused, subject: definition.address, message: publication.message, detail: limits.overflow }); // prettier-ignore
  if (limits.overflow === 'reject-publish-dlx') leave(queue, publication, 'maxlen', port);
  if (from !== null) port.refuse(from, definition.name, seq);
}

/** What arrives while the disk is busy goes with it. */
function write(queue: ClassicState, from: ChannelRef | null, seq: number, port: QueuePort): void {
  if (from !== null) noteUnwritten(queue.unwritten, from, seq);
  queue.writing ??= remind(queue, 'written', writeTime, port);
}

function noteUnwritten(unwritten: ClassicState['unwritten'], channel: ChannelRef, seq: number): void {
  const last = unwritten.length === 0 ? undefined : unwritten[unwritten.length - 1];
  if (last?.channel === channel) last.seqs.push(seq);
  else unwritten.push({ channel, seqs: [seq] });
}

export function written(queue: ClassicState, port: QueuePort): void {
  queue.writing = null;
  queue.writtenTo = queue.nextId;
  const { unwritten } = queue;
  queue.unwritten = [];
  for (const { channel, seqs } of unwritten) {
    for (const seq of seqs) port.confirm(channel, queue.definition.name, seq);
  }
}

/** Hands messages out for as long as there are any, and consumers that may have them. */
export function runQueue(queue: ClassicState, port: QueuePort): void {
  const { ready, consumers, definition, limits } = queue;
  while (ready.count > 0) {
    const consumer = nextConsumer(consumers, definition, limits.singleActive, port);
    if (consumer === null) return;
    give(queue, consumer, popHead(ready)!, port);
    const head = headOf(ready);
    if (head !== undefined && head.expiresAt !== Infinity) dropExpired(queue, port);
  }
}

function give(queue: ClassicState, consumer: QueueConsumer, entry: Entry, port: QueuePort): void {
  const { channel, tag, noAck } = consumer.spec;
  if (!noAck) {
    queue.unacked.set(entry.id, { entry, channel, tag });
    consumer.used++;
  }
  port.deliver(channel, queue.definition, tag, entry, noAck);
}
