/** Direct reply-to: replies go straight to the channel of who asked, through no queue, and are stored nowhere. */
import { channelOf, findChannel } from './channels';
import { MessageDelivered, MessageRouted } from './facts';
import type { BasicConsume, BasicDeliver } from './protocol';
import type { Publication, QueuePort } from './queue-type';
import { Refused } from './refusal';
import type { BrokerState, Channel } from './state';

export const replyQueue = 'amq.rabbitmq.reply-to';
const replyPrefix = `${replyQueue}.`;

/** The channel's own address, which a request is sent with. */
export function replyAddress(channel: Channel): string {
  if (channel.replyConsumer === null) {
    throw new Refused('PRECONDITION_FAILED', 'fast reply consumer does not exist');
  }
  return channel.replyConsumer.address;
}

export function consumeReplies(channel: Channel, method: BasicConsume, tag: string): void {
  if (!method.noAck) throw new Refused('PRECONDITION_FAILED', 'reply consumer cannot acknowledge');
  if (channel.replyConsumer !== null) {
    throw new Refused('PRECONDITION_FAILED', 'reply consumer already set');
  }
  const { node, connection, channel: number, key } = channel.ref;
  channel.replyConsumer = { tag, address: `${replyQueue}.g1h2${node}.${connection}.${number}.${key}` };
}

/** Whose address it is; undefined: nobody's any more. */
export function replyChannel(state: BrokerState, address: string): Channel | undefined {
  const [node, connection, channel] = address.slice(`${replyQueue}.g1h2`.length).split('.');
  if (Number(node) !== state.node) return undefined;
  const found = findChannel(state, Number(connection), Number(channel));
  return found?.replyConsumer?.address === address ? found : undefined;
}

/** Says whether it was a reply, delivered or not. Its delivery tag is the channel's next, which it does not use up. */
export function sendReply(state: BrokerState, publication: Publication, { context }: QueuePort): boolean {
  const { routingKey, message, cause, properties, sizeBytes, exchange } = publication;
  if (!routingKey.startsWith(replyPrefix)) return false;
  const found = replyChannel(state, routingKey);
  if (found === undefined || channelOf(state, found.ref)?.phase !== 'open') return true;
  const source = `${state.name}/queue/${replyQueue}`;
  context.emit({ is: MessageRouted, subject: `${state.name}/exchange/`, message, cause, amount: 1 });
  const group = found.ref.process;
  const position = found.nextTag;
  const delivered = context.emit({ is: MessageDelivered, subject: source, message, cause, position, group });
  context.reply(found.ref.connection, {
    type: 'BasicDeliver',
    channel: found.ref.channel,
    consumerTag: found.replyConsumer!.tag,
    deliveryTag: position,
    redelivered: false,
    ...{ exchange, routingKey, source, delivered, message, properties, sizeBytes, cause },
  } as BasicDeliver);
  return true;
}
