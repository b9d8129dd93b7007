/**
 * Amazon SNS: topics, subscriptions of SQS queues and Lambda functions, filter policies, deliveries with retries. Standard
 * and FIFO. Sources: the API's documentation in @aws-sdk/client-sns, the SNS developer guide, LocalStack's recordings of
 * real AWS. Not modelled: HTTP, e-mail, SMS, push and Firehose, permissions (nobody is refused), encryption, archives and
 * replay, delivery status logs, quotas on calls. That a subscriber's queue must allow the topic is left out with the
 * permissions.
 */
import type { Context, KernelCommand } from '../../../kernel/machine';
import type { Part } from '../../../kernel/part';
import type { GivenOptions } from '../../../kernel/options';
import { BadOption } from '../../../kernel/options';
import type { SendMessageResponse } from '../sqs/protocol';
import type { InvokeResponse } from '../lambda/protocol';
import type { ErrorResponse } from '../protocol/common';
import { arnOf } from '../protocol/common';
import { arnOfEndpoint } from '../protocol/resources';
import {
  answered,
  connectionGone,
  deliver,
  deliveryTimedOut,
  resumeDeliveries,
  type Deliver,
  type DeliveryTimedOut,
} from './deliver';
import { cargoOf, describe } from './describe';
import { Refused } from './errors';
import { readSnsOptions, snsOptions } from './options';
import type { EmptyResponse, SnsRequest, SnsResponse } from './protocol';
import { publish, publishBatch } from './publish';
import { cloneSns, type SnsState } from './state';
import {
  listSubscriptions,
  setSubscriptionAttributes,
  subscribe,
  subscriptionAttributes,
  subscriptionOf,
  unsubscribe,
} from './subscriptions';
import {
  addPermission,
  createTopic,
  deleteTopic,
  listTopics,
  removePermission,
  setTopicAttributes,
  tag,
  tagsOf,
  topicAttributes,
  topicOf,
  untag,
} from './topics';

type Answer = SendMessageResponse | InvokeResponse | ErrorResponse;
export type SnsCommand = SnsRequest | Answer | Deliver | DeliveryTimedOut;

/** What a scenario says about it: the shape of SnsSpec in scenario/scenario.ts. */
export interface SnsSpec {
  readonly name: string;
  readonly topics: readonly {
    readonly name: string;
    readonly attributes?: Readonly<Record<string, string>>;
  }[];
  readonly subscriptions?: readonly {
    readonly topic: string;
    readonly protocol: 'sqs' | 'lambda';
    readonly endpoint: string;
    readonly attributes?: Readonly<Record<string, string>>;
  }[];
  readonly options?: GivenOptions;
}

export const part: Part<SnsState, SnsCommand, SnsSpec> = {
  options: snsOptions,
  machine: {
    kind: 'sns.broker',
    init: newSns,
    apply,
    restart(state) {
      state.byConnection.clear();
      for (const delivery of state.deliveries.values()) Object.assign(delivery, { connection: 0, timer: 0 });
    },
    clone: cloneSns,
  },
  describe,
  cargo: cargoOf,
};

/** As if its topics and subscriptions had been made by the API's actions. Throws BadOption with what AWS would say. */
function newSns(spec: SnsSpec): SnsState {
  const state: SnsState = {
    name: spec.name,
    settings: readSnsOptions(spec.options ?? {}),
    topics: new Map(),
    subscriptions: new Map(),
    deliveries: new Map(),
    byConnection: new Map(),
    ...{ lastDelivery: 0, lastMessage: 0, lastSubscription: 0 },
  };
  try {
    for (const { name: Name, attributes } of spec.topics) {
      const Attributes = { ...(Name.endsWith('.fifo') ? { FifoTopic: 'true' } : {}), ...attributes };
      createTopic(state, { type: 'CreateTopicRequest', Name, Attributes });
    }
    for (const { topic, protocol: Protocol, endpoint, attributes: Attributes } of spec.subscriptions ?? []) {
      const TopicArn = arnOf('sns', topic);
      const Endpoint = arnOfEndpoint(endpoint, Protocol);
      const given = Attributes === undefined ? {} : { Attributes };
      subscribe(state, { type: 'SubscribeRequest', TopicArn, Protocol, Endpoint, ...given }, 0);
    }
  } catch (error) {
    throw error instanceof Refused ? new BadOption(`${spec.name}: ${error.message}.`) : error;
  }
  return state;
}

