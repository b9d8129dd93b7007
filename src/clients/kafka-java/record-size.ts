/** What a record takes on the wire (format v2; kafka-clients 4.3.1 DefaultRecord.java, ByteUtils.java). Bytes. */
import type { Body } from '../../kernel/bodies';
import { sizeOf } from '../kafka/record';

/** RECORD_BATCH_OVERHEAD */
export const batchOverhead = 61;
/** MAX_RECORD_OVERHEAD: what length, attributes, timestamp and offset can take at most. */
const recordOverhead = 21;

/** Key, value and headers with their lengths. */
export interface Payload {
  readonly bytes: number;
}

/** A program's texts as they are; what a lesson's services publish as JSON would be. */
export function payloadOf(body: Body): Payload {
  const { key, data, type } = body;
  const { value, headers } = data;
  if (type !== 'Record') return { bytes: sizeOf(body) };
  let bytes = field(key) + field(typeof value === 'string' ? value : null);
  const pairs = typeof headers === 'string' ? Object.entries(JSON.parse(headers) as Headers) : [];
  const all = pairs.flatMap(([name, one]) =>
    (typeof one === 'string' ? [one] : one).map((each) => [name, each] as const),
  );
  bytes += varint(all.length);
  for (const [name, text] of all) bytes += field(name) + field(text);
  return { bytes };
}

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** In a batch, at this distance from its first record. */
export function recordSize({ bytes }: Payload, offsetDelta: number, timestampDeltaMs: number): number {
  const body = 1 + varint(timestampDeltaMs) + varint(offsetDelta) + bytes;
  return body + varint(body);
}

/** AbstractRecords.estimateSizeInBytesUpperBound: a batch of its own with this record in it. */
export function sizeUpperBound({ bytes }: Payload): number {
  return batchOverhead + recordOverhead + bytes;
}

/** A length and what it is of; −1 for null. */
function field(text: string | null): number {
  if (text === null) return varint(-1);
  const length = bytesIn(text);
  return varint(length) + length;
}

/** Zig-zag: small numbers of either sign take few bytes. */
function varint(value: number): number {
  let rest = value >= 0 ? value * 2 : -value * 2 - 1;
  let bytes = 1;
  while (rest >= 128) {
    rest = Math.floor(rest / 128);
    bytes++;
  }
  return bytes;
}

/** In UTF-8. */
function bytesIn(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
