/** Messages on their way out: to consumers, to those who get, and back to publishers. */
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
  const sent = sending(state, channel, queue, tag, delivery, noAck, context);
  const method: BasicDeliver = { type: 'BasicDeliver', consumerTag: tag, ...sent };
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
  const sent = sending(state, channel, queue, '', delivery, noAck, context);
  const method: BasicGetOk = { type: 'BasicGetOk', messageCount, ...sent };
  context.reply(channel.ref.connection, method);
}

type Sent = Omit<BasicDeliver, 'type' | 'consumerTag'>;

function sending(
  state: BrokerState,
  channel: Channel,
  queue: QueueDefinition,
  tag: string,
  delivery: Delivery,
  noAck: boolean,
  context: Context,
): Sent {
  const { publication, redelivered, id } = delivery;
  const { message, exchange, routingKey, cause, sizeBytes } = publication;
  const deliveryTag = channel.nextTag++;
  if (!noAck) {
    channel.unacked.set(deliveryTag, { queue: queue.name, id, tag, message, deliveredAt: context.now });
    watchTimeout(state, channel, context);
  }
  const delivered = context.emit({
    is: redelivered ? MessageRedelivered : MessageDelivered,
    subject: queue.address,
    message,
    position: deliveryTag,
    group: channel.ref.process,
    cause,
  });
  const properties = withHeaders(publication.properties, delivery);
  return {
    channel: channel.ref.channel,
    deliveryTag,
    redelivered,
    exchange,
    routingKey,
    source: queue.address,
    delivered,
    message,
    properties,
    sizeBytes,
    cause,
  };
}

function withHeaders(properties: Properties, { headers }: Delivery): Properties {
  return headers === undefined ? properties : { ...properties, headers: { ...properties.headers, ...headers } }; // prettier-ignore
}
