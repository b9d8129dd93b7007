/**
 * Transactions as clients since 4.0 use them (transaction version 2, KIP-890): a partition or a group belongs to the
 * transaction from the first write on, which its broker tells the coordinator by itself, and every end takes the producer
 * to its next epoch, so that nothing late can get into the next transaction. Source: TransactionCoordinator.scala
 * endTransaction, AddPartitionsToTxnManager.java, ReplicaManager.scala handleProduceAppend. Among several nodes the
 * coordinator may be another (cluster/adding.ts). Simplified: epochs do not run out.
 */
import type { Context } from '../../kernel/machine';
import type { Partition } from './partition';
import type {
  EndTxnRequest,
  EndTxnResponse,
  ErrorCode,
  RecordBatch,
  TxnOffsetCommitRequest,
} from './protocol';
import type { BrokerState } from './state';
import type { Transaction } from './transaction-state';
import { beginTransaction, endTransaction } from './transactions';
import type { Caller } from './turns';

interface Producer {
  readonly transactionalId: string;
  readonly producerId: number;
  readonly producerEpoch: number;
}

/** A batch is about to be written: its partition belongs to the transaction from now on. Why not, else 'NONE'. */
export function addOnProduce(
  state: BrokerState,
  transactionalId: string,
  partition: Partition,
  { producerId, producerEpoch }: RecordBatch,
  context: Context,
): ErrorCode {
  const entry = partition.producers?.get(producerId);
  // its transaction has records here already: nobody is asked
  if (entry && entry.epoch === producerEpoch && entry.transactionStart !== null) return 'NONE';
  const found = findOpen(state, { transactionalId, producerId, producerEpoch });
  // producers expect to be told this one of the two (AddPartitionsToTxnManager.java)
  if (typeof found === 'string') return found === 'PRODUCER_FENCED' ? 'INVALID_PRODUCER_EPOCH' : found;
  beginTransaction(found, context);
  const { topic, index } = partition;
  if (!found.partitions.some((one) => one.topic === topic && one.index === index))
    found.partitions = [...found.partitions, { topic, index }];
  return 'NONE';
}

/**
 * Offsets are about to be written: their group belongs to the transaction from now on, where the client has not said so
 * before. Why not, else 'NONE'.
 */
export function addOnOffsetCommit(
  state: BrokerState,
  request: TxnOffsetCommitRequest,
  context: Context,
): ErrorCode {
  if (!request.addsGroup) return 'NONE';
  const found = findOpen(state, request);
  if (typeof found === 'string') return found === 'PRODUCER_FENCED' ? 'INVALID_PRODUCER_EPOCH' : found;
  beginTransaction(found, context);
  if (!found.groups.includes(request.groupId)) found.groups = [...found.groups, request.groupId];
  return 'NONE';
}

/** Ends the transaction and takes its producer to the next epoch; asked again in the last epoch, it says so again. */
export function endTxnAndBump(
  state: BrokerState,
  request: EndTxnRequest,
  caller: Caller,
  context: Context,
): void {
  const { correlationId, transactionalId } = request;
  const transaction = state.transactions?.get(transactionalId);
  const errorCode = transaction
    ? endedBy(state, transaction, request, context)
    : 'INVALID_PRODUCER_ID_MAPPING';
  const isWell = transaction !== undefined && errorCode === 'NONE';
  const response: EndTxnResponse = {
    ...{ type: 'EndTxnResponse', correlationId, errorCode },
    ...(isWell ? { producerId: transaction.producerId, producerEpoch: transaction.epoch } : {}),
  };
  context.reply(caller.connection, response);
}

function endedBy(
  state: BrokerState,
  transaction: Transaction,
  { producerId, producerEpoch, committed }: EndTxnRequest,
  context: Context,
): ErrorCode {
  if (transaction.producerId !== producerId) return 'INVALID_PRODUCER_ID_MAPPING';
  const isRetry = transaction.epoch === producerEpoch + 1;
  const isCurrent = transaction.epoch === producerEpoch;
  const { state: is } = transaction;
  const wished = committed ? 'Commit' : 'Abort';
  const complete = is === 'CompleteCommit' || is === 'CompleteAbort';
  if (is === 'PrepareCommit' || is === 'PrepareAbort') {
    if (!isRetry) return 'PRODUCER_FENCED';
    return is === `Prepare${wished}` ? 'CONCURRENT_TRANSACTIONS' : 'INVALID_TXN_STATE';
  }
  if (!isCurrent && !(complete && isRetry)) return 'PRODUCER_FENCED';
  if (isRetry) return is === `Complete${wished}` ? 'NONE' : 'INVALID_TXN_STATE';
  // an abort of nothing is an end, too: the producer may not know whether anything of it has arrived
  if (is !== 'Ongoing' && committed) return 'INVALID_TXN_STATE';
  if (is !== 'Ongoing') Object.assign(transaction, { partitions: [], groups: [] });
  transaction.epoch++;
  endTransaction(state, transaction, committed, committed ? 'committed' : 'aborted', context);
  return 'NONE';
}

/** The producer's transaction, where something can be added to it; else why not (handleAddPartitionsToTransaction). */
function findOpen(
  { transactions }: BrokerState,
  { transactionalId, producerId, producerEpoch }: Producer,
): Transaction | ErrorCode {
  const transaction = transactions?.get(transactionalId);
  if (!transaction || transaction.producerId !== producerId) return 'INVALID_PRODUCER_ID_MAPPING';
  if (transaction.epoch !== producerEpoch) return 'PRODUCER_FENCED';
  const isEnding = transaction.state === 'PrepareCommit' || transaction.state === 'PrepareAbort';
  return isEnding ? 'CONCURRENT_TRANSACTIONS' : transaction;
}
