/**
 * What a program's arguments and options become (lib/api_args.js), and the checks of the library's encoder (lib/defs.js),
 * which throw before anything is sent.
 */
import type { Options } from 'amqplib';
import type * as Amqp from '../../brokers/rabbitmq/protocol';
import { tableOf } from './tables';

type Fields<Type extends Amqp.ClientMethod> = Omit<Type, 'channel'>;

/** Of a text: up to 255 bytes. `missing`: what stands for undefined; without it the field is mandatory. */
function text(field: string, value: unknown, missing?: string): string {
  if (value === undefined) {
    if (missing === undefined) throw new Error(`Missing value for mandatory field '${field}'`);
    return missing;
  }
  if (typeof value !== 'string' || new TextEncoder().encode(value).length > 255)
    throw new TypeError(`Field '${field}' is the wrong type; must be a string (up to 255 chars)`);
  return value;
}

function number(field: string, value: unknown, missing?: number): number {
  if (value === undefined) {
    if (missing === undefined) throw new Error(`Missing value for mandatory field '${field}'`);
    return missing;
  }
  if (typeof value !== 'number' || isNaN(value))
    throw new TypeError(`Field '${field}' is the wrong type; must be a number (but not NaN)`);
  return value;
}

function table(field: string, value: unknown): Amqp.FieldTable {
  if (value === undefined) return {};
  if (typeof value !== 'object') throw new TypeError(`Field '${field}' is the wrong type; must be an object`);
  return tableOf(value);
}

/** `arguments` with the options that stand for arguments put over them; undefined ones hide nothing. */
function withArguments(given: unknown, further: Readonly<Record<string, unknown>>): Amqp.FieldTable {
  const named = Object.fromEntries(Object.entries(further).filter(([, value]) => value !== undefined));
  return { ...table('arguments', given ?? {}), ...table('arguments', named) };
}

export function assertQueue(queue = '', options: Options.AssertQueue = {}): Fields<Amqp.QueueDeclare> {
  const { durable, exclusive, autoDelete } = options;
  return {
    type: 'QueueDeclare',
    queue: text('queue', queue || ''),
    passive: false,
    durable: durable === undefined ? true : Boolean(durable),
    exclusive: Boolean(exclusive),
    autoDelete: Boolean(autoDelete),
    arguments: withArguments(options.arguments, {
      'x-expires': options.expires,
      'x-message-ttl': options.messageTtl,
      'x-dead-letter-exchange': options.deadLetterExchange,
      'x-dead-letter-routing-key': options.deadLetterRoutingKey,
      'x-max-length': options.maxLength,
      'x-max-priority': options.maxPriority,
      'x-overflow': options.overflow,
      'x-queue-mode': options.queueMode,
    }),
  };
}

export function checkQueue(queue: unknown): Fields<Amqp.QueueDeclare> {
  const passive = { passive: true, durable: true, exclusive: false, autoDelete: false, arguments: {} };
  return { type: 'QueueDeclare', queue: text('queue', queue, ''), ...passive };
}

export function deleteQueue(queue: unknown, options: Options.DeleteQueue = {}): Fields<Amqp.QueueDelete> {
  const { ifUnused, ifEmpty } = options;
  return {
    ...{ type: 'QueueDelete', queue: text('queue', queue, '') },
    ...{ ifUnused: Boolean(ifUnused), ifEmpty: Boolean(ifEmpty) },
  };
}

export function purgeQueue(queue: unknown): Fields<Amqp.QueuePurge> {
  return { type: 'QueuePurge', queue: text('queue', queue, '') };
}

export function queueBinding<Type extends 'QueueBind' | 'QueueUnbind'>(
  type: Type,
  queue: unknown,
  source: unknown,
  pattern: unknown,
  argt: unknown,
) {
  return {
    type,
    queue: text('queue', queue, ''),
    exchange: text('exchange', source),
    routingKey: text('routingKey', pattern, ''),
    arguments: table('arguments', argt),
  };
}

export function exchangeBinding<Type extends 'ExchangeBind' | 'ExchangeUnbind'>(
  type: Type,
  destination: unknown,
  source: unknown,
  pattern: unknown,
  argt: unknown,
) {
  return {
    type,
    destination: text('destination', destination),
    source: text('source', source),
    routingKey: text('routingKey', pattern, ''),
    arguments: table('arguments', argt),
  };
}

export function assertExchange(
  exchange: unknown,
  type: unknown,
  options: Options.AssertExchange = {},
): Fields<Amqp.ExchangeDeclare> {
  const { durable, autoDelete, internal, alternateExchange } = options;
  return {
    type: 'ExchangeDeclare',
    exchange: text('exchange', exchange),
    exchangeType: text('type', type, 'direct'),
    passive: false,
    durable: durable === undefined ? true : Boolean(durable),
    autoDelete: Boolean(autoDelete),
    internal: Boolean(internal),
    arguments: withArguments(options.arguments, { 'alternate-exchange': alternateExchange }),
  };
}

