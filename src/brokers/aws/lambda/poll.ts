/**
 * Reading a queue for a function. Pollers receive with long polls and hand what they get to the function in batches: of
 * one poll, or, with a batching window, of what has come until the batch is full or the window over. There are five
 * pollers at first, more while all are busy, and each is a batch that may be worked on; fewer again when polls find
 * nothing. Messages that meet none of the filters are deleted at once (Lambda developer guide, with-sqs,
 * services-sqs-scaling, with-sqs-filtering). Simplified: the messages of a window are gathered from all pollers.
 */
import { factType } from '../../../kernel/fact';
import type { Context } from '../../../kernel/machine';
import { seconds } from '../../../kernel/time';
import { resourceOf } from '../protocol/common';
import { sizeOf, sizeOfAttributes, textOf } from '../protocol/content';
import { leavesOf, meets } from '../protocol/pattern-match';
import { queueUrl, type ReceivedMessage, type ReceiveMessageRequest, type ReceiveMessageResponse } from '../sqs/protocol'; // prettier-ignore
import { addBatch } from './batch';
import { remove } from './settle';
import type { LambdaState, Mapping } from './state';

const Filtered = factType('skipped', 'MessageFiltered');

/** Reminder: the batching window is over. */
export interface WindowOver {
  readonly type: 'WindowOver';
  readonly mapping: string;
}
/** Reminder: a poll has failed, and may be repeated. */
export interface PollAgain {
  readonly type: 'PollAgain';
  readonly mapping: string;
}
/** Reminder: there may be more pollers now. */
export interface ScalePollers {
  readonly type: 'ScalePollers';
  readonly mapping: string;
}

/** Seconds; the longest there is. */
const longPoll = 20;
const receiveMax = 10;
/** Bytes of an invocation's payload (API reference, CreateEventSourceMapping). */
const payloadMax = 6 * 1024 * 1024;

/** Hands over what is due, then polls as often as there are pollers without a batch. */
export function pollQueue(state: LambdaState, mapping: Mapping, context: Context): void {
  if (mapping.state !== 'Enabled' && mapping.state !== 'Updating') return;
  const { setup, polls, batches } = mapping;
  while (isDue(mapping, context) && batches.size < mapping.pollers) takeBatch(state, mapping, context);
  const room = setup.batchSize - mapping.gathered.length;
  while (room > 0 && polls.size + batches.size < mapping.pollers) {
    const request: ReceiveMessageRequest = {
      type: 'ReceiveMessageRequest',
      QueueUrl: queueUrl(resourceOf(mapping.queueArn)!.name),
      AttributeNames: ['All'],
      MessageAttributeNames: ['All'],
      MaxNumberOfMessages: Math.min(receiveMax, room),
      WaitTimeSeconds: longPoll,
    };
    const connection = context.request(state.settings.processes.sqs, request);
    polls.add(connection);
    state.awaited.set(connection, { is: 'poll', mapping: mapping.uuid });
  }
  if (batches.size >= mapping.pollers) armScaling(state, mapping, context);
}

function armScaling({ settings }: LambdaState, mapping: Mapping, context: Context): void {
  if (mapping.scaleTimer !== 0 || mapping.pollers >= pollersMax(settings.pollersMax, mapping)) return;
  const scale: ScalePollers = { type: 'ScalePollers', mapping: mapping.uuid };
  mapping.scaleTimer = context.after(seconds(1), scale);
}

function pollersMax(max: number, { setup }: Mapping): number {
  return Math.min(max, setup.maximumConcurrency ?? Infinity);
}

/** All pollers have been busy for a while: more of them. */
export function scalePollers(state: LambdaState, { mapping: uuid }: ScalePollers, context: Context): void {
  const mapping = state.mappings.get(uuid);
  if (!mapping) return;
  mapping.scaleTimer = 0;
  if (mapping.batches.size < mapping.pollers) return;
  const { pollersPerSecond, pollersMax: max } = state.settings;
  mapping.pollers = Math.min(mapping.pollers + pollersPerSecond, pollersMax(max, mapping));
  pollQueue(state, mapping, context);
}

