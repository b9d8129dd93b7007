/**
 * Topics: creating, deleting, attributes, tags, permissions. What AWS answers is in LocalStack's recordings of SNS
 * (test_sns: TestSNSTopicCrud). Policies are kept and shown, and nobody is refused by one; delivery policies concern HTTP
 * endpoints, which are not modelled, and are shown as they were given.
 */
import { accountId, arnOf } from '../protocol/common';
import { checkArn, invalidParameter, notFound } from './errors';
import type {
  AddPermissionRequest,
  Attributes,
  AttributesResponse,
  CreateTopicRequest,
  CreateTopicResponse,
  ListTagsForResourceResponse,
  ListTopicsRequest,
  ListTopicsResponse,
  RemovePermissionRequest,
  SetTopicAttributesRequest,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from './protocol';
import type { SnsState, Topic } from './state';

/** How many things a list names at a time (API reference, ListTopics). */
export const pageLength = 100;

/** Attributes that may be set, besides those of delivery status logging. */
const settable = [
  'DisplayName', 'Policy', 'DeliveryPolicy', 'KmsMasterKeyId', 'SignatureVersion', 'TracingConfig',
  'ContentBasedDeduplication', 'FifoThroughputScope', 'ArchivePolicy', 'DataProtectionPolicy',
]; // prettier-ignore
const feedback = /(SuccessFeedbackRoleArn|SuccessFeedbackSampleRate|FailureFeedbackRoleArn)$/;

export function createTopic(state: SnsState, request: CreateTopicRequest): CreateTopicResponse {
  const { Name: name, Attributes: attributes = {}, Tags: tags = [] } = request;
  const isFifo = attributes['FifoTopic'] === 'true';
  const base = isFifo && name.endsWith('.fifo') ? name.slice(0, -'.fifo'.length) : name;
  if (isFifo !== name.endsWith('.fifo') || !/^[\w-]+$/.test(base) || name.length > 256) {
    throw invalidParameter('Topic Name');
  }
  const arn = arnOf('sns', name);
  const response: CreateTopicResponse = { type: 'CreateTopicResponse', TopicArn: arn };
  const known = state.topics.get(arn);
  checkTags(tags);
  if (known) {
    sameAgain(known, attributes, tags);
    return response;
  }
  for (const attribute of Object.keys(attributes)) {
    if (attribute !== 'FifoTopic' && !isSettable(attribute))
      throw invalidParameter(`Attributes Reason: Unknown attribute ${attribute}`);
  }
  state.topics.set(arn, newTopic(arn, name, isFifo, attributes, tags));
  return response;
}

function newTopic(
  arn: string,
  name: string,
  isFifo: boolean,
  given: Attributes,
  tags: readonly Tag[],
): Topic {
  return {
    ...{ arn, name, isFifo },
    attributes: new Map(Object.entries(given)),
    tags: new Map(tags.map(({ Key, Value }) => [Key, Value])),
    statements: new Map(),
    subscriptions: [],
    unsubscribed: 0,
    sequence: 0,
    recent: new Map(),
    published: 0,
    unroutable: 0,
    last: null,
  };
}

/** Creating it once more is no mistake, unless it would be another topic. */
function sameAgain(topic: Topic, attributes: Attributes, tags: readonly Tag[]): void {
  const shown = attributesOf(topic);
  if (Object.entries(attributes).some(([name, value]) => shown[name] !== value)) {
    throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
  }
  if (tags.some(({ Key, Value }) => topic.tags.get(Key) !== Value)) {
    throw invalidParameter('Tags Reason: Topic already exists with different tags');
  }
}

/** Deleting what is not there is no mistake. Its subscriptions can be asked for a while yet. */
export function deleteTopic(state: SnsState, arn: string): void {
  checkArn('TopicArn', arn);
  state.topics.delete(arn);
}

export function topicOf(state: SnsState, arn: string | undefined, parameter = 'TopicArn'): Topic {
  checkArn(parameter, arn);
  const topic = state.topics.get(arn);
  if (!topic) throw notFound('Topic');
  return topic;
}

export function topicAttributes(topic: Topic): AttributesResponse {
  return { type: 'GetTopicAttributesResponse', Attributes: attributesOf(topic) };
}

function attributesOf(topic: Topic): Attributes {
  const { arn, isFifo, attributes, subscriptions, unsubscribed } = topic;
  const all: Record<string, string> = {
    TopicArn: arn,
    Owner: accountId,
    Policy: policyOf(topic),
    DisplayName: '',
    EffectiveDeliveryPolicy: effectiveDeliveryPolicy,
    SubscriptionsConfirmed: String(subscriptions.length),
    SubscriptionsDeleted: String(unsubscribed),
    SubscriptionsPending: '0',
    ...(isFifo ? { FifoTopic: 'true', ContentBasedDeduplication: 'false' } : {}),
  };
  for (const [name, value] of attributes) if (value !== '' || name === 'DisplayName') all[name] = value;
  return all;
}

export function setTopicAttributes(
  topic: Topic,
  { AttributeName: name, AttributeValue: value = '' }: SetTopicAttributesRequest,
): void {
  if (!isSettable(name)) throw invalidParameter('AttributeName');
  if (name === 'ContentBasedDeduplication' && !topic.isFifo) {
    throw invalidParameter('Content-based deduplication can only be set for FIFO topics');
  }
  topic.attributes.set(name, value);
}

function isSettable(name: string): boolean {
  return settable.includes(name) || feedback.test(name);
}

export function listTopics(state: SnsState, { NextToken }: ListTopicsRequest): ListTopicsResponse {
  const { page, next } = pageOf([...state.topics.keys()], NextToken);
  const Topics = page.map((TopicArn) => ({ TopicArn }));
  return { type: 'ListTopicsResponse', Topics, ...(next === undefined ? {} : { NextToken: next }) };
}

/** The token is the place where the next page begins. */
export function pageOf<Item>(
  items: readonly Item[],
  token: string | undefined,
): { readonly page: readonly Item[]; readonly next?: string } {
  const from = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(from) || from < 0) throw invalidParameter('NextToken');
  const page = items.slice(from, from + pageLength);
  return from + pageLength < items.length ? { page, next: String(from + pageLength) } : { page };
}

