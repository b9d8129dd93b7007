/**
 * Amazon SQS's API (version 2012-11-05), action by action, with the API reference's field names. Where the API has a
 * text for a message's body, `Body` names its content (protocol/content.ts renders it); MD5 digests are functions of
 * content and are made by whoever shows them. `observed` is not of the API: it is what the picture and history know.
 */
import type { Tagged } from '../../../kernel/machine';
import type { ErrorResponse } from '../protocol/common';
import type * as Messages from './protocol/messages';
import type * as Queues from './protocol/queues';

export type * from './protocol/messages';
export type * from './protocol/queues';

/** What SQS is asked. */
export type SqsRequest =
  | Queues.CreateQueueRequest
  | Queues.DeleteQueueRequest
  | Queues.GetQueueUrlRequest
  | Queues.ListQueuesRequest
  | Queues.GetQueueAttributesRequest
  | Queues.SetQueueAttributesRequest
  | Queues.PurgeQueueRequest
  | Queues.ListDeadLetterSourceQueuesRequest
  | Queues.StartMessageMoveTaskRequest
  | Queues.CancelMessageMoveTaskRequest
  | Queues.ListMessageMoveTasksRequest
  | Queues.TagQueueRequest
  | Queues.UntagQueueRequest
  | Queues.ListQueueTagsRequest
  | Queues.AddPermissionRequest
  | Queues.RemovePermissionRequest
  | Messages.SendMessageRequest
  | Messages.SendMessageBatchRequest
  | Messages.ReceiveMessageRequest
  | Messages.DeleteMessageRequest
  | Messages.DeleteMessageBatchRequest
  | Messages.ChangeMessageVisibilityRequest
  | Messages.ChangeMessageVisibilityBatchRequest;

/** What SQS answers. */
export type SqsResponse =
  | ErrorResponse
  | Queues.CreateQueueResponse
  | Queues.GetQueueUrlResponse
  | Queues.ListQueuesResponse
  | Queues.GetQueueAttributesResponse
  | Queues.ListDeadLetterSourceQueuesResponse
  | Queues.StartMessageMoveTaskResponse
  | Queues.CancelMessageMoveTaskResponse
  | Queues.ListMessageMoveTasksResponse
  | Queues.ListQueueTagsResponse
  | Messages.SendMessageResponse
  | Messages.SendMessageBatchResponse
  | Messages.ReceiveMessageResponse
  | Messages.DeleteMessageBatchResponse
  | Messages.ChangeMessageVisibilityBatchResponse
  | EmptyResponse;

/** Actions whose answer says only that it is done. */
export interface EmptyResponse extends Tagged {
  readonly type:
    | 'DeleteQueueResponse'
    | 'SetQueueAttributesResponse'
    | 'PurgeQueueResponse'
    | 'TagQueueResponse'
    | 'UntagQueueResponse'
    | 'AddPermissionResponse'
    | 'RemovePermissionResponse'
    | 'DeleteMessageResponse'
    | 'ChangeMessageVisibilityResponse';
}

/** "https://sqs.us-east-1.amazonaws.com/000000000000/orders". */
export { queueUrl, queueNameOf } from './protocol/url';
