/**
 * Handing records out (SharePartition.java acquire): what was read from the log is acquired by one member, as far as
 * nobody has it and it is not over. Batches are handed out whole, also when that is more than the member asked for; in
 * record_limit mode they are cut. What has been delivered half as often as it may be is handed out in smaller pieces,
 * and what is delivered for the last time alone, so that one bad record does not take others with it.
 */
import { inFlightCount, split, type Holder, type InFlight, type InFlightBatch, type SharePartition } from './share-partition'; // prettier-ignore
import type { AcquiredRecords } from '../protocol';

export interface Acquisition {
  readonly holder: Holder;
  /** Records the member wants at most; whole batches may be more. */
  readonly recordsMax: number;
  readonly isRecordLimit: boolean;
  readonly deliveriesMax: number;
  readonly inFlightMax: number;
}

/** Batches as they were read from the log. */
export type Fetched = readonly { readonly baseOffset: number; readonly lastOffset: number }[];

/** What of these batches is the member's from now on. `fetchOffset`: where was read from. */
export function acquire(
  partition: SharePartition,
  fetched: Fetched,
  fetchOffset: number,
  by: Acquisition,
): readonly AcquiredRecords[] {
  const last = fetched.at(-1);
  if (!last || by.recordsMax <= 0 || last.lastOffset < partition.start) return [];
  const limits = limitsOf(partition, fetchOffset, by, last.lastOffset);
  if (limits.recordsMax <= 0) return [];
  const base = fetched[0].baseOffset;
  archiveStale(partition, fetchOffset, base);
  const floor = partition.batches.findLast(({ first }) => first <= base);
  const from = !floor ? Math.max(base, partition.start) : floor.last >= base ? floor.first : base;
  const known = partition.batches.filter(
    ({ first }) => first >= Math.min(base, from) && first <= limits.lastOffset,
  );
  const run = new Run(partition, fetched, by, limits);
  if (known.length === 0) run.takeNew(from);
  else {
    for (const batch of known) if (!run.takeKnown(batch, base)) break;
    const after = known.at(-1)!.last + 1;
    if (run.left > 0 && after <= limits.lastOffset) run.takeNew(after);
  }
  return run.acquired;
}

/** Records that may be taken, and the last one; at the limit of records in flight only those in between (lastOffsetAndMaxRecordsToAcquire). */
function limitsOf(
  partition: SharePartition,
  fetchOffset: number,
  { inFlightMax, recordsMax }: Acquisition,
  lastOffset: number,
): { readonly recordsMax: number; readonly lastOffset: number } {
  const room = Math.min(recordsMax, inFlightMax - inFlightCount(partition));
  if (room > 0 || fetchOffset > partition.end) return { recordsMax: room, lastOffset };
  const between = Math.min(recordsMax, partition.end - fetchOffset + 1);
  return { recordsMax: between, lastOffset: Math.min(lastOffset, partition.end) };
}

/** What compaction has taken from the log is nobody's any more (maybeArchiveStaleBatches). */
function archiveStale(partition: SharePartition, from: number, to: number): void {
  if (from >= to) return;
  partition.batches = partition.batches.map((batch) => {
    if (batch.last < from || batch.first >= to) return batch;
    const each = new Map(split(batch).each);
    for (const [offset, record] of each)
      if (offset >= from && offset < to && record.state === 'AVAILABLE')
        each.set(offset, { ...record, state: 'ARCHIVED' });
    return { ...batch, whole: null, each };
  });
}

class Run {
  readonly acquired: AcquiredRecords[] = [];
  left: number;

  constructor(
    private readonly partition: SharePartition,
    private readonly fetched: Fetched,
    private readonly by: Acquisition,
    private readonly limits: { readonly recordsMax: number; readonly lastOffset: number },
  ) {
    this.left = limits.recordsMax;
  }

  /** Of a batch that somebody has had; false: no more for now. */
  takeKnown(batch: InFlightBatch, base: number): boolean {
    if (this.left <= 0) return false;
    const { isRecordLimit } = this.by;
    const isThrottled = this.isThrottled(batch, base);
    if (isThrottled && this.acquired.length > 0) return this.stop();
    const { lastOffset } = this.limits;
    const isPart = batch.first < base || batch.last > lastOffset;
    const isCut = isRecordLimit && batch.last - batch.first + 1 > this.left;
    if (batch.whole && batch.whole.state !== 'AVAILABLE') return true;
    if (batch.whole && !isPart && !isCut && !isThrottled) {
      const record = this.delivered(batch.whole);
      this.put({ ...batch, whole: record });
      this.add(batch.first, batch.last, record.deliveries);
      return true;
    }
    const before = this.left;
    this.takeEach(split(batch), base);
    return isThrottled && this.left < before ? this.stop() : true;
  }

