/**
 * What a share group holds of one partition (SharePartition.java): from its start offset on, each record that was handed
 * out is acquired, available again, acknowledged or archived. A batch stays whole until something happens to a part of
 * it. `kept` is what outlives the broker: the share coordinator's state, which has no acquisitions, so that a record that
 * was only acquired is counted anew (PersisterStateBatch.java). Simplified: writing it takes no time and cannot fail, and
 * there is one node (share groups on several are refused, see share-fetch.ts); offsets that the coordinator does not
 * speak of between those it does are available, where the real one fetches them as a gap.
 */
import type { TimerId } from '../../../kernel/machine';
import type { Time } from '../../../kernel/time';

export type RecordState = 'AVAILABLE' | 'ACQUIRED' | 'ACKNOWLEDGED' | 'ARCHIVED';

/** One record, or all of a batch. Immutable. */
export interface InFlight {
  readonly state: RecordState;
  readonly deliveries: number;
  /** Who has it, while it is acquired. */
  readonly holder: Holder | null;
}

export interface Holder {
  readonly memberId: string;
  readonly process: string;
  /** When the lock ends. */
  readonly until: Time;
}

/** Offsets from `first` to `last`, handed out together. Either `whole` or `each` is there. Immutable. */
export interface InFlightBatch {
  readonly first: number;
  readonly last: number;
  readonly whole: InFlight | null;
  readonly each: ReadonlyMap<number, InFlight> | null;
}

export interface SharePartition {
  readonly groupId: string;
  readonly topic: string;
  readonly index: number;
  /** SPSO: everything before it is over. */
  start: number;
  /** Last offset that was handed out; the next to be handed out while nothing is in flight. */
  end: number;
  /** In the order of offsets, without overlaps. */
  batches: readonly InFlightBatch[];
  kept: KeptShare;
  /** When the next lock ends. */
  alarm: { readonly timer: TimerId; readonly at: Time } | null;
}

/** What the share coordinator keeps. Immutable. */
export interface KeptShare {
  /** −1: nothing has been written yet. */
  readonly start: number;
  /** By offset, of those that are not as nobody ever had them. */
  readonly records: ReadonlyMap<number, { readonly state: RecordState; readonly deliveries: number }>;
}

export function newSharePartition(
  groupId: string,
  topic: string,
  index: number,
  start: number,
): SharePartition {
  const kept: KeptShare = { start: -1, records: new Map() };
  return { groupId, topic, index, start, end: start, batches: [], kept, alarm: null };
}

/** As the next leader of the partition finds it, after a crash. */
export function reloaded({ groupId, index, kept, start, topic }: SharePartition): SharePartition {
  const from = kept.start < 0 ? start : kept.start;
  const fresh: SharePartition = { ...newSharePartition(groupId, topic, index, from), kept };
  const last = Math.max(...kept.records.keys(), -1);
  if (last < from) return fresh;
  const each = new Map<number, InFlight>();
  for (let offset = from; offset <= last; offset++) {
    const { state = 'AVAILABLE', deliveries = 0 } = kept.records.get(offset) ?? {};
    each.set(offset, { state, deliveries, holder: null });
  }
  fresh.batches = [{ first: from, last, whole: null, each }];
  fresh.end = last;
  moveStart(fresh);
  return fresh;
}

/** Where the next fetch for the group reads: the first record that is available again, else what nobody has had. */
export function nextFetchOffset(partition: SharePartition): number {
  const { batches, end } = partition;
  for (const { each, first, whole } of batches) {
    if (whole?.state === 'AVAILABLE') return first;
    for (const [offset, { state }] of each ?? []) if (state === 'AVAILABLE') return offset;
  }
  return isIdle(partition) ? end : end + 1;
}

/** Nothing after the start has been handed out. */
function isIdle({ batches, start }: SharePartition): boolean {
  return batches.length === 0 || start > batches[batches.length - 1].last;
}

/** Records between the start and the end, whatever has become of them. */
export function inFlightCount(partition: SharePartition): number {
  return isIdle(partition) ? 0 : partition.end - partition.start + 1;
}

/** Whether there may be more in flight, or something in flight is available (canAcquireRecords). */
export function canAcquire(partition: SharePartition, inFlightMax: number): boolean {
  const { end } = partition;
  if (isIdle(partition) || nextFetchOffset(partition) !== end + 1) return true;
  return inFlightCount(partition) < inFlightMax;
}

/** The batch, each of its records by itself. */
export function split(
  batch: InFlightBatch,
): InFlightBatch & { readonly each: ReadonlyMap<number, InFlight> } {
  const { each, first, last, whole } = batch;
  if (each) return { ...batch, each };
  const records = new Map<number, InFlight>();
  for (let offset = first; offset <= last; offset++) records.set(offset, whole!);
  return { first, last, whole: null, each: records };
}

/** Every record in flight, also those before the start whose batch is still there. */
export function* recordsOf({
  batches,
}: Pick<SharePartition, 'batches'>): Generator<readonly [number, InFlight]> {
  for (const { each, first, last, whole } of batches)
    if (each) yield* each;
    else for (let offset = first; offset <= last; offset++) yield [offset, whole!];
}

export function isOver({ state }: InFlight): boolean {
  return state === 'ACKNOWLEDGED' || state === 'ARCHIVED';
}

/** The start goes past what is over; whole batches that are over are forgotten (maybeUpdateCachedStateAndOffsets). */
export function moveStart(partition: SharePartition): void {
  const { batches, start } = partition;
  let next = start;
  for (const [offset, record] of recordsOf(partition)) {
    if (!isOver(record)) break;
    next = Math.max(next, offset + 1);
  }
  if (next === start) return;
  const left = batches.filter(({ last }) => last >= next);
  partition.start = left.length > 0 ? Math.max(next, left[0].first) : next;
  partition.batches = left;
  if (left.length === 0) partition.end = partition.start;
}

/** Writes down what has become of these records. The start goes with it as it was before: it moves by what is written. */
export function keep(partition: SharePartition, changed: Iterable<readonly [number, InFlight]>): void {
  const { kept, start } = partition;
  const records = new Map<number, { readonly state: RecordState; readonly deliveries: number }>();
  for (const [offset, record] of kept.records) if (offset >= start) records.set(offset, record);
  for (const [offset, { deliveries, state }] of changed)
    if (offset >= start) records.set(offset, { state, deliveries });
  partition.kept = { start, records };
}
