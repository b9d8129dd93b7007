/**
 * Publishing: checks, deduplication of FIFO topics, and a delivery for every subscription that the notification passes.
 * Success means that SNS has it, and nothing about subscribers. What AWS answers is in LocalStack's recordings of SNS
 * (test_sns: TestSNSPublishCrud, TestSNSSubscriptionSQSFifo).
 */
import type { MessageId } from '../../../kernel/bodies';
import { factType } from '../../../kernel/fact';
import type { Context } from '../../../kernel/machine';
import { seconds, type Time } from '../../../kernel/time';
import { isoTime, type MessageAttributes } from '../protocol/common';
import { sha256OfText, sizeOf, sizeOfAttributes, textOfBody } from '../protocol/content';
import { uuidOf } from '../protocol/ids';
import { addDelivery } from './deliver';
import { checkArn, invalidParameter, Refused } from './errors';
import { passes } from './filter-policy';
import type {
  Publication,
  PublishBatchRequest,
  PublishBatchResponse,
  PublishRequest,
  PublishResponse,
} from './protocol';
import type { Notification, SnsState, Subscription, Topic } from './state';
import { topicOf } from './topics';

const Accepted = factType('accepted', 'NotificationAccepted');
const Deduplicated = factType('skipped', 'NotificationDeduplicated');
const Filtered = factType('skipped', 'NotificationFiltered');
const Unroutable = factType('unroutable', 'NotificationUnroutable');

/** SNS developer guide, "Message deduplication for FIFO topics". */
const deduplicationWindow = seconds(300);
/** Bytes of a message with its attributes, and of all of a batch (API reference, Publish). */
const sizeMax = 262_144;
const entriesMax = 10;

export function publish(state: SnsState, request: PublishRequest, context: Context): PublishResponse {
  const topic = targetOf(state, request);
  check(topic, request, context);
  if (publicationSize(request, context) > sizeMax) throw invalidParameter('Message too long');
  return { type: 'PublishResponse', ...accept(state, topic, request, context) };
}

function targetOf(state: SnsState, { TopicArn, TargetArn }: PublishRequest): Topic {
  if (TopicArn !== undefined || TargetArn === undefined) return topicOf(state, TopicArn);
  checkArn('TargetArn', TargetArn);
  if (TargetArn.includes(':endpoint/')) {
    throw invalidParameter('TargetArn Reason: No endpoint found for the target arn specified');
  }
  return topicOf(state, TargetArn, 'TargetArn');
}

/** Entries stand for themselves where only their content is wrong; what the topic needs is asked of all of them. */
export function publishBatch(
  state: SnsState,
  request: PublishBatchRequest,
  context: Context,
): PublishBatchResponse {
  const topic = topicOf(state, request.TopicArn);
  const { PublishBatchRequestEntries: entries } = request;
  checkEntries(entries);
  for (const entry of entries) {
    checkStructure(entry, context);
    checkFifo(topic, entry);
  }
  const size = entries.reduce((sum, entry) => sum + publicationSize(entry, context), 0);
  if (size > sizeMax) {
    throw new Refused(
      'BatchRequestTooLong',
      'The length of all the messages put together is more than the limit.',
    );
  }
  const successful: PublishBatchResponse['Successful'][number][] = [];
  const failed: PublishBatchResponse['Failed'][number][] = [];
  for (const entry of entries) {
    const refused = refusalOf(() => check(topic, entry, context));
    if (refused) {
      const { code: Code, message: Message } = refused.response;
      failed.push({ Id: entry.Id, Code, Message, SenderFault: true });
    } else successful.push({ Id: entry.Id, ...accept(state, topic, entry, context) });
  }
  return { type: 'PublishBatchResponse', Successful: successful, Failed: failed };
}