  /** What nobody has had, from here to the last offset. */
  takeNew(from: number): void {
    const { partition } = this;
    const first = partition.batches.length === 0 ? Math.max(from, partition.end) : from;
    let last = this.limits.lastOffset;
    if (this.left < last - first + 1) last = this.endOfBatchWith(first + this.left - 1);
    if (last < first) return;
    const record = this.delivered({ state: 'AVAILABLE', deliveries: 0, holder: null });
    const count = this.by.isRecordLimit ? Math.min(this.left, last - first + 1) : last - first + 1;
    const batch: InFlightBatch = { first, last, whole: record, each: null };
    this.insert(first + count - 1 < last ? cut(batch, first + count - 1) : batch);
    if (partition.batches[0].first === first) partition.start = first;
    partition.end = Math.max(partition.end, last);
    this.add(first, first + count - 1, record.deliveries);
  }

  private takeEach(
    batch: InFlightBatch & { readonly each: ReadonlyMap<number, InFlight> },
    base: number,
  ): void {
    const { deliveriesMax, isRecordLimit } = this.by;
    const each = new Map(batch.each);
    let count = 0;
    let countMax = Infinity;
    for (const [offset, record] of batch.each) {
      if (offset < base || record.state !== 'AVAILABLE') continue;
      if (offset > this.limits.lastOffset) break;
      const isLast = deliveriesMax > 2 && record.deliveries === deliveriesMax - 1;
      if (isLast && count > 0) break;
      if (record.deliveries >= throttledFrom(deliveriesMax) && countMax === Infinity)
        countMax = piece(batch.each.size, record.deliveries - throttledFrom(deliveriesMax) + 1);
      const taken = this.delivered(record);
      each.set(offset, taken);
      this.add(offset, offset, taken.deliveries);
      count++;
      if (isLast || count === countMax || (isRecordLimit && this.left <= 0)) break;
    }
    this.put({ ...batch, each });
  }

  private isThrottled({ each, whole }: InFlightBatch, base: number): boolean {
    const from = throttledFrom(this.by.deliveriesMax);
    if (whole) return whole.state === 'AVAILABLE' && whole.deliveries >= from;
    for (const [offset, { deliveries, state }] of each!)
      if (offset >= base && offset <= this.limits.lastOffset && state === 'AVAILABLE' && deliveries >= from)
        return true;
    return false;
  }

  private delivered({ deliveries }: InFlight): InFlight {
    return { state: 'ACQUIRED', deliveries: deliveries + 1, holder: this.by.holder };
  }

  private stop(): false {
    this.left = 0;
    return false;
  }

  private put(batch: InFlightBatch): void {
    this.partition.batches = this.partition.batches.map((one) => (one.first === batch.first ? batch : one));
  }

  private insert(batch: InFlightBatch): void {
    this.partition.batches = [...this.partition.batches, batch].sort((a, b) => a.first - b.first);
  }

  /** Neighbours that were delivered as often are told of together. */
  private add(firstOffset: number, lastOffset: number, deliveryCount: number): void {
    this.left -= lastOffset - firstOffset + 1;
    const before = this.acquired.at(-1);
    if (before && before.lastOffset + 1 === firstOffset && before.deliveryCount === deliveryCount)
      this.acquired[this.acquired.length - 1] = { ...before, lastOffset };
    else this.acquired.push({ firstOffset, lastOffset, deliveryCount });
  }

  private endOfBatchWith(offset: number): number {
    const batch = this.fetched.find(
      ({ baseOffset, lastOffset }) => baseOffset <= offset && offset <= lastOffset,
    );
    return batch?.lastOffset ?? offset;
  }
}

/** The rest of a batch that was cut is available, though nobody has had it. */
function cut(batch: InFlightBatch, lastTaken: number): InFlightBatch {
  const each = new Map(split(batch).each);
  for (const offset of each.keys())
    if (offset > lastTaken) each.set(offset, { state: 'AVAILABLE', deliveries: 0, holder: null });
  return { ...batch, whole: null, each };
}

/** Half of the deliveries there may be, rounded up; at least 2 (throttleRecordsDeliveryLimit). */
function throttledFrom(deliveriesMax: number): number {
  return Math.max(2, Math.ceil(deliveriesMax / 2));
}

/** The size, halved so often; at least one. */
function piece(size: number, times: number): number {
  return Math.max(1, size >> times);
}
