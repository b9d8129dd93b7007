/**
 * One partition, or a node's copy of it: an append-only log of batches, and the offsets that name places in it. Where
 * there is one node the high watermark follows every append; else the replicas in sync move it (cluster/lead.ts). What
 * producers have written last and which transactions are open stands beside the log, not inside it.
 */
import { invariant } from '../../kernel/invariant';
import { ChunkedLog } from '../../kernel/structures/chunked-log';
import type { Time } from '../../kernel/time';
import type { Replication } from './cluster/replication';
import type { TopicConfig } from './config';
import type { AbortedTransaction, ProducerEntry } from './producers';
import type { StoredBatch } from './protocol';
import { cloneSegments, mustRoll, newSegment, segmentIndexOf, type Segment } from './segments';

export interface Partition {
  readonly topic: string;
  readonly index: number;
  /** "kafka/orders/0": the subject of its facts. */
  readonly address: string;
  config: TopicConfig;
  leaderEpoch: number;
  readonly log: ChunkedLog<StoredBatch>;
  /** Oldest first; never empty. */
  segments: Segment[];
  /** First offset that may be read. */
  logStart: number;
  /** Next offset to be given. */
  logEnd: number;
  /** First offset that consumers may not read yet. */
  highWatermark: number;
  /** Connections whose fetch waits for data here. */
  waiters: readonly number[];
  /** By producer id; absent: no producer with an id has written here. */
  producers?: ReadonlyMap<number, ProducerEntry>;
  /** Oldest first; absent: none. */
  aborted?: readonly AbortedTransaction[];
  /** Compaction has been here up to this offset (the cleaner's checkpoint); absent: never. */
  cleanedTo?: number;
  /** Its copies on other nodes, and what this one is to them; absent: there is one node. */
  replication?: Replication;
}

/** What one read found. */
export interface Read {
  readonly batches: readonly StoredBatch[];
  /**
   * Bytes the real broker would send, which is what it holds against fetch.min.bytes: a batch that no longer fits is
   * cut off there, and the client throws the piece away. Here only whole batches are handed out.
   */
  readonly bytes: number;
}

export function newPartition(
  broker: string,
  topic: string,
  index: number,
  config: TopicConfig,
  now: Time,
): Partition {
  return {
    topic,
    index,
    address: `${broker}/${topic}/${index}`,
    config,
    leaderEpoch: 0,
    log: new ChunkedLog(),
    segments: [newSegment(0, 0, 0, now)],
    logStart: 0,
    logEnd: 0,
    highWatermark: 0,
    waiters: [],
  };
}

/** Puts a batch, whose offsets must be the next ones, at the end of the log, rolling the segment first if it has to. */
export function append(partition: Partition, batch: StoredBatch): void {
  invariant(batch.baseOffset === partition.logEnd, 'a batch begins at the log end');
  let segment = activeSegment(partition);
  if (mustRoll(segment, batch.sizeBytes, batch.maxTimestamp, partition.config)) {
    segment = roll(partition, batch.appendTime);
  }
  const wasEmpty = segment.sizeBytes === 0;
  if (wasEmpty) segment.firstTimestamp = batch.maxTimestamp;
  segment.sizeBytes += batch.sizeBytes;
  if (wasEmpty || batch.maxTimestamp > segment.largestTimestamp)
    segment.largestTimestamp = batch.maxTimestamp;
  partition.log.push(batch);
  partition.logEnd = batch.lastOffset + 1;
  if (partition.replication === undefined) partition.highWatermark = partition.logEnd;
}

/** Begins a new active segment at the log end. An empty one is left as it is (UnifiedLog.scala roll). */
export function roll(partition: Partition, now: Time): Segment {
  const active = activeSegment(partition);
  if (active.sizeBytes === 0) return active;
  const segment = newSegment(partition.logEnd, partition.log.end, endPosition(partition), now);
  partition.segments = [...partition.segments, segment];
  return segment;
}

