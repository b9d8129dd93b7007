/** One partition of a share group: what there is for a member, and giving it to it (ShareFetchUtils.java processFetchResponse). */
import type { Context } from '../../../kernel/machine';
import { ms } from '../../../kernel/time';
import { groupWord } from '../consumer-group/group-config';
import { partitionIn, topicOf, type Place } from '../consumer-group/modern-group';
import { RecordsAcquired } from '../facts';
import { endPosition, positionOf, read, type Partition } from '../partition';
import type { AcquiredRecords, ShareFetchRequest, StoredBatch } from '../protocol';
import { partitionOf, type BrokerState } from '../state';
import { startAtLeast } from './acknowledge';
import { acquire } from './acquire';
import { watchLocks } from './locks';
import { deliveriesMax, inFlightMax, lockMs } from './rules';
import { canAcquire, newSharePartition, nextFetchOffset, type SharePartition } from './share-partition';
import { shareKey, type ShareSession } from './share-state';

export interface HandedOut {
  readonly batches: readonly StoredBatch[];
  readonly acquiredRecords: readonly AcquiredRecords[];
  readonly count: number;
}

/** A partition as a share group sees it; made when somebody reads it for the group the first time. undefined: there is no such partition. */
export function openShare(
  state: BrokerState,
  groupId: string,
  place: Place,
): { readonly share: SharePartition; readonly log: Partition } | undefined {
  const log = partitionOf(state, topicOf(place), partitionIn(place));
  if (!log) return undefined;
  const { partitions } = state.share!;
  const key = shareKey(groupId, place);
  let share = partitions.get(key);
  if (!share) {
    const isEarliest = groupWord(state, groupId, 'share.auto.offset.reset') === 'earliest';
    share = newSharePartition(groupId, log.topic, log.index, isEarliest ? log.logStart : log.highWatermark);
    partitions.set(key, share);
  }
  startAtLeast(share, log.logStart);
  return { share, log };
}

/** Bytes that a member could be given; 0: nothing. */
export function bytesFor(state: BrokerState, groupId: string, place: Place): number {
  const found = openShare(state, groupId, place);
  if (!found || !canAcquire(found.share, inFlightMax(state, groupId))) return 0;
  const { log, share } = found;
  const offset = nextFetchOffset(share);
  return offset >= log.highWatermark ? 0 : endPosition(log) - positionOf(log, offset);
}

/** Gives the member up to so many records, in whole batches. */
export function handOut(
  state: BrokerState,
  { groupId, memberId, process }: ShareSession,
  place: Place,
  request: Pick<ShareFetchRequest, 'shareAcquireMode'>,
  limits: { readonly recordsMax: number; readonly bytesMax: number },
  context: Context,
): HandedOut {
  const { log, share } = openShare(state, groupId, place)!;
  const offset = nextFetchOffset(share);
  const { batches } = read(log, offset, log.highWatermark, limits.bytesMax, true);
  const until = context.now + ms(lockMs(state, groupId));
  const acquiredRecords = acquire(share, batches, offset, {
    ...{ holder: { memberId, process, until }, recordsMax: limits.recordsMax },
    ...{ isRecordLimit: request.shareAcquireMode === 1, deliveriesMax: deliveriesMax(state, groupId) },
    inFlightMax: inFlightMax(state, groupId),
  });
  watchLocks(share, context);
  for (const { deliveryCount: amount, firstOffset: position } of acquiredRecords)
    context.emit({
      ...{ is: RecordsAcquired, subject: log.address, position, amount, group: groupId, detail: process },
    });
  let count = 0;
  for (const { firstOffset, lastOffset } of acquiredRecords) count += lastOffset - firstOffset + 1;
  const isAcquired = ({ baseOffset, lastOffset }: StoredBatch) =>
    acquiredRecords.some((each) => each.firstOffset <= lastOffset && each.lastOffset >= baseOffset);
  return { batches: batches.filter(isAcquired), acquiredRecords, count };
}
