/** What is always true of what a share group holds. */
import { invariant } from '../../../kernel/invariant';
import { isOver, recordsOf, type SharePartition } from './share-partition';

export function checkShare(partition: SharePartition, deliveriesMax: number): void {
  const { batches, end, groupId, index, start, topic } = partition;
  const name = `${groupId} ${topic}/${index}`;
  let next = -1;
  for (const { each, first, last, whole } of batches) {
    invariant(first <= last && first >= next, `${name}: batches follow each other`);
    invariant((whole === null) !== (each === null), `${name}: a batch is whole, or each record by itself`);
    next = last + 1;
  }
  invariant(
    batches.length === 0 || end === Math.max(next - 1, start > next - 1 ? start : 0),
    `${name}: the end is the last record in flight`,
  );
  invariant(batches.length > 0 || end >= start, `${name}: the end is not before the start`);
  let isFirst = true;
  // a record that is gone and still in somebody's hands holds the start up
  let isHeldBefore = false;
  for (const [offset, record] of recordsOf(partition)) {
    const { deliveries, holder, state } = record;
    invariant(
      (state === 'ACQUIRED') === (holder !== null),
      `${name}: ${offset} has a holder while it is acquired`,
    );
    invariant(deliveries <= deliveriesMax, `${name}: ${offset} is not delivered too often`);
    if (offset < start)
      invariant(state !== 'AVAILABLE', `${name}: ${offset} before the start is given to nobody`);
    if (offset < start) isHeldBefore ||= state === 'ACQUIRED';
    else if (isFirst) {
      invariant(isHeldBefore || !isOver(record), `${name}: the start goes past what is over`);
      isFirst = false;
    }
  }
}
