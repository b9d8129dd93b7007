/**
 * Requests to coordinators, one at a time and the most urgent first (kafka-clients 4.3.1 Sender.java
 * maybeSendAndPollTransactionalRequest, TransactionManager.java nextRequest). While one is under way nothing is produced.
 * The broker adds partitions and groups to a transaction by itself (transaction version 2, KIP-890), so there is no
 * AddPartitionsToTxn and no AddOffsetsToTxn.
 */
import type { KafkaRequest } from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import { ask, header, leastLoaded, reachableFrom } from './connection';
import { anyHosts, wantUpdate } from './metadata';
import { abortBatches } from './producer-answers';
import { hasIncomplete, type Producer } from './producer-state';
import { failureFor, goTo, hasError, type Failure, type Transacting, type TxnRequest } from './transacting';

/** What the sending thread does next: it waits, goes round once more, or has nothing to ask and may produce. */
type Turn = 'wait' | 'again' | 'produce';

const urgency: Readonly<Record<TxnRequest['is'], number>> = {
  FindCoordinator: 0,
  InitProducerId: 1,
  TxnOffsetCommit: 2,
  EndTxn: 3,
};

const idempotentTimeoutMs = 2_147_483_647;
const aborted = {
  name: 'TransactionAbortedException',
  message: 'Failing batch since transaction was aborted',
  code: '',
};

/** A request without its number. */
export type NewTxnRequest = TxnRequest extends infer Each
  ? Each extends TxnRequest
    ? Omit<Each, 'id' | 'isRetry'>
    : never
  : never;

/** Puts a request in its place among those that wait: its number. */
export function enqueue(txn: Transacting, request: NewTxnRequest): number {
  const id = ++txn.lastRequest;
  enqueueAs(txn, { ...request, id, isRetry: false });
  return id;
}

/** The same one again, after a wait. */
export function retry(txn: Transacting, request: TxnRequest): void {
  enqueueAs(txn, { ...request, isRetry: true });
}

export function transact(state: Producer, context: Context): Turn {
  const { transacting: txn, network } = state;
  if (txn.isAsking) return 'wait';
  if (txn.is === 'ABORTABLE_ERROR' && abortBatches(state, txn.error!, true, context)) return 'again';
  if (txn.is === 'ABORTING_TRANSACTION' && abortBatches(state, aborted, true, context)) return 'again';
  const [next, ...rest] = txn.pending;
  if (!next || (next.is === 'EndTxn' && hasIncomplete(state))) return 'produce';
  txn.pending = rest;
  if (hasError(txn) && !(txn.is === 'ABORTABLE_ERROR' && next.is === 'FindCoordinator')) {
    requestFailed(state, next.id, txn.error!);
    return 'again';
  }
  if (next.is === 'EndTxn' && !txn.isStarted) {
    // nothing was sent in it: its coordinator does not even hear of it
    transactionOver(state);
    requestDone(state, next.id);
    return 'again';
  }
  const host = hostFor(state, next, context);
  if (host === 'look for it') {
    lookFor(state, next);
    retry(txn, next);
    return 'again';
  }
  const from =
    host === null ? context.now + network.options.retry.initial : reachableFrom(network, host, context.now);
  if (host === null || from > context.now) {
    enqueueAs(txn, next);
    if (host === null) wantUpdate(state.metadata);
    state.sleepUntil = from;
    return 'wait';
  }
  if (next.isRetry) {
    enqueueAs(txn, { ...next, isRetry: false });
    state.sleepUntil = context.now + network.options.retry.initial;
    return 'wait';
  }
  txn.isAsking = true;
  ask(network, context, host, requestOf(state, next, context), { about: next });
  return 'wait';
}

/** The program's call that waits for it, if one does, learns of it (makeCalls). */
export function requestDone({ transacting: txn }: Producer, id: number): void {
  settle(txn, id, 'done');
}

export function requestFailed({ transacting: txn }: Producer, id: number, failure: Failure): void {
  settle(txn, id, failure);
}

/** What became of a request; undefined: nothing yet. */
export function outcomeOf({ outcomes }: Transacting, id: number): 'done' | Failure | undefined {
  return outcomes.get(id);
}

