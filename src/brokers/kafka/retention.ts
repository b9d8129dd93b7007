/**
 * The delete policy: whole segments, oldest first, never a part of one and never past the high watermark; looked at
 * every log.retention.check.interval.ms and not in between (LogManager.scala cleanupLogs, UnifiedLog.scala
 * deleteOldSegments). So a record outlives retention.ms by as long as its segment is written to, and by up to one
 * interval. Here the check runs only when it could find something. Compaction: cleaner.ts. Left out: the minute until a
 * deleted file is gone from the disk.
 */
import { noCause } from '../../kernel/fact';
import type { Context, Tagged } from '../../kernel/machine';
import type { Duration, Time } from '../../kernel/time';
import { SegmentDeleted } from './facts';
import { dropSegments, raiseLogStart, roll, sizeOf, type Partition } from './partition';
import type { Segment } from './segments';
import { allPartitions, type Alarm, type BrokerState } from './state';

/** The broker's own reminder that a retention check is due. */
export interface CheckRetention extends Tagged {
  readonly type: 'CheckRetention';
}

const checkRetention: CheckRetention = { type: 'CheckRetention' };

/** Goes through all partitions, as the periodic task does, then sets the alarm for the next check that matters. */
export function runRetention(state: BrokerState, context: Context): void {
  state.retentionAlarm = null;
  for (const partition of allPartitions(state)) deleteOldSegments(partition, context);
  armRetention(state, context);
}

/** Sets the alarm anew, after a start or a check. */
export function armRetention(state: BrokerState, context: Context): void {
  for (const partition of allPartitions(state)) watchRetention(state, partition, context);
}

/** Makes sure that a check runs when this partition may have something to delete. Call it when that may have changed. */
export function watchRetention(state: BrokerState, partition: Partition, context: Context): void {
  const { retentionAlarm } = state;
  if (retentionAlarm !== null && retentionAlarm.at <= context.now + state.config.retentionCheckInterval)
    return;
  const due = deletableFrom(partition, context.now);
  if (due === null) return;
  const at = nextRetentionCheck(state, Math.max(due, context.now));
  if (retentionAlarm !== null && retentionAlarm.at <= at) return;
  state.retentionAlarm = setAlarm(retentionAlarm, at, checkRetention, context);
}

/**
 * When its segment may go, for the record at `offset`: the latest of the segments up to its own, since only a prefix is
 * ever deleted. The check that comes then takes it. null: nothing limits it.
 */
export function segmentExpiry(
  state: BrokerState,
  partition: Partition,
  segmentIndex: number,
  now: Time,
): Time | null {
  const { retention } = partition.config;
  if (!mayDelete(partition)) return null;
  const bySize = segmentsOverSize(partition);
  if (segmentIndex < bySize) return nextRetentionCheck(state, now);
  if (retention === null) return null;
  let latest = 0;
  for (let index = bySize; index <= segmentIndex; index++) {
    latest = Math.max(latest, partition.segments[index].largestTimestamp + retention);
  }
  return latest;
}

/** First check at or after `time`: one log.initial.task.delay.ms after the start, then one every interval. */
export function nextRetentionCheck({ startedAt, config }: BrokerState, time: Time): Time {
  return nextTick(startedAt + config.initialTaskDelay, config.retentionCheckInterval, time);
}

/** First of the ticks `first`, `first + interval`, … that is not before `time`. */
export function nextTick(first: Time, interval: Duration, time: Time): Time {
  return first + Math.max(0, Math.ceil((time - first) / interval)) * interval;
}

/** Moves an alarm: at most one is ever set. */
export function setAlarm(old: Alarm | null, at: Time, command: Tagged, context: Context): Alarm {
  if (old !== null) context.cancel(old.timer);
  return { timer: context.after(at - context.now, command), at };
}

/** In the order of UnifiedLog.scala: what DeleteRecords left behind, then by size, then by time. */
function deleteOldSegments(partition: Partition, context: Context): void {
  deleteSegments(partition, segmentsBelowStart(partition), context);
  if (!mayDelete(partition)) return;
  deleteSegments(partition, segmentsOverSize(partition), context);
  deleteSegments(partition, segmentsOverAge(partition, context.now), context);
}

/** Deletes the oldest `count` segments. If that is all of them, a new active one is rolled first. */
function deleteSegments(partition: Partition, count: number, context: Context): void {
  if (count === 0) return;
  if (count === partition.segments.length) roll(partition, context.now);
  for (let index = 0; index < count; index++) {
    const next = partition.segments[index + 1].baseOffset;
    const position = partition.logStart;
    const amount = raiseLogStart(partition, next);
    if (amount > 0)
      context.emit({ is: SegmentDeleted, subject: partition.address, position, amount, cause: noCause });
  }
  dropSegments(partition, count);
}

/** A topic that is only compacted deletes nothing but what DeleteRecords asked for. */
function mayDelete({ config }: Partition): boolean {
  return config.compaction?.deletes !== false;
}

function segmentsBelowStart({ segments, logStart }: Partition): number {
  let count = 0;
  while (count + 1 < segments.length && segments[count + 1].baseOffset <= logStart) count++;
  return count;
}

/** Oldest segments without which the log still has retention.bytes (deleteRetentionSizeBreachedSegments). */
function segmentsOverSize(partition: Partition): number {
  const { retentionBytes } = partition.config;
  if (retentionBytes === null) return 0;
  let surplus = sizeOf(partition) - retentionBytes;
  return prefixOf(partition, ({ sizeBytes }) => {
    surplus -= sizeBytes;
    return surplus >= 0;
  });
}

/** Oldest segments whose largest timestamp is more than retention.ms ago (deleteRetentionMsBreachedSegments). */
function segmentsOverAge(partition: Partition, now: Time): number {
  const { retention } = partition.config;
  if (retention === null) return 0;
  return prefixOf(partition, ({ largestTimestamp }) => now - largestTimestamp > retention);
}

/** How many segments from the oldest on satisfy a claim, hold something, and lie below the high watermark. */
function prefixOf(
  { segments, logEnd, highWatermark }: Partition,
  claim: (segment: Segment) => boolean,
): number {
  let count = 0;
  for (const segment of segments) {
    const end = count + 1 < segments.length ? segments[count + 1].baseOffset : logEnd;
    if (segment.sizeBytes === 0 || end > highWatermark || !claim(segment)) break;
    count++;
  }
  return count;
}

/** Time from which a check finds something to delete here; null when no time alone will bring it. */
function deletableFrom(partition: Partition, now: Time): Time | null {
  if (segmentsBelowStart(partition) > 0 || segmentsOverSize(partition) > 0) return now;
  const { retention } = partition.config;
  const [oldest] = partition.segments;
  if (retention === null || oldest.sizeBytes === 0) return null;
  return Math.max(now, oldest.largestTimestamp + retention + 1);
}
