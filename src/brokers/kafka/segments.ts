/**
 * A log is a row of segments; only the last one, the active segment, is written to. Real segments are files with
 * indexes. Here a segment is where it begins and what retention asks of it; the batches lie in one log beside it.
 */
import type { Time } from '../../kernel/time';
import type { TopicConfig } from './config';

export interface Segment {
  readonly baseOffset: number;
  /** Index of its first batch in the partition's log. */
  readonly firstBatch: number;
  /** Bytes ever appended to the partition before it. */
  readonly startPosition: number;
  readonly createdAt: Time;
  sizeBytes: number;
  /** Largest timestamp in its first batch, which rolling by time counts from; −1 while empty. */
  firstTimestamp: Time;
  /** −1 while empty. */
  largestTimestamp: Time;
}

export function newSegment(
  baseOffset: number,
  firstBatch: number,
  startPosition: number,
  createdAt: Time,
): Segment {
  return {
    baseOffset,
    firstBatch,
    startPosition,
    createdAt,
    sizeBytes: 0,
    firstTimestamp: -1,
    largestTimestamp: -1,
  };
}

/**
 * Whether a batch goes into a new segment: this one would grow over segment.bytes, or the batch's own timestamp is
 * more than segment.ms after the first one's. It is the data's time that counts, not the clock's, so an idle topic
 * does not roll (LogSegment.java shouldRoll, timeWaitedForRoll).
 */
export function mustRoll(
  segment: Segment,
  batchBytes: number,
  batchTimestamp: Time,
  config: TopicConfig,
): boolean {
  if (segment.sizeBytes > config.segmentBytes - batchBytes) return true;
  return segment.sizeBytes > 0 && batchTimestamp - segment.firstTimestamp > config.segmentTime;
}

/** Number of the last segment that begins at or before `offset`; −1 when the first begins later. */
export function segmentIndexOf(segments: readonly Segment[], offset: number): number {
  let low = 0;
  let high = segments.length;
  if (high > 0 && segments[high - 1].baseOffset <= offset) return high - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (segments[middle].baseOffset <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Sealed segments never change again and are shared; the active one is copied. */
export function cloneSegments(segments: readonly Segment[]): Segment[] {
  const copy = segments.slice();
  copy[copy.length - 1] = { ...copy[copy.length - 1] };
  return copy;
}
