/** One call of `producer.send`: partition, ask the leaders, retry as a whole (kafkajs producer/sendMessages.js). */
import type { ProducedRecord, ProduceRequest, ProduceResponse } from '../../brokers/kafka/protocol';
import type { Published, PublishFailed, Publish } from '../../kernel/delivery';
import type { MessageId } from '../../kernel/bodies';
import { factType, type FactId } from '../../kernel/fact';
import { invariant } from '../../kernel/invariant';
import type { Context, Tagged } from '../../kernel/machine';
import type { Random } from '../../kernel/random';
import type { Time } from '../../kernel/time';
import type { InFlight } from './cluster';
import { standInLine, type EosName, type Turn } from './eos';
import { metadataNotLoaded, protocolFailure, retriesExceeded, type Failure } from './failure';
import { isFresh, refreshMetadata } from './metadata';
import { partitionFor } from './partitioner';
import { eosOf, leaveLine, produce, take } from './produce-request';
import type { Producer, RecordMetadata, Send, SendTopic } from './producer-state';
import { sizeOf } from './record';
import { newRetry, nextWait } from './retry';
import type { TopicMetadata } from './topic';

/** The driver's own reminder to try a call again. */
export interface RetrySend {
  readonly type: 'RetrySend';
  readonly send: number;
}

const Published_ = factType('published', 'RecordPublished');
const Confirmed = factType('confirmed', 'ProduceAcknowledged');
const TimedOut = factType('timedOut', 'ProduceTimedOut');
const Failed = factType('failed', 'SendFailed');

/** Metadata errors and lost connections: the next try needs a fresh picture of the cluster (sendMessages.js, catch). */
const needRefresh = [
  'KafkaJSProtocolError',
  'KafkaJSMetadataNotLoaded',
  'KafkaJSConnectionClosedError',
  'KafkaJSConnectionError',
];

/** kafkajs's `producer.sendBatch`, with all that it can say. Answered by `BatchSent` or `BatchFailed`. */
export interface SendBatch extends Tagged {
  readonly type: 'SendBatch';
  readonly ticket: number;
  readonly replyTo: string;
  readonly acks: 0 | 1 | -1;
  /** Whose sequence numbers it carries; absent: none. */
  readonly eos?: EosName;
  readonly topics: readonly {
    readonly topic: string;
    readonly messages: readonly MessageId[];
    readonly partitions: readonly (number | null)[];
    /** Microseconds; null: now. Absent: all of them now. */
    readonly timestamps?: readonly (Time | null)[];
  }[];
}
export interface BatchSent extends Tagged {
  readonly type: 'BatchSent';
  readonly ticket: number;
  readonly metadata: readonly RecordMetadata[];
}
export interface BatchFailed extends Tagged {
  readonly type: 'BatchFailed';
  readonly ticket: number;
  readonly failure: Failure;
}

/** A service publishes. Every message is published once, however often it is sent. */
export function publish(state: Producer, command: Publish, context: Context): void {
  const { ticket, replyTo, place: topic, messages } = command;
  const firstPublished = writePublished(state, topic, messages, context);
  const topics = [{ topic, partition: command.partition ?? null, messages, firstPublished }];
  begin(state, { ticket, replyTo, topics, acks: state.options.acks, metadata: null }, context);
}

/** The driver's own reminder that everything that is called in this instant has been. */
export interface SendGathered {
  readonly type: 'SendGathered';
}

/**
 * A program sends. Calls of one instant that are not awaited take turns at a lock (kafkajs cluster/index.js
 * addMultipleTargetTopics): whoever hands it on goes on a moment after the next has it, and the last hands it to nobody.
 * So the last goes out before the one before it (L-06).
 */
export function gather(state: Producer, command: SendBatch, context: Context): void {
  const gathered: SendGathered = { type: 'SendGathered' };
  if (!state.gathered) context.after(0, gathered);
  state.gathered = [...(state.gathered ?? []), command];
}

export function sendGathered(state: Producer, context: Context): void {
  const { gathered = [] } = state;
  delete state.gathered;
  const last = gathered.length - 1;
  const order = last < 1 ? gathered : [...gathered.slice(0, last - 1), gathered[last], gathered[last - 1]];
  for (const command of order) sendBatch(state, command, context);
}

function sendBatch(state: Producer, command: SendBatch, context: Context): void {
  const { ticket, replyTo, acks, eos } = command;
  const topics = command.topics.map(({ topic, messages, ...each }): SendTopic => {
    const firstPublished = writePublished(state, topic, messages, context);
    return { topic, partition: null, ...each, messages, firstPublished };
  });
  const call = { ticket, replyTo, topics, acks, metadata: [], ...(eos ? { eos } : {}) };
  begin(state, call, context);
}

