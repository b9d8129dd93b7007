/**
 * What becomes of records that were handed out (SharePartition.java acknowledge, releaseAcquiredRecords and the timeout
 * of a lock): they are over, or available again; available no more after as many deliveries as there may be.
 */
import type { AcknowledgementBatch, ErrorCode } from '../protocol';
import type { Time } from '../../../kernel/time';
import {
  isOver,
  keep,
  moveStart,
  split,
  type InFlight,
  type InFlightBatch,
  type SharePartition,
} from './share-partition';

/** A record that has changed: where, and what it is now. */
export type Change = readonly [offset: number, record: InFlight];

export interface Rules {
  readonly deliveriesMax: number;
  /** share.renew.acknowledge.enable */
  readonly mayRenew: boolean;
  /** When a lock that is renewed now ends. */
  readonly until: Time;
}

/** Type of an acknowledgement of one record, as the protocol numbers them; 0, a gap, is archived. */
const renew = 4;
const stateBy: Readonly<Record<number, InFlight['state'] | undefined>> = {
  0: 'ARCHIVED',
  1: 'ACKNOWLEDGED',
  2: 'AVAILABLE',
  3: 'ARCHIVED',
};

/** All of it counts, or nothing: INVALID_RECORD_STATE when one record is not the member's. */
export function acknowledge(
  partition: SharePartition,
  memberId: string,
  acknowledgements: readonly AcknowledgementBatch[],
  rules: Rules,
): { readonly error: ErrorCode; readonly changes: readonly Change[] } {
  const before = partition.batches;
  const changes: Change[] = [];
  for (const acknowledgement of acknowledgements) {
    const error = acknowledgeBatch(partition, memberId, acknowledgement, rules, changes);
    if (error === 'NONE') continue;
    partition.batches = before;
    return { error, changes: [] };
  }
  settle(partition, changes);
  return { error: 'NONE', changes };
}

/** What the member has is available again: its session is over. */
export function releaseAll(
  partition: SharePartition,
  memberId: string,
  deliveriesMax: number,
): readonly Change[] {
  return giveBack(partition, ({ holder }) => holder?.memberId === memberId, deliveriesMax);
}

/** Locks have run out. */
export function releaseExpired(
  partition: SharePartition,
  now: Time,
  deliveriesMax: number,
): readonly Change[] {
  return giveBack(partition, ({ holder }) => holder !== null && holder.until <= now, deliveriesMax);
}

/**
 * Retention, or somebody who deleted records, has taken the log from under the group (updateCacheAndOffsets). What somebody
 * holds stays in its hands, to no avail, until its lock ends.
 */
export function startAtLeast(partition: SharePartition, logStart: number): void {
  if (logStart <= partition.start) return;
  partition.batches = partition.batches
    .map((batch) => {
      if (batch.first >= logStart) return batch;
      const each = new Map(split(batch).each);
      for (const [offset, record] of each)
        if (offset < logStart && record.state === 'AVAILABLE')
          each.set(offset, { ...record, state: 'ARCHIVED' });
      return { ...batch, whole: null, each };
    })
    .filter(
      (batch) => batch.last >= logStart || [...split(batch).each.values()].some((record) => !isOver(record)),
    );
  partition.start = logStart;
  partition.end = Math.max(partition.end, logStart);
  moveStart(partition);
}

function giveBack(
  partition: SharePartition,
  isMeant: (record: InFlight) => boolean,
  deliveriesMax: number,
): readonly Change[] {
  const changes: Change[] = [];
  const { start } = partition;
  const back = (offset: number, record: InFlight): InFlight => {
    if (record.state !== 'ACQUIRED' || !isMeant(record)) return record;
    const given = offset < start ? { ...record, state: 'ARCHIVED' as const, holder: null } : to(record, 'AVAILABLE', deliveriesMax); // prettier-ignore
    changes.push([offset, given]);
    return given;
  };
  partition.batches = partition.batches.map((batch) => changed(batch, start, back));
  if (changes.length > 0) settle(partition, changes);
  return changes;
}

/** The batch with each record as `by` makes it; whole, if it is all the same after the start. */
function changed(
  batch: InFlightBatch,
  start: number,
  by: (offset: number, record: InFlight) => InFlight,
): InFlightBatch {
  const { each, first, last, whole } = batch;
  if (!each && (first >= start || last < start)) {
    let next = whole!;
    for (let offset = first; offset <= last; offset++) next = by(offset, whole!);
    return next === whole ? batch : { ...batch, whole: next };
  }
  const records = new Map<number, InFlight>();
  for (const [offset, record] of split(batch).each) records.set(offset, by(offset, record));
  return { ...batch, whole: null, each: records };
}

