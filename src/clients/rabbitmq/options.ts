/** Options of the two drivers: amqplib's names where it has them; nested ones are written with a dot: "recovery.maxDelay". */
import {
  BadOption,
  optionReader,
  readOnce,
  type GivenOptions,
  type OptionReader,
} from '../../kernel/options';
import type { OptionSpec } from '../../kernel/part';
import { ms, type Duration } from '../../kernel/time';
import type { LinkOptions } from './link';

const page = 'https://amqp-node.github.io/amqplib/channel_api.html';
const recoveryFile = 'amqplib lib/recovery.js';
const dayMs = 86_400_000;

/** Shared by both: the connection. */
const connecting: readonly OptionSpec[] = [
  text('broker', 'rabbit', 'name of the broker, and of its process where it has one node', page),
  text(
    'nodes',
    '',
    'nodes to connect to, one after the other, separated by spaces; left out: the only one',
    page,
  ),
  whole('heartbeat', 60, '', `seconds; 0: none. The server proposes 60 (${page}#connect)`, 0, 65_535),
  flag('recovery', true, `connects again when the connection is lost (${recoveryFile})`),
  number('recovery.initialDelay', 100, 'ms', recoveryFile, 0, dayMs),
  number('recovery.maxDelay', 30_000, 'ms', recoveryFile, 0, dayMs),
  number('recovery.factor', 2, '', recoveryFile, 1, 10),
  number('recovery.jitter', 0.2, '', recoveryFile, 0, 1),
];

export const producerOptions: readonly OptionSpec[] = [
  ...connecting,
  {
    ...text(
      'exchange',
      '',
      `left out: the place its service names; without a routingKey too, the default exchange`,
      page,
    ),
    default: null,
  },
  {
    ...text(
      'routingKey',
      '',
      `"key" and "type": of each message; else this one; left out: the place its service names`,
      page,
    ),
    default: null,
  },
  flag('confirm', true, `a channel that confirms (${page}#model_createConfirmChannel)`),
  flag('mandatory', false, `what no queue gets comes back, and counts as failed (${page}#channel_publish)`),
  flag('persistent', true, `survives a restart of the broker in a durable queue (${page}#channel_publish)`),
  {
    ...text(
      'unconfirmed',
      'republish',
      'what becomes of messages whose confirm a lost connection took along',
      page,
    ),
    values: ['republish', 'fail'],
  },
];

export const consumerOptions: readonly OptionSpec[] = [
  ...connecting,
  text('queue', 'queue', 'name of the queue it consumes from', page),
  text('handler', 'consumer', 'part of this process that the callback calls', page),
  {
    ...whole(
      'prefetch',
      0,
      'records',
      `messages it holds unacknowledged; 0: no limit (${page}#channel_prefetch)`,
      0,
      65_535,
    ),
    takes: 'next delivery',
  },
  flag('noAck', false, `the broker forgets what it has sent (${page}#channel_consume)`),
  {
    ...text('ack', 'after', 'acknowledges after the handler is done, or in its first line', page),
    values: ['after', 'before'],
    takes: 'next delivery',
  },
  {
    ...text(
      'onFailure',
      'requeue',
      'the handler throws: nack with requeue, which is the default of nack; reject; or ack',
      page,
    ),
    values: ['requeue', 'reject', 'ack'],
    takes: 'next delivery',
  },
  whole(
    'concurrency',
    1,
    '',
    'messages its handler is given at a time, of those it holds; amqplib calls it for all',
    1,
    1000,
  ),
  text('consumerTag', '', `left out: the server makes one (${page}#channel_consume)`, page),
  flag('exclusive', false, `nobody else may consume from the queue (${page}#channel_consume)`),
  whole('priority', 0, '', `x-priority: higher ones are served first (${page}#channel_consume)`, -128, 127),
  text(
    'streamOffset',
    '',
    'x-stream-offset of a stream: first, last, next or a number',
    'https://www.rabbitmq.com/docs/streams',
  ),
];

/** How it connects again. */
export interface Recovery {
  readonly enabled: boolean;
  readonly initialDelay: Duration;
  readonly maxDelay: Duration;
  readonly factor: number;
  readonly jitter: number;
}

export interface ConnectingOptions {
  /** First part of addresses. */
  readonly broker: string;
  /** Processes to connect to, at least one. */
  readonly hosts: readonly string[];
  readonly link: LinkOptions;
  readonly recovery: Recovery;
}

