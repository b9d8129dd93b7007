/**
 * Control batches: a transaction's end as it stands in each partition it has written to. A marker takes one offset,
 * which no consumer is given (EndTransactionMarker.java, KIP-98).
 */
import type { Context } from '../../kernel/machine';
import { watchCleaning } from './cleaner';
import { isClustered } from './cluster/cluster-state';
import { advance } from './cluster/lead';
import { MarkerAppended } from './facts';
import { wakeFetches } from './fetch';
import { append, type Partition } from './partition';
import { batchOverheadBytes } from './batch-size';
import { rememberMarker } from './producers';
import type { StoredBatch } from './protocol';
import { watchRetention } from './retention';
import type { BrokerState } from './state';

/** Key and value of a control record, with its own overhead. */
const markerBytes = 17;

export function writeMarker(
  state: BrokerState,
  partition: Partition,
  producerId: number,
  producerEpoch: number,
  isCommit: boolean,
  context: Context,
): void {
  const offset = partition.logEnd;
  const control = isCommit ? 'commit' : 'abort';
  const { address } = partition;
  const firstFact = context.emit({ is: MarkerAppended, subject: address, position: offset, detail: control });
  const batch: StoredBatch = {
    ...{ records: [], producerId, producerEpoch, baseSequence: -1, isTransactional: true, control },
    ...{ baseOffset: offset, lastOffset: offset, maxTimestamp: context.now, appendTime: context.now },
    ...{ sizeBytes: batchOverheadBytes + markerBytes, firstFact },
    ...(partition.replication ? { leaderEpoch: partition.leaderEpoch } : {}),
  };
  append(partition, batch);
  watchCleaning(state, partition, context);
  rememberMarker(partition, producerId, producerEpoch, isCommit, offset);
  watchRetention(state, partition, context);
  if (isClustered(state)) advance(state, partition, context);
  wakeFetches(state, partition, context);
}