function checkEntries(entries: PublishBatchRequest['PublishBatchRequestEntries']): void {
  if (entries.length === 0) {
    throw new Refused('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  }
  if (entries.length > entriesMax) {
    throw new Refused(
      'TooManyEntriesInBatchRequest',
      'The batch request contains more entries than permissible.',
    );
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw new Refused(
      'BatchEntryIdsNotDistinct',
      'Two or more batch entries in the request have the same Id.',
    );
  }
  if (!entries.every(({ Id }) => /^[\w-]{1,80}$/.test(Id))) {
    throw new Refused(
      'InvalidBatchEntryId',
      "The Id of a batch entry in a batch request doesn't abide by the specification.",
    );
  }
}

function refusalOf(attempt: () => void): Refused | null {
  try {
    attempt();
    return null;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

function check(topic: Topic, publication: Publication, context: Context): void {
  if (textIn(publication, context) === '') throw invalidParameter('Empty message');
  const { Subject: subject } = publication;
  if (subject !== undefined && (subject === '' || subject.length > 100 || /[\n\r]/.test(subject))) {
    throw invalidParameter('Subject');
  }
  checkStructure(publication, context);
  checkAttributes(publication.MessageAttributes ?? {});
  checkFifo(topic, publication);
}

function checkStructure(publication: Publication, context: Context): void {
  if (publication.MessageStructure === 'json') textsByProtocol(textIn(publication, context));
}

function textsByProtocol(text: string): { readonly default: string } & Readonly<Record<string, unknown>> {
  let texts: unknown;
  try {
    texts = JSON.parse(text);
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  if (typeof texts !== 'object' || texts === null || typeof Reflect.get(texts, 'default') !== 'string') {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
  return texts as { default: string };
}

function checkAttributes(attributes: MessageAttributes): void {
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes)) {
    if (!/^(String|Number|Binary)(\..+)?$/.test(DataType)) {
      throw new Refused(
        'ParameterValueInvalid',
        `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
      );
    }
    if ((StringValue ?? '') === '' && (BinaryValue ?? '') === '') {
      throw new Refused(
        'ParameterValueInvalid',
        `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
      );
    }
  }
}

function checkFifo(topic: Topic, { MessageGroupId, MessageDeduplicationId }: Publication): void {
  if (!topic.isFifo) {
    if (MessageDeduplicationId === undefined) return;
    throw invalidParameter(
      'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    );
  }
  if (MessageGroupId === undefined) {
    throw invalidParameter('The MessageGroupId parameter is required for FIFO topics');
  }
  if (MessageDeduplicationId === undefined && !isContentBased(topic)) {
    throw invalidParameter(
      'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
}

function isContentBased({ attributes }: Topic): boolean {
  return attributes.get('ContentBasedDeduplication') === 'true';
}

function textIn({ Message }: Publication, context: Context): string {
  return textOfBody(context.body(Message.message));
}

function publicationSize({ Message, MessageAttributes: attributes }: Publication, context: Context): number {
  return sizeOf(Message, context.body(Message.message)) + sizeOfAttributes(attributes);
}

interface AcceptedAs {
  readonly MessageId: string;
  readonly SequenceNumber?: string;
}

function accept(state: SnsState, topic: Topic, publication: Publication, context: Context): AcceptedAs {
  if (!topic.isFifo) {
    const messageId = uuidOf('sns message', ++state.lastMessage);
    fanOut(state, topic, publication, { messageId }, context);
    return { MessageId: messageId };
  }
  const id = publication.MessageDeduplicationId ?? sha256OfText(textIn(publication, context));
  const perGroup = topic.attributes.get('FifoThroughputScope') === 'MessageGroup';
  const key = perGroup ? `${publication.MessageGroupId} ${id}` : id;
  forgetOld(topic, context.now);
  const known = topic.recent.get(key);
  if (known) {
    const { message } = publication.Message;
    const subject = subjectOf(state, topic);
    context.emit({ is: Deduplicated, subject, message, group: publication.MessageGroupId ?? '', detail: id });
    return { MessageId: known.messageId, SequenceNumber: known.sequenceNumber };
  }
  const messageId = uuidOf('sns message', ++state.lastMessage);
  const sequenceNumber = `1${String(++topic.sequence).padStart(19, '0')}`;
  topic.recent.set(key, { at: context.now, messageId, sequenceNumber });
  fanOut(state, topic, publication, { messageId, deduplicationId: id, sequenceNumber }, context);
  return { MessageId: messageId, SequenceNumber: sequenceNumber };
}

function forgetOld({ recent }: Topic, now: Time): void {
  for (const [key, { at }] of recent) {
    if (at + deduplicationWindow > now) return;
    recent.delete(key);
  }
}

/** A delivery for each subscription that it passes. */
function fanOut(
  state: SnsState,
  topic: Topic,
  publication: Publication,
  ids: Pick<Notification, 'messageId' | 'deduplicationId' | 'sequenceNumber'>,
  context: Context,
): void {
  const { message } = publication.Message;
  const { Subject: subject, MessageAttributes: attributes, MessageGroupId: groupId } = publication;
  const address = subjectOf(state, topic);
  const position = ++topic.published;
  const cause = context.emit({ is: Accepted, subject: address, message, position, group: groupId ?? '' });
  const signatureVersion = topic.attributes.get('SignatureVersion');
  const notification: Notification = {
    ...ids,
    messages: messagesOf(publication, context),
    timestamp: isoTime(context.now),
    cause,
    ...(subject === undefined ? {} : { subject }),
    ...(attributes === undefined ? {} : { attributes }),
    ...(groupId === undefined ? {} : { groupId }),
    ...(signatureVersion === undefined ? {} : { signatureVersion }),
  };
  const took = topic.subscriptions.filter((arn) =>
    takes(state.subscriptions.get(arn)!, notification, address, context),
  );
  for (const arn of took) addDelivery(state, topic, state.subscriptions.get(arn)!, notification, context);
  topic.last = { message, group: groupId ?? '', at: context.now, took };
  if (took.length > 0) return;
  topic.unroutable++;
  const detail = topic.subscriptions.length === 0 ? 'no subscription' : 'no filter policy lets it pass';
  context.emit({ is: Unroutable, subject: address, message, position, detail, cause });
}

function takes(
  subscription: Subscription,
  { messages, attributes, cause }: Notification,
  subject: string,
  context: Context,
): boolean {
  const { filterBefore } = subscription;
  const isOld = filterBefore !== undefined && context.now < filterBefore.until;
  const filter = isOld ? filterBefore.filter : subscription.filter;
  const message = messages[subscription.protocol];
  if (!filter || passes(filter, attributes, context.body(message))) return true;
  const { endpoint: group } = subscription;
  context.emit({ is: Filtered, subject, message, group, detail: filter.text, cause });
  return false;
}

/** A text of another wording is another message; it belongs to the same journey. */
function messagesOf(publication: Publication, context: Context): Notification['messages'] {
  const { message } = publication.Message;
  if (publication.MessageStructure !== 'json') return { sqs: message, lambda: message };
  const texts = textsByProtocol(textIn(publication, context));
  const worded = (protocol: 'sqs' | 'lambda'): MessageId => {
    const own = texts[protocol];
    const body = context.body(message);
    const value = typeof own === 'string' ? own : texts.default;
    return context.compose({ ...body, data: { ...body.data, value } });
  };
  return { sqs: worded('sqs'), lambda: worded('lambda') };
}

export function subjectOf({ name }: SnsState, topic: { readonly name: string }): string {
  return `${name}/${topic.name}`;
}
