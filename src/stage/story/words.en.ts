/**
 * One plain sentence for every fact, by its type; by its kind where a type has none of its own. A translation
 * satisfies StoryWords. Numbers and names arrive ready to be written; `who` and the like begin in lower case and the
 * sentence is capitalised afterwards.
 */
import type { FactKind } from '../../kernel/fact';
import { accountKnobs, accountTypes } from './account-words.en';
import { callTypes } from './call-words.en';
import { clusterTypes } from './cluster-words.en';
import { queueTypes } from './queue-words.en';
import { shareTypes } from './share-words.en';
import { valueOf } from './value-of';

/** What a sentence can speak of. */
export interface Telling {
  /** The process that made the fact. */
  readonly who: string;
  /** What it happened to: a process, a store, "partition 1", a topic. */
  readonly subject: string;
  /** Label of the message, "OC21"; "a message" where there is none. */
  readonly message: string;
  /** Key of the message; null where it has none. */
  readonly key: string | null;
  /** Who handled the message: the consumer it was delivered to, where that is known. */
  readonly reader: string;
  /** " (partition 1, offset 7)", or '' when nothing is known. */
  readonly place: string;
  readonly position: number;
  readonly amount: number;
  readonly group: string;
  readonly detail: string;
  /** The fact's type in plain words: "record appended". */
  readonly type: string;
  /** The broker or node that the subject lies on; '' where it is a process itself. */
  readonly host: string;
  /** How a process named in the detail is written. */
  readonly name: (process: string) => string;
}

export type Sentence = (t: Telling) => string;

const lists = new Intl.ListFormat('en', { type: 'conjunction' });
const many = (count: number, one: string, other: string): string => `${count} ${count === 1 ? one : other}`;
const because = (detail: string): string => (detail === '' ? '' : `: ${detail}`);
const steps: Readonly<Record<string, string>> = {
  apply: 'apply',
  commit: 'commit',
  committed: 'its commit was confirmed',
  receive: 'it receives the next message',
  note: 'it notes the id',
  mail: 'the mail goes out',
  ack: 'its acknowledgement',
  delete: 'its delete',
  return: 'it returns',
};

/** "search-a:0 search-b:1,2" → "search A reads 0, search B reads 1 and 2". */
function shares(detail: string, name: (process: string) => string): string {
  const parts = detail.split(' ').filter(Boolean);
  return parts
    .map((part) => {
      const colon = part.lastIndexOf(':');
      const partitions = part.slice(colon + 1).split(',').filter(Boolean); // prettier-ignore
      const who = name(part.slice(0, colon));
      return partitions.length === 0 ? `${who} reads none` : `${who} reads ${lists.format(partitions)}`;
    })
    .join(', ');
}

/** Why a group shares its partitions out anew: the broker's reason begins with the name of a member. */
function reason(detail: string, name: (process: string) => string): string {
  return detail
    .replace(/^[\w-]+(, [\w-]+(?= did))*/, (names) => lists.format(names.split(', ').map(name)))
    .replace(/ timed out$/, ' was not heard of for its session timeout');
}

function flag({ group, subject, position, amount }: Telling): string {
  if (amount < 0) return `${group} set its flag on ${subject} at ${position}`;
  const back = position < amount ? 'back ' : '';
  return `${group} moved its flag on ${subject} from ${amount} ${back}to ${position}`;
}

const knob: Readonly<Record<string, Sentence>> = {
  ...accountKnobs,
  pause: ({ subject }) => `${subject} was paused`,
  resume: ({ subject }) => `${subject} was told to go on`,
  seek: ({ subject, detail }) =>
    `${subject} was told to go to offset ${valueOf(detail, 'offset')}${
      valueOf(detail, 'partition') === '' ? '' : ` on partition ${valueOf(detail, 'partition')}`
    }`,
  stop: ({ subject }) => `${subject} was told to stop reading and leave its group`,
  rate: ({ subject, detail }) =>
    `${subject} publishes ${valueOf(detail, 'ratePerSecond')} a second from now on`,
  publish: ({ subject, detail }) =>
    `${subject} was told to publish ${valueOf(detail, 'key') || 'a message'} once more`,
  deleteRecords: ({ subject }) => `somebody asked for records to be deleted from ${subject}`,
};