export interface ProducerOptions extends ConnectingOptions {
  readonly exchange: string | null;
  readonly routingKey: string | null;
  readonly confirm: boolean;
  readonly mandatory: boolean;
  readonly persistent: boolean;
  readonly republishes: boolean;
}

export interface ConsumerOptions extends ConnectingOptions {
  readonly queue: string;
  readonly handler: string;
  readonly prefetch: number;
  readonly noAck: boolean;
  readonly ackFirst: boolean;
  readonly onFailure: 'requeue' | 'reject' | 'ack';
  readonly concurrency: number;
  readonly consumerTag: string;
  readonly exclusive: boolean;
  readonly priority: number;
  readonly streamOffset: string | number | null;
}

/** Scenario → driver. Throws BadOption. */
export const readProducerOptions = readOnce((given: GivenOptions): ProducerOptions => {
  const read = optionReader(producerOptions, given);
  return {
    ...connectingOptions(read),
    exchange: given['exchange'] === undefined ? null : read.string('exchange'),
    routingKey: given['routingKey'] === undefined ? null : read.string('routingKey'),
    confirm: read.boolean('confirm'),
    mandatory: read.boolean('mandatory'),
    persistent: read.boolean('persistent'),
    republishes: read.string('unconfirmed') === 'republish',
  };
});

/** Scenario → driver. Throws BadOption. */
export const readConsumerOptions = readOnce((given: GivenOptions): ConsumerOptions => {
  const read = optionReader(consumerOptions, given);
  const offset = read.string('streamOffset');
  return {
    ...connectingOptions(read),
    ...changeable(read),
    queue: read.string('queue'),
    handler: read.string('handler'),
    noAck: read.boolean('noAck'),
    concurrency: read.number('concurrency'),
    consumerTag: read.string('consumerTag'),
    exclusive: read.boolean('exclusive'),
    priority: read.number('priority'),
    streamOffset: offset === '' ? null : /^\d+$/.test(offset) ? Number(offset) : offset,
  };
});

const changes = ['prefetch', 'ack', 'onFailure'];

/** New values while it runs: only those that wait for nothing but the next delivery. */
export function reconfigured(options: ConsumerOptions, changed: GivenOptions): ConsumerOptions {
  const other = Object.keys(changed).find((name) => !changes.includes(name));
  if (other !== undefined)
    throw new BadOption(`Option "${other}" of a consumer cannot be changed while it runs.`);
  const { prefetch, ackFirst, onFailure } = options;
  const now = { prefetch, ack: ackFirst ? 'before' : 'after', onFailure };
  return { ...options, ...changeable(optionReader(consumerOptions, { ...now, ...changed })) };
}

function changeable(read: OptionReader): Pick<ConsumerOptions, 'prefetch' | 'ackFirst' | 'onFailure'> {
  return {
    prefetch: read.number('prefetch'),
    ackFirst: read.string('ack') === 'before',
    onFailure: read.string('onFailure') as ConsumerOptions['onFailure'],
  };
}

function connectingOptions(read: OptionReader): ConnectingOptions {
  const broker = read.string('broker');
  const nodes = read.list('nodes');
  return {
    broker,
    hosts: nodes.length === 0 ? [broker] : nodes,
    link: {
      ...{ virtualHost: '/', connectionName: '', clientProperties: {}, channelMax: 0 },
      heartbeat: read.number('heartbeat'),
    },
    recovery: {
      enabled: read.boolean('recovery'),
      initialDelay: ms(read.number('recovery.initialDelay')),
      maxDelay: ms(read.number('recovery.maxDelay')),
      factor: read.number('recovery.factor'),
      jitter: read.number('recovery.jitter'),
    },
  };
}

function number(
  name: string,
  value: number,
  unit: OptionSpec['unit'],
  source: string,
  min: number,
  max: number,
): OptionSpec {
  return { name, type: 'number', default: value, unit, min, max, source, takes: 'restart' };
}

function whole(...given: Parameters<typeof number>): OptionSpec {
  return { ...number(...given), integer: true };
}

function flag(name: string, value: boolean, source: string): OptionSpec {
  return { name, type: 'boolean', default: value, unit: '', source, takes: 'restart' };
}

function text(name: string, value: string, note: string, source: string): OptionSpec {
  return { name, type: 'string', default: value, unit: '', source: `${note} (${source})`, takes: 'restart' };
}
