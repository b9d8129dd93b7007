/** Actions on queues. Attributes are texts by AWS's names, as in the API. */
import type { Tagged } from '../../../../kernel/machine';

export type QueueAttributes = Readonly<Record<string, string>>;

export interface CreateQueueRequest extends Tagged {
  readonly type: 'CreateQueueRequest';
  readonly QueueName: string;
  readonly Attributes?: QueueAttributes;
  readonly tags?: Readonly<Record<string, string>>;
}
export interface CreateQueueResponse extends Tagged {
  readonly type: 'CreateQueueResponse';
  readonly QueueUrl: string;
}

export interface DeleteQueueRequest extends Tagged {
  readonly type: 'DeleteQueueRequest';
  readonly QueueUrl: string;
}

export interface GetQueueUrlRequest extends Tagged {
  readonly type: 'GetQueueUrlRequest';
  readonly QueueName: string;
  readonly QueueOwnerAWSAccountId?: string;
}
export interface GetQueueUrlResponse extends Tagged {
  readonly type: 'GetQueueUrlResponse';
  readonly QueueUrl: string;
}

export interface ListQueuesRequest extends Tagged {
  readonly type: 'ListQueuesRequest';
  readonly QueueNamePrefix?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}
export interface ListQueuesResponse extends Tagged {
  readonly type: 'ListQueuesResponse';
  /** Absent: there are none. */
  readonly QueueUrls?: readonly string[];
  readonly NextToken?: string;
}

export interface GetQueueAttributesRequest extends Tagged {
  readonly type: 'GetQueueAttributesRequest';
  readonly QueueUrl: string;
  readonly AttributeNames?: readonly string[];
}
export interface GetQueueAttributesResponse extends Tagged {
  readonly type: 'GetQueueAttributesResponse';
  /** Absent: none of those asked for is set. */
  readonly Attributes?: QueueAttributes;
}

export interface SetQueueAttributesRequest extends Tagged {
  readonly type: 'SetQueueAttributesRequest';
  readonly QueueUrl: string;
  readonly Attributes: QueueAttributes;
}

export interface PurgeQueueRequest extends Tagged {
  readonly type: 'PurgeQueueRequest';
  readonly QueueUrl: string;
}

export interface ListDeadLetterSourceQueuesRequest extends Tagged {
  readonly type: 'ListDeadLetterSourceQueuesRequest';
  readonly QueueUrl: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}
export interface ListDeadLetterSourceQueuesResponse extends Tagged {
  readonly type: 'ListDeadLetterSourceQueuesResponse';
  readonly queueUrls: readonly string[];
  readonly NextToken?: string;
}

export interface StartMessageMoveTaskRequest extends Tagged {
  readonly type: 'StartMessageMoveTaskRequest';
  readonly SourceArn: string;
  /** Absent: each message goes back to the queue it came from. */
  readonly DestinationArn?: string;
  readonly MaxNumberOfMessagesPerSecond?: number;
}
export interface StartMessageMoveTaskResponse extends Tagged {
  readonly type: 'StartMessageMoveTaskResponse';
  readonly TaskHandle: string;
}

export interface CancelMessageMoveTaskRequest extends Tagged {
  readonly type: 'CancelMessageMoveTaskRequest';
  readonly TaskHandle: string;
}
export interface CancelMessageMoveTaskResponse extends Tagged {
  readonly type: 'CancelMessageMoveTaskResponse';
  readonly ApproximateNumberOfMessagesMoved: number;
}

export interface ListMessageMoveTasksRequest extends Tagged {
  readonly type: 'ListMessageMoveTasksRequest';
  readonly SourceArn: string;
  readonly MaxResults?: number;
}
export interface MessageMoveTask {
  /** Of a task that runs. */
  readonly TaskHandle?: string;
  readonly Status: 'RUNNING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED' | 'FAILED';
  readonly SourceArn: string;
  readonly DestinationArn?: string;
  readonly MaxNumberOfMessagesPerSecond?: number;
  readonly ApproximateNumberOfMessagesMoved: number;
  readonly ApproximateNumberOfMessagesToMove?: number;
  readonly FailureReason?: string;
  /** Milliseconds since 1970. */
  readonly StartedTimestamp: number;
}
export interface ListMessageMoveTasksResponse extends Tagged {
  readonly type: 'ListMessageMoveTasksResponse';
  /** The newest first. */
  readonly Results: readonly MessageMoveTask[];
}

export interface TagQueueRequest extends Tagged {
  readonly type: 'TagQueueRequest';
  readonly QueueUrl: string;
  readonly Tags: Readonly<Record<string, string>>;
}
export interface UntagQueueRequest extends Tagged {
  readonly type: 'UntagQueueRequest';
  readonly QueueUrl: string;
  readonly TagKeys: readonly string[];
}
export interface ListQueueTagsRequest extends Tagged {
  readonly type: 'ListQueueTagsRequest';
  readonly QueueUrl: string;
}
export interface ListQueueTagsResponse extends Tagged {
  readonly type: 'ListQueueTagsResponse';
  /** Absent: it has none. */
  readonly Tags?: Readonly<Record<string, string>>;
}

export interface AddPermissionRequest extends Tagged {
  readonly type: 'AddPermissionRequest';
  readonly QueueUrl: string;
  readonly Label: string;
  readonly AWSAccountIds: readonly string[];
  readonly Actions: readonly string[];
}
export interface RemovePermissionRequest extends Tagged {
  readonly type: 'RemovePermissionRequest';
  readonly QueueUrl: string;
  readonly Label: string;
}