/**
 * Whole batches from the one that holds `offset`, up to `upTo` (exclusive) and `maxBytes`, never beyond the segment
 * (LocalLog.scala read, LogSegment.java read). With `atLeastOne` the first batch comes whatever its size (KIP-74).
 * `withEmptied`: also batches of which compaction has left nothing, as a copy has them too.
 */
export function read(
  partition: Partition,
  offset: number,
  upTo: number,
  maxBytes: number,
  atLeastOne: boolean,
  withEmptied = false,
): Read {
  if (offset >= upTo) return nothing;
  const { log, segments } = partition;
  const end = log.end;
  const last = log.at(end - 1)!;
  let index = offset >= last.baseOffset ? end - 1 : log.findFirst(({ lastOffset }) => lastOffset >= offset);
  // batches that compaction has emptied are not there for a reader, nor is a segment of nothing else
  while (!withEmptied && index < end && isEmptied(log.at(index)!)) index++;
  if (index === end || log.at(index)!.baseOffset >= upTo) return nothing;
  const segment = segmentIndexOf(segments, Math.max(offset, log.at(index)!.baseOffset));
  const segmentEnd = segment === segments.length - 1 ? end : segments[segment + 1].firstBatch;
  let batch = log.at(index)!;
  const limit = atLeastOne ? Math.max(maxBytes, batch.sizeBytes) : maxBytes;
  if (batch.sizeBytes > limit) return nothing;
  const batches: StoredBatch[] = [];
  let bytes = 0;
  for (;;) {
    if (withEmptied || !isEmptied(batch)) batches.push(batch);
    bytes += batch.sizeBytes;
    if (++index >= segmentEnd) break;
    batch = log.at(index)!;
    if (batch.baseOffset >= upTo) break;
    if (bytes + batch.sizeBytes > limit) return { batches, bytes: limit };
  }
  return { batches, bytes };
}

const nothing: Read = { batches: [], bytes: 0 };

/** Compaction has taken all of its records. */
export function isEmptied({ records, control, entry }: StoredBatch): boolean {
  return records.length === 0 && control === undefined && entry === undefined;
}

/** Raises the log start; the segments before it stay until they are dropped. Returns how many offsets are gone. */
export function raiseLogStart(partition: Partition, offset: number): number {
  invariant(offset <= partition.highWatermark, 'the log start does not pass the high watermark');
  const gone = offset - partition.logStart;
  if (gone <= 0) return 0;
  partition.logStart = offset;
  return gone;
}

/** Drops the oldest `count` segments. The caller has raised the log start. */
export function dropSegments(partition: Partition, count: number): void {
  invariant(count < partition.segments.length, 'a log keeps at least one segment');
  partition.segments = partition.segments.slice(count);
  const [first] = partition.segments;
  invariant(first.baseOffset <= partition.logStart, 'only segments below the log start are dropped');
  partition.log.dropBefore(first.firstBatch);
}

/**
 * Bytes appended before the batch that holds `offset`; the end position from the log end on. Counted back from the end
 * within the active segment, so it costs as much as there is left to read.
 */
export function positionOf(partition: Partition, offset: number): number {
  const { log } = partition;
  let position = endPosition(partition);
  const first = activeSegment(partition).firstBatch;
  for (let index = log.end - 1; index >= first; index--) {
    const batch = log.at(index)!;
    if (batch.lastOffset < offset) break;
    position -= batch.sizeBytes;
  }
  return position;
}

export function activeSegment({ segments }: Partition): Segment {
  return segments[segments.length - 1];
}

/** Bytes ever appended. */
export function endPosition(partition: Partition): number {
  const active = activeSegment(partition);
  return active.startPosition + active.sizeBytes;
}

/** Bytes in all segments, which retention.bytes is about. */
export function sizeOf({ segments, cleanedTo, ...rest }: Partition): number {
  if (cleanedTo !== undefined) return segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return endPosition({ segments, ...rest }) - segments[0].startPosition;
}

export function clonePartition(partition: Partition): Partition {
  const { replication } = partition;
  return {
    ...partition,
    log: partition.log.clone(),
    segments: cloneSegments(partition.segments),
    ...(replication ? { replication: { ...replication } } : {}),
  };
}
