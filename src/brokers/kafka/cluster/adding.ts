/**
 * Clients since 4.0 leave it to the broker to add a partition or a group to their transaction (KIP-890): before such a
 * write its node asks the transaction's coordinator, and holds the request until that has answered
 * (AddPartitionsToTxnManager.java, ReplicaManager.scala handleProduceAppend). While the transaction before is being ended
 * it asks again for a while by itself. Simplified: one refusal refuses the whole request.
 */
import type { Context, Tagged } from '../../../kernel/machine';
import { ms, type Time } from '../../../kernel/time';
import type {
  AddOffsetsToTxnRequest,
  AddOffsetsToTxnResponse,
  AddPartitionsToTxnRequest,
  AddPartitionsToTxnResponse,
  ErrorCode,
  KafkaRequest,
  ProduceRequest,
  ProduceResponse,
  TxnOffsetCommitRequest,
} from '../protocol';
import { partitionOf } from '../state';
import { giveTurnBack, takeTurn, type Caller } from '../turns';
import { hostOf, nextCorrelationId, type Clustered } from './cluster-state';
import { coordinatorOf } from './coordinators';
import { transactionsTopic } from '../topic-name';
import { refusalOf } from './refusal';

type Write = ProduceRequest | TxnOffsetCommitRequest;

/** A write that is held until its transaction knows of it. Immutable. */
export interface Adding {
  readonly write: Write;
  readonly caller: Caller;
  /** Process of the coordinator that was asked. */
  readonly host: string;
  readonly since: Time;
}

/** The broker's own reminder to ask again. */
export interface AddAgain extends Tagged {
  readonly type: 'AddAgain';
  readonly id: number;
}

/** add.partitions.to.txn.retry.backoff.ms and .max.ms, by default. */
const retryBackoff = ms(20);
const retryMax = ms(100);

/** Whether a request has to be added to its transaction first; then it is held, or refused. */
export function addFirst(state: Clustered, request: KafkaRequest, caller: Caller, context: Context): boolean {
  if (!isWrite(request) || !needsAdding(state, request)) return false;
  const { connection, sender, cause } = caller;
  takeTurn(state, connection, false);
  ask(
    state,
    { write: request, caller: { connection, sender, cause }, host: '', since: context.now },
    context,
  );
  return true;
}

/** A coordinator has answered: the write that goes on now. null: it was refused, or it waits. undefined: this was no such answer. */
export function added(
  state: Clustered,
  said: { readonly type: string },
  context: Context,
): { readonly request: Write; readonly caller: Caller } | null | undefined {
  if (said.type === 'AddAgain') {
    const waiting = take(state, (said as AddAgain).id);
    if (waiting) ask(state, waiting, context);
    return null;
  }
  if (said.type !== 'AddPartitionsToTxnResponse' && said.type !== 'AddOffsetsToTxnResponse') return undefined;
  const response = said as AddPartitionsToTxnResponse | AddOffsetsToTxnResponse;
  const waiting = take(state, response.correlationId);
  if (!waiting) return null;
  const error = errorIn(response);
  if (error === 'CONCURRENT_TRANSACTIONS' && context.now < waiting.since + retryMax) {
    const id = hold(state, waiting);
    const again: AddAgain = { type: 'AddAgain', id };
    context.after(retryBackoff, again);
    return null;
  }
  if (error !== 'NONE') {
    refuse(state, waiting, error, context);
    return null;
  }
  const { write, caller } = waiting;
  giveTurnBack(state, caller.connection, false);
  return { request: known(write), caller };
}

/** The same, of whose partitions or group the transaction knows. */
function known(write: Write): Write {
  if (write.type === 'ProduceRequest') {
    const { addsPartitions: _, ...request } = write;
    return request;
  }
  const { addsGroup: _, ...request } = write;
  return request;
}

/** A node is gone: what it was asked to add is refused, for now. */
export function addingLost(state: Clustered, host: string, context: Context): void {
  for (const [id, waiting] of state.cluster.adding ?? [])
    if (waiting.host === host) refuse(state, take(state, id)!, 'NOT_COORDINATOR', context);
}

function isWrite(request: KafkaRequest): request is Write {
  return (
    (request.type === 'ProduceRequest' && request.addsPartitions === true) ||
    (request.type === 'TxnOffsetCommitRequest' && request.addsGroup === true)
  );
}

