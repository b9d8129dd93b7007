/**
 * A channel's side of a quorum queue (rabbit_fifo_client.erl): what it asks becomes commands, and what comes of them goes
 * back to it. Whether it may publish it has to know itself: the queue says when it is full, and when it is not any more.
 */
import { bare } from '../field-values';
import { MessageRefused } from '../facts';
import type {
  ChannelRef,
  ConsumerSpec,
  Delivery,
  Publication,
  QueueCall,
  QueuePort,
  Settlement,
} from '../queue-type';
import { inQueue } from '../refusal';
import { unlimitedPrefetch, type FifoCommand, type FifoReply } from './commands';
import { consumerCount, readyCount, type QueueStatus, type QuorumMessage } from './fifo-state';
import { clientOf, type Concern, type QuorumClient, type QuorumState } from './queue-state';

/** Hands a command in: it is applied now, or when most of the queue's nodes have it. */
export type Submit = (client: QuorumClient, command: FifoCommand, concern: Concern) => void;

export function publish(
  queue: QuorumState,
  publication: Publication,
  from: ChannelRef | null,
  seq: number,
  port: QueuePort,
  submit: Submit,
): void {
  const client = clientOf(queue, from ?? nobody(port));
  if (from === null) return submit(client, { type: 'Enqueue', channel: null, seq: 0, publication }, null);
  if (queue.fifo.config.overflow === 'reject-publish') {
    const publishing = { type: 'Publish', publication, seq } as const;
    if (client.status === 'reject-publish') return refuse(queue, client, publishing, port);
    if (client.status === 'asking') return void client.held.push(publishing);
    if (client.status === null) {
      client.status = 'asking';
      return submit(client, { type: 'RegisterEnqueuer', channel: client.channel }, publishing);
    }
  }
  enqueue(client, publication, { type: 'Confirm', seq }, submit);
}

/** Of what is published by no channel, and nobody waits to hear of. */
function nobody({ node }: QueuePort): ChannelRef {
  return { key: `${node}`, node, connection: 0, channel: 0, process: '' };
}

function enqueue(client: QuorumClient, publication: Publication, concern: Concern, submit: Submit): void {
  submit(
    client,
    { type: 'Enqueue', channel: client.channel, seq: client.nextEnqueue++, publication },
    concern,
  );
}

function refuse(
  { definition }: QuorumState,
  { channel }: QuorumClient,
  { publication: { message }, seq }: Extract<Concern, { type: 'Publish' }>,
  port: QueuePort,
): void {
  port.context.emit({ is: MessageRefused, subject: definition.address, message, detail: 'reject-publish' });
  port.refuse(channel, definition.name, seq);
}

export function call(
  queue: QuorumState,
  asked: QueueCall,
  from: ChannelRef,
  port: QueuePort,
  submit: Submit,
): void {
  const client = clientOf(queue, from);
  switch (asked.type) {
    case 'Stat':
      return port.answer(from, { type: 'Counted', ready: readyCount(queue.fifo), consumers: consumerCount(queue.fifo) }); // prettier-ignore
    case 'Consume':
      return consume(queue, client, asked.consumer, port, submit);
    case 'Cancel':
      return submit(client, { type: 'CancelCheckout', channel: from, tag: asked.tag }, { type: 'Cancel' });
    case 'Get': {
      const id = client.gets++;
      const command = { type: 'Dequeue', channel: from, tag: tagOfGet(id), settled: asked.noAck } as const;
      return submit(client, command, { type: 'Get', id });
    }
    case 'Purge':
      return submit(client, { type: 'Purge' }, { type: 'Purge' });
    case 'Delete':
      return remove(queue, asked, from, port);
  }
}

function consume(
  { definition }: QuorumState,
  client: QuorumClient,
  spec: ConsumerSpec,
  port: QueuePort,
  submit: Submit,
): void {
  const { channel, tag, prefetch, noAck } = spec;
  if (spec.globalPrefetch) {
    const text = `${inQueue(definition.name)} does not support global qos`;
    return port.answer(channel, { type: 'Refused', refusal: { name: 'NOT_IMPLEMENTED', text } });
  }
  const given = bare(spec.arguments['x-priority']);
  const priority = typeof given === 'number' ? given : 0;
  // the client is answered before anybody knows (rabbit_quorum_queue.erl, consume/3)
  port.answer(channel, { type: 'Consuming' });
  const command = { type: 'Checkout', channel, tag, prefetch: prefetch || unlimitedPrefetch, priority, noAck } as const; // prettier-ignore
  submit(client, command, { type: 'Consume' });
}

