/**
 * Asynchronous invocations: answered at once, run when there is room. Errors of the function are retried after one and two
 * minutes, throttles after 1 s to 5 min for up to six hours; what is given up goes to the function's on-failure
 * destination and to its dead-letter queue (Lambda developer guide, invocation-async). Simplified: what such a place is
 * sent is the message that the event was about, with AWS's attributes, not the event or a record of the invocation.
 */
import { factType } from '../../../kernel/fact';
import type { Context, Tagged } from '../../../kernel/machine';
import { seconds, type Duration } from '../../../kernel/time';
import { contentsOf } from '../protocol/cargo';
import { resourceOf, type ErrorResponse, type MessageAttributes } from '../protocol/common';
import { uuidOf } from '../protocol/ids';
import { addressOfArn } from '../protocol/resources';
import type { PublishRequest } from '../sns/protocol';
import { queueUrl, type SendMessageRequest } from '../sqs/protocol';
import { addressOf, begin } from './invoke';
import type { LambdaEvent } from './protocol';
import type { AsyncEvent, Awaited, LambdaFunction, LambdaState, Outcome } from './state';

const Accepted = factType('accepted', 'EventAccepted');
const DeadLettered = factType('deadLettered', 'EventDeadLettered');
const Discarded = factType('lost', 'EventDiscarded');
const TooOld = factType('expired', 'EventAgeExceeded');

/** Reminder: it is time to run an event. */
export interface RunEvent {
  readonly type: 'RunEvent';
  readonly event: number;
}

/** Seconds. */
const ageMaxDefault = 21_600;
const retriesDefault = 2;

export function acceptEvent(
  state: LambdaState,
  one: LambdaFunction,
  event: LambdaEvent,
  context: Context,
): void {
  const id = ++state.lastEvent;
  const [content] = contentsOf(event);
  const subject = addressOf(state, one);
  const cause = context.emit({ is: Accepted, subject, message: content.message, position: id });
  const queued: AsyncEvent = {
    ...{ id, event, cause },
    requestId: uuidOf('lambda event', id),
    function: one.name,
    receivedAt: context.now,
    ...{ failures: 0, throttles: 0, lastError: null, timer: 0 },
  };
  state.events.set(id, queued);
  schedule(queued, 0, context);
}

function schedule(event: AsyncEvent, wait: Duration, context: Context): void {
  const run: RunEvent = { type: 'RunEvent', event: event.id };
  event.timer = context.after(wait, run);
}

/** After a restart: none of them has a result. */
export function resumeEvents(state: LambdaState, context: Context): void {
  for (const event of state.events.values()) schedule(event, 0, context);
}

export function runEvent(state: LambdaState, { event: id }: RunEvent, context: Context): void {
  const event = state.events.get(id);
  const one = event && state.functions.get(event.function);
  if (!event) return;
  event.timer = 0;
  if (!one) {
    state.events.delete(id);
    return;
  }
  const { cause, requestId } = event;
  if (begin(state, one, event.event, { is: 'event', event: id }, context, cause, requestId)) return;
  event.throttles++;
  // 1, 2, 4 … seconds, at most five minutes
  const wait = seconds(Math.min(1 << Math.min(event.throttles - 1, 9), 300));
  again(state, one, event, wait, context);
}

/** It has run. */
export function eventRan(state: LambdaState, id: number, outcome: Outcome, context: Context): void {
  const event = state.events.get(id);
  if (!event) return;
  const one = state.functions.get(event.function);
  if (outcome.is === 'returned' || !one) {
    state.events.delete(id);
    return;
  }
  event.failures++;
  event.throttles = 0;
  event.lastError = outcome.error;
  if (event.failures > (one.eventConfig.MaximumRetryAttempts ?? retriesDefault)) {
    return giveUp(state, one, event, context);
  }
  again(state, one, event, seconds(60 * event.failures), context);
}

/** Later, unless it will be too old by then. */
function again(
  state: LambdaState,
  one: LambdaFunction,
  event: AsyncEvent,
  wait: Duration,
  context: Context,
): void {
  const age = seconds(one.eventConfig.MaximumEventAgeInSeconds ?? ageMaxDefault);
  if (context.now + wait <= event.receivedAt + age) return schedule(event, wait, context);
  const [{ message }] = contentsOf(event.event);
  context.emit({ is: TooOld, subject: addressOf(state, one), message, cause: event.cause });
  giveUp(state, one, event, context);
}

function giveUp(state: LambdaState, one: LambdaFunction, event: AsyncEvent, context: Context): void {
  state.events.delete(event.id);
  const destination = one.eventConfig.DestinationConfig?.OnFailure?.Destination;
  const targets = [destination, one.deadLetterArn].filter((arn) => arn !== undefined && arn !== null);
  for (const target of targets) sendLetter(state, event, target, context);
  if (targets.length > 0) return;
  const detail = event.lastError?.errorMessage ?? 'throttled';
  for (const { message } of contentsOf(event.event))
    context.emit({ is: Discarded, subject: addressOf(state, one), message, detail, cause: event.cause });
}

function sendLetter(state: LambdaState, event: AsyncEvent, target: string, context: Context): void {
  const resource = resourceOf(target);
  const request = resource && letterTo(resource.service, resource.name, target, event);
  if (!request) return;
  const process = state.settings.processes[resource.service as 'sqs' | 'sns'];
  const connection = context.request(process, request);
  const [{ message }] = contentsOf(event.event);
  const { function: name, cause } = event;
  state.awaited.set(connection, { is: 'letter', function: name, message, cause, target });
}

/** AWS's attributes of a dead letter (recorded: test_sns_topic_as_lambda_dead_letter_queue). */
function letterTo(
  service: string,
  name: string,
  target: string,
  { event, requestId, lastError }: AsyncEvent,
): SendMessageRequest | PublishRequest | null {
  const attributes: MessageAttributes = {
    RequestID: { DataType: 'String', StringValue: requestId },
    ErrorCode: { DataType: 'Number', StringValue: lastError ? '200' : '429' },
    ErrorMessage: { DataType: 'String', StringValue: lastError?.errorMessage || 'Rate Exceeded.' },
  };
  const [content] = contentsOf(event);
  if (service === 'sqs')
    return {
      type: 'SendMessageRequest',
      QueueUrl: queueUrl(name),
      Body: content,
      MessageAttributes: attributes,
    };
  if (service === 'sns')
    return { type: 'PublishRequest', TopicArn: target, Message: content, MessageAttributes: attributes };
  return null;
}

/** The place has answered, or was not there (null). */
export function letterAnswered(
  state: LambdaState,
  letter: Extract<Awaited, { is: 'letter' }>,
  answer: Tagged | null,
  context: Context,
): void {
  const { cause, message } = letter;
  const subject = addressOf(state, { name: letter.function });
  const target = addressOfArn(letter.target);
  if (answer && answer.type !== 'ErrorResponse') {
    context.emit({ is: DeadLettered, subject, message, detail: target, cause });
    return;
  }
  const why = answer ? (answer as ErrorResponse).message : 'it could not be reached';
  context.emit({ is: Discarded, subject, message, detail: `${target}: ${why}`, cause });
}
