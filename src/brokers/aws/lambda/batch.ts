/**
 * A batch on its way through the function. Success deletes it. An error of the function leaves all of it in the queue until
 * its visibility timeout ends; with ReportBatchItemFailures the function may say which it could not do, and only those are
 * left (Lambda developer guide, services-sqs-errorhandling; recorded: LocalStack, test_report_batch_item_failures*). Where
 * the function has no room the batch is tried again until its messages become visible: that was a receive for nothing.
 */
import { factType } from '../../../kernel/fact';
import type { Context } from '../../../kernel/machine';
import { seconds } from '../../../kernel/time';
import { region } from '../protocol/common';
import type { ReceivedMessage } from '../sqs/protocol';
import { begin } from './invoke';
import type { SqsRecord } from './protocol';
import { remove } from './settle';
import type { Batch, LambdaState, Mapping, Outcome } from './state';

/** Left in the queue: detail says why. */
const Left = factType('rejected', 'BatchItemFailed');

/** Reminder: try the function again, or the poller's back-off is over. */
export interface RetryBatch {
  readonly type: 'RetryBatch';
  readonly mapping: string;
  readonly batch: number;
}

/** The longest wait between tries where there is no room (ours), and of a poller after errors. */
const throttleBackoffMax = 30;
const errorBackoffsMax = 10;

export function addBatch(
  state: LambdaState,
  mapping: Mapping,
  messages: readonly ReceivedMessage[],
  context: Context,
): void {
  const batch: Batch = { id: ++mapping.lastBatch, messages, throttles: 0, deletions: 0, timer: 0 };
  mapping.batches.set(batch.id, batch);
  hand(state, mapping, batch, context);
}

/** To the function, if it has room. */
function hand(state: LambdaState, mapping: Mapping, batch: Batch, context: Context): void {
  const one = state.functions.get(mapping.function);
  const origin = { is: 'batch', mapping: mapping.uuid, batch: batch.id } as const;
  const { fact } = batch.messages[0].observed;
  const Records = batch.messages.map((message) => recordOf(mapping, message));
  if (one && begin(state, one, { Records }, origin, context, fact)) return;
  batch.throttles++;
  const wait = seconds(Math.min(1 << Math.min(batch.throttles - 1, 9), throttleBackoffMax));
  const visibleAt = Math.min(...batch.messages.map(({ observed }) => observed.hiddenUntil));
  if (context.now + wait < visibleAt) return later(mapping, batch, wait, context);
  leave(state, mapping, batch.messages, one ? 'throttled' : 'the function does not exist', context);
  mapping.batches.delete(batch.id);
}

function recordOf({ queueArn }: Mapping, message: ReceivedMessage): SqsRecord {
  const { MessageId, ReceiptHandle, Body, Attributes = {}, MessageAttributes = {}, observed } = message;
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes,
    messageAttributes: MessageAttributes,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
    observed: { fact: observed.fact, position: observed.position, receives: observed.receives },
  };
}

function later(mapping: Mapping, batch: Batch, wait: number, context: Context): void {
  const retry: RetryBatch = { type: 'RetryBatch', mapping: mapping.uuid, batch: batch.id };
  batch.timer = context.after(wait, retry);
}

/** False: the batch is over, and its poller free. */
export function retryBatch(state: LambdaState, mapping: Mapping, id: number, context: Context): void {
  const batch = mapping.batches.get(id);
  if (!batch) return;
  batch.timer = 0;
  if (batch.throttles > 0) hand(state, mapping, batch, context);
  else mapping.batches.delete(id);
}

/** The function is done with it. */
export function batchRan(
  state: LambdaState,
  mapping: Mapping,
  id: number,
  outcome: Outcome,
  context: Context,
): void {
  const batch = mapping.batches.get(id);
  if (!batch) return;
  batch.throttles = 0;
  if (outcome.is === 'failed') {
    const { errorType = 'Error' } = outcome.error;
    leave(state, mapping, batch.messages, errorType, context);
    return backOff(state, mapping, batch, context);
  }
  const failed = failuresIn(mapping, batch, outcome.value);
  const done = batch.messages.filter(({ MessageId }) => !failed.has(MessageId));
  const left = batch.messages.filter(({ MessageId }) => failed.has(MessageId));
  leave(state, mapping, left, 'reported', context);
  if (done.length === 0) return backOff(state, mapping, batch, context);
  mapping.failures = 0;
  batch.deletions = remove(state, mapping, id, done, context);
}

/** A deletion was answered, well or not: what was not deleted comes back by itself. */
export function deletionAnswered(mapping: Mapping, id: number): void {
  const batch = mapping.batches.get(id);
  if (!batch) return;
  batch.deletions--;
  if (batch.deletions === 0) mapping.batches.delete(id);
}

/** The poller does nothing for a while, longer after each failure in a row. */
function backOff({ settings }: LambdaState, mapping: Mapping, batch: Batch, context: Context): void {
  mapping.failures++;
  later(mapping, batch, settings.errorBackoff * Math.min(mapping.failures, errorBackoffsMax), context);
}

/**
 * Message ids that the function could not do. What does not look like an answer to the question means all of them: no
 * list under the name, an item without an identifier, an identifier that nobody has. An answer that is empty means none.
 */
function failuresIn({ setup }: Mapping, { messages }: Batch, value: unknown): ReadonlySet<string> {
  if (!setup.responseTypes.includes('ReportBatchItemFailures')) return new Set();
  const all = new Set(messages.map(({ MessageId }) => MessageId));
  if (value === null || value === undefined) return new Set();
  if (typeof value !== 'object') return all;
  const items: unknown = Reflect.get(value, 'batchItemFailures');
  if (items === undefined) return Object.keys(value).length === 0 ? new Set() : all;
  if (items === null) return new Set();
  if (!Array.isArray(items)) return all;
  const failed = new Set<string>();
  for (const item of items as readonly unknown[]) {
    const id: unknown =
      typeof item === 'object' && item !== null ? Reflect.get(item, 'itemIdentifier') : null;
    if (typeof id !== 'string' || !all.has(id)) return all;
    failed.add(id);
  }
  return failed;
}

function leave(
  state: LambdaState,
  mapping: Mapping,
  messages: readonly ReceivedMessage[],
  detail: string,
  context: Context,
): void {
  const subject = `${state.name}/${mapping.function}`;
  for (const { Body, observed } of messages) {
    const { position, receives: amount, fact: cause } = observed;
    context.emit({ is: Left, subject, message: Body.message, position, amount, detail, cause });
  }
}
