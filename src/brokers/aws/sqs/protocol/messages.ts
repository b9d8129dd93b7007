/** Actions on messages. */
import type { FactId } from '../../../../kernel/fact';
import type { Tagged } from '../../../../kernel/machine';
import type { MessageAttributes } from '../../protocol/common';
import type { Content } from '../../protocol/content';

/** What is sent, alone or as an entry of a batch. */
export interface Sent {
  readonly Body: Content;
  readonly DelaySeconds?: number;
  readonly MessageAttributes?: MessageAttributes;
  /** AWSTraceHeader is the only one there is. */
  readonly MessageSystemAttributes?: MessageAttributes;
  readonly MessageDeduplicationId?: string;
  readonly MessageGroupId?: string;
}

export interface SendMessageRequest extends Tagged, Sent {
  readonly type: 'SendMessageRequest';
  readonly QueueUrl: string;
}

export interface SendMessageResponse extends Tagged {
  readonly type: 'SendMessageResponse';
  readonly MessageId: string;
  /** Of FIFO queues. */
  readonly SequenceNumber?: string;
}

export interface SendMessageBatchRequest extends Tagged {
  readonly type: 'SendMessageBatchRequest';
  readonly QueueUrl: string;
  readonly Entries: readonly (Sent & { readonly Id: string })[];
}

/** An entry of a batch that failed by itself: the call succeeds all the same, with HTTP 200. */
export interface BatchResultErrorEntry {
  readonly Id: string;
  readonly SenderFault: boolean;
  readonly Code: string;
  readonly Message: string;
}

export interface SendMessageBatchResponse extends Tagged {
  readonly type: 'SendMessageBatchResponse';
  readonly Successful: readonly {
    readonly Id: string;
    readonly MessageId: string;
    readonly SequenceNumber?: string;
  }[];
  readonly Failed: readonly BatchResultErrorEntry[];
}

export interface ReceiveMessageRequest extends Tagged {
  readonly type: 'ReceiveMessageRequest';
  readonly QueueUrl: string;
  /** The older name of MessageSystemAttributeNames. */
  readonly AttributeNames?: readonly string[];
  readonly MessageSystemAttributeNames?: readonly string[];
  /** Names, "All", ".*" or a prefix with ".*" after it. */
  readonly MessageAttributeNames?: readonly string[];
  /** Absent: 1. */
  readonly MaxNumberOfMessages?: number;
  /** Seconds; absent: the queue's. */
  readonly VisibilityTimeout?: number;
  /** Seconds; absent: the queue's ReceiveMessageWaitTimeSeconds. */
  readonly WaitTimeSeconds?: number;
  readonly ReceiveRequestAttemptId?: string;
}

export interface ReceivedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: Content;
  /** System attributes that were asked for; absent: none. */
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: MessageAttributes;
  /** What history calls this delivery, where the message is in its queue, and how often it was received by now. */
  readonly observed: {
    readonly queue: string;
    readonly fact: FactId;
    readonly position: number;
    readonly receives: number;
    /** When its visibility timeout ends, in microseconds. */
    readonly hiddenUntil: number;
  };
}

export interface ReceiveMessageResponse extends Tagged {
  readonly type: 'ReceiveMessageResponse';
  /** Absent: there were none. */
  readonly Messages?: readonly ReceivedMessage[];
}

export interface DeleteMessageRequest extends Tagged {
  readonly type: 'DeleteMessageRequest';
  readonly QueueUrl: string;
  readonly ReceiptHandle: string;
}

export interface DeleteMessageBatchRequest extends Tagged {
  readonly type: 'DeleteMessageBatchRequest';
  readonly QueueUrl: string;
  readonly Entries: readonly { readonly Id: string; readonly ReceiptHandle: string }[];
}

export interface DeleteMessageBatchResponse extends Tagged {
  readonly type: 'DeleteMessageBatchResponse';
  readonly Successful: readonly { readonly Id: string }[];
  readonly Failed: readonly BatchResultErrorEntry[];
}

export interface ChangeMessageVisibilityRequest extends Tagged {
  readonly type: 'ChangeMessageVisibilityRequest';
  readonly QueueUrl: string;
  readonly ReceiptHandle: string;
  /** Seconds from now. */
  readonly VisibilityTimeout: number;
}

export interface ChangeMessageVisibilityBatchRequest extends Tagged {
  readonly type: 'ChangeMessageVisibilityBatchRequest';
  readonly QueueUrl: string;
  readonly Entries: readonly {
    readonly Id: string;
    readonly ReceiptHandle: string;
    readonly VisibilityTimeout?: number;
  }[];
}

export interface ChangeMessageVisibilityBatchResponse extends Tagged {
  readonly type: 'ChangeMessageVisibilityBatchResponse';
  readonly Successful: readonly { readonly Id: string }[];
  readonly Failed: readonly BatchResultErrorEntry[];
}
