/**
 * Consuming from a stream (rabbit_stream_queue.erl): each consumer reads for itself, as far as its credit goes, and every
 * settlement gives credit back, whatever it says. 3.10 gives out whole chunks once there is any credit.
 */
import { bare, typeOf } from '../field-values';
import { seconds, type Time } from '../../../kernel/time';
import type { ConsumerSpec, QueuePort, Refusal, Version } from '../queue-type';
import type { FieldValue } from '../protocol';
import { inQueue } from '../refusal';
import { intervalOf } from './interval';
import { attachAt, type OffsetSpec } from './stream-log';
import { readerKey, type StreamReader, type StreamState } from './stream-state';

/** Why it may not consume; null: it may. */
export function refusesConsumer(name: string, spec: ConsumerSpec, version: Version): Refusal | null {
  const where = inQueue(name);
  if (spec.prefetch === 0 && !spec.globalPrefetch) {
    const text = `consumer prefetch count is not set for ${version === '3.10' ? `'${where}'` : `stream ${where}`}`;
    return { name: 'PRECONDITION_FAILED', text };
  }
  if (spec.noAck) {
    const kind = version === '3.10' ? 'stream queues' : 'stream';
    return { name: 'NOT_IMPLEMENTED', text: `automatic acknowledgement not supported by ${kind} ${where}` };
  }
  if (spec.globalPrefetch) return { name: 'NOT_IMPLEMENTED', text: `${where} does not support global qos` };
  const offset = bare(spec.arguments['x-stream-offset']);
  const isOffset = typeof offset !== 'string' || names.includes(offset) || intervalOf(offset) !== null;
  return isOffset ? null : { name: 'INTERNAL_ERROR', text: '' };
}

const names: readonly string[] = ['first', 'last', 'next'];

export function addReader(stream: StreamState, spec: ConsumerSpec, now: Time): StreamReader {
  const { channel, tag, prefetch } = spec;
  const from = offsetSpec(spec.arguments['x-stream-offset'], now);
  const next = attachAt(stream.log, from);
  // an offset that is not there yet is waited for
  const first = typeof from === 'object' && 'offset' in from ? from.offset : next;
  const reader = { channel, tag, next, from: first, prefetch, credit: prefetch };
  stream.readers.set(readerKey(channel, tag), reader);
  return reader;
}

/** parse_offset_arg/1. */
function offsetSpec(given: FieldValue, now: Time): OffsetSpec {
  const value = bare(given);
  if (value === 'first' || value === 'last' || value === 'next') return value;
  if (typeof value === 'string') return { timestamp: now - (intervalOf(value) ?? 0) };
  if (typeof value !== 'number') return 'next';
  return typeOf(given) === 'timestamp' ? { timestamp: seconds(value) } : { offset: value };
}

/** Gives a consumer what it may have of what is there. */
export function readOn(stream: StreamState, reader: StreamReader, port: QueuePort): void {
  const { records } = stream.log;
  // what retention has taken meanwhile is passed over
  reader.next = Math.max(reader.next, records.start);
  const wholeChunks = port.version === '3.10';
  let chunk = -1;
  for (let record = records.at(reader.next); record; record = records.at(reader.next)) {
    if (reader.credit <= 0 && !(wholeChunks && record.chunk === chunk)) return;
    const offset = reader.next++;
    chunk = record.chunk;
    if (offset < reader.from) continue;
    reader.credit--;
    const { publication } = record;
    const delivery = { id: offset, publication, redelivered: false, headers: { 'x-stream-offset': offset } };
    port.deliver(reader.channel, stream.definition, reader.tag, delivery, false);
  }
}

export function readAll(stream: StreamState, port: QueuePort): void {
  for (const reader of stream.readers.values()) readOn(stream, reader, port);
}
