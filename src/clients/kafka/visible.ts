/**
 * What a consumer gives to its handler of what it has fetched: no control batches, of committed records none of an
 * aborted transaction, and nothing before the offset that was asked for (kafkajs 2.2.4 consumer/batch.js,
 * filterAbortedMessages.js).
 */
import type { FetchedPartition, StoredBatch } from '../../brokers/kafka/protocol';
import { indexFrom } from '../../brokers/kafka/protocol/records';

type Fetched = Pick<FetchedPartition, 'batches' | 'abortedTransactions'>;

/** The batches that are left; the same list when nothing has to go. */
export function visibleIn(fetched: Fetched, fetchOffset: number): readonly StoredBatch[] {
  const { batches } = fetched;
  const committed = batches.some(({ isTransactional }) => isTransactional) ? committedIn(fetched) : batches;
  const [first] = committed;
  // compaction may have left nothing of a batch from this offset on
  const isPast = first?.kept !== undefined && indexFrom(first, fetchOffset) === first.records.length;
  return isPast ? committed.slice(1) : committed;
}

/** Where reading goes on after a fetch of which nothing was visible: kafkajs's Batch.lastOffset(). */
export function lastOffsetIn({ batches }: Fetched, fetchOffset: number): number {
  const last = batches.at(-1);
  if (!last) return -1;
  // of a batch that compaction has thinned out nothing lies at the offset or after it: on by one
  const isThin = last.control === undefined && indexFrom(last, fetchOffset) === last.records.length;
  return isThin ? fetchOffset : last.lastOffset;
}

function committedIn({ batches, abortedTransactions = [] }: Fetched): readonly StoredBatch[] {
  const aborted = new Set<number>();
  const coming = [...abortedTransactions].sort((a, b) => a.firstOffset - b.firstOffset);
  return batches.filter(({ producerId, isTransactional, control, lastOffset }) => {
    while (coming.length > 0 && coming[0].firstOffset <= lastOffset) aborted.add(coming.shift()!.producerId);
    if (control === 'abort') aborted.delete(producerId);
    if (control !== undefined) return false;
    return !(isTransactional && aborted.has(producerId));
  });
}