export function checkExchange(exchange: unknown): Fields<Amqp.ExchangeDeclare> {
  const passive = { passive: true, durable: true, autoDelete: false, internal: false, arguments: {} };
  return { type: 'ExchangeDeclare', exchange: text('exchange', exchange), exchangeType: '', ...passive };
}

export function deleteExchange(
  name: unknown,
  options: Options.DeleteExchange = {},
): Fields<Amqp.ExchangeDelete> {
  return { type: 'ExchangeDelete', exchange: text('exchange', name), ifUnused: Boolean(options.ifUnused) };
}

/** A publish without what it carries. */
export function publish(exchange: unknown, routingKey: unknown, options: Options.Publish = {}) {
  return {
    type: 'BasicPublish',
    exchange: text('exchange', exchange, ''),
    routingKey: text('routingKey', routingKey, ''),
    mandatory: Boolean(options.mandatory),
    immediate: false,
    properties: properties(options),
  } as const;
}

function properties(options: Options.Publish): Amqp.Properties {
  const { expiration, CC, BCC } = options;
  // null and text have no keys to inherit
  const headers = {
    ...(typeof options.headers === 'object' ? tableOf(options.headers as object | null) : {}),
  };
  const keys = Object.entries({ CC, BCC }).filter(([, value]) => value !== undefined);
  for (const [name, value] of keys)
    headers[name] = Array.isArray(value) ? value.map(String) : [String(value)];
  const given = {
    headers,
    ...texts(options, ['contentType', 'contentEncoding', 'correlationId', 'replyTo']),
    ...texts({ expiration: expiration?.toString() }, ['expiration']),
    ...texts(options, ['messageId', 'type', 'userId', 'appId']),
    deliveryMode: deliveryModeOf(options),
    priority: optional('priority', options.priority),
    timestamp: optional('timestamp', options.timestamp),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function texts(options: object, names: readonly string[]): Record<string, string | undefined> {
  const values = options as Record<string, unknown>;
  return Object.fromEntries(
    names.map((name) => [name, values[name] === undefined ? undefined : text(name, values[name])]),
  );
}

function optional(field: string, value: unknown): number | undefined {
  return value === undefined ? undefined : number(field, value);
}

/** `persistent` decides; `deliveryMode` may be a number or whether it is persistent. Undefined: transient. */
function deliveryModeOf({ persistent, deliveryMode }: Options.Publish): number | undefined {
  if (persistent !== undefined) return persistent ? 2 : 1;
  if (typeof deliveryMode === 'number') return deliveryMode;
  return deliveryMode ? 2 : undefined;
}

export function consume(queue: unknown, options: Options.Consume = {}): Fields<Amqp.BasicConsume> {
  const { consumerTag, noAck, exclusive, priority } = options;
  return {
    type: 'BasicConsume',
    queue: text('queue', queue, ''),
    consumerTag: text('consumerTag', consumerTag || ''),
    noAck: Boolean(noAck),
    exclusive: Boolean(exclusive),
    arguments: withArguments(options.arguments, { 'x-priority': priority }),
  };
}

export function cancel(consumerTag: unknown): Fields<Amqp.BasicCancel> {
  return { type: 'BasicCancel', consumerTag: text('consumerTag', consumerTag) };
}

export function get(queue: unknown, options: Options.Get = {}): Fields<Amqp.BasicGet> {
  return { type: 'BasicGet', queue: text('queue', queue, ''), noAck: Boolean(options.noAck) };
}

export function ack(tag: unknown, allUpTo: unknown): Fields<Amqp.BasicAck> {
  return { type: 'BasicAck', deliveryTag: number('deliveryTag', tag, 0), multiple: Boolean(allUpTo) };
}

export function nack(tag: unknown, allUpTo: unknown, requeue: unknown = true): Fields<Amqp.BasicNack> {
  const deliveryTag = number('deliveryTag', tag, 0);
  return { type: 'BasicNack', deliveryTag, multiple: Boolean(allUpTo), requeue: Boolean(requeue) };
}

export function reject(tag: unknown, requeue: unknown = true): Fields<Amqp.BasicReject> {
  return { type: 'BasicReject', deliveryTag: number('deliveryTag', tag), requeue: Boolean(requeue) };
}

export function prefetch(count: unknown, isGlobal: unknown): Fields<Amqp.BasicQos> {
  return { type: 'BasicQos', prefetchCount: number('prefetchCount', count || 0), global: Boolean(isGlobal) };
}