const types: Readonly<Record<string, Sentence>> = {
  ...accountTypes,
  ...callTypes,
  CallHandled: ({ who, message }) => `${who} was called and did its work for ${message}`,
  CallRepeated: ({ who, message }) => `${who} was called about ${message} and had done it`,
  PaymentTaken: ({ who, message }) => `${who} took the money for ${message}`,
  PaymentDeclined: ({ who, message }) => `the card for ${message} was declined at ${who}`,
  OrderConfirmed: ({ who, message }) => `${who} confirmed the order that ${message} speaks of`,
  OrderCancelled: ({ who, message }) => `${who} cancelled the order that ${message} speaks of`,

  RecordPublished: ({ who, message, key }) =>
    `${who} published ${message}${key === null ? '' : ` (key ${key})`}`,
  RecordAppended: ({ message, subject, position }) => `${subject} took in ${message} at offset ${position}`,
  RecordRefused: ({ message, subject, detail }) => `${subject} refused ${message}${because(detail)}`,
  ProduceAcknowledged: ({ who, message, place }) => `${who} was told that ${message} is stored${place}`,
  ProduceTimedOut: ({ who, amount }) =>
    `${who} got no answer about ${many(amount, 'record', 'records')} in time`,
  SendFailed: ({ who, message, detail }) => `${who} gave up sending ${message}${because(detail)}`,

  RecordDelivered: ({ who, message, place }) => `${who} received ${message}${place}`,
  RecordRedelivered: ({ who, message, place }) => `${who} received ${message} again${place}`,
  HandlerFailed: ({ who, message, place, detail }) =>
    `${who} could not handle ${message}${place}${because(detail)}`,
  ConsumerCrashed: ({ who, detail, amount }) =>
    `the consumer of ${who} broke off${because(detail)}${amount === 1 ? '; it starts again' : ''}`,
  RecordTaken: ({ who, message, place }) => `${who} received ${message}${place}`,
  MessageHandled: ({ reader, message, place }) => `${reader} applied ${message}${place}`,
  NothingToProject: ({ who, message, place }) =>
    `${who} skipped ${message}${place}: there is nothing to write`,
  WriteOutdated: ({ reader, message, subject, place }) =>
    `${reader} brought ${message}${place}, but ${subject} knows something newer`,
  WriteFailed: ({ who, message, subject, detail }) =>
    `${who} could not write ${message} to ${subject}${because(detail)}`,
  RowWritten: ({ reader, message, place }) => `${reader} applied ${message}${place}`,
  AmountAdded: ({ reader, message, place, key, amount }) =>
    `${reader} applied ${message}${place}: ${key ?? 'the sum'} has ${amount} now`,
  AmountRefused: ({ subject, message, place, key, amount }) =>
    `${subject} refused ${message}${place}: ${key ?? 'the sum'} has only ${amount}`,
  OutboxRowRead: ({ who, message, subject }) => `${who} read ${message} in ${subject}, to send it`,
  RowNoted: ({ reader, message, subject }) => `${reader} noted ${message} in ${subject}`,
  DuplicateSkipped: ({ who, message, place }) =>
    `${who} skipped ${message}${place}: its id was there already`,
  NothingToBook: ({ who, message, place }) => `${who} skipped ${message}${place}: it is no entry`,
  MailSent: ({ who, message }) => `${who} sent a mail about ${message}`,

  OffsetCommitted: flag,
  OffsetCommitRefused: ({ group, subject, position, detail }) =>
    `${group} could not move its flag on ${subject} to ${position}${because(detail)}`,
  OffsetExpired: ({ group, subject, position }) =>
    `the flag of ${group} on ${subject}, at ${position}, expired`,
  PositionSought: ({ group, subject, position, amount }) =>
    amount < 0
      ? `${group} was sent to offset ${position} on ${subject}`
      : `${group} was sent from ${amount} ${position < amount ? 'back ' : ''}to ${position} on ${subject}`,
  SeekFailed: ({ group, subject, position, detail }) =>
    `${group} could not be sent to ${position} on ${subject}${because(detail)}`,
  OffsetOutOfRange: ({ group, subject, position, detail }) =>
    `${group} asked ${subject} for offset ${position}, which it does not hold${detail.endsWith('earliest') ? '; it begins at the oldest' : detail.endsWith('latest') ? '; it goes to the end' : ''}`, // prettier-ignore
  FetchRefused: ({ subject, position }) =>
    `${subject} was asked for offset ${position}, which it does not hold`,

  GroupRebalanceStarted: ({ group, amount, detail, name }) =>
    amount === 0
      ? `${group} waits for its members to gather: ${reason(detail, name)}`
      : `${group} stops to share its partitions out anew: ${reason(detail, name)}`,
  GroupRebalanced: ({ name, group, detail }) =>
    `${group} has shared its partitions out: ${shares(detail, name) || 'nobody reads'}`,
  GroupEmptied: ({ group }) => `${group} has no members left; its flags stay`,
  MemberRemoved: ({ name, group, detail }) => `${group} lost a member: ${reason(detail, name)}`,
  MemberReplaced: ({ name, group, detail }) =>
    `${group} goes on with a static member under a new id: ${name(detail)}`,
  SegmentDeleted: ({ subject, position, amount }) =>
    `retention deleted ${many(amount, 'record', 'records')} from ${subject}, from offset ${position} on`,
  RecordsDeleted: ({ subject, position, amount }) =>
    `${many(amount, 'record', 'records')} were deleted from ${subject} on request, from offset ${position} on`,
  LogCleaned: ({ subject, position, amount }) =>
    `compaction took ${many(amount, 'record', 'records')} from ${subject}, below offset ${position}`,
  MarkerAppended: ({ subject, position, detail }) =>
    `the end of a transaction was written to ${subject} at offset ${position}: ${detail === 'commit' ? 'committed' : 'aborted'}`,
  TransactionEnded: ({ subject, amount, detail }) =>
    `${subject} ended over ${many(amount, 'partition', 'partitions')}${because(detail)}`,
  ...clusterTypes,
  ...shareTypes,
  ...queueTypes,
  TopicCreated: ({ subject, amount }) =>
    `topic ${subject} was created with ${many(amount, 'partition', 'partitions')}`,
  TopicDeleted: ({ subject, amount }) =>
    `topic ${subject} was deleted with its ${many(amount, 'partition', 'partitions')}`,
  PartitionsAdded: ({ subject, amount }) =>
    `topic ${subject} has ${many(amount, 'partition', 'partitions')} now`,

  StoreWiped: ({ subject }) => `${subject} was emptied`,
  DesignChanged: ({ subject, detail }) => {
    const [, option, ...value] = detail.split(' ');
    return `${subject} was changed: ${option} is ${value.join(' ')} now`;
  },
  KnobTurned: (t) => knob[t.detail.split(' ')[0]]?.(t) ?? `${t.subject} was changed${because(t.detail)}`,
  PinSet: ({ subject, detail }) => `${subject} will crash before ${steps[detail] ?? detail}`,
  PinRemoved: ({ subject, detail }) => `${subject} will no longer crash before ${steps[detail] ?? detail}`,

  ProcessCrashed: ({ subject, detail }) => {
    if (detail.startsWith('before '))
      return `${subject} crashed before ${steps[detail.slice(7)] ?? detail.slice(7)}`;
    return detail === 'crash' || detail === ''
      ? `${subject} crashed`
      : `${subject} went down${because(detail)}`;
  },
  ProcessRestarted: ({ subject }) => `${subject} started again`,
  ProcessSlowed: ({ subject, amount }) => `${subject} works ${amount} times as slowly from now on`,
  ProcessAtSpeed: ({ subject }) => `${subject} works at its normal speed again`,
  LinkCut: ({ name, subject, detail }) => `the link between ${subject} and ${name(detail)} was cut`,
  LinkHealed: ({ name, subject, detail }) => `the link between ${subject} and ${name(detail)} works again`,
  LinkDelayed: ({ name, subject, detail, amount }) =>
    `messages between ${subject} and ${name(detail)} take ${amount} ms longer from now on`,
  LinkAtSpeed: ({ name, subject, detail }) =>
    `messages between ${subject} and ${name(detail)} are as fast as before`,
};