/** A poll was answered; null: it failed, and is repeated after a while. */
export function polled(
  state: LambdaState,
  mapping: Mapping,
  response: ReceiveMessageResponse | null,
  context: Context,
): void {
  mapping.polls.delete(context.connection);
  if (!response) {
    const again: PollAgain = { type: 'PollAgain', mapping: mapping.uuid };
    context.after(seconds(1), again);
    return;
  }
  const messages = (response.Messages ?? []).filter((message) => keeps(state, mapping, message, context));
  if (!response.Messages) {
    mapping.pollers = Math.max(
      mapping.pollers - 1,
      Math.min(state.settings.pollersAtFirst, pollersMax(state.settings.pollersMax, mapping)),
    );
  }
  if (messages.length > 0) gather(state, mapping, messages, context);
  pollQueue(state, mapping, context);
}

/** Whether it passes the filters; else it is deleted. */
function keeps(state: LambdaState, mapping: Mapping, message: ReceivedMessage, context: Context): boolean {
  const { patterns } = mapping.setup;
  if (patterns.length === 0) return true;
  const leaves = leavesOf(filterable(message, context));
  if (patterns.some((pattern) => meets(pattern, leaves))) return true;
  const { fact: cause, position } = message.observed;
  const subject = `${state.name}/${mapping.function}`;
  context.emit({ is: Filtered, subject, message: message.Body.message, position, cause });
  remove(state, mapping, 0, [message], context);
  return false;
}

/** A message as filters see it: a body that is a JSON object or list is looked into, another is a text. */
function filterable(
  { MessageId, Body, Attributes = {}, MessageAttributes = {} }: ReceivedMessage,
  context: Context,
): object {
  const text = textOf(Body, context.body(Body.message));
  const messageAttributes = Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { dataType: DataType, stringValue: StringValue, binaryValue: BinaryValue },
    ]),
  );
  return { messageId: MessageId, body: jsonOr(text), attributes: Attributes, messageAttributes };
}

function jsonOr(text: string): unknown {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? value : text;
  } catch {
    return text;
  }
}

/** Without a window each poll is a batch; with one they are put together. */
function gather(
  state: LambdaState,
  mapping: Mapping,
  messages: readonly ReceivedMessage[],
  context: Context,
): void {
  if (mapping.setup.window === 0) return addBatch(state, mapping, messages, context);
  if (mapping.gathered.length === 0) armWindow(mapping, context);
  mapping.gathered = [...mapping.gathered, ...messages];
}

function armWindow(mapping: Mapping, context: Context): void {
  const over: WindowOver = { type: 'WindowOver', mapping: mapping.uuid };
  mapping.gatherTimer = context.after(mapping.setup.window, over);
}

export function windowOver(state: LambdaState, { mapping: uuid }: WindowOver, context: Context): void {
  const mapping = state.mappings.get(uuid);
  if (!mapping) return;
  mapping.gatherTimer = 0;
  pollQueue(state, mapping, context);
}

/** Its window is over, or it is full. */
function isDue(mapping: Mapping, context: Context): boolean {
  return mapping.gathered.length > 0 && (mapping.gatherTimer === 0 || isFull(mapping, context));
}

function isFull({ gathered, setup }: Mapping, context: Context): boolean {
  return gathered.length >= setup.batchSize || fitting(gathered, context) < gathered.length;
}

/** How many of them fit into one payload. */
function fitting(messages: readonly ReceivedMessage[], context: Context): number {
  let size = 0;
  const over = messages.findIndex(({ Body, MessageAttributes }) => {
    size += sizeOf(Body, context.body(Body.message)) + sizeOfAttributes(MessageAttributes);
    return size > payloadMax;
  });
  return over < 0 ? messages.length : Math.max(over, 1);
}

function takeBatch(state: LambdaState, mapping: Mapping, context: Context): void {
  const { gathered, setup } = mapping;
  const count = Math.min(setup.batchSize, fitting(gathered, context));
  mapping.gathered = gathered.slice(count);
  context.cancel(mapping.gatherTimer);
  mapping.gatherTimer = 0;
  if (mapping.gathered.length > 0) armWindow(mapping, context);
  addBatch(state, mapping, gathered.slice(0, count), context);
}

/** It is deleted or disabled: nobody waits for polls any more, and what was only gathered is left to come back. */
export function leavePolls(state: LambdaState, mapping: Mapping, context: Context): void {
  for (const poll of mapping.polls) {
    context.abandon(poll);
    state.awaited.delete(poll);
  }
  mapping.polls.clear();
  mapping.gathered = [];
  context.cancel(mapping.gatherTimer);
  mapping.gatherTimer = 0;
}
