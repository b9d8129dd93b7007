/**
 * Produce: validate, append, answer, wake who waits for data (KafkaApis.scala handleProduceRequest, UnifiedLog.scala
 * append, LogValidator.java). With one replica acks −1 and 1 are the same: the high watermark passes a batch as it is
 * appended. With more, acks −1 is answered when the replicas in sync have it. Left out: compression. Where the real broker answers a failed
 * acks=0 request by closing the connection, this one stays silent: the record is lost and only history knows.
 */
import type { Context } from '../../kernel/machine';
import type { Time } from '../../kernel/time';
import { batchOverheadBytes } from './batch-size';
import type { TopicConfig } from './config';
import { RecordAppended, RecordRefused } from './facts';
import { wakeFetches } from './fetch';
import { append, type Partition } from './partition';
import { checkSequence, rememberBatch } from './producers';
import type {
  ErrorCode,
  ProducedRecord,
  ProduceRequest,
  ProduceResponse,
  RecordBatch,
  StoredBatch,
} from './protocol';
import { watchCleaning } from './cleaner';
import { awaitReplicas, type AwaitedPlace } from './cluster/awaiting';
import { isClustered } from './cluster/cluster-state';
import { advance } from './cluster/lead';
import { inSync, isLeader, minInSync } from './cluster/replication';
import { watchRetention } from './retention';
import { partitionOf, type BrokerState } from './state';
import { isInTransaction } from './transaction-state';
import { isInternal } from './topic-name';
import { addOnProduce } from './transactions-v2';
import type { Caller } from './turns';

type TopicResponse = ProduceResponse['responses'][number];
type PartitionResponse = TopicResponse['partitionResponses'][number];

/** Appends each batch that may be appended; the others are refused one by one. No answer with acks 0. */
export function produce(state: BrokerState, request: ProduceRequest, caller: Caller, context: Context): void {
  const { acks, correlationId, topicData } = request;
  const known = acks === 0 || acks === 1 || acks === -1;
  const appended: Partition[] = [];
  const places: AwaitedPlace[] = [];
  const responses: TopicResponse[] = [];
  for (const { name, partitionData } of topicData) {
    const partitionResponses: PartitionResponse[] = [];
    for (const { index, records } of partitionData) {
      const partition = partitionOf(state, name, index);
      const error = known ? errorOf(state, partition, records, request, context) : 'INVALID_REQUIRED_ACKS';
      const sequence = partition && error === 'NONE' ? checkSequence(partition, records) : null;
      if (partition && sequence?.is === 'duplicate') {
        // appended before, and the answer was lost: the same answer again
        partitionResponses.push(asBefore(partition, records, sequence.baseOffset));
        toAwait(places, partition, sequence.baseOffset + records.records.length);
        continue;
      }
      if (sequence?.is === 'wrong') {
        refuse(partition!.address, records, sequence.error, context);
        partitionResponses.push(refusal(index, sequence.error));
        continue;
      }
      if (partition === undefined || error !== 'NONE') {
        refuse(partition?.address ?? `${state.name}/${name}/${index}`, records, error, context);
        partitionResponses.push(refusal(index, error));
        continue;
      }
      partitionResponses.push(store(state, partition, records, context));
      toAwait(places, partition, partition.logEnd);
      appended.push(partition);
    }
    responses.push({ name, partitionResponses });
  }
  if (acks !== 0) {
    const response: ProduceResponse = { type: 'ProduceResponse', correlationId, responses };
    if (acks === -1 && isClustered(state) && places.length > 0)
      awaitReplicas(state, { connection: caller.connection, response, places, timeoutMs: request.timeoutMs }, context); // prettier-ignore
    else context.reply(caller.connection, response);
  }
  if (isClustered(state)) for (const partition of appended) advance(state, partition, context);
  // The producer is answered first (ReplicaManager.scala: delayed fetches complete at the end of the request).
  for (const partition of appended) wakeFetches(state, partition, context);
}

/** Why a batch may not be appended; 'NONE' when it may. A batch is taken whole or not at all. */
function errorOf(
  state: BrokerState,
  partition: Partition | undefined,
  batch: RecordBatch,
  request: ProduceRequest,
  context: Context,
): ErrorCode {
  const { acks } = request;
  const { now } = context;
  if (partition === undefined) return 'UNKNOWN_TOPIC_OR_PARTITION';
  if (isInternal(partition.topic)) return 'INVALID_TOPIC_EXCEPTION';
  if (!isLeader(partition)) return 'NOT_LEADER_OR_FOLLOWER';
  const unwelcome = newTransactionError(state, partition, batch, request, context);
  if (unwelcome !== 'NONE') return unwelcome;
  if (acks === -1 && inSync(partition) < minInSync(partition)) return 'NOT_ENOUGH_REPLICAS';
  const { config } = partition;
  const { records } = batch;
  if (records.length === 0) return 'INVALID_RECORD';
  const bytes = bytesOf(records);
  if (bytes > config.maxMessageBytes) return 'MESSAGE_TOO_LARGE';
  if (config.timestampType === 'CreateTime' && !timestampsAreValid(records, config, now))
    return 'INVALID_TIMESTAMP';
  if (config.compaction && records.some(({ key }) => key === null)) return 'INVALID_RECORD';
  // A batch never spans two segments.
  if (bytes > config.segmentBytes) return 'RECORD_LIST_TOO_LARGE';
  return request.addsPartitions ? 'NONE' : transactionError(state, partition, batch);
}

