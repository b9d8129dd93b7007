/**
 * Amazon SNS's API (version 2010-03-31), action by action, with the API reference's field names. Where the API has a
 * text for a message, `Message` names its content. Mobile push, SMS, e-mail, HTTP and data protection are left out: who
 * asks for such a protocol is refused.
 */
import type { Tagged } from '../../../kernel/machine';
import type { ErrorResponse, MessageAttributes } from '../protocol/common';
import type { Content } from '../protocol/content';

export type SnsRequest =
  | CreateTopicRequest
  | DeleteTopicRequest
  | GetTopicAttributesRequest
  | SetTopicAttributesRequest
  | ListTopicsRequest
  | SubscribeRequest
  | UnsubscribeRequest
  | ListSubscriptionsRequest
  | ListSubscriptionsByTopicRequest
  | GetSubscriptionAttributesRequest
  | SetSubscriptionAttributesRequest
  | PublishRequest
  | PublishBatchRequest
  | TagResourceRequest
  | UntagResourceRequest
  | ListTagsForResourceRequest
  | AddPermissionRequest
  | RemovePermissionRequest;

export type SnsResponse =
  | ErrorResponse
  | CreateTopicResponse
  | AttributesResponse
  | ListTopicsResponse
  | SubscribeResponse
  | ListSubscriptionsResponse
  | PublishResponse
  | PublishBatchResponse
  | ListTagsForResourceResponse
  | EmptyResponse;

/** Actions whose answer says only that it is done. */
export interface EmptyResponse extends Tagged {
  readonly type:
    | 'DeleteTopicResponse'
    | 'SetTopicAttributesResponse'
    | 'UnsubscribeResponse'
    | 'SetSubscriptionAttributesResponse'
    | 'TagResourceResponse'
    | 'UntagResourceResponse'
    | 'AddPermissionResponse'
    | 'RemovePermissionResponse';
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}
export type Attributes = Readonly<Record<string, string>>;

export interface CreateTopicRequest extends Tagged {
  readonly type: 'CreateTopicRequest';
  readonly Name: string;
  readonly Attributes?: Attributes;
  readonly Tags?: readonly Tag[];
}
export interface CreateTopicResponse extends Tagged {
  readonly type: 'CreateTopicResponse';
  readonly TopicArn: string;
}
export interface DeleteTopicRequest extends Tagged {
  readonly type: 'DeleteTopicRequest';
  readonly TopicArn: string;
}
export interface GetTopicAttributesRequest extends Tagged {
  readonly type: 'GetTopicAttributesRequest';
  readonly TopicArn: string;
}
export interface AttributesResponse extends Tagged {
  readonly type: 'GetTopicAttributesResponse' | 'GetSubscriptionAttributesResponse';
  readonly Attributes: Attributes;
}
export interface SetTopicAttributesRequest extends Tagged {
  readonly type: 'SetTopicAttributesRequest';
  readonly TopicArn: string;
  readonly AttributeName: string;
  readonly AttributeValue?: string;
}
export interface ListTopicsRequest extends Tagged {
  readonly type: 'ListTopicsRequest';
  readonly NextToken?: string;
}
export interface ListTopicsResponse extends Tagged {
  readonly type: 'ListTopicsResponse';
  readonly Topics: readonly { readonly TopicArn: string }[];
  readonly NextToken?: string;
}

export interface SubscribeRequest extends Tagged {
  readonly type: 'SubscribeRequest';
  readonly TopicArn: string;
  readonly Protocol: string;
  readonly Endpoint?: string;
  readonly Attributes?: Attributes;
  readonly ReturnSubscriptionArn?: boolean;
}
export interface SubscribeResponse extends Tagged {
  readonly type: 'SubscribeResponse';
  readonly SubscriptionArn: string;
}
export interface UnsubscribeRequest extends Tagged {
  readonly type: 'UnsubscribeRequest';
  readonly SubscriptionArn?: string;
}
export interface ListSubscriptionsRequest extends Tagged {
  readonly type: 'ListSubscriptionsRequest';
  readonly NextToken?: string;
}
export interface ListSubscriptionsByTopicRequest extends Tagged {
  readonly type: 'ListSubscriptionsByTopicRequest';
  readonly TopicArn: string;
  readonly NextToken?: string;
}
export interface SubscriptionSummary {
  readonly SubscriptionArn: string;
  readonly Owner: string;
  readonly Protocol: string;
  readonly Endpoint: string;
  readonly TopicArn: string;
}
export interface ListSubscriptionsResponse extends Tagged {
  readonly type: 'ListSubscriptionsResponse' | 'ListSubscriptionsByTopicResponse';
  readonly Subscriptions: readonly SubscriptionSummary[];
  readonly NextToken?: string;
}
export interface GetSubscriptionAttributesRequest extends Tagged {
  readonly type: 'GetSubscriptionAttributesRequest';
  readonly SubscriptionArn: string;
}
export interface SetSubscriptionAttributesRequest extends Tagged {
  readonly type: 'SetSubscriptionAttributesRequest';
  readonly SubscriptionArn: string;
  readonly AttributeName: string;
  readonly AttributeValue?: string;
}

/** What is published, alone or as an entry of a batch. */
export interface Publication {
  readonly Message: Content;
  readonly Subject?: string;
  /** "json": the message is an object with a text per protocol, and one under "default". */
  readonly MessageStructure?: string;
  readonly MessageAttributes?: MessageAttributes;
  readonly MessageDeduplicationId?: string;
  readonly MessageGroupId?: string;
}
export interface PublishRequest extends Tagged, Publication {
  readonly type: 'PublishRequest';
  readonly TopicArn?: string;
  /** Instead of TopicArn; of a topic it means the same. */
  readonly TargetArn?: string;
}
export interface PublishResponse extends Tagged {
  readonly type: 'PublishResponse';
  readonly MessageId: string;
  /** Of FIFO topics. */
  readonly SequenceNumber?: string;
}
export interface PublishBatchRequest extends Tagged {
  readonly type: 'PublishBatchRequest';
  readonly TopicArn: string;
  readonly PublishBatchRequestEntries: readonly (Publication & { readonly Id: string })[];
}
export interface PublishBatchResponse extends Tagged {
  readonly type: 'PublishBatchResponse';
  readonly Successful: readonly {
    readonly Id: string;
    readonly MessageId: string;
    readonly SequenceNumber?: string;
  }[];
  readonly Failed: readonly {
    readonly Id: string;
    readonly Code: string;
    readonly Message: string;
    readonly SenderFault: boolean;
  }[];
}

export interface TagResourceRequest extends Tagged {
  readonly type: 'TagResourceRequest';
  readonly ResourceArn: string;
  readonly Tags: readonly Tag[];
}
export interface UntagResourceRequest extends Tagged {
  readonly type: 'UntagResourceRequest';
  readonly ResourceArn: string;
  readonly TagKeys: readonly string[];
}
export interface ListTagsForResourceRequest extends Tagged {
  readonly type: 'ListTagsForResourceRequest';
  readonly ResourceArn: string;
}
export interface ListTagsForResourceResponse extends Tagged {
  readonly type: 'ListTagsForResourceResponse';
  readonly Tags: readonly Tag[];
}

export interface AddPermissionRequest extends Tagged {
  readonly type: 'AddPermissionRequest';
  readonly TopicArn: string;
  readonly Label: string;
  readonly AWSAccountId: readonly string[];
  readonly ActionName: readonly string[];
}
export interface RemovePermissionRequest extends Tagged {
  readonly type: 'RemovePermissionRequest';
  readonly TopicArn: string;
  readonly Label: string;
}