function writePublished(
  state: Producer,
  topic: string,
  messages: readonly MessageId[],
  context: Context,
): FactId {
  const subject = `${state.options.broker}/${topic}`;
  let firstPublished = -1;
  for (const message of messages) {
    const fact = context.emit({ is: Published_, subject, message });
    if (firstPublished < 0) firstPublished = fact;
  }
  return firstPublished;
}

function begin(
  state: Producer,
  call: Pick<Send, 'ticket' | 'replyTo' | 'topics' | 'acks' | 'metadata' | 'eos'>,
  context: Context,
): void {
  const send: Send = {
    ...call,
    id: ++state.lastSend,
    retry: newRetry(),
    attempt: 0,
    waiting: 0,
    answered: [],
    awaits: 'nothing',
    failure: null,
  };
  state.sends.set(send.id, send);
  attempt(state, send, context);
}

/** One try of the whole call. */
export function attempt(state: Producer, send: Send, context: Context): void {
  const { cluster } = state;
  for (const { topic } of send.topics)
    if (!cluster.topics.includes(topic)) cluster.topics = [...cluster.topics, topic];
  if (!isFresh(cluster, context.now)) {
    send.awaits = 'metadata';
    return refreshMetadata(cluster, context);
  }
  send.awaits = 'nothing';
  const requests = new Map<number, TopicData[]>();
  for (const part of send.topics) {
    const topic = cluster.metadata.get(part.topic)!;
    if (topic.indexes.length === 0) return tryFailed(state, send, metadataNotLoaded(part.topic), context);
    addByLeader(requests, topic, partitioned(state, part, topic, context));
  }
  send.attempt++;
  send.waiting = 0;
  for (const [nodeId, topicData] of requests) {
    if (send.answered.includes(nodeId)) continue;
    const eos = eosOf(state, send);
    if (!eos) {
      produce(state, send, nodeId, topicData, context);
      continue;
    }
    send.waiting++;
    const turn: Turn = { send: send.id, attempt: send.attempt, nodeId, topicData };
    if (standInLine(eos, turn)) take(state, eos, turn, context);
  }
  if (send.waiting === 0) succeed(state, send, context);
}

/** A broker answered. */
export function produceAnswered(
  state: Producer,
  waiting: InFlight,
  { responses }: ProduceResponse,
  context: Context,
): void {
  for (const { partitionResponses } of responses) {
    const wrong = partitionResponses.find(({ errorCode }) => errorCode !== 'NONE');
    if (wrong) return produceFailed(state, waiting, protocolFailure(wrong.errorCode), context);
  }
  leaveLine(state, waiting, context);
  const send = state.sends.get(waiting.actor);
  if (!send) return;
  confirm(state, waiting.request as ProduceRequest, responses, context);
  if (send.metadata) send.metadata = [...send.metadata, ...metadataOf(responses)];
  send.answered = [...send.answered, nodeOf(state, waiting)];
  if (waiting.attempt === send.attempt && --send.waiting === 0) succeed(state, send, context);
}

/** A request failed: by the broker's word, for want of a word, or with its connection. */
export function produceFailed(state: Producer, waiting: InFlight, failure: Failure, context: Context): void {
  leaveLine(state, waiting, context, true);
  const send = state.sends.get(waiting.actor);
  if (!send) return;
  if (failure.name === 'KafkaJSRequestTimeoutError') {
    for (const { topic, messages, firstPublished: cause } of send.topics) {
      const subject = `${state.options.broker}/${topic}`;
      context.emit({ is: TimedOut, subject, amount: messages.length, cause });
    }
  }
  if (waiting.attempt === send.attempt) tryFailed(state, send, failure, context);
}

/** Metadata is fresh: everybody who waited for it goes on. */
export function metadataArrived(state: Producer, context: Context): void {
  for (const send of [...state.sends.values()]) {
    if (send.awaits === 'metadata') attempt(state, send, context);
    else if (send.awaits !== 'nothing') backOff(state, send, send.failure!, context);
  }
}

/** Metadata could not be had. */
export function metadataLost(state: Producer, failure: Failure, context: Context): void {
  for (const send of [...state.sends.values()]) {
    if (send.awaits === 'nothing') continue;
    if (failure.retriable) backOff(state, send, failure, context);
    else giveUp(state, send, failure, context);
  }
}

function tryFailed(state: Producer, send: Send, failure: Failure, context: Context): void {
  // the other requests of this try still count as answers of their brokers, but decide nothing any more
  send.attempt++;
  if (!failure.retriable) return giveUp(state, send, failure, context);
  if (!needRefresh.includes(failure.name)) return backOff(state, send, failure, context);
  send.awaits = 'metadata before backing off';
  send.failure = failure;
  state.cluster.freshUntil = 0;
  refreshMetadata(state.cluster, context);
}

