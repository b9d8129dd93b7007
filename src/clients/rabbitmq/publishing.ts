/**
 * Calls to publish, and what becomes of their messages: waiting for a channel, on their way to a confirm, settled. A call is
 * settled when its last message is.
 */
import type {
  BasicAck,
  BasicNack,
  BasicPublish,
  BasicReturn,
  Properties,
} from '../../brokers/rabbitmq/protocol';
import { exchangeAddress } from '../../brokers/rabbitmq/protocol';
import type { Publish, Published, PublishFailed } from '../../kernel/delivery';
import { factType } from '../../kernel/fact';
import type { Context } from '../../kernel/machine';
import { write } from './link';
import type { Entry, Producer } from './producer-state';
import { channelNumber } from './session';
import { sizeOf } from './size';

const Published_ = factType('published', 'MessagePublished');
const Confirmed = factType('confirmed', 'MessageConfirmed');
const Failed = factType('failed', 'PublishFailed');

/** Messages that wait for a channel: more of them are refused. */
const backlogMax = 100_000;

const transient: Properties = { deliveryMode: 1 };
const persistent: Properties = { deliveryMode: 2 };

/** A service publishes. Every message is published once, however often it is sent. */
export function publish(state: Producer, command: Publish, context: Context): void {
  const { ticket, replyTo, place, messages } = command;
  const { options, session } = state;
  const send = ++state.lastSend;
  const exchange = options.exchange ?? (options.routingKey === null ? '' : place);
  const subject = exchangeAddress(options.broker, exchange);
  state.sends.set(send, { ticket, replyTo, subject, left: messages.length, error: null });
  for (const message of messages) {
    const body = context.body(message);
    const method: BasicPublish = {
      type: 'BasicPublish',
      channel: channelNumber,
      exchange,
      routingKey: keyOf(options.routingKey ?? place, body),
      mandatory: options.mandatory,
      immediate: false,
      properties: options.persistent ? persistent : transient,
      message,
      sizeBytes: sizeOf(body),
      cause: context.note(Published_, subject, message),
    };
    const entry = { send, method };
    if (session.isReady) sendOut(state, entry, context);
    else if (!options.recovery.enabled && session.link.phase === 'closed')
      settle(state, entry, 'connection closed', context);
    else if (state.backlog.length >= backlogMax)
      settle(state, entry, `${backlogMax} messages wait for a connection`, context);
    else state.backlog.push(entry);
  }
}

function keyOf(
  routingKey: string,
  { key, type }: { readonly key: string | null; readonly type: string },
): string {
  if (routingKey === 'key') return key ?? '';
  return routingKey === 'type' ? type : routingKey;
}

/** The channel can be used: what was not confirmed goes out again, then what waited. */
export function sendBacklog(state: Producer, context: Context): void {
  const { backlog } = state;
  state.backlog = [];
  state.firstSeq = 1;
  state.unconfirmed = [];
  state.head = 0;
  for (const entry of backlog) sendOut(state, entry, context);
}

function sendOut(state: Producer, entry: Entry, context: Context): void {
  write(state.session.link, entry.method, context);
  if (state.options.confirm) state.unconfirmed.push(entry);
  else settle(state, entry, null, context);
}

/** The broker has taken responsibility for them, or says that it will not. */
export function confirmed(
  state: Producer,
  { type, deliveryTag, multiple }: BasicAck | BasicNack,
  context: Context,
): void {
  const index = state.head + deliveryTag - state.firstSeq;
  const error = type === 'BasicAck' ? null : 'message nacked';
  if (multiple) for (let at = state.head; at <= index; at++) settleAt(state, at, error, context);
  else settleAt(state, index, error, context);
  while (state.head < state.unconfirmed.length && state.unconfirmed[state.head] === null) {
    state.head++;
    state.firstSeq++;
  }
  if (state.head > compactFrom && state.head * 2 > state.unconfirmed.length) {
    state.unconfirmed = state.unconfirmed.slice(state.head);
    state.head = 0;
  }
}

const compactFrom = 512;

function settleAt(state: Producer, index: number, error: string | null, context: Context): void {
  const entry = state.unconfirmed[index];
  if (!entry) return;
  state.unconfirmed[index] = null;
  settle(state, entry, error, context);
}

/** No queue was found for it. Its confirm will come, and is no success any more. */
export function returned(
  state: Producer,
  { message, replyText, replyCode }: BasicReturn,
  context: Context,
): void {
  const error = `${replyCode} ${replyText}`;
  const entry = state.unconfirmed.find((one) => one?.method.message === message);
  const send = entry && state.sends.get(entry.send);
  if (send) send.error ??= error;
  else if (!state.options.confirm)
    context.emit({ is: Failed, subject: context.self, message, detail: error });
}

/**
 * The channel is gone with the confirms that were to come. Whether those messages are in their queues nobody knows: sent
 * again some are there twice, given up some are not there.
 */
export function channelLost(state: Producer, why: string, mayRepublish: boolean, context: Context): void {
  const { options, backlog } = state;
  const open = state.unconfirmed.slice(state.head).filter((entry) => entry !== null);
  state.unconfirmed = [];
  state.head = 0;
  state.backlog = [];
  const goesOn = options.recovery.enabled;
  const again = goesOn && mayRepublish && options.republishes;
  for (const entry of again ? [] : open) settle(state, entry, why, context);
  const kept = again ? [...open, ...backlog] : backlog;
  if (goesOn) state.backlog = kept;
  else for (const entry of kept) settle(state, entry, why, context);
}

function settle(state: Producer, { send: id, method }: Entry, error: string | null, context: Context): void {
  const send = state.sends.get(id)!;
  const { message, cause } = method;
  const { subject } = send;
  const failure = error ?? send.error;
  if (failure !== null) context.emit({ is: Failed, subject, message, detail: failure, cause });
  else if (state.options.confirm) context.note(Confirmed, subject, message);
  send.error = failure;
  if (--send.left > 0) return;
  state.sends.delete(id);
  const answer: Published | PublishFailed =
    failure === null
      ? { type: 'Published', ticket: send.ticket }
      : { type: 'PublishFailed', ticket: send.ticket, error: failure };
  context.tell(send.replyTo, answer);
}
