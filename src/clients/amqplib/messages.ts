/** Content of messages: what programs write and read as a Buffer ⇄ a body of the run; properties as the library decodes them. */
import type { ConsumeMessage, GetMessage, Message, MessageProperties } from 'amqplib';
import type { BasicDeliver, BasicGetOk, BasicReturn, Properties } from '../../brokers/rabbitmq/protocol';
import type { Body } from '../../kernel/bodies';
import { Bytes, bytesOfText, textOf } from '../bytes';
import type { ScriptWorld } from '../script';
import { readTable } from './tables';

const labelLength = 12;

/** Throws where the library does: content is a Buffer and nothing else. */
export function bodyOf(content: unknown, routingKey: string): Body {
  if (!isBuffer(content)) throw new TypeError('content is not a buffer');
  const text = textOf(content);
  return {
    domain: 'order',
    type: 'Message',
    label: text === '' ? '∅' : text.slice(0, labelLength),
    key: routingKey,
    version: 0,
    correlation: '',
    data: { value: text },
  };
}

/** Node's, or what stands for it where there is none. */
function isBuffer(content: unknown): content is Uint8Array {
  return content instanceof Bytes || (content instanceof Uint8Array && content.constructor.name === 'Buffer');
}

export function contentOf({ type, label, key, version, data }: Body): Buffer {
  const { value } = data;
  return bytesOfText(typeof value === 'string' ? value : JSON.stringify({ type, label, key, version, data }));
}

/** As a consumer's callback, `get` and 'return' have it. */
export function messageOf(
  world: ScriptWorld,
  method: BasicDeliver | BasicGetOk | BasicReturn,
): Message & (ConsumeMessage | GetMessage) {
  const content = contentOf(world.body(method.message));
  const message = { fields: fieldsOf(method), properties: propertiesOf(method.properties), content };
  return message as unknown as Message & (ConsumeMessage | GetMessage);
}

function fieldsOf(method: BasicDeliver | BasicGetOk | BasicReturn): object {
  const { exchange, routingKey } = method;
  if (method.type === 'BasicReturn') {
    const { replyCode, replyText } = method;
    return { replyCode, replyText, exchange, routingKey };
  }
  const { deliveryTag, redelivered } = method;
  if (method.type === 'BasicGetOk')
    return { deliveryTag, redelivered, exchange, routingKey, messageCount: method.messageCount };
  return { consumerTag: method.consumerTag, deliveryTag, redelivered, exchange, routingKey };
}

/** Every property is there; those that were not sent are undefined. */
function propertiesOf({ headers, ...sent }: Properties): MessageProperties {
  return { ...absent, ...sent, headers: headers && readTable(headers) };
}

const absent: MessageProperties = {
  contentType: undefined,
  contentEncoding: undefined,
  headers: undefined,
  deliveryMode: undefined,
  priority: undefined,
  correlationId: undefined,
  replyTo: undefined,
  expiration: undefined,
  messageId: undefined,
  timestamp: undefined,
  type: undefined,
  userId: undefined,
  appId: undefined,
  clusterId: undefined,
};
