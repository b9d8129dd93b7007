/**
 * The assignor "range": each topic by itself in contiguous pieces, the larger ones first, to members in the order of their
 * instance ids, then of their member ids (RangeAssignor.java of the group coordinator). Over many topics the first
 * members have more.
 */
import type { AssignmentTask, Targets } from './assignor';
import { placeOf, type Place } from './modern-group';

export function assignRange({ members, partitions }: AssignmentTask): Targets {
  const order = [...members].sort((a, b) => {
    if (a.instanceId !== null && b.instanceId !== null) return a.instanceId < b.instanceId ? -1 : 1;
    if (a.instanceId !== null || b.instanceId !== null) return a.instanceId !== null ? -1 : 1;
    return a.memberId < b.memberId ? -1 : 1;
  });
  const targets = new Map<string, Place[]>(order.map(({ memberId }) => [memberId, []]));
  for (const [topic, count] of partitions) {
    const readers = order.filter(({ subscribed }) => subscribed.includes(topic));
    if (readers.length === 0) continue;
    const least = Math.floor(count / readers.length);
    let partition = 0;
    readers.forEach(({ memberId }, index) => {
      const size = least + (index < count % readers.length ? 1 : 0);
      for (const end = partition + size; partition < end; partition++)
        targets.get(memberId)!.push(placeOf(topic, partition));
    });
  }
  return targets;
}
