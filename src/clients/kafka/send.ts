/** One call of `producer.send`: partition, ask the leaders, retry as a whole (kafkajs producer/sendMessages.js). */
import type { ProduceRequest, ProduceResponse } from '../../brokers/kafka/protocol';
import type { Published, PublishFailed, Publish } from '../../kernel/delivery';
import type { MessageId } from '../../kernel/bodies';
import { factType, type FactId } from '../../kernel/fact';
import { invariant } from '../../kernel/invariant';
import type { Context, Tagged } from '../../kernel/machine';
import type { Time } from '../../kernel/time';
import { addByLeader, partitioned, type TopicData } from './by-leader';
import { hostOf, type InFlight } from './cluster';
import { standInLine, type EosName, type Turn } from './eos';
import { metadataNotLoaded, protocolFailure, retriesExceeded, type Failure } from './failure';
import { isFresh, refreshMetadata } from './metadata';
import { eosOf, leaveLine, produce, take } from './produce-request';
import type { Producer, RecordMetadata, Send, SendTopic } from './producer-state';
import { newRetry, nextWait } from './retry';

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
  /** How long the leader may wait for the others; absent: as the producer's options say. */
  readonly timeoutMs?: number;
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
  const { ticket, replyTo, acks, eos, timeoutMs } = command;
  const topics = command.topics.map(({ topic, messages, ...each }): SendTopic => {
    const firstPublished = writePublished(state, topic, messages, context);
    return { topic, partition: null, ...each, messages, firstPublished };
  });
  const call = {
    ...{ ticket, replyTo, topics, acks, metadata: [] },
    ...(eos ? { eos } : {}),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
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
  call: Pick<Send, 'ticket' | 'replyTo' | 'topics' | 'acks' | 'timeoutMs' | 'metadata' | 'eos'>,
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
  delete send.held;
  const open = [...requests].filter(([nodeId]) => !send.answered.includes(nodeId));
  // kafkajs connects to every leader before it sends anything: who could not be reached last is tried first
  const isDoubtful = ([nodeId]: Request): boolean => cluster.unreachable?.has(hostOf(cluster, nodeId)) === true; // prettier-ignore
  const doubtful = open.filter(isDoubtful);
  if (doubtful.length > 0) send.held = open.filter((one) => !isDoubtful(one));
  for (const request of doubtful.length > 0 ? doubtful : open) dispatch(state, send, request, context);
  if (send.waiting === 0) succeed(state, send, context);
}

type Request = readonly [nodeId: number, topicData: readonly TopicData[]];

function dispatch(state: Producer, send: Send, [nodeId, topicData]: Request, context: Context): void {
  const eos = eosOf(state, send);
  if (!eos) return produce(state, send, nodeId, topicData, context);
  send.waiting++;
  const turn: Turn = { send: send.id, attempt: send.attempt, nodeId, topicData };
  if (standInLine(eos, turn)) take(state, eos, turn, context);
}

/** A leader that was in doubt is there: the others get their part too. */
function sendHeld(state: Producer, send: Send, context: Context): void {
  const { held = [] } = send;
  delete send.held;
  for (const request of held) dispatch(state, send, request, context);
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
  if (waiting.attempt === send.attempt) sendHeld(state, send, context);
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
  if (waiting.attempt !== send.attempt) return;
  if (failure.name !== 'KafkaJSConnectionError') sendHeld(state, send, context);
  tryFailed(state, send, failure, context);
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
