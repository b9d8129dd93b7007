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
function withArguments(
  given: object | null | undefined,
  further: Readonly<Record<string, unknown>>,
): Amqp.FieldTable {
  const named = Object.fromEntries(Object.entries(further).filter(([, value]) => value !== undefined));
  const own = tableOf(named);
  // the options come first, as own fields of an object whose prototype is what was given
  return { ...own, ...(given ? tableOf(given) : {}), ...own };
}

export function assertQueue(queue = '', given?: Options.AssertQueue | null): Fields<Amqp.QueueDeclare> {
  const options = given || {};
  const { durable, exclusive, autoDelete } = options;
  return {
    type: 'QueueDeclare',
    queue: text('queue', queue || ''),
    passive: false,
    durable: durable === undefined ? true : Boolean(durable),
    exclusive: Boolean(exclusive),
    autoDelete: Boolean(autoDelete),
    arguments: withArguments(options.arguments as object | undefined, {
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

export function deleteQueue(queue: unknown, given?: Options.DeleteQueue | null): Fields<Amqp.QueueDelete> {
  const options = given || {};
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
  given?: Options.AssertExchange | null,
): Fields<Amqp.ExchangeDeclare> {
  const options = given || {};
  const { durable, autoDelete, internal, alternateExchange } = options;
  return {
    type: 'ExchangeDeclare',
    exchange: text('exchange', exchange),
    exchangeType: text('type', type, 'direct'),
    passive: false,
    durable: durable === undefined ? true : Boolean(durable),
    autoDelete: Boolean(autoDelete),
    internal: Boolean(internal),
    arguments: withArguments(options.arguments as object | undefined, {
      'alternate-exchange': alternateExchange,
    }),
  };
}

export function checkExchange(exchange: unknown): Fields<Amqp.ExchangeDeclare> {
  const passive = { passive: true, durable: true, autoDelete: false, internal: false, arguments: {} };
  return { type: 'ExchangeDeclare', exchange: text('exchange', exchange), exchangeType: '', ...passive };
}

export function deleteExchange(
  name: unknown,
  given?: Options.DeleteExchange | null,
): Fields<Amqp.ExchangeDelete> {
  const options = given || {};
  return { type: 'ExchangeDelete', exchange: text('exchange', name), ifUnused: Boolean(options.ifUnused) };
}

/** A publish without what it carries. */
export function publish(exchange: unknown, routingKey: unknown, given?: Options.Publish | null) {
  const options = given || {};
  return {
    type: 'BasicPublish',
    exchange: text('exchange', exchange, ''),
    routingKey: text('routingKey', routingKey, ''),
    mandatory: Boolean(options.mandatory),
    immediate: false,
    properties: properties(options),
  } as const;
}

/** In the order in which the protocol has them. */
function properties(options: Options.Publish): Amqp.Properties {
  const texts = (name: keyof Options.Publish, value: unknown = options[name]): string | undefined =>
    value === undefined ? undefined : text(name, value);
  const numbers = (name: keyof Options.Publish): number | undefined =>
    options[name] === undefined ? undefined : number(name, options[name]);
  const given = {
    contentType: texts('contentType'),
    contentEncoding: texts('contentEncoding'),
    headers: headersOf(options),
    deliveryMode: deliveryModeOf(options),
    priority: numbers('priority'),
    correlationId: texts('correlationId'),
    replyTo: texts('replyTo'),
    expiration: texts('expiration', options.expiration?.toString()),
    messageId: texts('messageId'),
    timestamp: numbers('timestamp'),
    type: texts('type'),
    userId: texts('userId'),
    appId: texts('appId'),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function headersOf({ headers, CC, BCC }: Options.Publish): Amqp.FieldTable {
  const keys = (value: string | string[] | undefined): readonly string[] | undefined => {
    if (value === undefined) return undefined;
    return Array.isArray(value) ? value.map(String) : [String(value)];
  };
  return withArguments(headers as object | undefined, { CC: keys(CC), BCC: keys(BCC) });
}

/** `persistent` decides; `deliveryMode` may be a number or whether it is persistent. Undefined: transient. */
function deliveryModeOf({ persistent, deliveryMode }: Options.Publish): number | undefined {
  if (persistent !== undefined) return persistent ? 2 : 1;
  if (typeof deliveryMode === 'number') return deliveryMode;
  return deliveryMode ? 2 : undefined;
}

export function consume(queue: unknown, given?: Options.Consume | null): Fields<Amqp.BasicConsume> {
  const options = given || {};
  const { consumerTag, noAck, exclusive, priority } = options;
  return {
    type: 'BasicConsume',
    queue: text('queue', queue, ''),
    consumerTag: text('consumerTag', consumerTag || ''),
    noAck: Boolean(noAck),
    exclusive: Boolean(exclusive),
    arguments: withArguments(options.arguments as object | undefined, { 'x-priority': priority }),
  };
}

export function cancel(consumerTag: unknown): Fields<Amqp.BasicCancel> {
  return { type: 'BasicCancel', consumerTag: text('consumerTag', consumerTag) };
}

export function get(queue: unknown, given?: Options.Get | null): Fields<Amqp.BasicGet> {
  const options = given || {};
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
