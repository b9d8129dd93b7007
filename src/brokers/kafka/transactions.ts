/**
 * The transaction coordinator, which is this broker (TransactionCoordinator.scala, TransactionMetadata.scala; KIP-98):
 * producer ids and epochs, which partitions and groups belong to an open transaction, and its end. As for clients before
 * 4.0 (kafkajs is one): epochs do not change from one transaction to the next (for those since: transactions-v2.ts).
 * Simplified: where there is one node markers are written in the instant of the decision, so PrepareCommit and
 * PrepareAbort last no time (over several nodes: cluster/txn-markers.ts); a transactional id is remembered for ever
 * (transactional.id.expiration.ms is a week); and a node that is not the coordinator does not ask it whether a batch
 * belongs to an open transaction.
 */
import type { Context, Tagged } from '../../kernel/machine';
import { ms, type Time } from '../../kernel/time';
import { TransactionEnded } from './facts';
import { processOf } from './join';
import { writeMarker } from './markers';
import type {
  AddOffsetsToTxnRequest,
  AddOffsetsToTxnResponse,
  AddPartitionsToTxnRequest,
  AddPartitionsToTxnResponse,
  EndTxnRequest,
  EndTxnResponse,
  ErrorCode,
  InitProducerIdRequest,
  InitProducerIdResponse,
} from './protocol';
import { partitionOf, type BrokerState } from './state';
import type { Transaction } from './transaction-state';
import type { Caller } from './turns';
import { endPendingOffsets } from './txn-offsets';

/** The coordinator's own reminder to look for transactions that have been open for too long. */
export interface CheckTransactions extends Tagged {
  readonly type: 'CheckTransactions';
  readonly transactionalId: string;
}

/** transaction.max.timeout.ms and transaction.abort.timed.out.transaction.cleanup.interval.ms, by default. */
const timeoutMsMax = 15 * 60 * 1000;
const checkInterval = ms(10_000);

/**
 * A producer's id and epoch. The same transactional id gets the same producer id and the next epoch, which shuts out
 * whoever had the one before; what that one has left open is aborted first, and the caller told to ask again.
 */
export function initProducerId(
  state: BrokerState,
  request: InitProducerIdRequest,
  caller: Caller,
  context: Context,
): void {
  const answer = (errorCode: ErrorCode, producerId = -1, producerEpoch = -1): void => {
    const { correlationId } = request;
    const response: InitProducerIdResponse = {
      ...{ type: 'InitProducerIdResponse', correlationId, errorCode, producerId, producerEpoch },
    };
    context.reply(caller.connection, response);
  };
  const { transactionalId, transactionTimeoutMs } = request;
  if (transactionalId === null) return answer('NONE', newProducerId(state), 0);
  if (transactionalId === '') return answer('INVALID_REQUEST');
  if (transactionTimeoutMs <= 0 || transactionTimeoutMs > timeoutMsMax)
    return answer('INVALID_TRANSACTION_TIMEOUT');
  const known = state.transactions?.get(transactionalId);
  const timeout = ms(transactionTimeoutMs);
  if (!known) {
    const producerId = newProducerId(state);
    const transaction: Transaction = {
      ...{
        transactionalId,
        process: processOf(caller.sender),
        producerId,
        epoch: 0,
        timeout,
        state: 'Empty',
      },
      ...{ partitions: [], groups: [], startedAt: 0, timer: null },
    };
    state.transactions = new Map(state.transactions).set(transactionalId, transaction);
    return answer('NONE', producerId, 0);
  }
  known.process = processOf(caller.sender);
  if (isEnding(known)) return answer('CONCURRENT_TRANSACTIONS');
  if (known.state === 'Ongoing') {
    known.epoch++;
    endTransaction(state, known, false, 'fenced', context);
    return answer('CONCURRENT_TRANSACTIONS');
  }
  known.epoch++;
  known.timeout = timeout;
  known.state = 'Empty';
  answer('NONE', known.producerId, known.epoch);
}

