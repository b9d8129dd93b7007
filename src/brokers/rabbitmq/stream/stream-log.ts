/**
 * A stream's log (osiris_log.erl): records that stay where they are, in chunks, in segments. A chunk is what was written at
 * once: here, in the same instant. Retention takes whole segments, never the last, and looks when a segment is full.
 */
import { ChunkedLog } from '../../../kernel/structures/chunked-log';
import { ms, type Duration, type Time } from '../../../kernel/time';
import { bare } from '../field-values';
import type { Publication, QueueDefinition } from '../queue-type';
import { intervalOf } from './interval';

export interface StreamRecord {
  readonly publication: Publication;
  /** Offset of the first record of its chunk. */
  readonly chunk: number;
  /** When its chunk was written, in whole milliseconds as the chunk's header has it. */
  readonly at: Time;
}

interface Segment {
  /** Offset of its first record. */
  readonly start: number;
  sizeBytes: number;
  lastAt: Time;
}

export interface StreamRetention {
  readonly maxBytes: number | null;
  readonly maxAge: Duration | null;
  readonly segmentBytes: number;
}

export interface StreamLog {
  readonly retention: StreamRetention;
  /** Index is offset. */
  readonly records: ChunkedLog<StreamRecord>;
  /** Oldest first; empty while nothing was written. */
  segments: Segment[];
}

/** x-stream-max-segment-size-bytes: 500 MB. */
const defaultSegmentBytes = 500_000_000;

export function newStreamLog({ arguments: given }: QueueDefinition): StreamLog {
  const size = bare(given['x-max-length-bytes']);
  const age = bare(given['x-max-age']);
  const segment = bare(given['x-stream-max-segment-size-bytes']);
  const retention = {
    maxBytes: typeof size === 'number' ? size : null,
    maxAge: typeof age === 'string' ? intervalOf(age) : null,
    segmentBytes: typeof segment === 'number' ? segment : defaultSegmentBytes,
  };
  return { retention, records: new ChunkedLog(), segments: [] };
}

export function cloneStreamLog({ retention, records, segments }: StreamLog): StreamLog {
  return { retention, records: records.clone(), segments: segments.map((segment) => ({ ...segment })) };
}

/** Writes it and returns its offset. */
export function appendRecord(log: StreamLog, publication: Publication, now: Time): number {
  const { records } = log;
  const at = Math.floor(now / ms(1)) * ms(1);
  const last = records.at(records.end - 1);
  const isNewChunk = last?.at !== at;
  if (isNewChunk) rollIfFull(log, at);
  const offset = records.push({ publication, chunk: isNewChunk ? records.end : last.chunk, at });
  if (log.segments.length === 0) log.segments.push({ start: offset, sizeBytes: 0, lastAt: at });
  const segment = log.segments[log.segments.length - 1];
  segment.sizeBytes += publication.sizeBytes;
  segment.lastAt = at;
  return offset;
}

/** A chunk is never split: a segment is left once it is too large. */
function rollIfFull(log: StreamLog, now: Time): void {
  const { segments, records, retention } = log;
  const last = segments[segments.length - 1] as Segment | undefined;
  if (!last || last.sizeBytes < retention.segmentBytes) return;
  segments.push({ start: records.end, sizeBytes: 0, lastAt: now });
  retain(log, now);
}

function retain(log: StreamLog, now: Time): void {
  const { maxBytes, maxAge } = log.retention;
  let total = log.segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  while (log.segments.length > 1) {
    const [oldest, next] = log.segments;
    const tooLarge = maxBytes !== null && total > maxBytes;
    const tooOld = maxAge !== null && oldest.lastAt < now - maxAge;
    if (!tooLarge && !tooOld) return;
    total -= oldest.sizeBytes;
    log.segments = log.segments.slice(1);
    log.records.dropBefore(next.start);
  }
}

/** Where a consumer begins, and from which offset on it is given anything. */
export type OffsetSpec =
  'first' | 'last' | 'next' | { readonly offset: number } | { readonly timestamp: Time };

/** Offset of the chunk that is read first (osiris_log.erl, init_offset_reader/2). What is out of range is brought into it. */
export function attachAt({ records }: StreamLog, from: OffsetSpec): number {
  const { start, end } = records;
  if (from === 'first' || start === end) return from === 'first' ? start : end;
  if (from === 'next') return end;
  if (from === 'last') return records.at(end - 1)!.chunk;
  if ('timestamp' in from) return records.findFirst(({ at }) => at >= from.timestamp);
  if (from.offset < start) return start;
  return records.at(from.offset)?.chunk ?? end;
}
