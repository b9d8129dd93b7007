/**
 * The idempotent producer's numbers (kafka-clients 4.3.1 TransactionManager.java, TxnPartitionMap.java): each batch of a
 * partition gets the next ones when it is first sent and keeps them when it is sent again, so that the broker can tell
 * what it has. What goes wrong is mended by a new epoch, in which numbers begin at 0.
 */
import type { Batch, Lane, Producer } from './producer-state';
import { failureFor, kafkaFailure, toAbortable, toFatal, type Failure } from './transacting';
import { retriable } from './exceptions';

const sequenceMax = 2_147_483_647;

export function sequenceAfter(sequence: number, count: number): number {
  const sum = sequence + count;
  return sum > sequenceMax ? sum - sequenceMax - 1 : sum;
}

/** Gives a batch its numbers, before it is sent for the first time. */
export function number(state: Producer, lane: Lane, batch: Batch): void {
  const { producerId, epoch } = state.transacting;
  if (isStale(state, lane) && lane.unresolved.length === 0) beginAnew(state, lane);
  batch.producerId = producerId;
  batch.epoch = epoch;
  batch.sequence = lane.nextSequence;
  lane.nextSequence = sequenceAfter(lane.nextSequence, batch.records.length);
  lane.unresolved = [...lane.unresolved, batch.id];
}

/** Whether a partition's next batch must wait for what came before it. */
export function mustWait(state: Producer, lane: Lane, first: Batch): boolean {
  const { transacting, options } = state;
  if (transacting.is === 'FATAL_ERROR') return true;
  if (options.transactionalId !== null && !transacting.partitions.includes(first.lane)) return true;
  if (transacting.producerId < 0) return true;
  if (first.sequence < 0) {
    if (lane.unresolved.length > 0 && isStale(state, lane)) return true;
    if (lane.unknownUpTo !== null) return true;
    return false;
  }
  // sent again: one at a time, in the order of their numbers
  return lane.unresolved[0] !== first.id;
}

/** The broker has it. */
export function numberAcknowledged(lane: Lane, batch: Batch): void {
  const last = sequenceAfter(batch.sequence, batch.records.length - 1);
  if (last > lane.lastAcked) lane.lastAcked = last;
  forget(lane, batch);
}

/** It is given up (handleFailedBatch). `isKnown`: the broker cannot have taken it, so its numbers may be used anew. */
export function numberFailed(
  state: Producer,
  lane: Lane,
  batch: Batch,
  failure: Failure,
  isKnown: boolean,
): void {
  failedState(state, failure);
  forget(lane, batch);
  if (state.transacting.is === 'FATAL_ERROR') return;
  const isTransactional = state.options.transactionalId !== null;
  if (failure.code === 'OUT_OF_ORDER_SEQUENCE_NUMBER' && !isTransactional) return bumpFor(state, batch.lane);
  if (failure.code === 'UNKNOWN_PRODUCER_ID') {
    Object.assign(lane, { producerId: -1, epoch: -1, nextSequence: 0, lastAcked: -1, unknownUpTo: null });
    return;
  }
  if (!isKnown) return;
  if (!isTransactional) return bumpFor(state, batch.lane);
  lane.nextSequence -= batch.records.length;
  for (const id of lane.unresolved) {
    const later = state.batches.get(id)!;
    if (later.sequence >= batch.sequence) renumber(later, later.sequence - batch.records.length, later);
  }
}

/** What a failure makes of a transaction, and of the producer (maybeTransitionToErrorState). */
export function failedState(state: Producer, failure: Failure): void {
  const { transacting, options } = state;
  if (failure.code === 'PRODUCER_FENCED' || failure.code === 'INVALID_PRODUCER_ID_MAPPING')
    return toFatal(transacting, failure);
  if (options.transactionalId === null) return;
  const isAborting = retriable(failure.code) !== 'never' || failure.code === 'INVALID_TXN_STATE';
  toAbortable(
    transacting,
    isAborting
      ? failureFor('TRANSACTION_ABORTABLE', 'Transaction Request was aborted after exhausting retries.')
      : failure,
  );
}

/** Given up after it was sent: nobody knows whether the broker has it, and nothing new is sent before that is settled. */
export function numberUnknown(lane: Lane, batch: Batch): void {
  const next = sequenceAfter(batch.sequence, batch.records.length);
  lane.unknownUpTo = Math.max(lane.unknownUpTo ?? 0, next);
}