/** Not where its transaction has records already, and not for what will be refused anyway. */
function needsAdding(state: Clustered, write: Write): boolean {
  return write.type === 'TxnOffsetCommitRequest' || partitionsToAdd(state, write).length > 0;
}

function partitionsToAdd(
  state: Clustered,
  { topicData }: ProduceRequest,
): AddPartitionsToTxnRequest['topics'] {
  return topicData.flatMap(({ name, partitionData }) => {
    const partitions = partitionData
      .filter(({ index, records: { producerId, producerEpoch, isTransactional } }) => {
        const partition = partitionOf(state, name, index);
        if (partition?.replication?.role !== 'leader' || isTransactional !== true) return false;
        const entry = partition.producers?.get(producerId);
        return entry?.epoch !== producerEpoch || entry.transactionStart === null;
      })
      .map(({ index }) => index);
    return partitions.length > 0 ? [{ name, partitions }] : [];
  });
}

function ask(state: Clustered, waiting: Adding, context: Context): void {
  const { write } = waiting;
  const transactionalId = write.transactionalId!;
  const node = coordinatorOf(state, transactionsTopic, transactionalId);
  if (node === null) return refuse(state, waiting, 'COORDINATOR_NOT_AVAILABLE', context);
  const host = hostOf(state.cluster, node);
  const correlationId = hold(state, { ...waiting, host });
  const header = { correlationId, clientId: context.self, transactionalId };
  if (write.type === 'TxnOffsetCommitRequest') {
    const { producerId, producerEpoch, groupId } = write;
    const request: AddOffsetsToTxnRequest = {
      ...{ type: 'AddOffsetsToTxnRequest', ...header, producerId, producerEpoch, groupId },
    };
    return context.send(host, request);
  }
  const [{ records }] = write.topicData[0].partitionData;
  const { producerId, producerEpoch } = records;
  const request: AddPartitionsToTxnRequest = {
    ...{ type: 'AddPartitionsToTxnRequest', ...header, producerId, producerEpoch },
    topics: partitionsToAdd(state, write),
  };
  context.send(host, request);
}

function hold({ cluster }: Clustered, waiting: Adding): number {
  const id = nextCorrelationId(cluster);
  cluster.adding = new Map(cluster.adding).set(id, waiting);
  return id;
}

function take({ cluster }: Clustered, id: number): Adding | undefined {
  const waiting = cluster.adding?.get(id);
  if (!waiting) return undefined;
  const adding = new Map(cluster.adding);
  adding.delete(id);
  cluster.adding = adding;
  return waiting;
}

function errorIn(response: AddPartitionsToTxnResponse | AddOffsetsToTxnResponse): ErrorCode {
  if (response.type === 'AddOffsetsToTxnResponse') return response.errorCode;
  const codes = response.results.flatMap(({ results }) => results.map(({ errorCode }) => errorCode));
  return codes.find((code) => code !== 'NONE') ?? 'NONE';
}

function refuse(state: Clustered, { write, caller }: Adding, error: ErrorCode, context: Context): void {
  giveTurnBack(state, caller.connection, false);
  if (write.type === 'TxnOffsetCommitRequest')
    return context.reply(caller.connection, refusalOf(write, ofCoordinator.has(error) ? 'COORDINATOR_LOAD_IN_PROGRESS' : error)); // prettier-ignore
  if (write.acks === 0) return;
  // one that makes the client try again without looking for another leader
  const errorCode = ofCoordinator.has(error) ? 'NOT_ENOUGH_REPLICAS' : error;
  const refused = {
    errorCode,
    baseOffset: -1,
    logAppendTimeMs: -1,
    logStartOffset: -1,
    firstFact: -1,
  } as const;
  const response: ProduceResponse = {
    ...{ type: 'ProduceResponse', correlationId: write.correlationId },
    responses: write.topicData.map(({ name, partitionData }) => ({
      name,
      partitionResponses: partitionData.map(({ index }) => ({ index, ...refused })),
    })),
  };
  context.reply(caller.connection, response);
}

const ofCoordinator: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR',
  'COORDINATOR_LOAD_IN_PROGRESS',
]);
