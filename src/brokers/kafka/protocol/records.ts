/** Offsets of records in a batch, some of which compaction may have taken away. */
import type { StoredBatch } from './log';

/** How far record i is from the batch's first offset, and its fact from the batch's first. */
export function distanceIn({ kept }: Pick<StoredBatch, 'kept'>, index: number): number {
  return kept === undefined ? index : kept[index];
}

export function offsetIn(batch: Pick<StoredBatch, 'kept' | 'baseOffset'>, index: number): number {
  return batch.baseOffset + distanceIn(batch, index);
}

/** Index of the first record at or after this offset; the number of records when there is none. */
export function indexFrom(
  { baseOffset, kept, records }: Pick<StoredBatch, 'kept' | 'baseOffset' | 'records'>,
  offset: number,
): number {
  if (kept === undefined) return Math.min(records.length, Math.max(0, offset - baseOffset));
  const index = kept.findIndex((distance) => baseOffset + distance >= offset);
  return index < 0 ? records.length : index;
}