/** A client that leaves it to the broker: the partition is added to the transaction before anything else is looked at. */
function newTransactionError(
  state: BrokerState,
  partition: Partition,
  batch: RecordBatch,
  { addsPartitions, transactionalId }: ProduceRequest,
  context: Context,
): ErrorCode {
  if (!addsPartitions || transactionalId === null || batch.isTransactional !== true) return 'NONE';
  return addOnProduce(state, transactionalId, partition, batch, context);
}

/** A transaction's batch goes only where the transaction was said to go; none is written around it meanwhile. */
function transactionError(state: BrokerState, partition: Partition, batch: RecordBatch): ErrorCode {
  const { producerId, producerEpoch, isTransactional = false } = batch;
  if (producerId < 0) return 'NONE';
  const entry = partition.producers?.get(producerId);
  // whoever is shut out is told that, and nothing about a transaction
  if (entry && producerEpoch < entry.epoch) return 'NONE';
  // only its coordinator knows
  if (state.cluster && isTransactional) return 'NONE';
  if (isTransactional)
    return isInTransaction(state.transactions, producerId, partition.topic, partition.index)
      ? 'NONE'
      : 'INVALID_TXN_STATE';
  return (entry?.transactionStart ?? null) === null ? 'NONE' : 'INVALID_TXN_STATE';
}

function asBefore(partition: Partition, { records }: RecordBatch, baseOffset: number): PartitionResponse {
  const { log } = partition;
  const stored = log.at(log.findFirst(({ lastOffset }) => lastOffset >= baseOffset));
  const { index, logStart: logStartOffset } = partition;
  const firstFact = stored?.firstFact ?? records[0].cause;
  // told with the batch's own timestamp, as the real broker does (UnifiedLog.scala append, duplicate)
  const logAppendTimeMs = stored ? Math.floor(stored.maxTimestamp / 1000) : -1;
  return { index, errorCode: 'NONE', baseOffset, logAppendTimeMs, logStartOffset, firstFact };
}

/** What an answer to acks −1 waits for. */
function toAwait(places: AwaitedPlace[], { topic, index, leaderEpoch }: Partition, end: number): void {
  places.push({ topic, index, end, leaderEpoch });
}

/** Gives the records their offsets and puts them into the log. */
function store(
  state: BrokerState,
  partition: Partition,
  batch: RecordBatch,
  context: Context,
): PartitionResponse {
  const { now } = context;
  const isLogAppendTime = partition.config.timestampType === 'LogAppendTime';
  const records = isLogAppendTime ? stamped(batch.records, now) : batch.records;
  const baseOffset = partition.logEnd;
  const firstFact = writeAppended(partition, records, context);
  const stored: StoredBatch = {
    records,
    producerId: batch.producerId,
    producerEpoch: batch.producerEpoch,
    baseSequence: batch.baseSequence,
    ...(batch.isTransactional ? { isTransactional: true as const } : {}),
    ...(partition.replication ? { leaderEpoch: partition.leaderEpoch } : {}),
    baseOffset,
    lastOffset: baseOffset + records.length - 1,
    maxTimestamp: largestTimestamp(records),
    appendTime: now,
    sizeBytes: bytesOf(records),
    firstFact,
  };
  append(partition, stored);
  watchCleaning(state, partition, context);
  rememberBatch(partition, batch, baseOffset);
  watchRetention(state, partition, context);
  return {
    index: partition.index,
    errorCode: 'NONE',
    baseOffset,
    logAppendTimeMs: isLogAppendTime ? Math.floor(now / 1000) : -1,
    logStartOffset: partition.logStart,
    firstFact,
  };
}

/** One fact per record, in a row: record i is fact `firstFact + i`. */
function writeAppended(
  { address, logEnd }: Partition,
  records: readonly ProducedRecord[],
  context: Context,
): number {
  let fact = 0;
  for (let i = 0; i < records.length; i++) {
    const { message, cause } = records[i];
    fact = context.note(RecordAppended, address, message, logEnd + i, '', cause);
  }
  return fact - records.length + 1;
}

function refuse(subject: string, { records }: RecordBatch, error: ErrorCode, context: Context): void {
  for (const { message, cause } of records) {
    context.emit({ is: RecordRefused, subject, message, detail: error, cause });
  }
}

function refusal(index: number, errorCode: ErrorCode): PartitionResponse {
  return { index, errorCode, baseOffset: -1, logAppendTimeMs: -1, logStartOffset: -1, firstFact: -1 };
}

function bytesOf(records: readonly ProducedRecord[]): number {
  let bytes = batchOverheadBytes;
  for (let i = 0; i < records.length; i++) bytes += records[i].sizeBytes;
  return bytes;
}

function largestTimestamp(records: readonly ProducedRecord[]): Time {
  let largest = records[0].timestamp;
  for (let i = 1; i < records.length; i++) {
    if (records[i].timestamp > largest) largest = records[i].timestamp;
  }
  return largest;
}

/** message.timestamp.before.max.ms and .after.max.ms (LogValidator.java recordHasInvalidTimestamp). */
function timestampsAreValid(records: readonly ProducedRecord[], config: TopicConfig, now: Time): boolean {
  const latest = now + config.timestampAfterMax;
  const earliest = now - config.timestampBeforeMax;
  for (let i = 0; i < records.length; i++) {
    const { timestamp } = records[i];
    if (timestamp > latest || timestamp < earliest) return false;
  }
  return true;
}

/** With LogAppendTime the broker's clock replaces the producer's. */
function stamped(records: readonly ProducedRecord[], now: Time): readonly ProducedRecord[] {
  return records.map((record) => ({ ...record, timestamp: now }));
}
