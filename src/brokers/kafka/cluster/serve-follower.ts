/** A leader's answer to a follower's fetch, as far as it differs from a consumer's (Partition.scala fetchRecords, readRecords). */
import type { Partition } from '../partition';
import type { ErrorCode, FetchedPartition, FetchRequest } from '../protocol';
import { endOfEpoch, isLeader } from './replication';

export type Asked = FetchRequest['topics'][number]['partitions'][number];

/** Why a fetch of a partition that this node has cannot be served here; 'NONE' when it can. */
export function leadershipError(partition: Partition, { currentLeaderEpoch }: Asked): ErrorCode {
  if (!isLeader(partition)) return 'NOT_LEADER_OR_FOLLOWER';
  const own = partition.replication?.image.leaderEpoch ?? partition.leaderEpoch;
  if (currentLeaderEpoch < 0 || currentLeaderEpoch === own) return 'NONE';
  return currentLeaderEpoch < own ? 'FENCED_LEADER_EPOCH' : 'UNKNOWN_LEADER_EPOCH';
}

/** Where the follower's log has parted from this one; undefined: it has not. */
export function divergenceOf(
  { replication, logEnd }: Partition,
  { fetchOffset, lastFetchedEpoch = -1 }: Asked,
): FetchedPartition['divergingEpoch'] {
  if (replication === undefined || lastFetchedEpoch < 0) return undefined;
  const end = endOfEpoch(replication, logEnd, lastFetchedEpoch);
  return end.epoch < lastFetchedEpoch || end.endOffset < fetchOffset ? end : undefined;
}
