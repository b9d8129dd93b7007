/** Sentences about exchanges, queues, topics and functions: RabbitMQ, SQS, SNS and Lambda, and their clients. */
import type { Sentence, Telling } from './words.en';

const many = (count: number, one: string, other: string): string => `${count} ${count === 1 ? one : other}`;
const because = (detail: string): string => (detail === '' ? '' : `: ${detail}`);
const seconds = (milliseconds: number): string => `${Math.round(milliseconds / 100) / 10} s`;
/** "sqs/jobs" → "jobs". */
const last = (address: string): string => address.slice(address.lastIndexOf('/') + 1);
const times = (count: number): string => (count > 1 ? `, for the ${nth(count)} time` : '');

function nth(count: number): string {
  const tail = count % 100 > 10 && count % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${tail}`;
}

/** The default exchange has no name: it leads to any queue by the queue's. */
const exchange = (name: string): string => (name === '' ? 'the default exchange' : name);

/** Reasons for which RabbitMQ gives a message up, as x-death has them; SQS says which queue it goes to instead. */
const deaths: Readonly<Record<string, string>> = {
  rejected: 'it was rejected',
  expired: 'its time to live was over',
  maxlen: 'the queue was full',
  delivery_limit: 'it had reached its delivery limit',
};

function died({ message, subject, detail, amount }: Telling): string {
  const reason = deaths[detail];
  if (reason === undefined) return `${message} went from ${subject} to ${last(detail) || 'the dead letters'}`;
  return `${subject} gave up ${message}, as ${reason}${amount === 0 ? '; nobody keeps it' : ''}`;
}

const rabbit: Readonly<Record<string, Sentence>> = {
  MessagePublished: ({ who, message, key }) =>
    `${who} published ${message}${key === null ? '' : ` (key ${key})`}`,
  MessageRouted: ({ message, subject, amount }) =>
    `${exchange(subject)} routed ${message} to ${many(amount, 'queue', 'queues')}`,
  MessageUnroutable: ({ message, subject }) =>
    subject === ''
      ? `no queue is called as ${message} asked for: it is gone`
      : `${subject} had no binding for ${message}: it is gone`,
  MessageReturned: ({ message, subject }) =>
    subject === ''
      ? `no queue is called as ${message} asked for: it was returned, as it was mandatory`
      : `${subject} had no binding for ${message} and returned it, as it was mandatory`,
  MessageEnqueued: ({ message, subject }) => `${message} is in ${subject}`,
  PublishRejected: ({ message, subject, detail }) => `${subject} was full and refused ${message}${because(detail)}`,
  MessageConfirmed: ({ who, message }) => `${who} was told that the broker has ${message}`,
  PublishFailed: ({ who, message, detail }) => `${who} could not publish ${message}${because(detail)}`,
  MessageDelivered: ({ message, subject, group }) => `${subject} pushed ${message} to ${group}`,
  MessageRedelivered: ({ message, subject, group }) =>
    `${subject} pushed ${message} to ${group}, marked as redelivered`,
  MessageAcknowledged: ({ message, subject, group }) => `${group} acknowledged ${message}: it is gone from ${subject}`,
  MessageRejected: ({ message, group }) => `${group} rejected ${message} for good`,
  MessageRequeued: ({ message, subject }) => `${message} went back to ${subject}`,
  DeliveryLimitReached: ({ message, subject, amount }) =>
    `${message} came back to ${subject} for the ${nth(Math.max(1, amount))} time, which is once too often`,
  MessageDroppedFromHead: ({ message, subject }) => `${subject} was full and dropped ${message} from its head`,
  MessageDeadLettered: died,
  MessageLost: ({ message, subject, detail }) => `${message} was lost with ${subject}${because(detail)}`,
  ConnectionLost: ({ subject, detail }) => `${subject} lost its connection${because(detail)}`,
  ChannelClosed: ({ subject, detail }) => `the channel of ${subject} was closed${because(detail)}`,
  ConnectionRefused: ({ who, subject }) => `${who} could not connect to ${subject}`,
  ConsumerCancelled: ({ who, detail }) => `the broker cancelled the consumer of ${who}${because(detail)}`,
  AckFailed: ({ who, message, detail }) => `${who} could not acknowledge ${message}${because(detail)}`,
  MessageForwarded: ({ who, message }) => `${who} passed ${message} on`,
}; // prettier-ignore

const sqs: Readonly<Record<string, Sentence>> = {
  SendConfirmed: ({ who, message }) => `${who} was told that ${message} is stored`,
  BatchEntryFailed: ({ who, message, detail }) =>
    `${message} failed in a batch of ${who} that succeeded${because(detail)}`,
  MessageAccepted: ({ message, subject, amount }) =>
    `${subject} took in ${message}${amount > 0 ? `, to be seen in ${seconds(amount)}` : ''}`,
  MessageDelayed: ({ message, subject, amount }) => `${message} is delayed in ${subject} for ${seconds(amount)}`,
  DelayEnded: ({ message, subject }) => `${message} is visible in ${subject}`,
  MessageRefused: ({ message, subject, detail }) => `${subject} refused ${message}${because(detail)}`,
  MessageDeduplicated: ({ message, subject }) =>
    `${subject} had ${message} already, by its deduplication id, and did not add it`,
  MessageReceived: ({ message, subject }) => `${message} was received from ${subject}`,
  MessageReceivedAgain: ({ message, subject, amount }) => `${message} was received from ${subject} again${times(amount)}`,
  VisibilityTimeoutStarted: ({ message, subject, amount }) =>
    `${message} is hidden in ${subject} for ${seconds(amount)}`,
  VisibilityTimeoutChanged: ({ message, subject, amount }) =>
    `${message} is hidden in ${subject} for ${seconds(amount)} from now on`,
  VisibilityTimeoutEnded: ({ message, subject }) => `nobody has deleted ${message}: it is visible in ${subject} again`,
  MessageDeleted: ({ message, subject }) => `${message} was deleted from ${subject}`,
  DeleteIgnored: ({ message, subject }) =>
    `${subject} did not delete ${message}: it was received again since, with another handle`,
  DeleteRefused: ({ message, subject, detail }) => `${subject} did not delete ${message}${because(detail)}`,
  VisibilityChangeRefused: ({ message, subject, detail }) =>
    `${subject} did not change how long ${message} is hidden${because(detail)}`,
  CopySurvived: ({ message, subject }) =>
    `a host of ${subject} did not hear that ${message} was deleted, and has it still`,
  MessageRedriven: ({ message, subject, detail }) => `${message} was moved from ${subject} to ${detail || 'its source'}`,
  MessageExpired: ({ message, subject }) => `${message} expired in ${subject}`,
  MessagePurged: ({ message, subject }) => `${message} was purged from ${subject}`,
  ReceiveRefused: ({ subject, detail }) => `${subject} refused a receive${because(detail)}`,
  QueueCreated: ({ subject }) => `queue ${subject} was created`,
  QueueDeleted: ({ subject, amount }) => `queue ${subject} was deleted with ${many(amount, 'message', 'messages')}`,
  QueueAttributesSet: ({ subject, detail }) => `attributes of ${subject} were set${because(detail)}`,
  MoveTaskStarted: ({ subject, detail, amount }) =>
    `${many(amount, 'message', 'messages')} of ${subject} are to be moved${detail === '' ? '' : ` to ${detail}`}`,
  MoveTaskEnded: ({ subject, detail, amount }) =>
    `${many(amount, 'message was', 'messages were')} moved from ${subject}${because(detail)}`,
}; // prettier-ignore

const functions: Readonly<Record<string, Sentence>> = {
  NotificationAccepted: ({ message, subject }) => `${subject} took in ${message}, to copy it to its subscribers`,
  NotificationDeduplicated: ({ message, subject }) => `${subject} had ${message} already, by its deduplication id`,
  NotificationFiltered: ({ message, group, subject }) => `the filter of ${last(group) || subject} let ${message} pass by`,
  NotificationUnroutable: ({ message, subject }) => `no subscription of ${subject} wanted ${message}`,
  NotificationDelivered: ({ message, subject, group }) => `${subject} delivered a copy of ${message} to ${last(group)}`,
  NotificationDeliveryFailed: ({ message, subject, group, detail }) =>
    `${subject} could not deliver ${message} to ${last(group)}${because(detail)}`,
  NotificationDeadLettered: ({ message, subject, detail }) =>
    `${subject} gave up delivering ${message}: it went to ${last(detail) || 'the dead letters'}`,
  NotificationDiscarded: ({ message, subject, detail }) => `${subject} gave up delivering ${message}${because(detail)}`,
  FunctionInvoked: ({ subject, amount }) =>
    `${subject} was invoked${amount > 1 ? ` with ${many(amount, 'message', 'messages')}` : ''}`,
  FunctionReturned: ({ subject }) => `${subject} returned`,
  FunctionFailed: ({ subject, detail }) => `${subject} failed${because(detail)}`,
  FunctionTimedOut: ({ subject }) => `${subject} took too long and was ended`,
  InvocationThrottled: ({ subject }) => `${subject} has no environment free: the invocation was throttled`,
  EventAccepted: ({ message, subject }) => `${subject} took in the event about ${message}, to run for it later`,
  EventDelivered: ({ who, message }) => `${who} runs for ${message}`,
  EventRedelivered: ({ who, message }) => `${who} runs for ${message} again`,
  EventDeadLettered: ({ message, detail }) => `the event about ${message} went to ${detail || 'the dead letters'}`,
  EventDiscarded: ({ message, detail }) => `the event about ${message} was discarded${because(detail)}`,
  EventAgeExceeded: ({ message, subject }) => `the event about ${message} grew too old for ${subject}`,
  MessageFiltered: ({ message, subject }) => `the filter of the mapping deleted ${message} from ${subject} unread`,
  BatchItemFailed: ({ message, subject, detail }) => `${message} stays in ${subject}${because(detail)}`,
}; // prettier-ignore

export const queueTypes: Readonly<Record<string, Sentence>> = { ...rabbit, ...sqs, ...functions };
