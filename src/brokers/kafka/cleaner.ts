/**
 * Compaction (LogCleaner.scala, Cleaner.java, LogCleanerManager.scala): of a topic with cleanup.policy=compact the newest
 * record of each key stays, and offsets with gaps. Only what lies below the active segment, below the last stable
 * offset and is old enough is cleaned, and only once enough of it is dirty; so the uncleaned end always may hold several
 * records of a key. A tombstone stays for delete.retention.ms after it was cleaned first.
 * Simplified: all that is due is cleaned at one tick of log.cleaner.backoff.ms, the filthiest log first; segments are
 * not merged; a batch that was emptied keeps its place, and no reader sees it; markers of transactions stay.
 */
import { noCause } from '../../kernel/fact';
import type { Context, Tagged } from '../../kernel/machine';
import { ms, type Time } from '../../kernel/time';
import type { Compaction } from './config';
import { LogCleaned } from './facts';
import type { Partition } from './partition';
import { lastStableOffset } from './producers';
import type { StoredBatch } from './protocol';
import { distanceIn, offsetIn } from './protocol/records';
import { nextTick, setAlarm } from './retention';
import { segmentIndexOf } from './segments';
import { allPartitions, type BrokerState } from './state';

/** The broker's own reminder that the cleaner looks around. */
export interface CheckCleaning extends Tagged {
  readonly type: 'CheckCleaning';
}

const checkCleaning: CheckCleaning = { type: 'CheckCleaning' };
const defaultBackoff = ms(15_000);

/** What could be cleaned of a log now. Offsets: from inclusive, to exclusive. */
interface Dirty {
  readonly partition: Partition;
  readonly from: number;
  readonly to: number;
  /** Share of dirty bytes in all that would be clean afterwards. */
  readonly ratio: number;
}

/** Cleans what is due. */
export function runCleaner(state: BrokerState, context: Context): void {
  delete state.cleanerAlarm;
  const due = [...allPartitions(state)].flatMap((partition) => {
    const dirty = dirtyOf(partition, context.now);
    return dirty && isDue(dirty, partition.config.compaction!, context.now) ? [dirty] : [];
  });
  for (const dirty of due.sort((a, b) => b.ratio - a.ratio)) clean(dirty, context);
  armCleaner(state, context);
}

/** Sets the alarm anew, after a start or a look around. */
export function armCleaner(state: BrokerState, context: Context): void {
  for (const partition of allPartitions(state)) watchCleaning(state, partition, context);
}

/** Makes sure that the cleaner looks when this log may have become dirty enough. Call it when something was appended. */
export function watchCleaning(state: BrokerState, partition: Partition, context: Context): void {
  const { compaction } = partition.config;
  if (!compaction || partition.segments.length < 2) return;
  const first = partition.cleanedTo ?? partition.logStart;
  if (partition.segments[partition.segments.length - 1].baseOffset <= first) return;
  const backoff = state.config.cleanerBackoff ?? defaultBackoff;
  const at = nextTick(state.startedAt + backoff, Math.max(backoff, ms(1)), context.now + 1);
  const alarm = state.cleanerAlarm ?? null;
  if (alarm !== null && alarm.at <= at) return;
  state.cleanerAlarm = setAlarm(alarm, at, checkCleaning, context);
}

/** null: nothing can be cleaned. */
function dirtyOf(partition: Partition, now: Time): Dirty | null {
  const { config, segments, logStart } = partition;
  if (!config.compaction) return null;
  const from = Math.max(partition.cleanedTo ?? logStart, logStart);
  const stable = lastStableOffset(partition);
  let to = from;
  let dirtyBytes = 0;
  let cleanBytes = 0;
  for (let index = 0; index + 1 < segments.length; index++) {
    const { largestTimestamp, sizeBytes } = segments[index];
    const end = segments[index + 1].baseOffset;
    if (end <= from) {
      cleanBytes += sizeBytes;
      continue;
    }
    const isYoung = largestTimestamp > now - config.compaction.lagMin;
    if (end > stable || (config.compaction.lagMin > 0 && isYoung)) break;
    dirtyBytes += sizeBytes;
    to = end;
  }
  if (to === from || dirtyBytes === 0) return null;
  return { partition, from, to, ratio: dirtyBytes / (dirtyBytes + cleanBytes) };
}

