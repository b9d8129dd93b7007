/** The program's transactional calls (kafka-clients 4.3.1 KafkaProducer.java, TransactionManager.java). */
import type { Context } from '../../kernel/machine';
import { toMs } from '../../kernel/time';
import type { Thrown } from './exceptions';
import type { Called, Producer, ProducerCall } from './producer-state';
import { errorThrown, goTo, type TransactingState } from './transacting';
import { awaitingTimedOut, enqueue, outcomeOf, type NewTxnRequest } from './txn-requests';

type TransactionCall = Exclude<
  ProducerCall,
  { readonly is: 'send' } | { readonly is: 'flush' | 'close' } | { readonly is: 'partitionsFor' }
>;

export function callTransaction(
  state: Producer,
  called: Called,
  call: TransactionCall,
  context: Context,
): 'done' | 'wait' | Thrown {
  const { transacting: txn, options } = state;
  if (options.transactionalId === null)
    return illegal(
      options.isIdempotent
        ? 'Transactional method invoked on a non-transactional producer.'
        : 'Cannot use transactional methods without enabling transactions by setting the transactional.id configuration property',
    );
  if (called.awaits > 0) return awaited(state, called, call, context);
  switch (call.is) {
    case 'beginTransaction': {
      const pending = pendingError(state, call.is);
      if (pending) return pending;
      return errorThrown(txn, options.transactionalId) ?? goTo(txn, 'IN_TRANSACTION', options.transactionalId) ?? 'done'; // prettier-ignore
    }
    case 'initTransactions':
      return change(state, called, call.is, 'INITIALIZING', { is: 'InitProducerId' });
    case 'commitTransaction':
      return change(state, called, call.is, 'COMMITTING_TRANSACTION', { is: 'EndTxn', committed: true });
    case 'abortTransaction':
      return change(state, called, call.is, 'ABORTING_TRANSACTION', { is: 'EndTxn', committed: false });
    case 'sendOffsetsToTransaction': {
      const wrong = pendingError(state, call.is) ?? errorThrown(txn, options.transactionalId);
      if (wrong) return wrong;
      if (call.offsets.length === 0) return 'done';
      if (txn.is !== 'IN_TRANSACTION')
        return illegal(`Cannot send offsets if a transaction is not in progress (currentState= ${txn.is})`);
      const { offsets, group } = call;
      txn.isStarted = true;
      return wait(state, called, enqueue(txn, { is: 'TxnOffsetCommit', offsets, group }));
    }
  }
}

/** initTransactions, commit and abort: a call that timed out is made again by calling it again. */
function change(
  state: Producer,
  called: Called,
  operation: string,
  target: TransactingState,
  request: NewTxnRequest,
): 'wait' | Thrown {
  const { transacting: txn, options } = state;
  const { transition } = txn;
  if (transition && outcomeOf(txn, transition.request) === undefined) {
    if (transition.target !== target) return stillPending(operation, transition.operation);
    return wait(state, called, transition.request);
  }
  const isAbortOfError = operation === 'abortTransaction' && txn.is === 'ABORTABLE_ERROR';
  const wrong = isAbortOfError ? null : errorThrown(txn, options.transactionalId);
  const thrown = wrong ?? goTo(txn, target, options.transactionalId);
  if (thrown) return thrown;
  const id = enqueue(txn, request);
  txn.transition = { operation, target, request: id };
  return wait(state, called, id);
}

function awaited(
  { transacting: txn, options }: Producer,
  { awaits, since }: Called,
  call: TransactionCall,
  context: Context,
): 'done' | 'wait' | Thrown {
  const outcome = outcomeOf(txn, awaits);
  if (outcome !== undefined) {
    // what the last change of state came to stays known, for whoever asks again
    const kept = [...txn.outcomes].filter(([id]) => id === txn.transition?.request);
    txn.outcomes = new Map(kept);
    return outcome;
  }
  if (since! + options.maxBlock > context.now) return 'wait';
  return awaitingTimedOut(awaitingOf(call), toMs(options.maxBlock));
}

function wait(state: Producer, called: Called, awaits: number): 'wait' {
  state.calls = [{ ...called, awaits }, ...state.calls.slice(1)];
  return 'wait';
}

function pendingError({ transacting: txn }: Producer, operation: string): Thrown | null {
  const { transition } = txn;
  if (!transition || outcomeOf(txn, transition.request) !== undefined) return null;
  return stillPending(operation, transition.operation);
}

function stillPending(operation: string, pending: string): Thrown {
  return illegal(
    `Cannot attempt operation \`${operation}\` because the previous call to \`${pending}\` timed out and must be retried`,
  );
}

/** What is said when a call has waited for max.block.ms: what for, and what that means. */
function awaitingOf({ is }: TransactionCall): readonly [operation: string, meaning: string] {
  switch (is) {
    case 'initTransactions':
      return [
        'InitProducerId',
        'InitTransactions timed out - did not complete coordinator discovery or receive the InitProducerId response within max.block.ms.',
      ];
    case 'commitTransaction':
      return [
        'EndTxn(true)',
        'CommitTransaction timed out - did not complete EndTxn with the transaction coordinator within max.block.ms',
      ];
    case 'abortTransaction':
      return [
        'EndTxn(false)',
        'AbortTransaction timed out - did not complete EndTxn(abort) with the transaction coordinator within max.block.ms',
      ];
    default:
      return [
        'TxnOffsetCommitHandler',
        'SendOffsetsToTransaction timed out - did not reach the coordinator or receive the TxnOffsetCommit/AddOffsetsToTxn response within max.block.ms',
      ];
  }
}

function illegal(message: string): Thrown {
  return { name: 'IllegalStateException', message };
}
