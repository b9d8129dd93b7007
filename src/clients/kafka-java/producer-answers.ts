/** What becomes of batches: acknowledged, sent again, split, given up (kafka-clients 4.3.1 Sender.java completeBatch). */
import type { ProduceResponse } from '../../brokers/kafka/protocol';
import { factType } from '../../kernel/fact';
import type { Context } from '../../kernel/machine';
import { toMs, type Time } from '../../kernel/time';
import { backoff } from './backoff';
import { returned, threw } from './calls';
import type { InFlight, Lost } from './connection';
import { retriable } from './exceptions';
import { wantUpdate } from './metadata';
import type { Published, PublishFailed } from '../../kernel/delivery';
import {
  canRetry,
  enqueueAgain,
  numberAcknowledged,
  numberFailed,
  numberUnknown,
} from './producer-sequences';
import type { Batch, Lane, Producer, Waiter } from './producer-state';
import { batchOverhead } from './record-size';
import { failureFor, type Failure } from './transacting';

const Confirmed = factType('confirmed', 'ProduceAcknowledged');
const TimedOut = factType('timedOut', 'ProduceTimedOut');
const Failed = factType('failed', 'SendFailed');

interface Answer {
  readonly errorCode: string;
  readonly message?: string;
  readonly baseOffset: number;
  readonly firstFact: number;
}

/** A broker has answered for each batch of a request. */
export function produceAnswered(
  state: Producer,
  { about }: InFlight,
  { responses }: ProduceResponse,
  context: Context,
): void {
  const batches = batchesOf(state, about);
  for (const { name, partitionResponses } of responses)
    for (const { index, ...answer } of partitionResponses) {
      const batch = batches.find(({ lane }) => lane === `${name}-${index}`);
      if (batch) complete(state, batch, answer, context);
    }
}

/** A request has no answer: what was in it is sent again, or given up. */
export function produceLost(state: Producer, { about, host }: InFlight, why: Lost, context: Context): void {
  const node = state.metadata.brokers.find((broker) => broker.host === host)?.nodeId ?? -1;
  const answer: Answer =
    why === 'timed out'
      ? { errorCode: 'REQUEST_TIMED_OUT', message: `Disconnected from node ${node} due to timeout`, ...none }
      : { errorCode: 'NETWORK_EXCEPTION', message: `Disconnected from node ${node}`, ...none };
  for (const batch of batchesOf(state, about)) {
    if (why === 'timed out') tellTimedOut(state, batch, context);
    complete(state, batch, answer, context);
  }
}

const none = { baseOffset: -1, firstFact: -1 };

/** With acks 0 nobody answers: what was sent counts as done. */
export function acknowledgeUnasked(state: Producer, batches: readonly Batch[], context: Context): void {
  for (const batch of batches) {
    answerAll(batch, (_, index, waiter) => tellSent(state, batch, waiter, -1, index, context));
    state.batches.delete(batch.id);
  }
}

/** Batches that are too old, whether they were sent or not (delivery.timeout.ms). Whether there were any. */
export function expire(state: Producer, context: Context): boolean {
  const { now } = context;
  const { deliveryTimeout } = state.options;
  const expired = [...state.batches.values()].filter(
    ({ createdAt, isDone }) => !isDone && createdAt + deliveryTimeout <= now,
  );
  for (const batch of expired) {
    const lane = state.lanes.get(batch.lane)!;
    lane.queue = lane.queue.filter((id) => id !== batch.id);
    const message = `Expiring ${batch.records.length} record(s) for ${batch.lane}:${toMs(now - batch.createdAt)} ms has passed since batch creation. The request has not been sent, or no server response has been received yet.`;
    giveUp(state, lane, batch, failureFor('REQUEST_TIMED_OUT', message), false, context);
    if (state.options.isIdempotent && batch.attempts > 0) numberUnknown(lane, batch);
  }
  return expired.length > 0;
}

/** When the next one will be too old. */
export function nextExpiryAt({ batches, options }: Producer): Time {
  for (const { createdAt, isDone } of batches.values())
    if (!isDone) return createdAt + options.deliveryTimeout;
  return Infinity;
}

/** Gives up all that is not over (`onlyUnsent`: and is not under way). Whether there was any. */
export function abortBatches(
  state: Producer,
  failure: Failure,
  onlyUnsent: boolean,
  context: Context,
): boolean {
  const aborted = [...state.batches.values()].filter(
    ({ isDone, sequence }) => !isDone && (!onlyUnsent || sequence < 0),
  );
  for (const batch of aborted) {
    const lane = state.lanes.get(batch.lane)!;
    lane.queue = lane.queue.filter((id) => id !== batch.id);
    lane.unresolved = lane.unresolved.filter((id) => id !== batch.id);
    failAll(state, batch, failure, context);
    settle(state, batch);
  }
  return aborted.length > 0;
}

function complete(state: Producer, batch: Batch, answer: Answer, context: Context): void {
  const lane = state.lanes.get(batch.lane)!;
  const { errorCode } = answer;
  batch.isInFlight = false;
  if (errorCode === 'MESSAGE_TOO_LARGE' && batch.records.length > 1 && !batch.isDone)
    return split(state, lane, batch);
  if (errorCode === 'NONE') {
    if (state.options.isIdempotent) numberAcknowledged(lane, batch);
    if (!batch.isDone) confirm(state, batch, answer, context);
    return settle(state, batch);
  }
  if (mayRetry(state, lane, batch, errorCode, context.now)) {
    batch.attempts++;
    const wait = backoff(state.options.client.retry, batch.attempts - 1, context.random('retry'));
    batch.retryAt = context.now + wait;
    enqueueAgain(state, lane, batch);
  } else {
    const failure = failureFor(errorCode, answer.message);
    giveUp(state, lane, batch, failure, batch.attempts < state.options.retries, context);
  }
  if (retriable(errorCode) === 'again, elsewhere') wantUpdate(state.metadata);
}

