/** ReceiveMessage: short and long polls, and what wakes those that wait. */
import type { ConnectionId, Context, Tagged } from '../../../kernel/machine';
import { seconds } from '../../../kernel/time';
import type { ErrorResponse } from '../protocol/common';
import { findAttempt, noteAttempt, repeatAttempt } from './attempts';
import { collect, type Wanted } from './collect';
import { invalidValue, refusal } from './errors';
import { ReceiveRefused } from './facts';
import type { ReceivedMessage, ReceiveMessageRequest, ReceiveMessageResponse } from './protocol';
import { processOf } from './send';
import type { Queue, SqsState, Waiter } from './state';
import { bill } from './usage';

/** A long poll that found nothing in its time. */
export interface PollExpired extends Tagged {
  readonly type: 'PollExpired';
  readonly connection: ConnectionId;
}

const maxMessages = 10;
const maxWait = 20;
const maxVisibility = 43200;

export function receive(
  state: SqsState,
  queue: Queue,
  request: ReceiveMessageRequest,
  context: Context,
): void {
  const { connection, now, sender } = context;
  const wrong = wrongReceive(request);
  if (wrong) return answer(queue, connection, wrong, context);
  const wait = request.WaitTimeSeconds ?? queue.settings.wait;
  const isFull = queue.inFlight >= state.setup.inFlightLimit;
  if (isFull && !queue.isFifo && wait === 0) {
    const { address: subject, name: group } = queue;
    context.emit({ is: ReceiveRefused, subject, group, detail: 'OverLimit', amount: queue.inFlight });
    return answer(queue, connection, overLimit, context);
  }
  const messages = found(state, queue, request, processOf(sender), wait === 0, context);
  if (messages.length > 0 || wait === 0) return give(queue, connection, messages, context);
  const until = now + seconds(wait);
  const expired: PollExpired = { type: 'PollExpired', connection };
  const timer = context.after(seconds(wait), expired);
  queue.waiters.push({ connection, request, process: processOf(sender), until, timer });
  state.waiting.set(connection, queue.name);
}

const overLimit = refusal(
  'OverLimit',
  'Too many messages are in flight: delete some, or wait until their visibility timeouts end.',
);

function wrongReceive(request: ReceiveMessageRequest): ErrorResponse | null {
  const { MaxNumberOfMessages: max = 1, WaitTimeSeconds: wait = 0, VisibilityTimeout: timeout = 0 } = request;
  if (!inRange(max, 1, maxMessages))
    return invalidValue(max, 'MaxNumberOfMessages', 'Must be between 1 and 10, if provided.');
  if (!inRange(wait, 0, maxWait))
    return invalidValue(wait, 'WaitTimeSeconds', 'Must be >= 0 and <= 20, if provided.');
  if (!inRange(timeout, 0, maxVisibility))
    return invalidValue(timeout, 'VisibilityTimeout', 'Must be between 0 and 43200, if provided.');
  return null;
}

function inRange(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

/** What there is for a request now. */
function found(
  state: SqsState,
  queue: Queue,
  request: ReceiveMessageRequest,
  holder: string,
  isShortPoll: boolean,
  context: Context,
): readonly ReceivedMessage[] {
  const { ReceiveRequestAttemptId: attempt } = request;
  const visibility = request.VisibilityTimeout ?? queue.settings.visibility;
  const room = state.setup.inFlightLimit - queue.inFlight;
  const max = Math.min(request.MaxNumberOfMessages ?? 1, room);
  const wanted: Wanted = { max, visibility: seconds(visibility), holder, isShortPoll, request };
  const earlier = queue.isFifo && attempt !== undefined ? findAttempt(queue, attempt, context.now) : null;
  if (earlier) return repeatAttempt(queue, attempt!, earlier, wanted, context);
  const messages = max > 0 ? collect(state, queue, wanted, context) : [];
  if (queue.isFifo && attempt !== undefined && messages.length > 0)
    noteAttempt(queue, attempt, messages, context.now);
  return messages;
}

function give(
  queue: Queue,
  connection: ConnectionId,
  messages: readonly ReceivedMessage[],
  context: Context,
): void {
  const some: ReceiveMessageResponse = { type: 'ReceiveMessageResponse', Messages: messages };
  answer(queue, connection, messages.length > 0 ? some : nothing, context);
}

const nothing: ReceiveMessageResponse = { type: 'ReceiveMessageResponse' };

function answer(
  queue: Queue,
  connection: ConnectionId,
  response: ReceiveMessageResponse | ErrorResponse,
  context: Context,
): void {
  let bytes = 0;
  if (response.type === 'ReceiveMessageResponse')
    for (const { observed } of response.Messages ?? [])
      bytes += queue.messages.get(observed.position)?.sent.size ?? 0;
  bill(queue, 'ReceiveMessage', bytes);
  context.reply(connection, response);
}

/** Something became available: whoever has waited longest gets it. */
export function serveWaiting(state: SqsState, queue: Queue, context: Context): void {
  while (queue.waiters.length > 0 && queue.available > 0) {
    const waiter = queue.waiters[0];
    const messages = found(state, queue, waiter.request, waiter.process, false, context);
    if (messages.length === 0) return;
    forget(state, queue, waiter);
    context.cancel(waiter.timer);
    give(queue, waiter.connection, messages, context);
  }
}

export function pollExpired(state: SqsState, { connection }: PollExpired, context: Context): void {
  const [queue, waiter] = waiterOf(state, connection);
  if (!queue || !waiter) return;
  forget(state, queue, waiter);
  give(queue, connection, [], context);
}

/** Its client has gone. */
export function dropPoll(state: SqsState, connection: ConnectionId, context: Context): void {
  const [queue, waiter] = waiterOf(state, connection);
  if (!queue || !waiter) return;
  forget(state, queue, waiter);
  context.cancel(waiter.timer);
}

/** The queue is no more. */
export function dismissWaiting(
  state: SqsState,
  queue: Queue,
  response: ErrorResponse,
  context: Context,
): void {
  for (const waiter of queue.waiters) {
    state.waiting.delete(waiter.connection);
    context.cancel(waiter.timer);
    context.reply(waiter.connection, response);
  }
  queue.waiters = [];
}

function waiterOf(state: SqsState, connection: ConnectionId): [Queue | undefined, Waiter | undefined] {
  const queue = state.queues.get(state.waiting.get(connection) ?? '');
  return [queue, queue?.waiters.find((waiter) => waiter.connection === connection)];
}

function forget(state: SqsState, queue: Queue, waiter: Waiter): void {
  state.waiting.delete(waiter.connection);
  queue.waiters = queue.waiters.filter((other) => other !== waiter);
}
