/** Inspectors: what can be said about one message, partition, group, service or store. */
import type { FactKind } from '../../kernel/fact';
import type { Group, Process } from '../../kernel/shape';
import { plural } from '../i18n';

const lists = new Intl.ListFormat('en', { type: 'conjunction' });

/** "4.8 s", "42 s", "3 min", "7 days"; a moment below a tenth of a second in milliseconds. Never broken. */
function span(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 0.1) return `${Math.round(seconds * 1000)}\u00a0ms`;
  if (seconds < 10) return `${(Math.round(seconds * 10) / 10).toFixed(1)}\u00a0s`;
  if (seconds < 120) return `${Math.round(seconds)}\u00a0s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)}\u00a0min`;
  return seconds < 172_800
    ? `${Math.round(seconds / 3600)}\u00a0h`
    : `${Math.round(seconds / 86_400)}\u00a0days`;
}

/** "OrderPlaced" → "order placed". */
function inWords(type: string): string {
  return type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

const refusals: Partial<Record<FactKind, string>> = {
  outdated: 'ignored: something newer is known',
  skipped: 'skipped',
  failed: 'handler failed',
  rejected: 'rejected',
  refused: 'refused',
};

const groupState: Readonly<Record<Group['state'], string>> = {
  Empty: 'no members',
  PreparingRebalance: 'sharing out anew: waits for its members',
  CompletingRebalance: 'sharing out anew: waits for the assignment',
  Assigning: 'sharing out anew: the coordinator works it out',
  Reconciling: 'sharing out anew: members take it up one by one',
  Stable: 'stable',
  Dead: 'gone',
};

const condition: Readonly<Record<Process['condition'], string>> = {
  up: 'up',
  down: 'down',
  crashed: 'crashed',
  slow: 'slow',
  paused: 'paused',
};

export const inspectors = {
  region: 'Inspector',
  of: (what: string) => `Inspector: ${what}`,
  close: (what: string) => `Close the inspector of ${what}`,
  pin: (what: string) => `Pin ${what}, to compare it with another`,
  unpin: (what: string) => `Unpin ${what}`,
  loading: 'looking',
  failed: (reason: string) => `This cannot be shown: ${reason}`,
  nothing: (address: string) => `There is nothing called ${address} at this instant.`,
  inWords,
  none: 'none',
  nothingYet: 'none yet',

  // a message
  producer: 'producer',
  receivers: 'receivers',
  log: 'log' as string,
  key: 'key',
  partition: 'partition',
  offset: 'offset',
  id: 'id',
  idOf: (message: number) => `e-${String(message).padStart(3, '0')}`,
  version: 'version',
  correlation: 'correlation',
  domain: 'domain',
  type: 'type',
  content: 'content',
  noKey: 'none',
  whyHere: (key: string | null) => (key === null ? 'Why here? No key.' : `Why here? Key ${key}.`),
  whyNothing: 'It is in no partition yet.',
  whyTurn: 'It has no key, so its producer takes the partitions in turn.',
  whyKey: (key: string, hash: number, partition: number, partitions: number, legacy: boolean) =>
    `murmur2(“${key}”) is ${hash}${legacy ? ' by the arithmetic of kafkajs before 2.0' : ''}; divided by ${plural(
      partitions,
      {
        one: '# partition',
        other: '# partitions',
      },
    )} that leaves ${partition}. Every event with key ${key} goes to partition ${partition}, so they stay in order.`,
  whyProducer: (partition: number) =>
    `Its key does not lead here: the producer named partition ${partition} itself, or there were fewer partitions when it was written.`,
  journey: (label: string) => `Journey of ${label}`,
  listHelp: (label: string) => `Tell the journey of ${label} in sentences`,
  follow: 'Follow',
  followHelp: (label: string) => `Follow ${label}: steps go along its journey`,
  zoomHelp: (label: string) => `Zoom the time axis to the journey of ${label}`,
  toFact: (sentence: string, time: string) => `${sentence}, ${time}`,
  noJourney: 'Nothing has happened to it yet.',
  stays: 'stays in the log' as string,
  deleted: (time: string) => `deleted ${time}`,
  published: (time: string) => `published ${time}`,
  received: (time: string) => `received ${time}`,
  receivedShort: 'received',
  applied: 'applied',
  committed: 'committed' as string,
  crashed: 'crashed',
  appliedNotCommitted: (time: string) => `applied ${time}, not committed`,
  appliedCommitted: (time: string) => `applied and committed ${time}`,
  committedOnly: (time: string) => `committed ${time}`,
  appliedCrashed: 'applied, crashed',
  committedCrashed: 'committed, crashed' as string,
  receivedCrashed: 'received, crashed',
  refused: (kind: FactKind) => refusals[kind] ?? 'put aside',
  nth: (time: number) => (time === 2 ? '2nd: ' : time === 3 ? '3rd: ' : `${time}th: `),
  readAgain: 'read again' as string,
  /** What is said otherwise of a message in a queue. */
  inQueue: {
    log: 'queue',
    stays: 'lies in the queue',
    deleted: (time: string) => `gone ${time}`,
    committed: 'settled',
    appliedNotCommitted: (time: string) => `applied ${time}, not settled`,
    appliedCommitted: (time: string) => `applied and settled ${time}`,
    committedOnly: (time: string) => `settled ${time}`,
    committedCrashed: 'settled, crashed',
    readAgain: 'delivered again',
  },
  expected: (group: string, milliseconds: number | null) =>
    `${group} will read it again${milliseconds === null ? '' : `, not before ${span(milliseconds)} from now`}`,

  // a partition
  partitionName: (topic: string, index: number) => `${topic}, partition ${index}`,
  logStart: 'log start',
  logEnd: 'log end',
  highWatermark: 'high watermark',
  highWatermarkHelp: 'Readers see records before it: those that every in-sync replica has',
  kept: 'kept',
  keptForEver: 'for ever',
  keptFor: (milliseconds: number) => span(milliseconds),
  nextExpiry: 'next to expire',
  nextExpiryIn: (count: number, milliseconds: number) =>
    `${records(count)} ${milliseconds <= 0 ? 'at the next check' : `in ${span(milliseconds)}`}`,
  readers: (partition: number) => `Who reads partition ${partition}`,
  noReaders: 'Nobody has read it yet.',
  group: 'Group',
  readBy: 'read by',
  nobody: 'nobody',
  nothingCommitted: 'nothing yet',
  committedAt: 'committed',
  position: 'position',
  notRead: 'not read now',
  lag: 'lag',
  caughtUp: '0, caught up',
  records: (from: number, to: number) => `Records ${from} to ${to}`,
  noRecords: 'No records.',
  older: 'Older records',
  newer: 'Newer records',
  newest: 'Newest records',
  atOffset: (offset: number, label: string, key: string | null) =>
    `offset ${offset}: ${label}${key === null ? '' : `, key ${key}`}`,

  // a group
  groupName: (group: string) => `group ${group}`,
  state: 'state',
  groupState,
  generation: 'generation',
  generationHelp: 'How often its partitions have been shared out',
  assignor: 'assignor',
  lagOf: (group: string) => `lag of ${group}`,
  lagTold: (group: string, now: number, most: number, time: string) =>
    `Lag of ${group}: ${now} now; at most ${most} until now, at ${time}`,
  clears: 'clears',
  clearsIn: (milliseconds: number) => `in about ${span(milliseconds)}`,
  clearsNever: 'not at this rate',
  clearsEven: 'no: it keeps pace with what arrives',
  clearsUnknown: 'not known: nothing committed lately',
  clearsNow: 'caught up',
  clearsHelp: (settled: number, arrived: number) =>
    `${round(settled)} committed and ${round(arrived)} arriving a second, over the last 5 s`,
  members: (group: string) => `Members of ${group}`,
  member: 'Member',
  reads: 'reads',
  partitions: (indexes: readonly number[]) =>
    indexes.length === 0 ? 'no partition' : lists.format(indexes.map(String)),
  heartbeat: 'heartbeat',
  heartbeatDue: (milliseconds: number) => `due within ${span(milliseconds)}`,
  givenUpIn: (condition: string, milliseconds: number) => `${condition}: given up in ${span(milliseconds)}`,
  cutOff: 'cut off',
  waitsForOthers: 'waits for the others',
  noMembers: 'No members. Its flags stay where they are.',

  // a service
  conditionName: 'condition',
  condition,
  since: (what: string, time: string) => `${what} since ${time}`,
  brokeBefore: (step: string) => `broke before ${beforeStep(step)}`,
  willBreakBefore: (step: string) => `will crash before ${beforeStep(step)}`,
  linkTo: (name: string) => `link to ${name}`,
  cut: 'cut',
  slower: (milliseconds: number) => `slower by ${span(milliseconds)}`,
  life: 'life',
  ofGroup: 'group',
  machine: (name: string) => `Steps of ${name}`,
  now: 'now',
  idle: 'waits for something to do',
  stopped: 'does nothing',
  busy: (step: string, label: string | null, milliseconds: number | null) =>
    `${step}${label === null ? '' : ` ${label}`}${milliseconds === null ? '' : `, ${span(milliseconds)} more`}`,
  lastPublished: 'last published',
  queue: 'waiting',
  notCommitted: 'applied, not committed',
  appliedCount: 'applied',
  appliedTimes: (count: number) => plural(count, { one: '# time', other: '# times' }),
  lastApplied: (name: string) => `Last applied by ${name}`,
  place: (partition: string, offset: number) => `${partition}, offset ${offset}`,
  again: (time: number) => (time === 2 ? '2nd time' : time === 3 ? '3rd time' : `${time}th time`),
  options: (name: string) => `Options of ${name}`,
  optionsShort: 'Options',
  option: 'Option',
  value: 'value',
  isDefault: 'default',
  source: 'from',
  withUnit: (value: string, unit: string) => (unit === '' ? value : `${value} ${unit}`),
  manual: (option: string) => `Manual of ${option}`,
  notSet: 'not set',

  // a store
  rows: 'rows',
  writes: 'writes',
  emptied: 'emptied',
  truthTitle: (store: string) => `What ${store} knows, beside the log`,
  rowKey: 'Key',
  besideLog: 'beside the log',
  logKnows: 'newest in the log',
  storeKnows: 'in the store',
  difference: 'difference',
  nothingKnown: 'nothing',
  same: 'the same',
  missing: (milliseconds: number | null) => `missing here${lasting(milliseconds)}`,
  behind: (versions: number, milliseconds: number | null) =>
    `${plural(versions, { one: '# version', other: '# versions' })} behind${lasting(milliseconds)}`,
  aheadBy: (writes: number) =>
    `${plural(writes, { one: '# write', other: '# writes' })} more than the log has records`,
  ahead: 'newer than the log: it was deleted there',
  allSame: 'every row is as new',
  someDiffer: (count: number, milliseconds: number | null) =>
    `${plural(count, { one: '# row differs', other: '# rows differ' })}${
      milliseconds === null ? '' : `, the oldest for ${span(milliseconds)}`
    }`,
  emptyBoth: 'neither holds anything',
  noLog: 'no log leads here',
  versionOf: (version: number, label: string | null, value?: string) =>
    `v${version}${label === null ? '' : ` ${label}`}${value === undefined ? '' : `: ${value}`}`,
  rowsShown: (from: number, to: number, count: number) => `Rows ${from} to ${to} of ${count}`,
  earlierRows: 'Earlier rows',
  laterRows: 'Later rows',
} as const;

export type InspectorWords = typeof inspectors;

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function records(count: number): string {
  return plural(count, { one: '# record', other: '# records' });
}

function lasting(milliseconds: number | null): string {
  return milliseconds === null ? '' : `, for ${span(milliseconds)}`;
}

function beforeStep(step: string): string {
  return step === 'committed' ? 'going on, after its commit was confirmed' : step;
}
