/** What SNS knows: topics, who is subscribed to them, and notifications that are on their way. All of it is durable. */
import type { MessageId } from '../../../kernel/bodies';
import type { FactId } from '../../../kernel/fact';
import type { ConnectionId, TimerId } from '../../../kernel/machine';
import type { Time } from '../../../kernel/time';
import type { MessageAttributes } from '../protocol/common';
import type { Pattern } from '../protocol/pattern';
import type { SnsSettings } from './options';

export interface Topic {
  readonly arn: string;
  readonly name: string;
  readonly isFifo: boolean;
  /** As they were set. */
  attributes: Map<string, string>;
  tags: Map<string, string>;
  /** Policy statements that were added, by label: accounts and actions. */
  statements: Map<string, Statement>;
  /** ARNs in the order of subscribing. */
  subscriptions: readonly string[];
  unsubscribed: number;
  /** Of FIFO topics: the last sequence number. */
  sequence: number;
  /** Of FIFO topics: what was published in the last five minutes, by deduplication id, the oldest first. */
  recent: Map<string, Recent>;
  published: number;
  unroutable: number;
  last: LastPublished | null;
}

export interface Statement {
  readonly accounts: readonly string[];
  readonly actions: readonly string[];
}

export interface Recent {
  readonly at: Time;
  readonly messageId: string;
  readonly sequenceNumber: string;
}

/** For the picture. */
export interface LastPublished {
  readonly message: MessageId;
  readonly group: string;
  readonly at: Time;
  /** Subscriptions that took it. */
  readonly took: readonly string[];
}

export interface Filter {
  /** The policy's text, as it was given. */
  readonly text: string;
  readonly scope: FilterScope;
  readonly pattern: Pattern;
}

export type FilterScope = 'MessageAttributes' | 'MessageBody';

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: 'sqs' | 'lambda';
  /** ARN of a queue or a function. */
  readonly endpoint: string;
  raw: boolean;
  scope: FilterScope;
  /** null: everything passes. */
  filter: Filter | null;
  /** The filter before, which still holds until then; absent: none. */
  filterBefore?: { readonly filter: Filter | null; readonly until: Time };
  /** RedrivePolicy as it was given, and the queue it names. */
  redrive: { readonly text: string; readonly queueArn: string } | null;
  /** Attributes that only answer when they are asked for. */
  other: Map<string, string>;
  /** Of a FIFO topic: deliveries by message group in order; only the first of each is on its way. */
  lanes: Map<string, readonly number[]>;
  delivered: number;
}

/** What was published, once for all subscribers. Immutable. */
export interface Notification {
  /** By protocol where the message is a text per protocol. */
  readonly messages: { readonly sqs: MessageId; readonly lambda: MessageId };
  readonly messageId: string;
  /** ISO 8601. */
  readonly timestamp: string;
  readonly subject?: string;
  readonly attributes?: MessageAttributes;
  readonly groupId?: string;
  /** Of FIFO topics, also where it comes from the content. */
  readonly deduplicationId?: string;
  readonly sequenceNumber?: string;
  /** The topic's SignatureVersion, where it is not the first. */
  readonly signatureVersion?: string;
  readonly cause: FactId;
}

/** One notification for one subscription, until it is taken or given up. */
export interface Delivery {
  readonly id: number;
  readonly subscription: string;
  readonly topic: string;
  readonly notification: Notification;
  /** Tries that failed. */
  failures: number;
  /** It goes to the subscription's dead-letter queue: why it could not be delivered. */
  given: DeliveryFailure | null;
  /** The request that is not answered; 0: none. */
  connection: ConnectionId;
  /** The next try, or the end of patience with this one; 0: none. */
  timer: TimerId;
}

export interface DeliveryFailure {
  readonly code: string;
  readonly message: string;
}

export interface SnsState {
  readonly name: string;
  readonly settings: SnsSettings;
  /** By ARN, in the order of creation. */
  topics: Map<string, Topic>;
  /** By ARN. Those of deleted topics stay, and get nothing. */
  subscriptions: Map<string, Subscription>;
  deliveries: Map<number, Delivery>;
  byConnection: Map<ConnectionId, number>;
  lastDelivery: number;
  lastMessage: number;
  lastSubscription: number;
}

export function cloneSns(state: SnsState): SnsState {
  return {
    ...state,
    topics: mapValues(state.topics, (topic) => ({
      ...topic,
      attributes: new Map(topic.attributes),
      tags: new Map(topic.tags),
      statements: new Map(topic.statements),
      recent: new Map(topic.recent),
    })),
    subscriptions: mapValues(state.subscriptions, (subscription) => ({
      ...subscription,
      other: new Map(subscription.other),
      lanes: new Map(subscription.lanes),
    })),
    deliveries: mapValues(state.deliveries, (delivery) => ({ ...delivery })),
    byConnection: new Map(state.byConnection),
  };
}

function mapValues<Key, Value>(map: ReadonlyMap<Key, Value>, copy: (value: Value) => Value): Map<Key, Value> {
  return new Map([...map].map(([key, value]) => [key, copy(value)]));
}