/** The coordinator that a request is for is asked for anew. */
export function lookFor({ transacting: txn, options }: Producer, { is, ...request }: TxnRequest): void {
  const ofGroup = is === 'TxnOffsetCommit' && 'group' in request;
  if (ofGroup) txn.groupCoordinator = null;
  else txn.coordinator = null;
  const key = ofGroup ? request.group.groupId : options.transactionalId!;
  enqueue(txn, { is: 'FindCoordinator', keyType: ofGroup ? 0 : 1, key });
}

/** It has ended, well or badly: another may begin. */
export function transactionOver({ transacting: txn, options }: Producer): void {
  goTo(txn, 'READY', options.transactionalId);
  txn.isStarted = false;
  txn.partitions = [];
}

/** Only idempotence: asks for an id when there is none (bumpIdempotentEpochAndResetIdIfNeeded). */
export function wantProducerId({ transacting: txn, options }: Producer): void {
  if (options.transactionalId !== null || txn.producerId >= 0 || txn.is === 'INITIALIZING') return;
  goTo(txn, 'INITIALIZING', null);
  enqueue(txn, { is: 'InitProducerId' });
}

/** A transactional call has waited for max.block.ms. */
export function awaitingTimedOut(
  [operation, meaning]: readonly [operation: string, meaning: string],
  maxBlockMs: number,
): Failure {
  const message = `Timeout expired after ${maxBlockMs}ms while awaiting ${operation}. ${meaning}`;
  return failureFor('REQUEST_TIMED_OUT', message);
}

function settle(txn: Transacting, id: number, outcome: 'done' | Failure): void {
  txn.outcomes = new Map(txn.outcomes).set(id, outcome);
}

function enqueueAs(txn: Transacting, request: TxnRequest): void {
  const at = txn.pending.findIndex(({ is }) => urgency[is] > urgency[request.is]);
  const index = at < 0 ? txn.pending.length : at;
  txn.pending = [...txn.pending.slice(0, index), request, ...txn.pending.slice(index)];
}

/** null: nobody can be reached. */
function hostFor(state: Producer, request: TxnRequest, context: Context): string | null {
  const { transacting: txn, network, metadata, options } = state;
  const isForAnyone =
    request.is === 'FindCoordinator' || (request.is === 'InitProducerId' && options.transactionalId === null);
  if (isForAnyone) return leastLoaded(network, anyHosts(metadata, network), context);
  return (request.is === 'TxnOffsetCommit' ? txn.groupCoordinator : txn.coordinator) ?? 'look for it';
}

function requestOf(state: Producer, request: TxnRequest, context: Context): KafkaRequest {
  const { network, options, transacting } = state;
  const { producerId, epoch: producerEpoch } = transacting;
  const { transactionalId } = options;
  const head = header(network, context);
  switch (request.is) {
    case 'FindCoordinator':
      return { type: 'FindCoordinatorRequest', ...head, key: request.key, keyType: request.keyType };
    case 'InitProducerId':
      return {
        ...{ type: 'InitProducerIdRequest', ...head, transactionalId },
        transactionTimeoutMs: transactionalId === null ? idempotentTimeoutMs : options.transactionTimeoutMs,
      };
    case 'EndTxn': {
      const { committed } = request;
      return {
        ...{ type: 'EndTxnRequest', ...head, transactionalId: transactionalId!, producerId, producerEpoch },
        ...{ committed, bumpsEpoch: true },
      };
    }
    case 'TxnOffsetCommit': {
      const { group, offsets } = request;
      const { groupId, generationId, memberId, groupInstanceId } = group;
      const names = [...new Set(offsets.map(({ topic }) => topic))];
      return {
        ...{ type: 'TxnOffsetCommitRequest', ...head, transactionalId: transactionalId! },
        ...{ producerId, producerEpoch, groupId, addsGroup: true },
        member: { generationId, memberId, groupInstanceId },
        topics: names.map((name) => ({
          name,
          partitions: offsets
            .filter(({ topic }) => topic === name)
            .map(({ partition: partitionIndex, offset: committedOffset }) => ({
              partitionIndex,
              committedOffset,
            })),
        })),
      };
    }
  }
}
