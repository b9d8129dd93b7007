/** ListOffsets: the ends of a log, and the first record at or after a time (Partition.scala fetchOffsetForTimestamp). */
import type { Context } from '../../kernel/machine';
import { isLeader } from './cluster/replication';
import type { Partition } from './partition';
import { lastStableOffset } from './producers';
import type { ListOffsetsRequest, ListOffsetsResponse } from './protocol';
import { indexFrom, offsetIn } from './protocol/records';
import { partitionOf, type BrokerState } from './state';
import type { Caller } from './turns';

/** Timestamps with a meaning of their own (ListOffsetsRequest.java). */
export const latestTimestamp = -1;
export const earliestTimestamp = -2;

interface TimestampAndOffset {
  readonly timestamp: number;
  readonly offset: number;
}

const none: TimestampAndOffset = { timestamp: -1, offset: -1 };

export function listOffsets(
  state: BrokerState,
  request: ListOffsetsRequest,
  caller: Caller,
  context: Context,
): void {
  const topics: ListOffsetsResponse['topics'] = request.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map(({ partitionIndex, timestamp }) => {
      const partition = partitionOf(state, name, partitionIndex);
      if (!partition) return { partitionIndex, errorCode: 'UNKNOWN_TOPIC_OR_PARTITION', ...none };
      if (!isLeader(partition)) return { partitionIndex, errorCode: 'NOT_LEADER_OR_FOLLOWER', ...none };
      if (timestamp !== earliestTimestamp && isBehind(partition))
        return { partitionIndex, errorCode: 'OFFSET_NOT_AVAILABLE', ...none };
      return {
        ...{ partitionIndex, errorCode: 'NONE' },
        ...offsetFor(partition, timestamp, request.isolationLevel),
      };
    }),
  }));
  const response: ListOffsetsResponse = {
    type: 'ListOffsetsResponse',
    correlationId: request.correlationId,
    topics,
  };
  context.reply(caller.connection, response);
}

/** A new leader does not know yet how far the one before had let readers read (Partition.scala fetchOffsetForTimestamp). */
function isBehind({ replication, highWatermark }: Partition): boolean {
  return replication !== undefined && highWatermark < replication.epochStart;
}

/** LATEST is what a consumer may read next, by what it may read. −1 for both when no record is that young. */
export function offsetFor(
  partition: Partition,
  timestampMs: number,
  isolationLevel: 0 | 1 = 0,
): TimestampAndOffset {
  const end = isolationLevel === 1 ? lastStableOffset(partition) : partition.highWatermark;
  if (timestampMs === latestTimestamp) return { timestamp: -1, offset: end };
  if (timestampMs === earliestTimestamp) return { timestamp: -1, offset: partition.logStart };
  const found = search(partition, timestampMs);
  return found.offset < end ? found : none;
}

/** Looks only into the first segment whose largest timestamp is late enough (UnifiedLog.scala searchOffsetInLocalLog). */
function search({ segments, log, logStart }: Partition, timestampMs: number): TimestampAndOffset {
  const index = segments.findIndex(({ largestTimestamp }) => toWholeMs(largestTimestamp) >= timestampMs);
  if (index < 0) return none;
  const end = index + 1 < segments.length ? segments[index + 1].firstBatch : log.end;
  for (let number = segments[index].firstBatch; number < end; number++) {
    const batch = log.at(number)!;
    const { records, lastOffset, maxTimestamp } = batch;
    if (lastOffset < logStart || toWholeMs(maxTimestamp) < timestampMs) continue;
    for (let i = indexFrom(batch, logStart); i < records.length; i++) {
      const timestamp = toWholeMs(records[i].timestamp);
      if (timestamp >= timestampMs) return { timestamp, offset: offsetIn(batch, i) };
    }
  }
  return none;
}

/** Kafka's timestamps are milliseconds; the kernel's time is finer. An empty segment's −1 stays. */
function toWholeMs(time: number): number {
  return Math.floor(time / 1000);
}