function remove(
  { definition, fifo }: QuorumState,
  { ifUnused, ifEmpty }: Extract<QueueCall, { type: 'Delete' }>,
  from: ChannelRef,
  port: QueuePort,
): void {
  if (!ifUnused && !ifEmpty) return port.answer(from, { type: 'Deleted', count: readyCount(fifo) });
  const text = `cannot delete ${inQueue(definition.name)}. queue.delete operations with if-${ifUnused ? 'unused' : 'empty'} flag set are not supported by quorum queues`;
  port.answer(from, { type: 'Refused', refusal: { name: 'NOT_IMPLEMENTED', text } });
}

const commandOf = { ack: 'Settle', requeue: 'Return', reject: 'Discard' } as const;

export function settle(
  queue: QuorumState,
  how: Settlement,
  ids: readonly number[],
  from: ChannelRef,
  tag: string,
  submit: Submit,
): void {
  const client = clientOf(queue, from);
  const type = commandOf[how];
  if (tag !== '') submit(client, { type, channel: from, tag, ids }, null);
  else for (const id of ids) submit(client, { type, channel: from, tag: tagOfGet(id), ids: [0] }, null);
}

/** A get is a consumer of one message, and settled by the number of the get. */
function tagOfGet(id: number): string {
  return `get ${id}`;
}

/** A command of this channel has been applied. */
export function conclude(
  queue: QuorumState,
  client: QuorumClient,
  concern: Concern,
  reply: FifoReply,
  port: QueuePort,
  submit: Submit,
): void {
  if (concern === null) return;
  const { channel } = client;
  switch (concern.type) {
    case 'Confirm':
      return port.confirm(channel, queue.definition.name, concern.seq);
    case 'Publish':
      client.status = reply?.type === 'Status' ? reply.status : 'reject-publish';
      return publishHeld(queue, client, concern, port, submit);
    case 'Consume':
      return;
    case 'Cancel':
      return port.answer(channel, { type: 'Cancelled' });
    case 'Get':
      return answerGet(queue, client, concern.id, reply, port);
    case 'Purge':
      return port.answer(channel, { type: 'Purged', count: reply?.type === 'Purged' ? reply.count : 0 });
  }
}

function publishHeld(
  queue: QuorumState,
  client: QuorumClient,
  first: Extract<Concern, { type: 'Publish' }>,
  port: QueuePort,
  submit: Submit,
): void {
  const held = [first, ...client.held];
  client.held = [];
  for (const publishing of held) {
    const { publication, seq } = publishing;
    // the queue may have filled up meanwhile
    if (client.status === 'reject-publish') refuse(queue, client, publishing, port);
    else enqueue(client, publication, { type: 'Confirm', seq }, submit);
  }
}

function answerGet(
  { definition }: QuorumState,
  { channel }: QuorumClient,
  id: number,
  reply: FifoReply,
  port: QueuePort,
): void {
  if (reply?.type === 'Dequeued') {
    return port.answer(channel, { type: 'Got', delivery: deliveryOf(id, reply.message), ready: reply.ready });
  }
  if (reply?.type !== 'Unsupported') return port.answer(channel, { type: 'Empty' });
  const text = `cannot obtain access to locked ${inQueue(definition.name)}. basic.get operations are not supported by quorum queues with single active consumer`;
  port.answer(channel, { type: 'Refused', refusal: { name: 'RESOURCE_LOCKED', text } });
}

/** A consumer of this channel was given something. */
export function delivered(
  queue: QuorumState,
  consumer: { readonly channel: ChannelRef; readonly tag: string; readonly noAck: boolean },
  id: number,
  message: QuorumMessage,
  port: QueuePort,
  submit: Submit,
): void {
  const { channel, tag, noAck } = consumer;
  port.deliver(channel, queue.definition, tag, deliveryOf(id, message), noAck);
  if (noAck) submit(clientOf(queue, channel), { type: 'Settle', channel, tag, ids: [id] }, null);
}

function deliveryOf(id: number, { publication, acquired }: QuorumMessage): Delivery {
  if (acquired === 0) return { id, publication, redelivered: false };
  return { id, publication, redelivered: true, headers: { 'x-delivery-count': acquired } };
}

/** The queue is full, or not any more. */
export function heardStatus(queue: QuorumState, channel: ChannelRef, status: QueueStatus): void {
  const client = queue.clients.get(channel.key);
  if (client && client.status !== null && client.status !== 'asking') client.status = status;
}
