/** Locks of acquired records: each ends at its time, and the broker wakes for the next one of a partition. */
import type { Context, Tagged } from '../../../kernel/machine';
import { placeOf } from '../consumer-group/modern-group';
import { RecordArchived, RecordReleased } from '../facts';
import type { BrokerState } from '../state';
import { nextLockEnd, releaseExpired, type Change } from './acknowledge';
import { deliveriesMax } from './rules';
import type { SharePartition } from './share-partition';
import { shareKey } from './share-state';

/** The broker's own reminder that a lock may have run out. */
export interface LocksRunOut extends Tagged {
  readonly type: 'LocksRunOut';
  readonly key: string;
}

/** true: records are available again. */
export function locksRunOut(state: BrokerState, { key }: LocksRunOut, context: Context): boolean {
  const partition = state.share?.partitions.get(key);
  if (!partition) return false;
  partition.alarm = null;
  const changes = releaseExpired(partition, context.now, deliveriesMax(state, partition.groupId));
  tellBack(state, partition, changes, 'timed out', context);
  watchLocks(partition, context);
  return changes.length > 0;
}

/** Call it when locks have come or gone. A timer that is set for earlier stays. */
export function watchLocks(partition: SharePartition, context: Context): void {
  const next = nextLockEnd(partition);
  const { alarm } = partition;
  if (next === null || (alarm !== null && alarm.at <= next)) return;
  if (alarm !== null) context.cancel(alarm.timer);
  const key = shareKey(partition.groupId, placeOf(partition.topic, partition.index));
  const command: LocksRunOut = { type: 'LocksRunOut', key };
  partition.alarm = { timer: context.after(next - context.now, command), at: next };
}

/** Records that are nobody's any more: given back, or delivered too often. */
export function tellBack(
  state: BrokerState,
  { groupId, index, topic }: SharePartition,
  changes: readonly Change[],
  why: string,
  context: Context,
): void {
  const subject = `${state.name}/${placeOf(topic, index)}`;
  for (const [position, { deliveries: amount, state: is }] of changes) {
    const type = is === 'AVAILABLE' ? RecordReleased : RecordArchived;
    context.emit({ is: type, subject, position, amount, group: groupId, detail: why });
  }
}
