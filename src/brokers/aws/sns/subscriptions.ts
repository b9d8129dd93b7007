/**
 * Subscriptions: of SQS queues and Lambda functions, which need no confirmation in one account. What AWS answers is in
 * LocalStack's recordings of SNS (test_sns: TestSNSSubscriptionCrud, TestSNSSubscriptionSQS).
 */
import { accountId, resourceOf } from '../protocol/common';
import { uuidOf } from '../protocol/ids';
import { checkArn, invalidParameter, notFound } from './errors';
import type {
  Attributes,
  AttributesResponse,
  ListSubscriptionsResponse,
  SetSubscriptionAttributesRequest,
  SubscribeRequest,
  SubscribeResponse,
  SubscriptionSummary,
} from './protocol';
import { setAttribute } from './subscription-attributes';
import type { SnsState, Subscription, Topic } from './state';
import { pageOf, topicOf } from './topics';
import type { Time } from '../../../kernel/time';

const protocols = [
  'http', 'https', 'email', 'email-json', 'sms', 'sqs', 'application', 'lambda', 'firehose',
]; // prettier-ignore

export function subscribe(state: SnsState, request: SubscribeRequest, now: Time): SubscribeResponse {
  const { Protocol: protocol, Endpoint: endpoint = '', Attributes: attributes = {} } = request;
  if (!protocols.includes(protocol)) {
    throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);
  }
  const topic = topicOf(state, request.TopicArn);
  if (protocol !== 'sqs' && protocol !== 'lambda') {
    throw invalidParameter(`Protocol ${protocol} is not simulated`);
  }
  checkEndpoint(topic, protocol, endpoint);
  const known = topic.subscriptions
    .map((arn) => state.subscriptions.get(arn)!)
    .find((one) => one.protocol === protocol && one.endpoint === endpoint);
  const subscription = newSubscription(state, topic, protocol, endpoint);
  for (const [name, value] of ordered(attributes)) {
    setAttribute(subscription, name, value, 'Attributes Reason: ', topic.isFifo);
  }
  if (known) {
    sameAgain(known, subscription, attributes);
    return { type: 'SubscribeResponse', SubscriptionArn: known.arn };
  }
  delete subscription.filterBefore;
  if (subscription.filter && state.settings.filterPolicyDelay > 0) {
    subscription.filterBefore = { filter: null, until: now + state.settings.filterPolicyDelay };
  }
  state.lastSubscription++;
  state.subscriptions.set(subscription.arn, subscription);
  topic.subscriptions = [...topic.subscriptions, subscription.arn];
  return { type: 'SubscribeResponse', SubscriptionArn: subscription.arn };
}

function checkEndpoint(topic: Topic, protocol: 'sqs' | 'lambda', endpoint: string): void {
  const resource = endpoint.startsWith('arn:') ? resourceOf(endpoint) : null;
  if (resource?.service !== protocol) {
    throw invalidParameter(`${protocol === 'sqs' ? 'SQS' : 'Lambda'} endpoint ARN`);
  }
  if (protocol === 'lambda' && topic.isFifo) throw invalidParameter('Invalid protocol type: lambda');
  if (endpoint.endsWith('.fifo') && !topic.isFifo) {
    // AWS says "Invalid parameter" twice
    throw invalidParameter(
      'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    );
  }
}

function newSubscription(
  state: SnsState,
  topic: Topic,
  protocol: 'sqs' | 'lambda',
  endpoint: string,
): Subscription {
  return {
    arn: `${topic.arn}:${uuidOf('sns subscription', state.lastSubscription + 1)}`,
    topicArn: topic.arn,
    ...{ protocol, endpoint },
    raw: false,
    scope: 'MessageAttributes',
    filter: null,
    redrive: null,
    other: new Map(),
    lanes: new Map(),
    delivered: 0,
  };
}

/** A policy is read as its scope says, so the scope comes first. */
function ordered(attributes: Attributes): readonly (readonly [string, string])[] {
  const entries = Object.entries(attributes);
  const isScope = ([name]: readonly [string, string]) => name === 'FilterPolicyScope';
  return [...entries.filter(isScope), ...entries.filter((entry) => !isScope(entry))];
}

/** Subscribing once more is no mistake, unless it says otherwise than before. */
function sameAgain(known: Subscription, again: Subscription, given: Attributes): void {
  const [before, now] = [shownOf(known), shownOf(again)];
  const scopes = 'FilterPolicyScope' in given && known.scope !== again.scope;
  if (scopes || Object.keys(given).some((name) => name in now && now[name] !== before[name])) {
    throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
  }
}

/** Unsubscribing what is not subscribed is no mistake. */
export function unsubscribe(state: SnsState, arn: string | undefined): void {
  checkArn('SubscriptionArn', arn);
  if (arn.split(':').length < 7) throw invalidParameter('SubscriptionId');
  const subscription = state.subscriptions.get(arn);
  if (!subscription) return;
  state.subscriptions.delete(arn);
  const topic = state.topics.get(subscription.topicArn);
  if (!topic) return;
  topic.subscriptions = topic.subscriptions.filter((other) => other !== arn);
  topic.unsubscribed++;
}

export function subscriptionOf(state: SnsState, arn: string): Subscription {
  checkArn('SubscriptionArn', arn);
  const subscription = state.subscriptions.get(arn);
  if (!subscription) throw notFound('Subscription');
  return subscription;
}

export function subscriptionAttributes(subscription: Subscription): AttributesResponse {
  return { type: 'GetSubscriptionAttributesResponse', Attributes: shownOf(subscription) };
}

function shownOf(subscription: Subscription): Attributes {
  const { arn, topicArn, protocol, endpoint, raw, filter, redrive, other } = subscription;
  return {
    SubscriptionArn: arn,
    TopicArn: topicArn,
    Owner: accountId,
    Protocol: protocol,
    Endpoint: endpoint,
    ConfirmationWasAuthenticated: 'true',
    PendingConfirmation: 'false',
    RawMessageDelivery: String(raw),
    SubscriptionPrincipal: `arn:aws:iam::${accountId}:user/sandbox`,
    // the scope is not shown while there is no policy
    ...(filter ? { FilterPolicy: filter.text, FilterPolicyScope: filter.scope } : {}),
    ...(redrive ? { RedrivePolicy: redrive.text } : {}),
    ...Object.fromEntries(other),
  };
}

export function setSubscriptionAttributes(
  state: SnsState,
  { SubscriptionArn, AttributeName: name, AttributeValue: value = '' }: SetSubscriptionAttributesRequest,
  now: Time,
): void {
  const subscription = subscriptionOf(state, SubscriptionArn);
  const isFifo = subscription.topicArn.endsWith('.fifo');
  const { filter } = subscription;
  setAttribute(subscription, name, value, '', isFifo);
  if (subscription.filter !== filter && state.settings.filterPolicyDelay > 0) {
    subscription.filterBefore = { filter, until: now + state.settings.filterPolicyDelay };
  }
}

export function listSubscriptions(
  type: ListSubscriptionsResponse['type'],
  subscriptions: readonly Subscription[],
  token: string | undefined,
): ListSubscriptionsResponse {
  const { page, next } = pageOf(subscriptions, token);
  return { type, Subscriptions: page.map(summaryOf), ...(next === undefined ? {} : { NextToken: next }) };
}

function summaryOf({ arn, protocol, endpoint, topicArn }: Subscription): SubscriptionSummary {
  return {
    SubscriptionArn: arn,
    Owner: accountId,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topicArn,
  };
}