function backOff(state: Producer, send: Send, failure: Failure, context: Context): void {
  const wait = nextWait(send.retry, state.options.retry, context.random('retry'));
  if (wait === null) return giveUp(state, send, retriesExceeded(failure, send.retry.waitMs), context);
  send.awaits = 'nothing';
  send.failure = failure;
  const again: RetrySend = { type: 'RetrySend', send: send.id };
  context.after(wait, again);
}

function giveUp(state: Producer, send: Send, failure: Failure, context: Context): void {
  state.sends.delete(send.id);
  const error = `${failure.name}: ${failure.message}`;
  for (const { topic, messages, firstPublished } of send.topics) {
    const subject = `${state.options.broker}/${topic}`;
    messages.forEach((message, index) => {
      context.emit({ is: Failed, subject, message, detail: error, cause: firstPublished + index });
    });
  }
  const { ticket, replyTo, metadata } = send;
  const answer: PublishFailed | BatchFailed = metadata
    ? { type: 'BatchFailed', ticket, failure }
    : { type: 'PublishFailed', ticket, error };
  context.tell(replyTo, answer);
}

function succeed(state: Producer, send: Send, context: Context): void {
  state.sends.delete(send.id);
  const { ticket, replyTo, metadata } = send;
  const answer: Published | BatchSent = metadata
    ? { type: 'BatchSent', ticket, metadata }
    : { type: 'Published', ticket };
  context.tell(replyTo, answer);
}

/** Records by partition number. The partitioner runs for every message, on every try: its counters have moved on. */
function partitioned(
  state: Producer,
  part: SendTopic,
  topic: TopicMetadata,
  context: Context,
): ProducedRecord[][] {
  const { partitioner } = state.options;
  const random = (): Random => context.random('partitioner');
  const records: ProducedRecord[][] = [];
  const { messages, partitions, timestamps, firstPublished } = part;
  for (let index = 0; index < messages.length; index++) {
    const message = messages[index];
    const body = context.body(message);
    const placing = { partition: partitions ? partitions[index] : part.partition, key: body.key };
    const partition = partitionFor(partitioner, placing, part.topic, topic, state.counters, random);
    const record = {
      message,
      key: body.key,
      timestamp: timestamps?.[index] ?? context.now,
      sizeBytes: sizeOf(body),
      cause: firstPublished + index,
    };
    (records[partition] ??= []).push(body.data['value'] === null ? { ...record, isTombstone: true } : record);
  }
  return records;
}

type TopicData = { readonly name: string; readonly partitionData: PartitionData[] };
type PartitionData = ProduceRequest['topicData'][number]['partitionData'][number];

/**
 * Adds batches by node id of the leader, in the order of partition numbers. Records for a partition that does not exist
 * are dropped without a word, as kafkajs does (cluster/index.js findLeaderForPartitions; K-05).
 */
function addByLeader(
  nodes: Map<number, TopicData[]>,
  topic: TopicMetadata,
  records: readonly ProducedRecord[][],
): void {
  for (const index of topic.sorted) {
    const batch = records[index];
    if (batch === undefined) continue;
    const leader = topic.leaders[index];
    const data = { index, records: { records: batch, producerId: -1, producerEpoch: -1, baseSequence: -1 } };
    let topics = nodes.get(leader);
    if (!topics) nodes.set(leader, (topics = []));
    const known = topics.find(({ name }) => name === topic.name);
    if (known) known.partitionData.push(data);
    else topics.push({ name: topic.name, partitionData: [data] });
  }
}

/** The records of a request are in the log, at these offsets, since these facts. */
function confirm(
  state: Producer,
  { topicData }: ProduceRequest,
  responses: ProduceResponse['responses'],
  context: Context,
): void {
  for (const { name, partitionResponses } of responses) {
    const asked = topicData.find((topic) => topic.name === name)!.partitionData;
    for (const { index, baseOffset, firstFact } of partitionResponses) {
      const data = asked.find((partition) => partition.index === index);
      invariant(data, 'a broker answers for the partitions it was asked about');
      const subject = state.cluster.metadata.get(name)!.addresses[index];
      const { records } = data.records;
      for (let i = 0; i < records.length; i++) {
        const { message } = records[i];
        context.emit({ is: Confirmed, subject, message, position: baseOffset + i, cause: firstFact + i });
      }
    }
  }
}

function metadataOf(responses: ProduceResponse['responses']): RecordMetadata[] {
  return responses.flatMap(({ name: topicName, partitionResponses }) =>
    partitionResponses.map(({ index: partition, baseOffset, logAppendTimeMs, logStartOffset }) => ({
      ...{ topicName, partition, errorCode: 0, baseOffset: String(baseOffset) },
      ...{ logAppendTime: String(logAppendTimeMs), logStartOffset: String(logStartOffset) },
    })),
  );
}

function nodeOf({ cluster }: Producer, { host }: InFlight): number {
  return cluster.brokers.find((broker) => broker.host === host)?.nodeId ?? -1;
}
