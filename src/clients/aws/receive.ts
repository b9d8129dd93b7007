/** Receiving: one call at a time, when there is nothing left to hand over; and keeping what is in hand hidden. */
import { queueUrl, type ChangeMessageVisibilityBatchRequest, type ReceiveMessageRequest, type ReceiveMessageResponse } from '../../brokers/aws/sqs/protocol'; // prettier-ignore
import type { Context } from '../../kernel/machine';
import { seconds } from '../../kernel/time';
import { call } from './calls';
import { inHand, type Consumer, type Held } from './consumer-state';

/** Reminder: the messages in hand are hidden anew. */
export interface Heartbeat {
  readonly type: 'Heartbeat';
}
/** Reminder: receive again after a failure. */
export interface ReceiveAgain {
  readonly type: 'ReceiveAgain';
}

/** Seconds for which a beat hides messages where nobody has said how long (the queue's default). */
const visibilityDefault = 30;
const entriesMax = 10;

export function receive(state: Consumer, context: Context): void {
  const { options, calls } = state;
  const isFull = state.queued.length > 0 || state.working.size >= options.concurrency;
  if (state.receiving || state.paused || state.stopped || isFull) return;
  state.receiving = true;
  const { visibilityTimeout } = options;
  const request: ReceiveMessageRequest = {
    type: 'ReceiveMessageRequest',
    QueueUrl: queueUrl(options.queue),
    MaxNumberOfMessages: options.maxNumberOfMessages,
    WaitTimeSeconds: options.waitTimeSeconds,
    MessageSystemAttributeNames: ['ApproximateReceiveCount'],
    ...(visibilityTimeout === null ? {} : { VisibilityTimeout: visibilityTimeout }),
  };
  call(calls, options, options.broker, request, { is: 'receive' }, context);
}

/** What has come is in hand. Of a program that was told to stop, the queue will get it back. */
export function received(state: Consumer, { Messages = [] }: ReceiveMessageResponse, context: Context): void {
  state.receiving = false;
  if (state.stopped || Messages.length === 0) return;
  const id = ++state.lastReceive;
  const held = Messages.map((message): Held => ({ id: ++state.lastHeld, message, receive: id }));
  state.receives.set(id, { id, open: held.length, done: [], failed: false });
  state.queued = [...state.queued, ...held];
  armHeartbeat(state, context);
}

/** The call failed for good: another one after a second, as programs do. Until then it counts as receiving. */
export function receiveFailed(context: Context): void {
  const again: ReceiveAgain = { type: 'ReceiveAgain' };
  context.after(seconds(1), again);
}

function armHeartbeat(state: Consumer, context: Context): void {
  const { heartbeat } = state.options;
  if (heartbeat === 0 || state.heartbeat !== 0 || inHand(state).length === 0) return;
  const beat: Heartbeat = { type: 'Heartbeat' };
  state.heartbeat = context.after(heartbeat, beat);
}

export function beat(state: Consumer, context: Context): void {
  state.heartbeat = 0;
  const held = inHand(state);
  for (let from = 0; from < held.length; from += entriesMax)
    hide(state, held.slice(from, from + entriesMax), state.options.visibilityTimeout ?? visibilityDefault, context); // prettier-ignore
  armHeartbeat(state, context);
}

/** From now on for so many seconds; 0: they are visible at once. */
export function hide(
  { calls, options }: Consumer,
  held: readonly Held[],
  VisibilityTimeout: number,
  context: Context,
): void {
  const request: ChangeMessageVisibilityBatchRequest = {
    type: 'ChangeMessageVisibilityBatchRequest',
    QueueUrl: queueUrl(options.queue),
    Entries: held.map(({ message }, index) => ({
      Id: String(index),
      ReceiptHandle: message.ReceiptHandle,
      VisibilityTimeout,
    })),
  };
  call(calls, options, options.broker, request, { is: 'hide' }, context);
}
