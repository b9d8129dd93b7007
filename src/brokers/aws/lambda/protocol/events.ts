/** What a function is called with, what it returns, and how Lambda and the function's code speak. */
import type { FactId } from '../../../../kernel/fact';
import type { MessageId } from '../../../../kernel/bodies';
import type { Tagged } from '../../../../kernel/machine';
import type { Content } from '../../protocol/content';
import type { MessageAttributes } from '../../protocol/common';

/** A message of SQS in an event. */
export interface SqsRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: Content;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: MessageAttributes;
  readonly eventSource: 'aws:sqs';
  readonly eventSourceARN: string;
  readonly awsRegion: string;
  /** Not of the event: what history knows of this delivery. */
  readonly observed: { readonly fact: FactId; readonly position: number; readonly receives: number };
}

/** A notification of SNS in an event. The names differ from those of the envelope in letters' case. */
export interface SnsRecord {
  readonly EventSource: 'aws:sns';
  readonly EventVersion: '1.0';
  readonly EventSubscriptionArn: string;
  readonly Sns: {
    readonly Type: 'Notification';
    readonly MessageId: string;
    readonly TopicArn: string;
    readonly Subject: string | null;
    readonly Message: Content;
    readonly Timestamp: string;
    readonly SignatureVersion: string;
    readonly Signature: string;
    readonly SigningCertUrl: string;
    readonly UnsubscribeUrl: string;
    readonly MessageAttributes: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
  };
}

/** The event: records of a service, or whatever somebody who calls the function by himself gives it. */
export type LambdaEvent =
  { readonly Records: readonly SqsRecord[] | readonly SnsRecord[] } | { readonly message: MessageId };

/** A value that JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A function's error as Lambda shows it. */
export interface FunctionErrorPayload {
  readonly errorType?: string;
  readonly errorMessage: string;
}

/** Lambda → the function's code, once there is an environment for it. One request for each invocation. */
export interface RunInvocationRequest extends Tagged {
  readonly type: 'RunInvocationRequest';
  readonly functionName: string;
  readonly requestId: string;
  /** Which of the function's execution environments it runs in, from 1; and whether that is a new one. */
  readonly environment: number;
  readonly coldStart: boolean;
  /** Microseconds of simulated time: at this time Lambda gives the invocation up. */
  readonly deadline: number;
  readonly event: LambdaEvent;
}

/** The code's answer: what it returned, or what it threw. */
export interface RunInvocationResponse extends Tagged {
  readonly type: 'RunInvocationResponse';
  readonly returned?: Json;
  readonly threw?: FunctionErrorPayload;
}
