/**
 * What a consumer gives to its handler of what it has fetched: no control batches, and of committed records none of an
 * aborted transaction (kafkajs 2.2.4 consumer/batch.js, filterAbortedMessages.js).
 */
import type { FetchedPartition, StoredBatch } from '../../brokers/kafka/protocol';

/** The batches that are left; the same list when nothing has to go. */
export function visibleIn({
  batches,
  abortedTransactions = [],
}: Pick<FetchedPartition, 'batches' | 'abortedTransactions'>): readonly StoredBatch[] {
  if (!batches.some(({ isTransactional }) => isTransactional)) return batches;
  const aborted = new Set<number>();
  const coming = [...abortedTransactions].sort((a, b) => a.firstOffset - b.firstOffset);
  return batches.filter(({ producerId, isTransactional, control, lastOffset }) => {
    while (coming.length > 0 && coming[0].firstOffset <= lastOffset) aborted.add(coming.shift()!.producerId);
    if (control === 'abort') aborted.delete(producerId);
    if (control !== undefined) return false;
    return !(isTransactional && aborted.has(producerId));
  });
}
