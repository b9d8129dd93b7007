/** Messages on their way out: to consumers, to those who get, and back to publishers. */
import type { FactId } from '../../kernel/fact';
import type { Context } from '../../kernel/machine';
import { MessageDelivered, MessageRedelivered } from './facts';
import type { BasicDeliver, BasicGetOk, Properties } from './protocol';
import type { Delivery, QueueDefinition } from './queue-type';
import type { BrokerState, Channel } from './state';
import { watchTimeout } from './ack-timeout';

/** With the next delivery tag; remembered until it is settled. */
export function deliver(
  state: BrokerState,
  channel: Channel,
  queue: QueueDefinition,
  tag: string,
  delivery: Delivery,
  noAck: boolean,
  context: Context,
): void {
  if (channel.phase !== 'open') return;
  const { publication, redelivered } = delivery;
  const deliveryTag = channel.nextTag;
  const method: BasicDeliver = {
    type: 'BasicDeliver',
    channel: channel.ref.channel,
    consumerTag: tag,
    deliveryTag,
    redelivered,
    exchange: publication.exchange,
    routingKey: publication.routingKey,
    source: queue.address,
    delivered: handedOut(state, channel, queue, tag, delivery, noAck, context),
    message: publication.message,
    properties: withHeaders(publication.properties, delivery),
    sizeBytes: publication.sizeBytes,
    cause: publication.cause,
  };
  context.reply(channel.ref.connection, method);
}

export function answerGet(
  state: BrokerState,
  channel: Channel,
  queue: QueueDefinition,
  delivery: Delivery,
  noAck: boolean,
  messageCount: number,
  context: Context,
): void {
  const { publication, redelivered } = delivery;
  const { message, exchange, routingKey, cause, sizeBytes } = publication;
  const deliveryTag = channel.nextTag;
  const method: BasicGetOk = {
    type: 'BasicGetOk',
    channel: channel.ref.channel,
    ...{ deliveryTag, redelivered, exchange, routingKey, messageCount },
    source: queue.address,
    delivered: handedOut(state, channel, queue, '', delivery, noAck, context),
    ...{ message, sizeBytes, cause, properties: withHeaders(publication.properties, delivery) },
  };
  context.reply(channel.ref.connection, method);
}

/** It takes the channel's next tag. Answers with the fact. */
function handedOut(
  state: BrokerState,
  channel: Channel,
  queue: QueueDefinition,
  tag: string,
  { publication, redelivered, id }: Delivery,
  noAck: boolean,
  context: Context,
): FactId {
  const { message, cause } = publication;
  const deliveryTag = channel.nextTag++;
  if (!noAck) {
    const { name, birth } = queue;
    channel.unacked.set(deliveryTag, { queue: name, birth, id, tag, message, deliveredAt: context.now });
    watchTimeout(state, channel, context);
  }
  const type = redelivered ? MessageRedelivered : MessageDelivered;
  return context.note(type, queue.address, message, deliveryTag, channel.ref.process, cause);
}

function withHeaders(properties: Properties, { headers }: Delivery): Properties {
  return headers === undefined ? properties : { ...properties, headers: { ...properties.headers, ...headers } }; // prettier-ignore
}