/** A transaction begins with the first of these. */
export function addPartitions(
  state: BrokerState,
  request: AddPartitionsToTxnRequest,
  caller: Caller,
  context: Context,
): void {
  const { transaction, error } = findOpen(state, request);
  const missing = request.topics.some(({ name, partitions }) =>
    partitions.some((index) => !partitionOf(state, name, index)),
  );
  const errorOf = (name: string, index: number): ErrorCode =>
    error !== 'NONE'
      ? error
      : !partitionOf(state, name, index)
        ? 'UNKNOWN_TOPIC_OR_PARTITION'
        : missing
          ? 'OPERATION_NOT_ATTEMPTED'
          : 'NONE';
  if (transaction && !missing) {
    beginTransaction(transaction, context);
    for (const { name: topic, partitions } of request.topics)
      for (const index of partitions)
        if (!transaction.partitions.some((one) => one.topic === topic && one.index === index))
          transaction.partitions = [...transaction.partitions, { topic, index }];
  }
  const response: AddPartitionsToTxnResponse = {
    type: 'AddPartitionsToTxnResponse',
    correlationId: request.correlationId,
    results: request.topics.map(({ name, partitions }) => ({
      name,
      results: partitions.map((partitionIndex) => ({
        partitionIndex,
        errorCode: errorOf(name, partitionIndex),
      })),
    })),
  };
  context.reply(caller.connection, response);
}

/** A group's offsets will be part of it. */
export function addOffsets(
  state: BrokerState,
  request: AddOffsetsToTxnRequest,
  caller: Caller,
  context: Context,
): void {
  const { transaction, error } = findOpen(state, request);
  if (transaction) {
    beginTransaction(transaction, context);
    if (!transaction.groups.includes(request.groupId))
      transaction.groups = [...transaction.groups, request.groupId];
  }
  const { correlationId } = request;
  const response: AddOffsetsToTxnResponse = {
    type: 'AddOffsetsToTxnResponse',
    correlationId,
    errorCode: error,
  };
  context.reply(caller.connection, response);
}

export function endTxn(state: BrokerState, request: EndTxnRequest, caller: Caller, context: Context): void {
  const { transaction, error } = find(state, request);
  let errorCode = error;
  if (transaction) {
    const done = request.committed ? 'CompleteCommit' : 'CompleteAbort';
    if (transaction.state === 'Ongoing')
      endTransaction(
        state,
        transaction,
        request.committed,
        request.committed ? 'committed' : 'aborted',
        context,
      );
    // asked again, since the answer was lost: it is as it was wished
    else if (isEnding(transaction))
      errorCode = transaction.state === done.replace('Complete', 'Prepare') ? 'CONCURRENT_TRANSACTIONS' : 'INVALID_TXN_STATE'; // prettier-ignore
    else if (transaction.state !== done) errorCode = 'INVALID_TXN_STATE';
  }
  const response: EndTxnResponse = {
    type: 'EndTxnResponse',
    correlationId: request.correlationId,
    errorCode,
  };
  context.reply(caller.connection, response);
}

/** One that has been open for longer than its producer said is aborted, and its producer shut out. */
export function expireTransaction(
  state: BrokerState,
  { transactionalId }: CheckTransactions,
  context: Context,
): void {
  const transaction = state.transactions?.get(transactionalId);
  if (!transaction || transaction.state !== 'Ongoing') return;
  transaction.timer = null;
  if (context.now < transaction.startedAt + transaction.timeout)
    return watchTransaction(transaction, context);
  transaction.epoch++;
  endTransaction(state, transaction, false, 'timed out', context);
}

/** After a start: what was open is in the log, and its time goes on. */
export function watchTransactions({ transactions }: BrokerState, context: Context): void {
  for (const transaction of transactions?.values() ?? [])
    if (transaction.state === 'Ongoing') watchTransaction(transaction, context);
}

