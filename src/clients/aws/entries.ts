/** Messages as entries of calls: to a queue or to a topic, alone or in a batch. */
import { arnOf, type MessageAttributes } from '../../brokers/aws/protocol/common';
import type { PublishBatchRequest, PublishRequest } from '../../brokers/aws/sns/protocol';
import { queueUrl, type SendMessageBatchRequest, type SendMessageRequest } from '../../brokers/aws/sqs/protocol'; // prettier-ignore
import type { Body, MessageId } from '../../kernel/bodies';
import type { FactId } from '../../kernel/fact';
import type { Context } from '../../kernel/machine';
import type { ProducerOptions } from './options';

/** A message that is to be sent. */
export interface Entry {
  readonly message: MessageId;
  /** The published fact. */
  readonly fact: FactId;
}

type Request = SendMessageRequest | SendMessageBatchRequest | PublishRequest | PublishBatchRequest;

/** One call for these; ids of a batch's entries are their places in the list. */
export function requestFor(
  options: ProducerOptions,
  place: string,
  entries: readonly Entry[],
  context: Context,
): Request {
  const isAlone = options.batchSize === 1;
  const common = entries.map(({ message }) => commonOf(options, place, message, context));
  if (options.service === 'sns') {
    const TopicArn = arnOf('sns', place);
    const published = common.map((one, index) => ({ ...one, Message: { message: entries[index].message } }));
    if (isAlone) return { type: 'PublishRequest', TopicArn, ...published[0] };
    const PublishBatchRequestEntries = published.map((one, index) => ({ Id: String(index), ...one }));
    return { type: 'PublishBatchRequest', TopicArn, PublishBatchRequestEntries };
  }
  const QueueUrl = queueUrl(place);
  const delay = options.delaySeconds === 0 ? {} : { DelaySeconds: options.delaySeconds };
  const sent = common.map((one, index) => ({ ...one, ...delay, Body: { message: entries[index].message } }));
  if (isAlone) return { type: 'SendMessageRequest', QueueUrl, ...sent[0] };
  const Entries = sent.map((one, index) => ({ Id: String(index), ...one }));
  return { type: 'SendMessageBatchRequest', QueueUrl, Entries };
}

function commonOf(options: ProducerOptions, place: string, message: MessageId, context: Context) {
  const body = context.body(message);
  const isFifo = place.endsWith('.fifo');
  const group = groupOf(options, isFifo, body);
  const attributes = attributesOf(options.attributes, body);
  return {
    ...(attributes === null ? {} : { MessageAttributes: attributes }),
    ...(group === null ? {} : { MessageGroupId: group }),
    ...(isFifo && options.deduplicationId === 'message' ? { MessageDeduplicationId: `m${message}` } : {}),
  };
}

function groupOf({ groupId }: ProducerOptions, isFifo: boolean, { key }: Body): string | null {
  if (groupId !== '' && groupId !== 'key') return groupId;
  if (groupId === '' && !isFifo) return null;
  // a FIFO place needs one
  return key ?? (isFifo ? 'none' : null);
}

function attributesOf(names: readonly string[], body: Body): MessageAttributes | null {
  const attributes: Record<string, MessageAttributes[string]> = {};
  for (const name of names) {
    const value =
      name === 'type' || name === 'domain' || name === 'key' ? body[name] : (body.data[name] ?? null);
    if (value === null || value === '') continue;
    const DataType = typeof value === 'number' ? 'Number' : 'String';
    attributes[name] = { DataType, StringValue: String(value) };
  }
  return Object.keys(attributes).length === 0 ? null : attributes;
}
