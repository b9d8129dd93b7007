/** Queues come and go: CreateQueue, DeleteQueue, GetQueueUrl, ListQueues, PurgeQueue. */
import type { Context } from '../../../kernel/machine';
import { seconds, type Time } from '../../../kernel/time';
import type { ErrorResponse } from '../protocol/common';
import { checkedAttributes, defaultAttributes, setAttributes, settingsOf } from './attributes';
import { disarm } from './clock';
import { empty } from './contents';
import { batchRefusal, isRefusal, noSuchQueue, refusal } from './errors';
import { MessagePurged, QueueCreated, QueueDeleted } from './facts';
import { newHeap } from './heap';
import { pageOf } from './pages';
import type * as Api from './protocol';
import { queueUrl } from './protocol';
import { wrongRedrive } from './queue-attributes';
import { newRanks } from './ranks';
import { dismissWaiting } from './receive';
import { Shelf } from './shelf';
import type { Queue, SqsState } from './state';

const nameAgainAfter = seconds(60);
const purgeAgainAfter = seconds(60);

export function createQueue(
  state: SqsState,
  { QueueName: name, Attributes: given = {}, tags = {} }: Api.CreateQueueRequest,
  context: Context,
): ErrorResponse | Api.CreateQueueResponse {
  const isFifo = given['FifoQueue']?.toLowerCase() === 'true';
  const wrong = wrongName(name, isFifo);
  if (wrong) return wrong;
  const attributes = checkedAttributes(given, isFifo);
  if (isRefusal(attributes)) return attributes;
  const known = state.queues.get(name);
  if (known) {
    for (const [attribute, value] of attributes)
      if (known.attributes.get(attribute) !== value)
        return refusal(
          'QueueAlreadyExists',
          `A queue already exists with the same name and a different value for attribute ${attribute}`,
        );
    return { type: 'CreateQueueResponse', QueueUrl: queueUrl(name) };
  }
  const deletedAt = state.deleted.get(name);
  if (deletedAt !== undefined && context.now - deletedAt < nameAgainAfter)
    return batchRefusal(
      'QueueDeletedRecently',
      'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
    );
  const redriveWrong = wrongRedrive(state, name, isFifo, attributes);
  if (redriveWrong) return redriveWrong;
  const queue = addQueue(state, name, isFifo, attributes, context.now);
  for (const [key, value] of Object.entries(tags)) queue.tags.set(key, value);
  context.emit({ is: QueueCreated, subject: queue.address });
  return { type: 'CreateQueueResponse', QueueUrl: queueUrl(name) };
}

function wrongName(name: string, isFifo: boolean): ErrorResponse | null {
  if (isFifo && !name.endsWith('.fifo'))
    return refusal(
      'InvalidParameterValue',
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length',
    );
  const isRight =
    name.length <= 80 && /^[A-Za-z0-9_-]+$/.test(isFifo ? name.slice(0, -'.fifo'.length) : name);
  return isRight
    ? null
    : refusal(
        'InvalidParameterValue',
        'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
      );
}

export function addQueue(
  state: SqsState,
  name: string,
  isFifo: boolean,
  given: ReadonlyMap<string, string>,
  now: Time,
): Queue {
  const attributes = defaultAttributes(isFifo);
  setAttributes(attributes, given);
  const queue: Queue = {
    ...{ name, address: `${state.name}/${name}`, uid: ++state.made, isFifo, createdAt: now, modifiedAt: now },
    chance: {
      ...{ order: `order of ${name}`, hosts: `hosts of ${name}` },
      ...{ groups: `groups of ${name}`, copies: `copies of ${name}` },
    },
    ...{ attributes, settings: settingsOf(attributes), scopeBefore: null, tags: new Map() },
    ...{ messages: new Shelf(), next: 0, sent: 0, available: 0, inFlight: 0, delayed: 0, order: 0 },
    ...{ ranks: newRanks(), tenants: new Map(), groups: new Map(), ready: newHeap(), clock: newHeap() },
    ...{ alarm: null, expiresAt: Infinity, hasForeign: false, waiters: [], originals: new Map() },
    ...{ attempts: new Map(), usage: new Map(), calls: { since: 0, count: new Map() } },
    ...{ purgedAt: null, counted: null, left: null },
  };
  state.queues.set(name, queue);
  state.deleted.delete(name);
  return queue;
}

export function deleteQueue(
  state: SqsState,
  queue: Queue,
  context: Context,
): { readonly type: 'DeleteQueueResponse' } {
  purgeAll(queue, context);
  dismissWaiting(state, queue, noSuchQueue, context);
  disarm(queue, context);
  state.queues.delete(queue.name);
  state.deleted.set(queue.name, context.now);
  context.emit({ is: QueueDeleted, subject: queue.address });
  return { type: 'DeleteQueueResponse' };
}

export function getQueueUrl(
  state: SqsState,
  { QueueName }: Api.GetQueueUrlRequest,
): ErrorResponse | Api.GetQueueUrlResponse {
  if (!state.queues.has(QueueName)) return noSuchQueue;
  return { type: 'GetQueueUrlResponse', QueueUrl: queueUrl(QueueName) };
}

export function listQueues(
  state: SqsState,
  { QueueNamePrefix: prefix = '', MaxResults, NextToken }: Api.ListQueuesRequest,
): ErrorResponse | Api.ListQueuesResponse {
  const names = [...state.queues.keys()].filter((name) => name.startsWith(prefix));
  const page = pageOf(names, MaxResults, NextToken);
  if (isRefusal(page)) return page;
  const { items, next } = page;
  return {
    type: 'ListQueuesResponse',
    ...(items.length > 0 && { QueueUrls: items.map(queueUrl) }),
    ...(next && { NextToken: next }),
  };
}

/** All at once; AWS takes up to a minute, in which some may still be received. */
export function purgeQueue(
  queue: Queue,
  context: Context,
): ErrorResponse | { readonly type: 'PurgeQueueResponse' } {
  if (queue.purgedAt !== null && context.now - queue.purgedAt < purgeAgainAfter)
    return batchRefusal(
      'PurgeQueueInProgress',
      `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
    );
  queue.purgedAt = context.now;
  purgeAll(queue, context);
  return { type: 'PurgeQueueResponse' };
}

function purgeAll(queue: Queue, context: Context): void {
  for (const { sent, sequence: position, receives: amount } of queue.messages.values()) {
    const { message } = sent.content;
    context.emit({ is: MessagePurged, subject: queue.address, message, position, amount, group: queue.name });
  }
  empty(queue);
}