function acknowledgeBatch(
  partition: SharePartition,
  memberId: string,
  acknowledgement: AcknowledgementBatch,
  rules: Rules,
  changes: Change[],
): ErrorCode {
  const meant = batchesOf(partition, acknowledgement);
  if (typeof meant === 'string') return meant;
  for (const batch of meant) {
    if (batch.last < partition.start) continue;
    const next = acknowledgedIn(batch, partition.start, memberId, acknowledgement, rules, changes);
    if (next === null) return 'INVALID_RECORD_STATE';
    partition.batches = partition.batches.map((one) => (one.first === batch.first ? next : one));
  }
  return 'NONE';
}

/** Batches that an acknowledgement speaks of (fetchSubMapForAcknowledgementBatch). */
function batchesOf(
  { batches, start }: SharePartition,
  { firstOffset, lastOffset }: AcknowledgementBatch,
): readonly InFlightBatch[] | ErrorCode {
  const begin = batches.some(({ first }) => first <= firstOffset)
    ? firstOffset
    : firstOffset < start && lastOffset >= start
      ? start
      : null;
  const floor = begin === null ? undefined : batches.findLast(({ first }) => first <= begin);
  if (!floor) return 'INVALID_RECORD_STATE';
  const meant = batches.filter(({ first }) => first >= floor.first && first <= lastOffset);
  const { last } = meant.at(-1)!;
  return last < firstOffset || last < lastOffset ? 'INVALID_REQUEST' : meant;
}

/** null: one of the records is not the member's to acknowledge. */
function acknowledgedIn(
  batch: InFlightBatch,
  start: number,
  memberId: string,
  { acknowledgeTypes, firstOffset, lastOffset }: AcknowledgementBatch,
  rules: Rules,
  changes: Change[],
): InFlightBatch | null {
  const { first, last, whole } = batch;
  const isOneForAll = acknowledgeTypes.length === 1;
  const typeOf = (offset: number) => acknowledgeTypes[isOneForAll ? 0 : offset - firstOffset];
  if (whole && isOneForAll && first >= firstOffset && last <= lastOffset && first >= start) {
    const next = acknowledged(whole, memberId, typeOf(first), rules);
    if (next === null) return null;
    if (typeOf(first) !== renew)
      for (let offset = first; offset <= last; offset++) changes.push([offset, next]);
    return { ...batch, whole: next };
  }
  const each = new Map(split(batch).each);
  for (const [offset, record] of each) {
    if (offset < firstOffset || offset > lastOffset || offset < start) continue;
    const next = acknowledged(record, memberId, typeOf(offset), rules);
    if (next === null) return null;
    each.set(offset, next);
    if (typeOf(offset) !== renew) changes.push([offset, next]);
  }
  return { first, last, whole: null, each };
}

/** null: it is not the member's to acknowledge, or not in this way. */
function acknowledged(record: InFlight, memberId: string, type: number, rules: Rules): InFlight | null {
  if (record.state !== 'ACQUIRED' || record.holder?.memberId !== memberId) return null;
  if (type === renew)
    return rules.mayRenew ? { ...record, holder: { ...record.holder, until: rules.until } } : null;
  const state = stateBy[type];
  return state === undefined ? null : to(record, state, rules.deliveriesMax);
}

function to({ deliveries }: InFlight, state: InFlight['state'], deliveriesMax: number): InFlight {
  const isTooOften = state === 'AVAILABLE' && deliveries >= deliveriesMax;
  return { state: isTooOften ? 'ARCHIVED' : state, deliveries, holder: null };
}

function settle(partition: SharePartition, changes: readonly Change[]): void {
  if (changes.length > 0) keep(partition, changes);
  moveStart(partition);
}

/** When the next lock ends; null: nothing is acquired. */
export function nextLockEnd(partition: SharePartition): Time | null {
  let next: Time | null = null;
  for (const { whole, each } of partition.batches)
    for (const { holder } of each?.values() ?? [whole!])
      if (holder !== null && (next === null || holder.until < next)) next = holder.until;
  return next;
}
