/**
 * What a failure of the machine takes from a node's logs, beyond what a killed process loses (which is nothing: its writes
 * are in the page cache). Kafka does not flush every write to disk, so a machine that loses power may lose the last of them;
 * one that loses its disk loses all.
 * Simplified: a broker that is alone keeps beside its logs what groups have committed, what share groups have acknowledged and
 * which transactions there are; that is lost with the disk as a whole, and not with the last writes.
 */
import type { Context, Tagged } from '../../kernel/machine';
import type { Duration } from '../../kernel/time';
import { startAt, truncate } from './cluster/truncate';
import type { Partition } from './partition';
import { allPartitions, type BrokerState } from './state';

/** Told to a node in the instant in which it dies (faults/disk.ts). */
export interface LoseDisk extends Tagged {
  readonly type: 'LoseDisk';
  /** Only what was written in the last so much time; null: everything. */
  readonly recent: Duration | null;
}

export function loseDisk(state: BrokerState, { recent }: LoseDisk, context: Context): void {
  for (const partition of allPartitions(state)) {
    if (recent === null) {
      truncate(partition, context.self, partition.logStart, context);
      startAt(partition, 0, context.now);
    } else truncate(partition, context.self, flushedUpTo(partition, context.now - recent), context);
  }
  if (recent !== null) return;
  state.groups.clear();
  delete state.transactions;
  delete state.share;
}

function flushedUpTo({ log, logEnd }: Partition, time: number): number {
  return log.at(log.findFirst(({ appendTime }) => appendTime > time))?.baseOffset ?? logEnd;
}
