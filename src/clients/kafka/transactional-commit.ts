/**
 * Commits through a transaction, as a program does that reads, processes and writes in one (kafkajs producer/eosManager:
 * `transaction.sendOffsets`, `transaction.commit`): AddOffsetsToTxn, TxnOffsetCommit, EndTxn, after InitProducerId once
 * per life, which fences whoever had the transactional id before and ends what they left open. What the handler does
 * outside Kafka is no part of it. Simplified: the transaction holds the offsets and no records, and begins with them;
 * a program would begin it before its work, which only takes longer.
 */
import type {
  ErrorCode,
  FindCoordinatorResponse,
  InitProducerIdResponse,
  KafkaRequest,
  KafkaResponse,
} from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import { ms } from '../../kernel/time';
import { ask, clientIdOf, nextCorrelationId } from './cluster';
import type { OffsetsCommitted, Topics } from './commit';
import type { Consumer } from './consumer-state';
import { protocolFailure, type Failure } from './failure';
import { someHost } from './metadata';

/** What a consumer knows of its transactional id. Immutable. */
export interface TransactionalId {
  /** Process of the transaction coordinator; '' before it was found. */
  readonly coordinator: string;
  /** −1 before the coordinator has given one. */
  readonly producerId: number;
  readonly epoch: number;
  /** The commit on its way; null: none. */
  readonly commit: { readonly actor: number; readonly topics: Topics } | null;
}

/** The coordinator was busy with the transaction before: ask again. */
export interface CommitAgain {
  readonly type: 'CommitAgain';
}

/** How long kafkajs's retrier waits at first (retry/defaults.js). */
const againAfter = ms(300);
const busy: readonly ErrorCode[] = ['CONCURRENT_TRANSACTIONS', 'COORDINATOR_LOAD_IN_PROGRESS'];
const moved: readonly ErrorCode[] = ['NOT_COORDINATOR', 'COORDINATOR_NOT_AVAILABLE'];

export function startTransactionalCommit(
  state: Consumer,
  actor: number,
  topics: Topics,
  context: Context,
): void {
  const known = state.transaction ?? { coordinator: '', producerId: -1, epoch: -1, commit: null };
  state.transaction = { ...known, commit: { actor, topics } };
  goOn(state, context);
}

/** Again from wherever it stands. */
export function commitAgain(state: Consumer, context: Context): void {
  if (state.transaction?.commit) goOn(state, context);
}

function goOn(state: Consumer, context: Context): void {
  const { coordinator, producerId } = state.transaction!;
  const transactionalId = state.options.transactionalId!;
  if (coordinator === '') {
    return send(state, someHost(state.cluster, context), { type: 'FindCoordinatorRequest', key: transactionalId, keyType: 1 }, context); // prettier-ignore
  }
  if (producerId === -1) {
    const request = { type: 'InitProducerIdRequest', transactionalId, transactionTimeoutMs: 60_000 } as const;
    return send(state, coordinator, request, context);
  }
  send(state, coordinator, { type: 'AddOffsetsToTxnRequest', ...identity(state), groupId: state.options.groupId }, context); // prettier-ignore
}

type Bare = KafkaRequest extends infer Request
  ? Request extends KafkaRequest
    ? Omit<Request, 'correlationId' | 'clientId'>
    : never
  : never;

function send({ cluster, transaction }: Consumer, host: string, request: Bare, context: Context): void {
  const header = { correlationId: nextCorrelationId(cluster), clientId: clientIdOf(cluster, context) };
  ask(cluster, context, host, { ...request, ...header }, transaction!.commit!.actor);
}

function identity({ options, transaction }: Consumer) {
  const { producerId, epoch } = transaction!;
  return { transactionalId: options.transactionalId!, producerId, producerEpoch: epoch };
}

/** Whether an answer (or its absence) belongs to such a commit. */
export function isTransactional({ type, ...request }: KafkaRequest): boolean {
  if (type === 'FindCoordinatorRequest') return 'keyType' in request && request.keyType === 1;
  return (
    type === 'InitProducerIdRequest' ||
    type === 'AddOffsetsToTxnRequest' ||
    type === 'TxnOffsetCommitRequest' ||
    type === 'EndTxnRequest'
  );
}

/** An answer on the way to the end of a transaction: goes on; a failure when there is no going on, else null. */
export function transactionAnswered(
  state: Consumer,
  response: KafkaResponse,
  context: Context,
): Failure | null {
  const { commit } = state.transaction!;
  const wrong = errorIn(response);
  if (wrong !== null) return refused(state, wrong, context);
  switch (response.type) {
    case 'FindCoordinatorResponse':
      found(state, response);
      break;
    case 'InitProducerIdResponse':
      given(state, response);
      break;
    case 'AddOffsetsToTxnResponse': {
      const { groupId } = state.options;
      const request = { type: 'TxnOffsetCommitRequest', ...identity(state), groupId, topics: commit!.topics } as const; // prettier-ignore
      send(state, state.coordinator, request, context);
      return null;
    }
    case 'TxnOffsetCommitResponse':
      send(state, state.transaction!.coordinator, { type: 'EndTxnRequest', ...identity(state), committed: true }, context); // prettier-ignore
      return null;
    default: {
      const step: OffsetsCommitted = { type: 'OffsetsCommitted', step: 'committed', ...commit! };
      state.transaction = { ...state.transaction!, commit: null };
      context.tell(context.part, step);
      return null;
    }
  }
  goOn(state, context);
  return null;
}

function errorIn(response: KafkaResponse): ErrorCode | null {
  if (response.type === 'TxnOffsetCommitResponse') {
    const partitions = response.topics.flatMap((topic) => topic.partitions);
    return partitions.find(({ errorCode }) => errorCode !== 'NONE')?.errorCode ?? null;
  }
  const { errorCode } = response as { readonly errorCode: ErrorCode };
  return errorCode === 'NONE' ? null : errorCode;
}

/** The coordinator is asked again after a while; anything else ends the commit. */
function refused(state: Consumer, code: ErrorCode, context: Context): Failure | null {
  if (moved.includes(code)) state.transaction = { ...state.transaction!, coordinator: '' };
  if (moved.includes(code) || busy.includes(code)) {
    const again: CommitAgain = { type: 'CommitAgain' };
    context.after(againAfter, again);
    return null;
  }
  return transactionLost(state, protocolFailure(code));
}

/** The commit has failed for good: the next one begins with a new epoch, and whatever is open is aborted by it. */
export function transactionLost(state: Consumer, failure: Failure): Failure {
  state.transaction = { ...state.transaction!, producerId: -1, commit: null };
  return failure;
}

function found(state: Consumer, { host }: FindCoordinatorResponse): void {
  state.transaction = { ...state.transaction!, coordinator: host };
}

function given(state: Consumer, { producerId, producerEpoch }: InitProducerIdResponse): void {
  state.transaction = { ...state.transaction!, producerId, epoch: producerEpoch };
}