/** Whether a batch that the broker refused is worth another try (TransactionManager canRetry). */
export function canRetry(state: Producer, lane: Lane, batch: Batch, code: string): boolean {
  const isTransactional = state.options.transactionalId !== null;
  if (code === 'UNKNOWN_PRODUCER_ID' && !isTransactional) {
    bumpFor(state, batch.lane);
    return true;
  }
  if (code === 'OUT_OF_ORDER_SEQUENCE_NUMBER') {
    if (lane.unknownUpTo === null && (batch.isReset || !isNext(lane, batch.sequence))) return true;
    if (!isTransactional) {
      if (lane.unknownUpTo === null || lane.unknownUpTo === batch.sequence) bumpFor(state, batch.lane);
      return true;
    }
  }
  return retriable(code) !== 'never';
}

/** Partitions with unknown ends, once nothing of theirs is under way any more (maybeResolveSequences). */
export function settleUnknown(state: Producer): void {
  for (const [name, lane] of state.lanes) {
    if (lane.unknownUpTo === null || lane.unresolved.length > 0) continue;
    lane.unknownUpTo = null;
    if (isNext(lane, lane.nextSequence)) continue;
    if (state.options.transactionalId === null) bumpFor(state, name);
    else
      toAbortable(
        state.transacting,
        kafkaFailure(
          "The client hasn't received acknowledgment for some previously sent messages and can no longer retry them. It is safe to abort the transaction and continue.",
        ),
      );
  }
}

/** The next epoch, where one is due: a producer without transactions takes it by itself. */
export function bumpEpoch(state: Producer): void {
  const { transacting } = state;
  if (!transacting.bumps) return;
  transacting.epoch++;
  for (const name of transacting.rewrites) beginAnew(state, state.lanes.get(name)!);
  transacting.rewrites = [];
  transacting.bumps = false;
}

/** All numbers of all partitions begin at 0: the broker has given a new epoch. */
export function resetNumbers({ lanes }: Producer): void {
  for (const lane of lanes.values())
    Object.assign(lane, {
      ...{ producerId: -1, epoch: -1, nextSequence: 0, lastAcked: -1 },
      ...{ unresolved: [], unknownUpTo: null },
    });
}

/** Puts a batch that is to be sent again into its queue, in the order of numbers (insertInSequenceOrder). */
export function enqueueAgain(state: Producer, lane: Lane, batch: Batch): void {
  if (!state.options.isIdempotent) {
    lane.queue = [batch.id, ...lane.queue];
    return;
  }
  const isBefore = (id: number): boolean => {
    const { sequence } = state.batches.get(id)!;
    return sequence >= 0 && sequence < batch.sequence;
  };
  let at = 0;
  while (at < lane.queue.length && isBefore(lane.queue[at])) at++;
  lane.queue = [...lane.queue.slice(0, at), batch.id, ...lane.queue.slice(at)];
}

function forget(lane: Lane, { id }: Batch): void {
  lane.unresolved = lane.unresolved.filter((other) => other !== id);
}

function bumpFor({ transacting }: Producer, lane: string): void {
  transacting.bumps = true;
  if (!transacting.rewrites.includes(lane)) transacting.rewrites = [...transacting.rewrites, lane];
}

/** Its numbers begin at 0 in the present epoch, also of what is under way. */
function beginAnew({ transacting, batches }: Producer, lane: Lane): void {
  const { producerId, epoch } = transacting;
  let sequence = 0;
  for (const id of lane.unresolved) {
    const batch = batches.get(id)!;
    renumber(batch, sequence, { producerId, epoch });
    sequence += batch.records.length;
  }
  Object.assign(lane, { producerId, epoch, nextSequence: sequence, lastAcked: -1, unknownUpTo: null });
}

function renumber(
  batch: Batch,
  sequence: number,
  { producerId, epoch }: { readonly producerId: number; readonly epoch: number },
): void {
  Object.assign(batch, { sequence, producerId, epoch, isReset: true });
}

function isStale({ transacting: { producerId, epoch } }: Producer, lane: Lane): boolean {
  return lane.producerId !== producerId || lane.epoch !== epoch;
}

function isNext({ lastAcked }: Lane, sequence: number): boolean {
  return sequence - lastAcked === 1;
}