function apply(state: SnsState, command: SnsCommand | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Start':
      return context.incarnation > 0 ? resumeDeliveries(state, context) : undefined;
    case 'ConnectionClosed':
      return connectionGone(state, command.connection, context);
    case 'Deliver':
      return deliver(state, command, context);
    case 'DeliveryTimedOut':
      return deliveryTimedOut(state, command, context);
    case 'SendMessageResponse':
    case 'InvokeResponse':
    case 'ErrorResponse':
      return answered(state, command, context);
    default:
      return context.reply(context.connection, responseTo(state, command, context));
  }
}

function responseTo(state: SnsState, request: SnsRequest, context: Context): SnsResponse {
  try {
    return handle(state, request, context);
  } catch (error) {
    if (error instanceof Refused) return error.response;
    throw error;
  }
}

function handle(state: SnsState, request: SnsRequest, context: Context): SnsResponse {
  switch (request.type) {
    case 'PublishRequest':
      return publish(state, request, context);
    case 'PublishBatchRequest':
      return publishBatch(state, request, context);
    case 'CreateTopicRequest':
      return createTopic(state, request);
    case 'DeleteTopicRequest':
      deleteTopic(state, request.TopicArn);
      return done('DeleteTopicResponse');
    case 'GetTopicAttributesRequest':
      return topicAttributes(topicOf(state, request.TopicArn));
    case 'SetTopicAttributesRequest':
      setTopicAttributes(topicOf(state, request.TopicArn), request);
      return done('SetTopicAttributesResponse');
    case 'ListTopicsRequest':
      return listTopics(state, request);
    case 'SubscribeRequest':
      return subscribe(state, request, context.now);
    case 'UnsubscribeRequest':
      unsubscribe(state, request.SubscriptionArn);
      return done('UnsubscribeResponse');
    case 'GetSubscriptionAttributesRequest':
      return subscriptionAttributes(subscriptionOf(state, request.SubscriptionArn));
    case 'SetSubscriptionAttributesRequest':
      setSubscriptionAttributes(state, request, context.now);
      return done('SetSubscriptionAttributesResponse');
    case 'ListSubscriptionsRequest': {
      const all = [...state.subscriptions.values()];
      return listSubscriptions('ListSubscriptionsResponse', all, request.NextToken);
    }
    case 'ListSubscriptionsByTopicRequest': {
      const { subscriptions } = topicOf(state, request.TopicArn);
      const its = subscriptions.map((arn) => state.subscriptions.get(arn)!);
      return listSubscriptions('ListSubscriptionsByTopicResponse', its, request.NextToken);
    }
    case 'TagResourceRequest':
      tag(topicOf(state, request.ResourceArn, 'ResourceArn'), request);
      return done('TagResourceResponse');
    case 'UntagResourceRequest':
      untag(topicOf(state, request.ResourceArn, 'ResourceArn'), request);
      return done('UntagResourceResponse');
    case 'ListTagsForResourceRequest':
      return tagsOf(topicOf(state, request.ResourceArn, 'ResourceArn'));
    case 'AddPermissionRequest':
      addPermission(topicOf(state, request.TopicArn), request);
      return done('AddPermissionResponse');
    case 'RemovePermissionRequest':
      removePermission(topicOf(state, request.TopicArn), request);
      return done('RemovePermissionResponse');
  }
}

function done(type: EmptyResponse['type']): EmptyResponse {
  return { type };
}
