/**
 * A stream: a queue whose messages stay (rabbit_stream_queue.erl, osiris). Not modelled: the stream protocol's own clients,
 * sub-batches, filters (x-stream-filter), single active consumers of streams, offsets that the server stores; the count
 * of messages that queue.declare answers is up to date, where the real one is of some seconds ago.
 */
import { invariant } from '../../../kernel/invariant';
import { MessageEnqueued, MessageLost } from '../facts';
import type { QueueCall, ChannelRef, QueuePort, QueueType, Refusal } from '../queue-type';
import { refusesTransient } from '../quorum/arguments';
import { inQueue, Refused } from '../refusal';
import { bare } from '../field-values';
import { restartRaft } from '../cluster/raft-state';
import { describeStream } from './describe';
import { addReader, readAll, readOn, refusesConsumer } from './read';
import { ReplicatedStream, type BetweenStreamNodes } from './replicated-stream';
import { appendRecord } from './stream-log';
import { cloneStream, newStream, readerKey, type StreamState } from './stream-state';

/** Largest x-stream-max-segment-size-bytes. */
const largestSegment = 3_000_000_000;

export const streamQueue: QueueType<StreamState> = {
  kind: 'stream',
  refuses(declaration, version) {
    const transient = refusesTransient(declaration, version);
    if (transient) return transient;
    const segment = bare(declaration.arguments['x-stream-max-segment-size-bytes']);
    if (typeof segment !== 'number' || segment <= largestSegment) return null;
    return {
      name: 'PRECONDITION_FAILED',
      text: 'Exceeded max value for x-stream-max-segment-size-bytes',
    };
  },
  create: newStream,
  start(stream, port) {
    if (isReplicated(port)) new ReplicatedStream(stream, port).start();
  },
  enqueue(stream, publication, from, seq, port) {
    if (isReplicated(port)) return new ReplicatedStream(stream, port).write(publication, from, seq);
    const { definition, log } = stream;
    const { message, cause } = publication;
    const position = appendRecord(log, publication, port.context.now);
    port.context.emit({ is: MessageEnqueued, subject: definition.address, message, position, cause });
    if (from) port.confirm(from, definition.name, seq);
    readAll(stream, port);
  },
  call,
  settle(stream, how, ids, from, tag, port) {
    if (how !== 'ack' && port.version === '3.10') {
      const text = `basic.nack and basic.reject not supported by stream queues ${inQueue(stream.definition.name)}`;
      throw new Refused('NOT_IMPLEMENTED', text);
    }
    const reader = stream.readers.get(readerKey(from, tag));
    if (!reader) return;
    reader.credit += ids.length;
    readOn(stream, reader, port);
  },
  resume() {},
  channelDown(stream, { key }) {
    stream.clients.delete(key);
    for (const [name, { channel }] of stream.readers) if (channel.key === key) stream.readers.delete(name);
  },
  touch() {},
  drop({ definition, readers, log, leader }, port) {
    let position = log.records.start;
    const tells = !isReplicated(port) || leader === port.node;
    for (const { publication: { message } } of tells ? log.records : [])
      port.context.emit({ is: MessageLost, subject: definition.address, message, position: position++, detail: 'deleted' }); // prettier-ignore
    for (const { channel, tag } of readers.values()) port.cancelled(channel, definition.name, tag);
  },
  remind(stream, { what }, port) {
    new ReplicatedStream(stream, port).remind(what);
  },
  hear(stream, from, message, port) {
    new ReplicatedStream(stream, port).hear(from, message as BetweenStreamNodes);
  },
  nodeChanged(stream, node, what, port) {
    new ReplicatedStream(stream, port).nodeChanged(node, what);
  },
  remembers: ({ clients }, { key }) => clients.has(key),
  restart(stream) {
    stream.readers.clear();
    stream.clients.clear();
    stream.leader = null;
    stream.flush = null;
    if (stream.raft) restartRaft(stream.raft);
    return stream;
  },
  clone: cloneStream,
  counts: ({ log }) => ({ ready: log.records.length, unacked: 0, consumers: 0 }),
  check({ log, readers, definition: { address } }) {
    const [first] = log.segments;
    for (const { next } of readers.values())
      invariant(next <= log.records.end, `what consumers of ${address} have read was written`);
    invariant(log.records.length === 0 || first.start === log.records.start, `${address} begins with a segment`); // prettier-ignore
  },
  // what consumers have does not leave the stream
  holds: () => 0,
  describe: describeStream,
  replication: ({ raft, members, leader }) => raft && { members, leader, term: raft.term },
};

function isReplicated({ nodes }: QueuePort): boolean {
  return nodes.length > 1;
}

function call(stream: StreamState, asked: QueueCall, from: ChannelRef, port: QueuePort): void {
  const { definition, log, readers } = stream;
  switch (asked.type) {
    case 'Stat':
      return port.answer(from, { type: 'Counted', ready: log.records.length, consumers: 0 });
    case 'Consume': {
      const refusal = refusesConsumer(definition.name, asked.consumer, port.version);
      if (refusal) return port.answer(from, { type: 'Refused', refusal });
      if (isReplicated(port) && !stream.raft) return port.answer(from, noReplica(definition.name));
      const reader = addReader(stream, asked.consumer, port.context.now);
      port.answer(from, { type: 'Consuming' });
      return readOn(stream, reader, port);
    }
    case 'Cancel':
      readers.delete(readerKey(from, asked.tag));
      return port.answer(from, { type: 'Cancelled' });
    case 'Get':
      return port.answer(from, notSupported('basic.get', definition.name));
    case 'Purge':
      return port.answer(from, notSupported('queue.purge', definition.name));
    case 'Delete':
      return port.answer(from, { type: 'Deleted', count: 0 });
  }
}

function noReplica(name: string): { readonly type: 'Refused'; readonly refusal: Refusal } {
  const text = `stream ${inQueue(name)} does not have a running replica on the local node`;
  return { type: 'Refused', refusal: { name: 'PRECONDITION_FAILED', text } };
}

function notSupported(what: string, name: string): { readonly type: 'Refused'; readonly refusal: Refusal } {
  const text = `${what} not supported by stream queues ${inQueue(name)}`;
  return { type: 'Refused', refusal: { name: 'NOT_IMPLEMENTED', text } };
}
