/** Inspectors of queues, exchanges, topics, and what their consumers hold. */
import type { Environment, PileCell, Switch } from '../../kernel/shape';
import { plural } from '../i18n';
import { inspectors } from './inspectors.en';

const { keptFor: span } = inspectors;

const environmentState: Readonly<Record<Environment['state'], string>> = {
  cold: 'starts',
  busy: 'busy',
  idle: 'idle',
  gone: 'gone',
};
const switchType: Readonly<Record<Switch['type'], string>> = {
  direct: 'direct exchange',
  topic: 'topic exchange',
  fanout: 'fanout exchange',
  headers: 'headers exchange',
  'SNS standard': 'SNS topic',
  'SNS FIFO': 'SNS FIFO topic',
};
const cellState: Readonly<Record<PileCell['state'], string>> = {
  available: 'visible',
  'in flight': 'in flight',
  delayed: 'delayed',
};

export const queues = {
  span,
  none: 'none',
  type: 'type',
  message: 'Message',

  // a RabbitMQ queue
  stackType: { classic: 'classic queue', quorum: 'quorum queue', stream: 'stream' },
  ready: 'ready',
  unacked: 'unacked',
  records: 'records',
  durable: 'durable',
  yes: 'yes',
  no: 'no',
  leader: 'leader',
  members: 'members',
  noLeader: 'none',
  memberDown: (process: string) => `${process} (down)`,
  deadLetters: 'dead letters',
  deadLettersTo: (exchange: string, key: string | null) => (key === null ? exchange : `${exchange}, as ${key}`),
  noDeadLetters: 'are gone',
  lastLeft: 'left last',
  leftFor: (label: string, reason: string, time: string) => `${label}, ${reason}, ${time}`,
  waiting: (name: string) => `What waits in ${name}, the head first`,
  recordsOf: (name: string) => `Records of ${name}, the oldest first`,
  nothingWaits: 'Nothing waits.',
  routingKey: 'routing key',
  expires: 'expires',
  expired: 'is over',
  priority: 'priority',
  deliveries: 'given out before',
  redelivered: (count: number) => (count > 0 ? plural(count, { one: '# time', other: '# times' }) : 'redelivered'),
  notBefore: 'no',
  deaths: 'died',
  diedTimes: (count: number, last: string) => `${plural(count, { one: '# time', other: '# times' })}${last === '' ? '' : `, last ${last}`}`,
  offset: 'offset',
  consumers: (name: string) => `Who consumes from ${name}, who is next first`,
  noConsumers: 'Nobody consumes from it.',
  consumer: 'Consumer',
  state: 'state',
  holds: 'holds',
  prefetch: 'prefetch',
  unlimited: 'no limit',
  noAck: 'does not acknowledge',
  standsBy: 'stands by',
  isFull: 'full',
  isReady: 'ready',

  // an SQS queue
  pileType: { standard: 'standard queue', fifo: 'FIFO queue' },
  visible: 'visible',
  inFlight: 'in flight',
  delayed: 'delayed',
  visibilityTimeout: 'visibility timeout',
  retention: 'retention',
  redrive: 'redrive',
  redriveTo: (queue: string, most: number) => `to ${queue} after ${plural(most, { one: '# receive', other: '# receives' })}`,
  messagesOf: (name: string) => `Messages of ${name}, in the order they were sent`,
  receives: 'received',
  receivesOf: (count: number, most: number | null) => (most === null ? String(count) : `${count} of ${most}`),
  cellState,
  until: 'visible in',
  holder: 'at',
  groups: (name: string) => `Message groups of ${name}`,
  group: 'Group',
  count: 'messages',
  lock: 'lock',
  locked: (milliseconds: number) => `locked for ${span(milliseconds)}`,
  free: 'free',
  polling: (name: string) => `Who waits at ${name}`,
  nobodyPolls: 'Nobody waits.',
  process: 'Receiver',
  waitsFor: 'waits',

  // an exchange, an SNS topic
  switchType,
  defaultExchange: 'default exchange',
  published: 'came in',
  unroutable: 'went nowhere',
  internal: 'internal',
  alternate: 'alternate',
  last: 'last',
  lastWas: (label: string, key: string, count: number) =>
    `${label}${key === '' ? '' : ` with ${key}`}, ${count === 0 ? 'nowhere' : `to ${count}`}`,
  bindings: (name: string) => `Bindings of ${name}`,
  subscriptions: (name: string) => `Subscriptions of ${name}`,
  noRoutes: 'It leads nowhere.',
  to: 'To',
  bindingKey: 'binding key',
  filterPolicy: 'filter policy',
  everything: 'everything',
  passed: 'took',
  details: 'details',
  raw: 'raw delivery',
  retrying: (count: number) => plural(count, { one: '# is tried again', other: '# are tried again' }),

  // what a consumer holds, and a function runs
  slots: (name: string) => `What ${name} holds unacknowledged`,
  emptySlots: (size: number | null) =>
    size === null ? 'Nothing. There is no limit to it.' : `Nothing: ${plural(size, { one: '# slot is free', other: '# slots are free' })}.`,
  queue: 'queue',
  tag: 'delivery tag',
  since: 'since',
  again: 'redelivered',
  environments: (name: string) => `Execution environments of ${name}`,
  noEnvironments: 'None runs.',
  environment: (id: number) => `environment ${id}`,
  environmentName: 'Environment',
  environmentState,
  batch: 'works on',
} as const; // prettier-ignore

export type QueueInspectorWords = typeof queues;
