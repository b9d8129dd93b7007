/** basic.qos, consume, cancel and get: what a channel asks of queues, and what it says once they have answered. */
import { checkConsumeArguments } from './arguments';
import { say } from './channels';
import { answerGet } from './deliver';
import type { BasicCancel, BasicConsume, BasicGet, BasicQos } from './protocol';
import type { ConsumerSpec, QueueAnswer, QueueDefinition, QueuePort } from './queue-type';
import { callQueue, resumeAt } from './queues';
import { Refused } from './refusal';
import { consumeReplies, replyQueue } from './reply-to';
import type { BrokerState, Channel } from './state';
import { accessible, invent } from './topology';

/** For consumers to come; with `global` for all of the channel together. The one takes the other back. */
export function qos(state: BrokerState, channel: Channel, method: BasicQos, port: QueuePort): void {
  const { prefetchCount, global } = method;
  const had = channel.globalPrefetch;
  if (!global) channel.prefetch = prefetchCount;
  channel.globalPrefetch = global ? prefetchCount : 0;
  if (channel.globalPrefetch > 0 && had === 0) channel.globalUsed = channel.unacked.size;
  say(channel, { type: 'BasicQosOk', channel: channel.ref.channel }, port.context);
  if (channel.globalPrefetch > 0 && channel.globalUsed >= channel.globalPrefetch) return;
  const { suspended } = channel;
  channel.suspended = [];
  for (const queue of suspended) resumeAt(state, queue, channel.ref, port);
}

/** Whether the channel's common limit lets it have one more; it counts at once. */
export function mayDeliver(channel: Channel, queue: string, needsAck: boolean): boolean {
  if (channel.globalPrefetch === 0) return true;
  if (channel.globalUsed >= channel.globalPrefetch) {
    if (!channel.suspended.includes(queue)) channel.suspended = [...channel.suspended, queue];
    return false;
  }
  if (needsAck) channel.globalUsed++;
  return true;
}

export function consume(state: BrokerState, channel: Channel, method: BasicConsume, port: QueuePort): void {
  const { consumers } = channel;
  const { consumerTag, queue } = method;
  if (consumers.has(consumerTag)) {
    throw new Refused('NOT_ALLOWED', `attempt to reuse consumer tag '${consumerTag}'`);
  }
  const most = state.settings.consumersPerChannelMax;
  if (consumers.size >= most) {
    throw new Refused('NOT_ALLOWED', `reached maximum (${most}) of consumers per channel`);
  }
  const tag = consumerTag === '' ? invent(state, 'amq.ctag') : consumerTag;
  if (queue === replyQueue) {
    consumeReplies(channel, method, tag);
    return say(channel, { type: 'BasicConsumeOk', channel: channel.ref.channel, consumerTag: tag }, port.context); // prettier-ignore
  }
  const { name, kind } = accessible(state, queue, channel);
  checkConsumeArguments(name, kind, method.arguments);
  const consumer: ConsumerSpec = {
    channel: channel.ref,
    tag,
    process: channel.ref.process,
    noAck: method.noAck,
    exclusive: method.exclusive,
    prefetch: channel.prefetch,
    globalPrefetch: channel.globalPrefetch > 0,
    arguments: method.arguments,
  };
  channel.awaiting = { ...method, consumerTag: tag };
  callQueue(state, name, { type: 'Consume', consumer }, channel.ref, port);
}

export function cancel(state: BrokerState, channel: Channel, method: BasicCancel, port: QueuePort): void {
  const { consumerTag } = method;
  const ok = { type: 'BasicCancelOk', channel: channel.ref.channel, consumerTag } as const;
  if (channel.replyConsumer?.tag === consumerTag) {
    channel.replyConsumer = null;
    return say(channel, ok, port.context);
  }
  const consumer = channel.consumers.get(consumerTag);
  // who it is that is not there any more need not be known
  if (consumer === undefined || !state.queues.has(consumer.queue)) return say(channel, ok, port.context);
  channel.consumers.delete(consumerTag);
  channel.awaiting = method;
  callQueue(state, consumer.queue, { type: 'Cancel', tag: consumerTag }, channel.ref, port);
}

export function get(state: BrokerState, channel: Channel, method: BasicGet, port: QueuePort): void {
  const { name } = accessible(state, method.queue, channel);
  channel.awaiting = { ...method, queue: name };
  const { process } = channel.ref;
  callQueue(state, name, { type: 'Get', noAck: method.noAck, process }, channel.ref, port);
}

/** What is said to the client when the queue has answered. A refusal is thrown as everywhere. */
export function consumeAnswered(
  channel: Channel,
  method: BasicConsume,
  answer: QueueAnswer,
  port: QueuePort,
): void {
  // prettier-ignore
  if (answer.type !== 'Consuming') return;
  const { queue, consumerTag, noAck } = method;
  channel.consumers.set(consumerTag, { queue, noAck, prefetch: channel.prefetch });
  say(channel, { type: 'BasicConsumeOk', channel: channel.ref.channel, consumerTag }, port.context);
}

export function getAnswered(
  state: BrokerState,
  channel: Channel,
  method: BasicGet,
  answer: QueueAnswer,
  port: QueuePort,
): void {
  if (answer.type === 'Got') {
    const queue = state.queues.get(method.queue) as QueueDefinition;
    return answerGet(state, channel, queue, answer.delivery, method.noAck, answer.ready, port.context);
  }
  say(channel, { type: 'BasicGetEmpty', channel: channel.ref.channel }, port.context);
}