function checkTags(tags: readonly Tag[]): void {
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) {
    throw invalidParameter('Duplicated keys are not allowed.');
  }
}

export function tag(topic: Topic, { Tags }: TagResourceRequest): void {
  checkTags(Tags);
  for (const { Key, Value } of Tags) topic.tags.set(Key, Value);
}

export function untag(topic: Topic, { TagKeys }: UntagResourceRequest): void {
  for (const key of TagKeys) topic.tags.delete(key);
}

export function tagsOf(topic: Topic): ListTagsForResourceResponse {
  const Tags = [...topic.tags].map(([Key, Value]) => ({ Key, Value }));
  return { type: 'ListTagsForResourceResponse', Tags };
}

/** Actions that a statement of a topic's policy may allow. */
const actions = [
  'GetTopicAttributes', 'SetTopicAttributes', 'AddPermission', 'RemovePermission', 'DeleteTopic', 'Subscribe',
  'ListSubscriptionsByTopic', 'Publish',
]; // prettier-ignore

export function addPermission(topic: Topic, request: AddPermissionRequest): void {
  const { Label: label, AWSAccountId: accounts, ActionName: names } = request;
  if (!names.every((name) => actions.includes(name))) {
    throw invalidParameter('Policy statement action out of service scope!');
  }
  if (topic.statements.has(label)) throw invalidParameter('Statement already exists');
  topic.statements.set(label, { accounts, actions: names });
}

export function removePermission(topic: Topic, { Label }: RemovePermissionRequest): void {
  topic.statements.delete(Label);
}

function policyOf({ arn, attributes, statements }: Topic): string {
  const own = attributes.get('Policy');
  if (own !== undefined && own !== '') return own;
  const one = (texts: readonly string[]) => (texts.length === 1 ? texts[0] : texts);
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: actions.map((name) => `SNS:${name}`),
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
      },
      ...[...statements].map(([Sid, statement]) => ({
        Sid,
        Effect: 'Allow',
        Principal: { AWS: one(statement.accounts.map((account) => `arn:aws:iam::${account}:root`)) },
        Action: one(statement.actions.map((name) => `SNS:${name}`)),
        Resource: arn,
      })),
    ],
  });
}

/** Of HTTP endpoints, and the same for every topic that has no policy of its own. */
const effectiveDeliveryPolicy = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
});
