/**
 * Idempotent and transactional sends as kafkajs does them (2.2.4 producer/eosManager, producer/sendMessages.js): one
 * request at a time per broker, sequence numbers taken when its turn comes and given back when it fails, partitions
 * added to the transaction before they are written to. Giving numbers back is what goes wrong when calls are not
 * awaited (K-16).
 */
import type {
  AddPartitionsToTxnRequest,
  ErrorCode,
  FindCoordinatorRequest,
  KafkaRequest,
  ProduceRequest,
} from '../../brokers/kafka/protocol';
import type { Context, Tagged } from '../../kernel/machine';
import type { InFlight } from './cluster';
import { ask, clientIdOf, nextCorrelationId } from './cluster';
import { protocolFailure, type Failure } from './failure';
import { someHost } from './metadata';
import type { Producer } from './producer-state';

type TopicData = ProduceRequest['topicData'];

export type EosName = 'idempotent' | 'transactional';

/** One of kafkajs's EOS managers. Immutable but for its maps, which are replaced. */
export interface Eos {
  readonly producerId: number;
  readonly epoch: number;
  /** null: only idempotence. */
  readonly transactionalId: string | null;
  /** Next sequence number by "topic/partition". */
  sequences: ReadonlyMap<string, number>;
  /** Partitions that belong to the open transaction. */
  added: ReadonlySet<string>;
  /** Requests by node, the first one under way. */
  queues: ReadonlyMap<number, readonly Turn[]>;
  /** Node of the turn that a request under way belongs to, by correlation id. */
  asked: ReadonlyMap<number, number>;
}

/** A request whose turn has come or will come. Immutable. */
export interface Turn {
  readonly send: number;
  readonly attempt: number;
  readonly nodeId: number;
  readonly topicData: TopicData;
}

/** Program → driver: the broker has given this producer its id. */
export interface UseProducerId extends Tagged {
  readonly type: 'UseProducerId';
  readonly eos: EosName;
  readonly producerId: number;
  readonly epoch: number;
  readonly transactionalId: string | null;
}
/** Program → driver: a transaction begins or is over, and no partition belongs to it. */
export interface ForgetPartitions extends Tagged {
  readonly type: 'ForgetPartitions';
}

export function useProducerId(state: Producer, command: UseProducerId): void {
  const { eos, producerId, epoch, transactionalId } = command;
  const fresh = { sequences: new Map(), added: new Set<string>(), queues: new Map(), asked: new Map() };
  state.eos = { ...state.eos, [eos]: { producerId, epoch, transactionalId, ...fresh } };
}

export function forgetPartitions(state: Producer): void {
  const { transactional } = state.eos ?? {};
  if (transactional) transactional.added = new Set();
}

/** Stands in line for the broker; true when its turn has come at once. */
export function standInLine(eos: Eos, turn: Turn): boolean {
  const queue = eos.queues.get(turn.nodeId) ?? [];
  eos.queues = new Map(eos.queues).set(turn.nodeId, [...queue, turn]);
  return queue.length === 0;
}

/** The turn that a request under way belongs to. */
export function turnOf({ queues, asked }: Eos, { request }: InFlight): Turn | undefined {
  const nodeId = asked.get(request.correlationId);
  return nodeId === undefined ? undefined : queues.get(nodeId)?.[0];
}

/** A request was sent in this turn. */
export function noteAsked(eos: Eos, { nodeId }: Turn, { correlationId }: KafkaRequest): void {
  eos.asked = new Map(eos.asked).set(correlationId, nodeId);
}

/** The first in line is done: whose turn it is now. */
export function nextInLine(eos: Eos, nodeId: number): Turn | undefined {
  const [, ...rest] = eos.queues.get(nodeId) ?? [];
  eos.queues = new Map(eos.queues).set(nodeId, rest);
  eos.asked = new Map([...eos.asked].filter(([, node]) => node !== nodeId));
  return rest[0];
}

/** Takes sequence numbers: the data as it is sent. */
export function numbered(eos: Eos, topicData: TopicData): TopicData {
  const sequences = new Map(eos.sequences);
  const { producerId, epoch: producerEpoch, transactionalId } = eos;
  const data = topicData.map(({ name, partitionData }) => ({
    name,
    partitionData: partitionData.map(({ index, records: batch }) => {
      const key = `${name}/${index}`;
      const baseSequence = sequences.get(key) ?? 0;
      sequences.set(key, baseSequence + batch.records.length);
      const transactional = transactionalId === null ? {} : { isTransactional: true as const };
      return { index, records: { ...batch, producerId, producerEpoch, baseSequence, ...transactional } };
    }),
  }));
  eos.sequences = sequences;
  return data;
}

/** The request failed: its numbers are free again, whatever the broker has done with it. */
export function giveBack(eos: Eos, topicData: TopicData): void {
  const sequences = new Map(eos.sequences);
  for (const { name, partitionData } of topicData)
    for (const { index, records } of partitionData) {
      const key = `${name}/${index}`;
      sequences.set(key, (sequences.get(key) ?? 0) - records.records.length);
    }
  eos.sequences = sequences;
}

/** Partitions that are not in the transaction yet, by topic. */
export function notAdded({ added }: Eos, topicData: TopicData): { name: string; partitions: number[] }[] {
  return topicData
    .map(({ name, partitionData }) => ({
      name,
      partitions: partitionData.map(({ index }) => index).filter((index) => !added.has(`${name}/${index}`)),
    }))
    .filter(({ partitions }) => partitions.length > 0);
}

export function askForCoordinator(state: Producer, eos: Eos, turn: Turn, context: Context): void {
  const { cluster } = state;
  const request: FindCoordinatorRequest = {
    ...{ type: 'FindCoordinatorRequest', correlationId: nextCorrelationId(cluster) },
    ...{ clientId: clientIdOf(cluster, context), key: eos.transactionalId!, keyType: 1 },
  };
  noteAsked(eos, turn, request);
  ask(cluster, context, someHost(cluster, context), request, turn.send, turn.attempt);
}

export function askToAdd(state: Producer, eos: Eos, turn: Turn, host: string, context: Context): void {
  const { cluster } = state;
  const { transactionalId, producerId, epoch: producerEpoch } = eos;
  const request: AddPartitionsToTxnRequest = {
    ...{ type: 'AddPartitionsToTxnRequest', correlationId: nextCorrelationId(cluster) },
    ...{ clientId: clientIdOf(cluster, context), transactionalId: transactionalId! },
    ...{ producerId, producerEpoch, topics: notAdded(eos, turn.topicData) },
  };
  noteAsked(eos, turn, request);
  ask(cluster, context, host, request, turn.send, turn.attempt);
}

/** The partitions that a request was to add belong to the transaction now; else why not. */
export function addedBy(
  eos: Eos,
  { request }: InFlight,
  results: readonly { readonly results: readonly { readonly errorCode: ErrorCode }[] }[],
): Failure | null {
  for (const { errorCode } of results.flatMap(({ results: all }) => all))
    if (errorCode !== 'NONE' && errorCode !== 'OPERATION_NOT_ATTEMPTED') return protocolFailure(errorCode);
  if (request.type !== 'AddPartitionsToTxnRequest') return null;
  const added = new Set(eos.added);
  for (const { name, partitions } of request.topics)
    for (const index of partitions) added.add(`${name}/${index}`);
  eos.added = added;
  return null;
}