/** Real nodes are given blocks of a thousand by the controller; here each has a range of its own. */
function newProducerId(state: BrokerState): number {
  const producerId = state.nextProducerId ?? (state.cluster ? state.nodeId * 1_000_000 : 0);
  state.nextProducerId = producerId + 1;
  return producerId;
}

/** Who asks is the producer of this transactional id, and the one that has it now. */
function find(
  { transactions }: BrokerState,
  {
    transactionalId,
    producerId,
    producerEpoch,
  }: AddOffsetsToTxnRequest | AddPartitionsToTxnRequest | EndTxnRequest,
): { readonly transaction: Transaction | null; readonly error: ErrorCode } {
  const transaction = transactions?.get(transactionalId);
  if (!transaction || transaction.producerId !== producerId)
    return { transaction: null, error: 'INVALID_PRODUCER_ID_MAPPING' };
  // clients before 2.8 are told so; newer ones PRODUCER_FENCED
  if (producerEpoch !== transaction.epoch) return { transaction: null, error: 'INVALID_PRODUCER_EPOCH' };
  return { transaction, error: 'NONE' };
}

/** The same, while something can be added to it: not while the one before is being ended. */
function findOpen(
  state: BrokerState,
  request: AddOffsetsToTxnRequest | AddPartitionsToTxnRequest,
): ReturnType<typeof find> {
  const found = find(state, request);
  const isLate = found.transaction !== null && isEnding(found.transaction);
  return isLate ? { transaction: null, error: 'CONCURRENT_TRANSACTIONS' } : found;
}

export function beginTransaction(transaction: Transaction, context: Context): void {
  if (transaction.state === 'Ongoing') return;
  transaction.state = 'Ongoing';
  transaction.partitions = [];
  transaction.groups = [];
  transaction.startedAt = context.now;
  watchTransaction(transaction, context);
}

/** Its decision is made: markers go to its partitions, and its offsets become the groups' or are forgotten. */
export function endTransaction(
  state: BrokerState,
  transaction: Transaction,
  isCommit: boolean,
  how: string,
  context: Context,
): void {
  const { transactionalId, producerId, epoch, partitions, groups } = transaction;
  if (transaction.timer !== null) context.cancel(transaction.timer);
  transaction.timer = null;
  transaction.state = isCommit ? 'CompleteCommit' : 'CompleteAbort';
  if (state.cluster) transaction.state = isCommit ? 'PrepareCommit' : 'PrepareAbort';
  const subject = `${state.name}/transaction/${transactionalId}`;
  context.emit({ is: TransactionEnded, subject, amount: partitions.length, detail: how });
  if (state.cluster) return;
  for (const { topic, index } of partitions) {
    const partition = partitionOf(state, topic, index);
    if (partition) writeMarker(state, partition, producerId, epoch, isCommit, context);
  }
  for (const groupId of groups) endPendingOffsets(state, groupId, producerId, isCommit, context);
}

/** Its decision is made, and not yet known to all it concerns. */
function isEnding({ state }: Transaction): boolean {
  return state === 'PrepareCommit' || state === 'PrepareAbort';
}

/** Looked for every ten seconds, not at the very moment. */
export function abortedAt({ startedAt, timeout }: Transaction, now: Time): Time {
  const due = Math.max(startedAt + timeout, now + 1);
  return Math.ceil(due / checkInterval) * checkInterval;
}

/** Sets the alarm for when it has been open for too long. */
export function watchTransaction(transaction: Transaction, context: Context): void {
  const { transactionalId } = transaction;
  const at = abortedAt(transaction, context.now);
  const check: CheckTransactions = { type: 'CheckTransactions', transactionalId };
  transaction.timer = context.after(at - context.now, check);
}

/** A crash of the broker: what it was reminded of is forgotten. */
export function forgetTransactionTimers({ transactions }: BrokerState): void {
  for (const transaction of transactions?.values() ?? []) transaction.timer = null;
}
