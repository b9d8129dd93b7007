/**
 * States of the library's TransactionManager (kafka-clients 4.3.1), which a producer with only idempotence has too: which
 * of them may follow which, and what is thrown otherwise.
 */
import type { GroupMetadata } from './producer-state';
import type { TopicPartition } from './api';
import { thrownFor, type Thrown } from './exceptions';

export interface Transacting {
  is: TransactingState;
  /** Why it is in an error state. */
  error: Failure | null;
  /** −1: none yet. */
  producerId: number;
  epoch: number;
  /** Something was sent in it, so that it has to be ended. */
  isStarted: boolean;
  /** "orders-0": partitions that belong to the open transaction. */
  partitions: readonly string[];
  /** Requests to the coordinators, the most urgent first. */
  pending: readonly TxnRequest[];
  lastRequest: number;
  /** One has no answer yet. */
  isAsking: boolean;
  /** Host; null: unknown. */
  coordinator: string | null;
  groupCoordinator: string | null;
  /** Only idempotent: the epoch goes up before the next batch, and these partitions' numbers begin anew. */
  bumps: boolean;
  rewrites: readonly string[];
  /** The last initTransactions, commit or abort: a call that timed out may be made again and waits for the same. */
  transition: Transition | null;
  /** What became of requests, for the calls that wait for them. */
  outcomes: ReadonlyMap<number, 'done' | Failure>;
}

export type TransactingState =
  | 'UNINITIALIZED'
  | 'INITIALIZING'
  | 'READY'
  | 'IN_TRANSACTION'
  | 'COMMITTING_TRANSACTION'
  | 'ABORTING_TRANSACTION'
  | 'ABORTABLE_ERROR'
  | 'FATAL_ERROR';

/** An exception and the protocol's code that it is for; '' where it is for none. */
export interface Failure extends Thrown {
  readonly code: string;
}

export interface Transition {
  readonly operation: string;
  readonly target: TransactingState;
  readonly request: number;
}

interface Common {
  readonly id: number;
  readonly isRetry: boolean;
}
export type TxnRequest = Common &
  (
    | { readonly is: 'FindCoordinator'; readonly keyType: 0 | 1; readonly key: string }
    | { readonly is: 'InitProducerId' }
    | {
        readonly is: 'TxnOffsetCommit';
        readonly offsets: readonly (TopicPartition & { readonly offset: number })[];
        readonly group: GroupMetadata;
      }
    | { readonly is: 'EndTxn'; readonly committed: boolean }
  );

export function newTransacting(): Transacting {
  return {
    ...{ is: 'UNINITIALIZED', error: null, producerId: -1, epoch: -1, isStarted: false, partitions: [] },
    ...{ pending: [], lastRequest: 0, isAsking: false, coordinator: null, groupCoordinator: null },
    ...{ bumps: false, rewrites: [], transition: null, outcomes: new Map() },
  };
}

const before: Readonly<Partial<Record<TransactingState, readonly TransactingState[]>>> = {
  UNINITIALIZED: ['READY', 'ABORTABLE_ERROR'],
  INITIALIZING: ['UNINITIALIZED', 'COMMITTING_TRANSACTION', 'ABORTING_TRANSACTION'],
  READY: ['INITIALIZING', 'COMMITTING_TRANSACTION', 'ABORTING_TRANSACTION'],
  IN_TRANSACTION: ['READY'],
  COMMITTING_TRANSACTION: ['IN_TRANSACTION'],
  ABORTING_TRANSACTION: ['IN_TRANSACTION', 'ABORTABLE_ERROR'],
  ABORTABLE_ERROR: ['IN_TRANSACTION', 'COMMITTING_TRANSACTION', 'ABORTABLE_ERROR', 'INITIALIZING'],
};

/** Goes over to another state. What is thrown where that cannot follow; then nothing has changed. */
export function goTo(
  txn: Transacting,
  target: TransactingState,
  transactionalId: string | null,
): Thrown | null {
  if (target !== 'FATAL_ERROR' && before[target]?.includes(txn.is) !== true) {
    const who = transactionalId === null ? '' : `TransactionalId ${transactionalId}: `;
    const message = `${who}Invalid transition attempted from state ${txn.is} to state ${target}`;
    return { name: 'IllegalStateException', message };
  }
  txn.is = target;
  txn.error = null;
  return null;
}

/** The transaction cannot be committed any more; it can be aborted. */
export function toAbortable(txn: Transacting, failure: Failure): void {
  if (txn.is === 'ABORTING_TRANSACTION') return;
  if (goTo(txn, 'ABORTABLE_ERROR', null) === null) txn.error = failure;
  else toFatal(txn, failure);
}

/** The producer is of no use any more. */
export function toFatal(txn: Transacting, failure: Failure): void {
  txn.is = 'FATAL_ERROR';
  txn.error = failure;
  const request = txn.transition?.request ?? 0;
  if (request > 0 && !txn.outcomes.has(request)) txn.outcomes = new Map(txn.outcomes).set(request, failure);
}

export function hasError({ is }: Transacting): boolean {
  return is === 'ABORTABLE_ERROR' || is === 'FATAL_ERROR';
}

export function isCompleting({ is }: Transacting): boolean {
  return is === 'COMMITTING_TRANSACTION' || is === 'ABORTING_TRANSACTION';
}

export function failureFor(code: string, message?: string): Failure {
  return { ...thrownFor(code, message), code };
}

export function kafkaFailure(message: string): Failure {
  return { name: 'KafkaException', message, code: '' };
}

/** What a transactional call throws while the producer is in an error state (maybeFailWithError); null: it is not. */
export function errorThrown(txn: Transacting, transactionalId: string | null): Thrown | null {
  if (!hasError(txn)) return null;
  const who = `Producer with transactionalId '${transactionalId}' and ProducerIdAndEpoch(producerId=${txn.producerId}, epoch=${txn.epoch})`;
  switch (txn.error?.code) {
    case 'PRODUCER_FENCED':
      return thrownFor(
        'PRODUCER_FENCED',
        `${who} has been fenced by another producer with the same transactionalId`,
      );
    case 'INVALID_PRODUCER_EPOCH':
      return thrownFor('INVALID_PRODUCER_EPOCH', `${who} attempted to produce with an old epoch`);
    default:
      return {
        name: 'KafkaException',
        message: 'Cannot execute transactional method because we are in an error state',
      };
  }
}
