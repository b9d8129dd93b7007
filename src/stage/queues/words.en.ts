/** Every word of the picture of queues. Another locale `satisfies` the type of this object. */
import { stageWords } from '../words.en';

const numbers = new Intl.NumberFormat('en');
const lists = new Intl.ListFormat('en', { type: 'conjunction' });
const n = (value: number): string => numbers.format(value);
const many = (count: number, one: string, other: string): string =>
  `${n(count)} ${count === 1 ? one : other}`;
const { span, domain } = stageWords;

const deaths: Readonly<Record<string, string>> = {
  rejected: 'rejected',
  expired: 'expired',
  maxlen: 'queue was full',
  delivery_limit: 'delivery limit',
  dropped: 'dropped',
};
const steps: Readonly<Record<string, string>> = {
  receive: 'working on',
  apply: 'applying',
  ack: 'acknowledging',
  delete: 'deleting',
  commit: 'committing',
};

export const queueWords = {
  stage: 'Stage',
  help: stageWords.help,
  empty: 'No queue is on this stage yet.',
  summary: (queues: readonly string[], consumers: number) =>
    `${queues.length === 0 ? 'No queue' : lists.format(queues)}; ${many(consumers, 'consumer', 'consumers')}.`,
  span,

  // Exchanges, topics.
  type: {
    direct: 'direct',
    topic: 'topic',
    fanout: 'fanout',
    headers: 'headers',
    'SNS standard': 'SNS',
    'SNS FIFO': 'SNS',
  },
  exchange: 'exchange',
  deadLetterExchange: 'dead-letter exchange',
  topic: { 'SNS standard': 'topic', 'SNS FIFO': 'FIFO topic' },
  defaultExchange: 'default',
  internal: 'internal',
  unrouted: (count: number) => `${many(count, 'went', 'went')} nowhere`,
  nowhere: {
    dropped: (key: string) => `${key}: dropped`,
    returned: (key: string) => `${key}: returned`,
    unwanted: 'nobody wants it',
  },
  alternate: 'otherwise',
  everything: 'everything',
  raw: 'raw',
  retrying: (count: number) => `tries ${n(count)} again`,
  moreRoutes: (count: number) => `${n(count)} more`,

  // Queues.
  queueType: { classic: 'classic queue', quorum: 'quorum queue', stream: 'stream' },
  pileType: { standard: 'standard queue', fifo: 'FIFO queue' },
  stackCounts: (ready: number, unacked: number) => `${n(ready)} ready, ${n(unacked)} unacked`,
  streamCount: (count: number) => many(count, 'record', 'records'),
  pileCounts: (available: number, inFlight: number, delayed: number) =>
    [
      `${n(available)} visible`,
      `${n(inFlight)} in flight`,
      delayed === 0 ? null : `${n(delayed)} delayed`,
    ]
      .filter(Boolean)
      .join(', '), // prettier-ignore
  kept: (count: number) => `${n(count)} kept`,
  head: 'head',
  noRows: stageWords.noRows,
  emptied: stageWords.emptied,
  moreReady: (count: number) => `${n(count)} more`,
  priority: (priority: number) => `priority ${n(priority)}`,
  ttl: (milliseconds: number) => `TTL ${span(milliseconds)}`,
  ttlOver: 'TTL over',
  died: (count: number) => `died ${n(count)}×`,
  unacked: (count: number) => `${n(count)} unacked`,
  wentBack: (count: number) => `${many(count, 'message', 'messages')} went back`,
  noneTakes: 'nobody takes them',
  members: (process: string, isLeader: boolean, isUp: boolean) =>
    `${process}${isLeader ? (isUp ? ' leader' : ' was leader') : ''}${isUp ? '' : ' down'}`,
  left: (label: string, reason: string) => `${label} ${deaths[reason] ?? reason}`,
  deathReason: (reason: string) => deaths[reason] ?? reason,
  moved: (label: string, receives: number) => `${label} received ${many(receives, 'time', 'times')}`,
  movedTo: (label: string) => `${label} to the dead letters`,
  pileExpired: (label: string) => `${label} expired`,
  duplicate: (label: string) => `${label} sent again, not added`,
  after: (receives: number) => `after ${n(receives)} receives`,
  pips: (receives: number, most: number) => `${n(receives)}/${n(most)}`,
  receives: (count: number) => `${n(count)}×`,
  seconds: (milliseconds: number) => span(milliseconds),
  group: (name: string) => name,
  noGroups: 'no message, no lane',
  locked: (milliseconds: number) => `locked ${span(milliseconds)}`,
  free: 'free',
  partition: stageWords.partition,

  // Those who take messages.
  step: (name: string) => steps[name] ?? name,
  stop: (name: string) => name,
  waiting: 'waiting',
  waitsLong: (milliseconds: number) => `asks, waits up to ${span(milliseconds)}`,
  asks: 'asks',
  push: 'push',
  noAck: 'no ack',
  inactive: 'stands by',
  full: 'prefetch is full',
  unlimited: 'no prefetch limit',
  more: (count: number) => `+${n(count)}`,
  handled: (count: number) => `${n(count)} applied`,
  crashed: (before: string | null) => (before === null ? 'crashed' : `crashed before ${before}`),
  down: (milliseconds: number) => stageWords.condition.down(milliseconds),
  slow: stageWords.condition.slow,
  paused: stageWords.condition.paused,
  nth: stageWords.nth,
  function: 'Lambda function',
  environments: (busy: number, all: number) =>
    `${n(busy)} of ${many(all, 'environment', 'environments')} busy`,
  noEnvironment: 'no environment',
  environment: { cold: 'starts', busy: 'busy', idle: 'idle', gone: 'gone' },

  // Sentences for those who hear the stage.
  saysSource: (name: string, state: string) => `${name}, publisher, ${state}`,
  saysSwitch: (name: string, type: string, routes: readonly string[], unroutable: number) =>
    [
      `${name}, ${type}`,
      routes.length === 0 ? 'leads nowhere' : `leads to ${lists.format(routes)}`,
      unroutable === 0 ? null : `${many(unroutable, 'message', 'messages')} went nowhere`,
    ]
      .filter(Boolean)
      .join(', '),
  saysRoute: (label: string, to: string) => (label === '' ? to : `${to} for ${label}`),
  saysQueue: (name: string, type: string, counts: string, more: readonly string[]) =>
    [name, type, counts, ...more].join(', '),
  saysDeath: (to: string) => `dead letters go to ${to}`,
  saysCell: (label: string, of: keyof typeof domain, place: string) => `${label}, ${domain[of]}, ${place}`,
  saysPlace: (fromHead: number) =>
    fromHead === 0 ? 'at the head' : `${many(fromHead, 'message', 'messages')} before it`,
  saysOffset: (offset: number) => `offset ${n(offset)}`,
  saysRedelivered: (deliveries: number) =>
    `redelivered, given out ${many(deliveries, 'time', 'times')} before`,
  saysVisible: 'visible',
  saysInFlight: (milliseconds: number, holder: string | null) =>
    `in flight${holder === null ? '' : ` at ${holder}`}, visible again in ${span(milliseconds)}`,
  saysDelayed: (milliseconds: number) => `delayed, visible in ${span(milliseconds)}`,
  saysReceives: (receives: number, most: number | null) =>
    `received ${most === null ? many(receives, 'time', 'times') : `${n(receives)} of ${many(most, 'time', 'times')}`}`,
  saysGroup: (group: string) => `group ${group}`,
  saysConsumer: (name: string, reads: readonly string[], state: string) =>
    `${name}, ${reads.length === 0 ? 'consumer' : `takes from ${lists.format(reads)}`}, ${state}`,
  saysHolds: (labels: readonly string[], size: number | null) =>
    `holds ${labels.length === 0 ? 'nothing' : lists.format(labels)}${size === null ? '' : ` in ${many(size, 'slot', 'slots')}`}`,
  saysSlot: (label: string, queue: string, tag: number) =>
    `${label}, unacknowledged, from ${queue}, delivery tag ${n(tag)}`,
  rows: (count: number) => many(count, 'row', 'rows'),
  version: (version: number) => `v${n(version)}`,
  storeDown: 'down',
  saysStore: (name: string, rows: number, down: boolean) =>
    `${name}, store, ${many(rows, 'row', 'rows')}${down ? ', down' : ''}`,
  saysRow: (key: string, value: string) => `${key}: ${value}`,
  saysHeld: (label: string) => `${label}, in hand`,
  saysEnvironment: (index: number, state: string, labels: readonly string[]) =>
    `Environment ${n(index)}, ${state}${labels.length === 0 ? '' : ` with ${lists.format(labels)}`}`,
} as const;

export type QueueWords = typeof queueWords;
