/** SendMessage and SendMessageBatch. */
import type { Context } from '../../../kernel/machine';
import { seconds, toMs, type Time } from '../../../kernel/time';
import type { ErrorResponse } from '../protocol/common';
import { sizeOf, sizeOfAttributes, textOfBody } from '../protocol/content';
import { wrongBatch } from './batch';
import { lacksFifoParameters, wrongParameters, wrongText } from './check-message';
import { put } from './contents';
import { dedupId, findOriginal, noteOriginal } from './dedup';
import { batchRefusal, isRefusal, refusal } from './errors';
import { MessageAccepted, MessageDeduplicated, MessageDelayed, MessageRefused } from './facts';
import { messageId, sequenceNumber, type Sent as Stored } from './message';
import type * as Api from './protocol';
import type { Queue, SqsState } from './state';

const batchBytes = 1048576;

interface Accepted {
  readonly MessageId: string;
  readonly SequenceNumber?: string;
  readonly bytes: number;
}

/** The answer, and how many bytes it is billed for. */
type Answer<Response> = readonly [Response | ErrorResponse, number];

export function sendMessage(
  state: SqsState,
  queue: Queue,
  request: Api.SendMessageRequest,
  context: Context,
): Answer<Api.SendMessageResponse> {
  const answer = accept(state, queue, request, bytesOf(request, context), false, context);
  if (isRefusal(answer)) return [answer, 0];
  const { bytes, ...sent } = answer;
  return [{ type: 'SendMessageResponse', ...sent }, bytes];
}

export function sendBatch(
  state: SqsState,
  queue: Queue,
  { Entries }: Api.SendMessageBatchRequest,
  context: Context,
): Answer<Api.SendMessageBatchResponse> {
  const sizes = Entries.map((entry) => bytesOf(entry, context));
  const wrong = wrongSends(queue, Entries, sizes);
  if (wrong) {
    for (const { Body } of Entries) refused(queue, Body.message, wrong, context);
    return [wrong, 0];
  }
  const Successful: Api.SendMessageBatchResponse['Successful'][number][] = [];
  const Failed: Api.BatchResultErrorEntry[] = [];
  let total = 0;
  for (const [index, entry] of Entries.entries()) {
    const answer = accept(state, queue, entry, sizes[index], true, context);
    if (isRefusal(answer))
      Failed.push({ Id: entry.Id, SenderFault: true, Code: answer.code, Message: answer.message });
    else {
      const { bytes, ...sent } = answer;
      total += bytes;
      Successful.push({ Id: entry.Id, ...sent });
    }
  }
  return [{ type: 'SendMessageBatchResponse', Successful, Failed }, total];
}

/** What fails all of a batch. */
function wrongSends(
  queue: Queue,
  entries: Api.SendMessageBatchRequest['Entries'],
  sizes: readonly number[],
): ErrorResponse | null {
  const wrong = wrongBatch('SendMessage', entries);
  if (wrong) return wrong;
  for (const entry of entries) {
    const lacks = lacksFifoParameters(queue, entry);
    if (lacks) return lacks;
  }
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= batchBytes) return null;
  return batchRefusal(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${batchBytes} bytes. You have sent ${total} bytes.`,
  );
}

function bytesOf({ Body, MessageAttributes }: Api.Sent, context: Context): number {
  return sizeOf(Body, context.body(Body.message)) + sizeOfAttributes(MessageAttributes);
}

function accept(
  state: SqsState,
  queue: Queue,
  sent: Api.Sent,
  bytes: number,
  isEntry: boolean,
  context: Context,
): Accepted | ErrorResponse {
  const { message } = sent.Body;
  const wrong = wrongMessage(queue, sent, bytes, isEntry, context);
  if (wrong) return refused(queue, message, wrong, context);
  const dedup = queue.isFifo ? dedupId(sent, context) : null;
  const original = dedup === null ? null : findOriginal(queue, sent.MessageGroupId!, dedup, context.now);
  if (original) {
    const { sequence, id } = original;
    const { address: subject, name: group } = queue;
    context.emit({
      is: MessageDeduplicated,
      subject,
      message,
      position: sequence,
      group,
      detail: dedup ?? '',
    });
    queue.left = { message, reason: 'duplicate', at: context.now };
    return { MessageId: id, SequenceNumber: sequenceNumber(sequence), bytes };
  }
  const stored = store(state, queue, sent, dedup, bytes, context);
  return queue.isFifo ? { ...stored, SequenceNumber: sequenceNumber(queue.next - 1) } : stored;
}

function wrongMessage(
  queue: Queue,
  sent: Api.Sent,
  bytes: number,
  isEntry: boolean,
  context: Context,
): ErrorResponse | null {
  // what is not a text of its own is JSON: not empty, and of valid characters
  const body = context.body(sent.Body.message);
  const text = typeof body.data['value'] === 'string' && !sent.Body.envelope ? textOfBody(body) : null;
  const wrong = (text === null ? null : wrongText(text)) ?? wrongParameters(queue, sent);
  if (wrong || bytes <= queue.settings.maximumSize) return wrong;
  // the two calls word it differently
  const reason = `Reason: Message must be shorter than ${queue.settings.maximumSize} bytes.`;
  return refusal(
    'InvalidParameterValue',
    isEntry
      ? `One or more parameters cannot be validated. ${reason}`
      : `One or more parameters are invalid. ${reason}`,
  );
}

function refused(queue: Queue, message: number, wrong: ErrorResponse, context: Context): ErrorResponse {
  const { address: subject, name: group } = queue;
  context.emit({ is: MessageRefused, subject, message, group, detail: wrong.code });
  return wrong;
}

function store(
  state: SqsState,
  queue: Queue,
  sent: Api.Sent,
  dedup: string | null,
  bytes: number,
  context: Context,
): Accepted {
  const { now, sender } = context;
  const stored: Stored = {
    id: messageId(queue.uid, queue.sent++),
    content: sent.Body,
    attributes: sent.MessageAttributes,
    trace: sent.MessageSystemAttributes?.['AWSTraceHeader']?.StringValue,
    group: sent.MessageGroupId ?? null,
    dedup,
    size: bytes,
    sentAt: now,
    sender: processOf(sender),
  };
  add(state, queue, stored, delayOf(queue, sent.DelaySeconds), context);
  return { MessageId: stored.id, bytes };
}

/** A message's own delay goes before the queue's, except in FIFO queues, where there is none. */
function delayOf({ isFifo, settings }: Queue, own: number | undefined): Time {
  return own === undefined || isFifo ? settings.delay : seconds(own);
}

/** A new message comes into a queue: sent to it, or moved by a task. */
export function add(state: SqsState, queue: Queue, stored: Stored, delay: Time, context: Context): void {
  const { now } = context;
  const { address: subject, name: group } = queue;
  const { message } = stored.content;
  const position = queue.next;
  const amount = toMs(delay);
  const fact = context.emit({
    is: MessageAccepted,
    subject,
    message,
    position,
    amount,
    group,
    ...detailOf(stored),
  });
  if (delay > 0) context.emit({ is: MessageDelayed, subject, message, position, amount, group, cause: fact });
  const origin = { enqueuedAt: now, source: null, receives: 0, firstReceivedAt: -1, fact };
  put(state, queue, stored, origin, now + delay, now);
  if (stored.dedup !== null) noteOriginal(queue, stored, position, now);
}

function detailOf({ group }: Stored): { readonly detail: string } | undefined {
  return group === null ? undefined : { detail: group };
}

export function processOf(address: string): string {
  const slash = address.indexOf('/');
  return slash < 0 ? address : address.slice(0, slash);
}
