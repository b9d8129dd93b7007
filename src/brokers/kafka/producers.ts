/**
 * What a partition remembers of producers with an id: the epoch, the last five batches, and where an open transaction
 * began (ProducerStateManager.java, ProducerStateEntry.java, ProducerAppendInfo.java). A producer nobody remembers may
 * begin at any sequence number. Simplified: an id is remembered for ever (producer.id.expiration.ms is a day).
 */
import type { Partition } from './partition';
import type { ErrorCode, RecordBatch } from './protocol';

/** Immutable. */
export interface ProducerEntry {
  readonly epoch: number;
  /** The last five, oldest first; empty after a marker of another epoch. */
  readonly batches: readonly KeptBatch[];
  /** First offset of its open transaction; null: none. */
  readonly transactionStart: number | null;
}

interface KeptBatch {
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly baseOffset: number;
}

/** A transaction that was aborted, as fetches of committed records are told. Both offsets inclusive. */
export interface AbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
  /** Of its marker. */
  readonly lastOffset: number;
}

const keptBatches = 5;
const sequenceMax = 2_147_483_647;

/** Whether a batch may be appended: it may, it was already (at that offset), or it may not. */
export type SequenceCheck =
  | { readonly is: 'next' }
  | { readonly is: 'duplicate'; readonly baseOffset: number }
  | { readonly is: 'wrong'; readonly error: ErrorCode };

const next: SequenceCheck = { is: 'next' };

export function checkSequence({ producers }: Partition, batch: RecordBatch): SequenceCheck {
  const { producerId, producerEpoch: epoch, baseSequence: first, records } = batch;
  if (producerId < 0) return next;
  const entry = producers?.get(producerId);
  if (!entry) return next;
  if (epoch < entry.epoch) return { is: 'wrong', error: 'INVALID_PRODUCER_EPOCH' };
  const last = after(first, records.length - 1);
  const known =
    epoch === entry.epoch &&
    entry.batches.find((kept) => kept.firstSequence === first && kept.lastSequence === last);
  if (known) return { is: 'duplicate', baseOffset: known.baseOffset };
  const newest = entry.batches.at(-1);
  const expected = epoch > entry.epoch ? 0 : newest ? after(newest.lastSequence, 1) : first;
  return first === expected ? next : { is: 'wrong', error: 'OUT_OF_ORDER_SEQUENCE_NUMBER' };
}

/** The batch was appended at `baseOffset`. */
export function rememberBatch(partition: Partition, batch: RecordBatch, baseOffset: number): void {
  const { producerId, producerEpoch: epoch, baseSequence: firstSequence, records } = batch;
  if (producerId < 0) return;
  const entry = partition.producers?.get(producerId);
  const kept = entry?.epoch === epoch ? entry.batches : [];
  const lastSequence = after(firstSequence, records.length - 1);
  const batches = [...kept, { firstSequence, lastSequence, baseOffset }].slice(-keptBatches);
  const isFirst = batch.isTransactional === true && (entry?.transactionStart ?? null) === null;
  const transactionStart = isFirst ? baseOffset : (entry?.transactionStart ?? null);
  set(partition, producerId, { epoch, batches, transactionStart });
}

/** A marker of this producer's was appended at `offset`: its transaction here, if it has written any, is over. */
export function rememberMarker(
  partition: Partition,
  producerId: number,
  epoch: number,
  isCommit: boolean,
  offset: number,
): void {
  const entry = partition.producers?.get(producerId);
  const start = entry?.transactionStart ?? null;
  if (start !== null && !isCommit) {
    const aborted = { producerId, firstOffset: start, lastOffset: offset };
    partition.aborted = [...(partition.aborted ?? []), aborted];
  }
  const batches = entry?.epoch === epoch ? entry.batches : [];
  set(partition, producerId, { epoch, batches, transactionStart: null });
}

/** First offset that a reader of committed records may not read yet: of the oldest open transaction, else the high watermark. */
export function lastStableOffset({ producers, highWatermark }: Partition): number {
  if (!producers) return highWatermark;
  let stable = highWatermark;
  for (const { transactionStart } of producers.values())
    if (transactionStart !== null && transactionStart < stable) stable = transactionStart;
  return stable;
}

/** Transactions that were aborted and have records from `from` to before `to`. */
export function abortedBetween(
  { aborted }: Partition,
  from: number,
  to: number,
): readonly AbortedTransaction[] {
  return aborted?.filter(({ firstOffset, lastOffset }) => firstOffset < to && lastOffset >= from) ?? [];
}

/** The log was cut off: what is known of producers is what the rest of it says (ProducerStateManager.java truncateAndReload). */
export function forgetProducers(partition: Partition): void {
  if (!partition.producers) return;
  delete partition.producers;
  delete partition.aborted;
  for (const batch of partition.log) {
    const { producerId, producerEpoch, control, baseOffset } = batch;
    if (control === undefined) rememberBatch(partition, batch, baseOffset);
    else rememberMarker(partition, producerId, producerEpoch, control === 'commit', baseOffset);
  }
}

function set(partition: Partition, producerId: number, entry: ProducerEntry): void {
  partition.producers = new Map(partition.producers).set(producerId, entry);
}

/** Sequence numbers go from 0 to 2³¹ − 1 and begin again. */
function after(sequence: number, count: number): number {
  const sum = sequence + count;
  return sum > sequenceMax ? sum - sequenceMax - 1 : sum;
}
