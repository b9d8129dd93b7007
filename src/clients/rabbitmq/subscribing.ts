/** How a consumer comes to be one, and stops: basic.qos and basic.consume when its channel opens, and again when its design has changed. */
import type { BasicConsume, ClientMethod, ServerMethod } from '../../brokers/rabbitmq/protocol';
import { queueAddress } from '../../brokers/rabbitmq/protocol';
import { factType } from '../../kernel/fact';
import type { Context } from '../../kernel/machine';
import type { Consumer } from './consumer-state';
import { closeLink } from './link';
import type { ConsumerOptions } from './options';
import { callOn, channelNumber } from './session';

const Cancelled = factType('failed', 'ConsumerCancelled');

/** What its channel begins with. */
export function setUpOf(state: Consumer): readonly ClientMethod[] {
  const { options, paused } = state;
  if (paused) return [];
  state.prefetch = options.prefetch;
  const consume = consumeMethod(options);
  return options.prefetch === 0 ? [consume] : [qos(options.prefetch), consume];
}

/** basic.consume was answered. */
export function consuming(state: Consumer, method: ServerMethod): void {
  if (method.type === 'BasicConsumeOk') state.consumerTag = method.consumerTag;
}

/** A prefetch limit counts for those who consume after it was set (basic.qos): a new one takes a new consumer. */
export function followDesign(state: Consumer, context: Context): void {
  const { session, options } = state;
  if (state.prefetch === options.prefetch || !session.isReady || state.consumerTag === '') return;
  state.prefetch = options.prefetch;
  cancel(state, context);
  callOn(session, qos(options.prefetch), context);
  callOn(session, consumeMethod(options), context);
}

/** Nothing more is delivered to it; what it holds it keeps. */
export function pause(state: Consumer, context: Context): void {
  if (state.paused || state.stopped) return;
  state.paused = true;
  cancel(state, context);
}

export function resume(state: Consumer, context: Context): void {
  if (!state.paused || state.stopped) return;
  state.paused = false;
  if (state.session.isReady) for (const method of setUpOf(state)) callOn(state.session, method, context);
}

/** No more deliveries; it leaves when what it has begun is done (`leaveWhenDone`). */
export function stop(state: Consumer, context: Context): void {
  pause(state, context);
  state.stopped = true;
  leaveWhenDone(state, context);
}

/** Closing the connection gives back what it has not begun. */
export function leaveWhenDone(state: Consumer, context: Context): void {
  const { session, stopped, jobs } = state;
  if (!stopped || jobs.length > 0 || session.link.phase !== 'open') return;
  closeLink(session.link, 0, context);
}

/** The queue is gone, or went to another node: it asks for it again, and is refused until it is there. */
export function cancelledByServer(state: Consumer, context: Context): void {
  state.consumerTag = '';
  const subject = queueAddress(state.options.broker, state.options.queue);
  context.emit({ is: Cancelled, subject, group: context.self });
  if (state.options.recovery.enabled) callOn(state.session, consumeMethod(state.options), context);
}

function cancel(state: Consumer, context: Context): void {
  const { consumerTag, session } = state;
  if (consumerTag === '' || !session.isReady) return;
  state.consumerTag = '';
  callOn(session, { type: 'BasicCancel', channel: channelNumber, consumerTag }, context);
}

function qos(prefetchCount: number): ClientMethod {
  return { type: 'BasicQos', channel: channelNumber, prefetchCount, global: false };
}

function consumeMethod(options: ConsumerOptions): BasicConsume {
  const { queue, consumerTag, noAck, exclusive, priority, streamOffset } = options;
  return {
    ...{ type: 'BasicConsume', channel: channelNumber, queue, consumerTag, noAck, exclusive },
    arguments: {
      ...(priority === 0 ? {} : { 'x-priority': priority }),
      ...(streamOffset === null ? {} : { 'x-stream-offset': streamOffset }),
    },
  };
}