/** For types without a sentence of their own: readable, if plain. */
const kinds: Readonly<Record<FactKind, Sentence>> = {
  requested: ({ who, subject }) => `${who} asked ${subject}`,
  responded: ({ who, subject }) => `${who} answered ${subject}`,
  failed: ({ who, subject, detail }) => `${who} failed at ${subject}${because(detail)}`,
  refused: ({ who, subject, detail }) => `${who} was refused by ${subject}${because(detail)}`,
  timedOut: ({ who, subject }) => `${who} waited too long for ${subject}`,
  persisted: ({ who, message }) => `${who} stored ${message}`,
  read: ({ who, subject }) => `${who} read ${subject}`,
  published: ({ who, message }) => `${who} published ${message}`,
  accepted: ({ subject, message, place }) => `${subject} took in ${message}${place}`,
  confirmed: ({ who, message }) => `${who} was told that ${message} is stored`,
  returned: ({ who, message }) => `${message} came back to ${who}`,
  routed: ({ subject, message }) => `${message} was routed to ${subject}`,
  unroutable: ({ subject, message }) => `${subject} found no queue for ${message}`,
  evicted: ({ subject, message }) => `${message} was pushed out of ${subject}`,
  expired: ({ subject, message }) => `${message} expired in ${subject}`,
  delivered: ({ who, message, place }) => `${who} received ${message}${place}`,
  redelivered: ({ who, message, place }) => `${who} received ${message} again${place}`,
  hidden: ({ subject, message }) => `${message} was hidden in ${subject}`,
  settled: ({ who, message }) => `${who} is done with ${message}`,
  rejected: ({ who, message, detail }) => `${who} rejected ${message}${because(detail)}`,
  sought: ({ who, subject, position }) => `${who} was sent to ${position} in ${subject}`,
  rebalanced: ({ subject, detail }) => `${subject} shares its work anew${because(detail)}`,
  elected: ({ subject, detail }) => `${subject} has a new leader${because(detail)}`,
  truncated: ({ subject, position }) => `${subject} was cut back to ${position}`,
  deadLettered: ({ message, subject }) => `${message} went to ${subject}, where failures are kept`,
  redriven: ({ message, subject }) => `${message} was sent back from ${subject}`,
  applied: ({ reader, message, place }) => `${reader} applied ${message}${place}`,
  skipped: ({ who, message }) => `${who} skipped ${message}: it was handled before`,
  parked: ({ who, message }) => `${who} put ${message} aside`,
  outdated: ({ who, message }) => `${who} ignored ${message}: it knows something newer`,
  projected: ({ who, message }) => `${who} brought its view up to date with ${message}`,
  snapshotted: ({ who }) => `${who} took a snapshot`,
  compensated: ({ who, message }) => `${who} undid ${message}`,
  alerted: ({ who, detail }) => `${who} raised an alert${because(detail)}`,
  schemaRejected: ({ message, detail }) => `${message} does not fit its schema${because(detail)}`,
  decodeFailed: ({ who, message }) => `${who} could not read ${message}`,
  lost: ({ message, subject }) => `${message} was lost at ${subject}`,
  duplicated: ({ message }) => `${message} exists twice now`,
  delayed: ({ subject, amount }) => `${subject} is slower by ${amount} ms`,
  cut: ({ subject, detail }) => `${subject} was cut off${because(detail)}`,
  healed: ({ subject }) => `${subject} works again`,
  crashed: ({ subject }) => `${subject} crashed`,
  restarted: ({ subject }) => `${subject} started again`,
  changed: ({ subject, type, detail }) => `${type} at ${subject}${because(detail)}`,
};

export const storyWords = {
  types,
  kinds,
  aMessage: 'a message',
  partition: (index: string) => `partition ${index}`,
  partitionOf: (topic: string, index: string) => `${topic} partition ${index}`,
  place: (partition: string | null, offset: number) =>
    partition === null ? ` (offset ${offset})` : ` (${partition}, offset ${offset})`,
  story: 'Story',
  caption: (from: string, to: string) => `What happened, from ${from} to ${to}, newest last`,
  nothingYet: 'Nothing has happened yet. Play, or go one step on.',
  earlier: (count: number) => `Show ${count} earlier`,
  toTime: (time: string) => `Go to ${time}`,
  now: 'now',
} as const;

export type StoryWords = typeof storyWords;
