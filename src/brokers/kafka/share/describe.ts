/** How share groups look: what they hold of each record, and from where to where. */
import type { Pointer, Shared } from '../../../kernel/shape';
import { placeOf } from '../consumer-group/modern-group';
import type { Partition } from '../partition';
import { partitionOf, type BrokerState } from '../state';
import { inFlightCount, recordsOf, type InFlight, type SharePartition } from './share-partition';
import { shareKey } from './share-state';

const words = {
  AVAILABLE: 'available',
  ACQUIRED: 'acquired',
  ACKNOWLEDGED: 'acknowledged',
  ARCHIVED: 'archived',
} as const;

/** By offset, what share groups hold of a partition's records; null: none reads it. */
export function sharedIn(
  { share }: BrokerState,
  { index, topic }: Partition,
): ReadonlyMap<number, readonly Shared[]> | null {
  // prettier-ignore
  if (!share) return null;
  const all = new Map<number, Shared[]>();
  for (const partition of share.partitions.values()) {
    if (partition.topic !== topic || partition.index !== index) continue;
    for (const [offset, record] of recordsOf(partition))
      all.set(offset, [...(all.get(offset) ?? []), sharedOf(partition, record)]);
  }
  return all.size > 0 ? all : null;
}

function sharedOf({ groupId: group }: SharePartition, { deliveries, holder, state }: InFlight): Shared {
  return {
    ...{ group, is: words[state], deliveries },
    ...{ process: holder?.process ?? null, until: holder?.until ?? null },
  };
}

/** Where a share group stands in a partition; null: it has never read there. */
export function sharePointer(
  { share }: BrokerState,
  group: string,
  { index, logEnd, topic }: Partition,
): Pointer | null {
  // prettier-ignore
  const partition = share?.partitions.get(shareKey(group, placeOf(topic, index)));
  if (!partition) return null;
  const { end, start } = partition;
  return {
    ...{
      group,
      committed: start,
      position: null,
      owner: null,
      lag: Math.max(0, logEnd - start),
      sought: null,
    },
    shareWindow: { from: start, to: inFlightCount(partition) > 0 ? end + 1 : start },
  };
}

/** Records from its start to the end of the log, over all partitions it reads. */
export function shareLag(state: BrokerState, group: string): number {
  let lag = 0;
  for (const { groupId, index, start, topic } of state.share?.partitions.values() ?? []) {
    const partition = groupId === group ? partitionOf(state, topic, index) : undefined;
    if (partition) lag += Math.max(0, partition.logEnd - start);
  }
  return lag;
}