function mayRetry(state: Producer, lane: Lane, batch: Batch, code: string, now: Time): boolean {
  const { deliveryTimeout, retries, isIdempotent } = state.options;
  if (batch.isDone || batch.createdAt + deliveryTimeout <= now || batch.attempts >= retries) return false;
  return isIdempotent ? canRetry(state, lane, batch, code) : retriable(code) !== 'never';
}

function giveUp(
  state: Producer,
  lane: Lane,
  batch: Batch,
  failure: Failure,
  isKnown: boolean,
  context: Context,
): void {
  if (!batch.isDone) {
    failAll(state, batch, failure, context);
    if (state.options.isIdempotent) numberFailed(state, lane, batch, failure, isKnown);
  }
  settle(state, batch);
}

/** Its records have been answered for; while its request is under way it is kept for the answer. */
function settle({ batches }: Producer, batch: Batch): void {
  batch.isDone = true;
  if (!batch.isInFlight) batches.delete(batch.id);
}

/** The broker takes no batch as large as that: its records go out in smaller ones, under the same numbers. */
function split(state: Producer, lane: Lane, big: Batch): void {
  const target = Math.max(
    state.options.batchSize === 0 ? 1 : Math.min(state.options.batchSize, Math.floor(big.sizeBytes / 2)),
    batchOverhead + 1,
  );
  const parts: Batch[] = [];
  for (let index = 0; index < big.records.length; index++) {
    const record = big.records[index];
    let part = parts.at(-1);
    if (!part || part.sizeBytes + record.sizeBytes > target) {
      const sequence = big.sequence < 0 ? -1 : big.sequence + index;
      part = { ...big, id: ++state.lastBatch, records: [], waiters: [], sizeBytes: batchOverhead, sequence };
      part.attempts = 0;
      parts.push(part);
    }
    part.records.push(record);
    part.waiters.push(big.waiters[index]);
    part.sizeBytes += record.sizeBytes;
  }
  state.batches.delete(big.id);
  for (const part of parts) state.batches.set(part.id, part);
  const ids = parts.map(({ id }) => id);
  if (big.sequence >= 0) lane.unresolved = lane.unresolved.flatMap((id) => (id === big.id ? ids : [id]));
  for (const part of [...parts].reverse()) enqueueAgain(state, lane, part);
}

function confirm(state: Producer, batch: Batch, { baseOffset, firstFact }: Answer, context: Context): void {
  const subject = addressOf(state, batch);
  answerAll(batch, ({ message, cause }, index, waiter) => {
    const accepted = firstFact < 0 ? cause : firstFact + index;
    context.emit({ is: Confirmed, subject, message, position: baseOffset + index, cause: accepted });
    tellSent(state, batch, waiter, baseOffset, index, context);
  });
}

function failAll(state: Producer, batch: Batch, failure: Failure, context: Context): void {
  const { topic } = state.lanes.get(batch.lane)!;
  const subject = `${state.metadata.cluster}/${topic}`;
  const detail = `${failure.name}: ${failure.message}`;
  answerAll(batch, ({ message, cause }, _, waiter) => {
    context.emit({ is: Failed, subject, message, detail, cause });
    tellFailed(state, waiter, failure, context);
  });
}

function answerAll(
  { records, waiters }: Batch,
  answer: (record: Batch['records'][number], index: number, waiter: Waiter) => void,
): void {
  for (let index = 0; index < records.length; index++) answer(records[index], index, waiters[index]);
}

function tellSent(
  state: Producer,
  batch: Batch,
  waiter: Waiter,
  baseOffset: number,
  index: number,
  context: Context,
): void {
  if (waiter.publish) return publishOver(state, waiter, null, context);
  const { topic, partition } = state.lanes.get(batch.lane)!;
  const offset = baseOffset < 0 ? -1 : baseOffset + index;
  context.tell(waiter.replyTo, returned(waiter, { topic, partition, offset }));
}

/** A record that was not sent: whoever waits for it is told. */
export function tellFailed(
  state: Producer,
  waiter: Waiter,
  { name, message }: Pick<Failure, 'name' | 'message'>,
  context: Context,
): void {
  if (waiter.publish) return publishOver(state, waiter, `${name}: ${message}`, context);
  context.tell(waiter.replyTo, threw(waiter, { name, message }));
}

/** One message of a service's publish is settled; with the last the service is answered. */
function publishOver(state: Producer, { ticket: id }: Waiter, error: string | null, context: Context): void {
  const publishing = state.publishes.get(id);
  if (!publishing) return;
  publishing.error ??= error;
  if (--publishing.left > 0) return;
  state.publishes.delete(id);
  const { ticket, replyTo } = publishing;
  const answer: Published | PublishFailed =
    publishing.error === null
      ? { type: 'Published', ticket }
      : { type: 'PublishFailed', ticket, error: publishing.error };
  context.tell(replyTo, answer);
}

function tellTimedOut(state: Producer, batch: Batch, context: Context): void {
  const subject = addressOf(state, batch);
  const [{ cause }] = batch.records;
  context.emit({ is: TimedOut, subject, amount: batch.records.length, cause });
}

function addressOf({ metadata, lanes }: Producer, { lane }: Batch): string {
  const { topic, partition } = lanes.get(lane)!;
  return `${metadata.cluster}/${topic}/${partition}`;
}

function batchesOf({ batches }: Producer, about: unknown): readonly Batch[] {
  return (about as readonly number[]).flatMap((id) => batches.get(id) ?? []);
}
