/**
 * A follower cuts off what its leader does not have (UnifiedLog.scala truncateTo, AbstractFetcherThread.scala
 * getOffsetTruncationState). The records are gone from this copy; whether they were acknowledged, history knows.
 */
import type { Context } from '../../../kernel/machine';
import { noCause } from '../../../kernel/fact';
import type { MessageId } from '../../../kernel/bodies';
import { LogTruncated, RecordTruncated } from '../facts';
import type { Time } from '../../../kernel/time';
import { activeSegment, endPosition, type Partition } from '../partition';
import { forgetProducers } from '../producers';
import { newSegment } from '../segments';
import { offsetIn } from '../protocol/records';
import { endOfEpoch, forgetEpochs } from './replication';

/** Of what is cut off the picture shows no more than this. */
const messagesShown = 12;

/** Where both logs still agree, given the last common epoch as the leader has it. */
export function agreedOffset(
  partition: Partition,
  leader: { readonly epoch: number; readonly endOffset: number },
): number {
  const own = endOfEpoch(partition.replication!, partition.logEnd, leader.epoch);
  if (own.epoch < 0) return Math.min(leader.endOffset < 0 ? partition.logStart : leader.endOffset, partition.logEnd); // prettier-ignore
  return own.epoch < leader.epoch ? own.endOffset : Math.min(leader.endOffset, own.endOffset);
}

export function truncate(partition: Partition, node: string, offset: number, context: Context): void {
  const { log, topic, index, logEnd } = partition;
  if (offset >= logEnd) return;
  const firstGone = log.findFirst(({ lastOffset }) => lastOffset >= Math.max(offset, partition.logStart));
  const to = log.at(firstGone)?.baseOffset ?? logEnd;
  const subject = `${node}/${topic}/${index}`;
  context.emit({ is: LogTruncated, subject, position: to, amount: logEnd - to, cause: noCause });
  const messages: MessageId[] = [];
  for (let number = firstGone; number < log.end; number++) {
    const batch = log.at(number)!;
    batch.records.forEach(({ message }, at) => {
      if (messages.length < messagesShown) messages.push(message);
      const cause = batch.firstFact + at;
      context.emit({ is: RecordTruncated, subject, message, position: offsetIn(batch, at), cause });
    });
  }
  log.truncate(firstGone);
  cutSegments(partition, firstGone);
  partition.logEnd = to;
  partition.highWatermark = Math.min(partition.highWatermark, to);
  forgetProducers(partition);
  forgetCleaning(partition);
  const { replication } = partition;
  if (!replication) return;
  forgetEpochs(replication, to);
  replication.truncated = { from: to, to: logEnd, at: context.now, messages };
}

/** The leader has nothing that old any more: the copy begins anew where the leader's log begins (truncateFullyAndStartAt). */
export function startAt(partition: Partition, offset: number, now: Time): void {
  const { log } = partition;
  const position = endPosition(partition);
  log.truncate(log.start);
  partition.segments = [newSegment(offset, log.end, position, now)];
  partition.logStart = offset;
  partition.logEnd = offset;
  partition.highWatermark = offset;
  forgetProducers(partition);
  forgetCleaning(partition);
  if (partition.replication) partition.replication.epochs = [];
}

/** What is written where cleaned records were is dirty again (LogManager.scala truncateTo, LogCleanerManager.java maybeTruncateCheckpoint). */
function forgetCleaning(partition: Partition): void {
  const { cleanedTo } = partition;
  const { baseOffset } = activeSegment(partition);
  if (cleanedTo !== undefined && cleanedTo > baseOffset) partition.cleanedTo = baseOffset;
}

/** Segments that began later are gone; the one that is left at the end is the active one again, as large as it is now. */
function cutSegments(partition: Partition, firstGone: number): void {
  const { log } = partition;
  const kept = partition.segments.filter(({ firstBatch }, index) => index === 0 || firstBatch < firstGone);
  const last = kept[kept.length - 1];
  const active = newSegment(last.baseOffset, last.firstBatch, last.startPosition, last.createdAt);
  for (let number = Math.max(last.firstBatch, log.start); number < log.end; number++) {
    const { sizeBytes, maxTimestamp } = log.at(number)!;
    if (active.sizeBytes === 0) active.firstTimestamp = maxTimestamp;
    active.sizeBytes += sizeBytes;
    active.largestTimestamp = Math.max(active.largestTimestamp, maxTimestamp);
  }
  partition.segments = [...kept.slice(0, -1), active];
}