/** Dirty enough, or dirty for too long. */
function isDue({ partition, from, ratio }: Dirty, { dirtyRatioMin, lagMax }: Compaction, now: Time): boolean {
  if (ratio > dirtyRatioMin) return true;
  const oldest = partition.segments.find(
    (_, index) => (partition.segments[index + 1]?.baseOffset ?? 0) > from,
  );
  return oldest !== undefined && oldest.firstTimestamp >= 0 && now - oldest.firstTimestamp > lagMax;
}

function clean({ partition, from, to }: Dirty, context: Context): void {
  const newest = newestIn(partition, from, to);
  const { log, config } = partition;
  const { deleteRetention } = config.compaction!;
  const segments = partition.segments.slice();
  let gone = 0;
  for (let index = log.start; index < log.end; index++) {
    const batch = log.at(index)!;
    if (batch.baseOffset >= to) break;
    if (batch.control !== undefined || batch.entry !== undefined) continue;
    const left = cleaned(partition, batch, newest, deleteRetention, context.now);
    if (left === batch) continue;
    gone += batch.records.length - left.records.length;
    log.replace(index, left);
    const number = segmentIndexOf(segments, batch.baseOffset);
    const { sizeBytes, ...segment } = segments[number];
    segments[number] = { ...segment, sizeBytes: sizeBytes - batch.sizeBytes + left.sizeBytes };
  }
  partition.segments = segments;
  partition.cleanedTo = to;
  if (gone > 0)
    context.emit({ is: LogCleaned, subject: partition.address, position: to, amount: gone, cause: noCause });
}

/** The newest offset of every key in the dirty part; what was aborted does not count. */
function newestIn({ log, aborted }: Partition, from: number, to: number): ReadonlyMap<string, number> {
  const newest = new Map<string, number>();
  for (let index = log.findFirst(({ lastOffset }) => lastOffset >= from); index < log.end; index++) {
    const batch = log.at(index)!;
    if (batch.baseOffset >= to) break;
    if (isAborted(batch, aborted)) continue;
    batch.records.forEach(({ key }, at) => {
      if (key !== null) newest.set(key, offsetIn(batch, at));
    });
  }
  return newest;
}

/** The batch with what stays of it; the same one when all of it does. */
function cleaned(
  { aborted }: Partition,
  batch: StoredBatch,
  newest: ReadonlyMap<string, number>,
  deleteRetention: number,
  now: Time,
): StoredBatch {
  const wasAborted = isAborted(batch, aborted);
  const horizon = batch.deleteHorizon;
  const kept: number[] = [];
  const records = batch.records.filter(({ key, isTombstone }, index) => {
    const offset = offsetIn(batch, index);
    const isNewest = key !== null && offset >= (newest.get(key) ?? -1);
    const isOver = isTombstone === true && horizon !== undefined && now >= horizon;
    const stays = !wasAborted && isNewest && !isOver;
    if (stays) kept.push(distanceIn(batch, index));
    return stays;
  });
  const hasTombstone = records.some(({ isTombstone }) => isTombstone);
  const needsHorizon = hasTombstone && horizon === undefined;
  if (records.length === batch.records.length && !needsHorizon) return batch;
  const lost = batch.records.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const left = records.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return {
    ...batch,
    records,
    kept,
    sizeBytes: records.length === 0 ? 0 : batch.sizeBytes - lost + left,
    ...(needsHorizon ? { deleteHorizon: now + deleteRetention } : {}),
  };
}

function isAborted(batch: StoredBatch, aborted: Partition['aborted']): boolean {
  if (!batch.isTransactional || !aborted) return false;
  return aborted.some(
    ({ producerId, firstOffset, lastOffset }) =>
      producerId === batch.producerId && firstOffset <= batch.baseOffset && batch.lastOffset <= lastOffset,
  );
}
