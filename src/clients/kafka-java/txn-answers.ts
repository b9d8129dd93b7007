/** What coordinators answered (kafka-clients 4.3.1 TransactionManager.java, its handlers). */
import type {
  EndTxnResponse,
  ErrorCode,
  FindCoordinatorResponse,
  InitProducerIdResponse,
  TxnOffsetCommitResponse,
} from '../../brokers/kafka/protocol';
import type { InFlight } from './connection';
import { messageOf, retriable } from './exceptions';
import { resetNumbers } from './producer-sequences';
import type { Producer } from './producer-state';
import {
  failureFor,
  goTo,
  kafkaFailure,
  toAbortable,
  toFatal,
  type Failure,
  type TxnRequest,
} from './transacting';
import { lookFor, requestDone, requestFailed, retry, transactionOver } from './txn-requests';

export type TxnResponse =
  FindCoordinatorResponse | InitProducerIdResponse | EndTxnResponse | TxnOffsetCommitResponse;

export function txnAnswered(state: Producer, { about }: InFlight, response: TxnResponse): void {
  const request = about as TxnRequest;
  state.transacting.isAsking = false;
  switch (response.type) {
    case 'FindCoordinatorResponse':
      return coordinatorFound(state, request, response);
    case 'InitProducerIdResponse':
      return initialised(state, request, response);
    case 'EndTxnResponse':
      return ended(state, request, response);
    case 'TxnOffsetCommitResponse':
      return offsetsCommitted(state, request, response);
  }
}

/** It has no answer: it is asked again, of whoever coordinates by then. */
export function txnLost(state: Producer, { about }: InFlight): void {
  const request = about as TxnRequest;
  state.transacting.isAsking = false;
  const isForAnyone =
    request.is === 'FindCoordinator' ||
    (request.is === 'InitProducerId' && state.options.transactionalId === null);
  if (!isForAnyone) lookFor(state, request);
  retry(state.transacting, request);
}

function coordinatorFound(state: Producer, request: TxnRequest, response: FindCoordinatorResponse): void {
  const { transacting: txn } = state;
  const { errorCode, host } = response;
  if (errorCode === 'NONE') {
    if (request.is === 'FindCoordinator' && request.keyType === 0) txn.groupCoordinator = host;
    else txn.coordinator = host;
    return requestDone(state, request.id);
  }
  if (retriable(errorCode) !== 'never') return retry(txn, request);
  const what = request.is === 'FindCoordinator' ? request : null;
  const type = what?.keyType === 0 ? 'GROUP' : 'TRANSACTION';
  fatal(
    state,
    request,
    kafkaFailure(
      `Could not find a coordinator with type ${type} with key ${what?.key} due to unexpected error: ${messageOf(errorCode)}`,
    ),
  );
}

function initialised(state: Producer, request: TxnRequest, response: InitProducerIdResponse): void {
  const { transacting: txn, options } = state;
  const { errorCode, producerId, producerEpoch: epoch } = response;
  if (errorCode === 'NONE') {
    Object.assign(txn, { producerId, epoch });
    goTo(txn, 'READY', options.transactionalId);
    return requestDone(state, request.id);
  }
  if (isAgain(state, request, errorCode)) return;
  if (isFenced(errorCode)) return fatal(state, request, failureFor('PRODUCER_FENCED'));
  if (errorCode === 'TRANSACTION_ABORTABLE') return abortable(state, request, failureFor(errorCode));
  fatal(state, request, kafkaFailure(`Unexpected error in InitProducerIdResponse; ${messageOf(errorCode)}`));
}

/** With its end the producer gets the next epoch, in which numbers begin anew (KIP-890). */
function ended(state: Producer, request: TxnRequest, response: EndTxnResponse): void {
  const { transacting: txn } = state;
  const { errorCode, producerId, producerEpoch: epoch } = response;
  if (errorCode === 'NONE') {
    if (producerId !== undefined && epoch !== undefined) {
      Object.assign(txn, { producerId, epoch });
      resetNumbers(state);
    }
    transactionOver(state);
    return requestDone(state, request.id);
  }
  if (isAgain(state, request, errorCode)) return;
  if (isFenced(errorCode)) return fatal(state, request, failureFor('PRODUCER_FENCED'));
  if (errorCode === 'INVALID_TXN_STATE' || errorCode === 'INVALID_PRODUCER_ID_MAPPING')
    return fatal(state, request, failureFor(errorCode));
  if (errorCode === 'TRANSACTION_ABORTABLE') {
    const isAbort = request.is === 'EndTxn' && !request.committed;
    return isAbort
      ? fatal(state, request, kafkaFailure('Failed to abort transaction'))
      : abortable(state, request, failureFor(errorCode));
  }
  fatal(state, request, kafkaFailure(`Unhandled error in EndTxnResponse: ${messageOf(errorCode)}`));
}

function offsetsCommitted(state: Producer, request: TxnRequest, response: TxnOffsetCommitResponse): void {
  if (request.is !== 'TxnOffsetCommit') return;
  const codes = response.topics.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode));
  const wrong = codes.filter((code) => code !== 'NONE');
  if (wrong.length === 0) return requestDone(state, request.id);
  const moved: readonly ErrorCode[] = ['COORDINATOR_NOT_AVAILABLE', 'NOT_COORDINATOR', 'REQUEST_TIMED_OUT'];
  const bad = wrong.find((code) => retriable(code) === 'never');
  if (bad === undefined) {
    if (wrong.some((code) => moved.includes(code))) lookFor(state, request);
    return retry(state.transacting, request);
  }
  if (bad === 'UNKNOWN_MEMBER_ID' || bad === 'ILLEGAL_GENERATION') {
    const message = `Transaction offset Commit failed due to consumer group metadata mismatch: ${messageOf(bad)}`;
    return abortable(state, request, { name: 'CommitFailedException', message, code: bad });
  }
  if (bad === 'TRANSACTION_ABORTABLE' || bad === 'FENCED_INSTANCE_ID')
    return abortable(state, request, failureFor(bad));
  if (isFenced(bad)) return fatal(state, request, failureFor('PRODUCER_FENCED'));
  fatal(state, request, kafkaFailure(`Unexpected error in TxnOffsetCommitResponse: ${messageOf(bad)}`));
}

/** Whether it is asked again, elsewhere where the coordinator has moved. */
function isAgain(state: Producer, request: TxnRequest, code: ErrorCode): boolean {
  if (code === 'NOT_COORDINATOR' || code === 'COORDINATOR_NOT_AVAILABLE') lookFor(state, request);
  else if (retriable(code) === 'never') return false;
  retry(state.transacting, request);
  return true;
}

/** Older coordinators say INVALID_PRODUCER_EPOCH where PRODUCER_FENCED is meant. */
function isFenced(code: ErrorCode): boolean {
  return code === 'INVALID_PRODUCER_EPOCH' || code === 'PRODUCER_FENCED';
}

function fatal(state: Producer, { id }: TxnRequest, failure: Failure): void {
  requestFailed(state, id, failure);
  toFatal(state.transacting, failure);
}

function abortable(state: Producer, { id }: TxnRequest, failure: Failure): void {
  requestFailed(state, id, failure);
  toAbortable(state.transacting, failure);
}
