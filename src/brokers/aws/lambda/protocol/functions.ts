/** Actions on functions. */
import type { Tagged } from '../../../../kernel/machine';
import type { Json, FunctionErrorPayload, LambdaEvent } from './events';

export interface CreateFunctionRequest extends Tagged {
  readonly type: 'CreateFunctionRequest';
  readonly FunctionName: string;
  /** Process (and part) that is its code; in reality a package. */
  readonly Code: { readonly process: string };
  /** Seconds; absent: 3. */
  readonly Timeout?: number;
  /** MB; absent: 128. */
  readonly MemorySize?: number;
  readonly DeadLetterConfig?: { readonly TargetArn?: string };
}
export interface DeleteFunctionRequest extends Tagged {
  readonly type: 'DeleteFunctionRequest';
  readonly FunctionName: string;
}
export interface GetFunctionConfigurationRequest extends Tagged {
  readonly type: 'GetFunctionConfigurationRequest';
  readonly FunctionName: string;
}
export interface UpdateFunctionConfigurationRequest extends Tagged {
  readonly type: 'UpdateFunctionConfigurationRequest';
  readonly FunctionName: string;
  readonly Timeout?: number;
  readonly MemorySize?: number;
  readonly DeadLetterConfig?: { readonly TargetArn?: string };
}
export interface FunctionConfiguration {
  readonly FunctionName: string;
  readonly FunctionArn: string;
  readonly Timeout: number;
  readonly MemorySize: number;
  readonly DeadLetterConfig?: { readonly TargetArn?: string };
  readonly State: 'Active';
}
export interface FunctionConfigurationResponse extends Tagged, FunctionConfiguration {
  readonly type:
    'CreateFunctionResponse' | 'GetFunctionConfigurationResponse' | 'UpdateFunctionConfigurationResponse';
}
export interface ListFunctionsRequest extends Tagged {
  readonly type: 'ListFunctionsRequest';
}
export interface ListFunctionsResponse extends Tagged {
  readonly type: 'ListFunctionsResponse';
  readonly Functions: readonly FunctionConfiguration[];
}

export interface PutFunctionConcurrencyRequest extends Tagged {
  readonly type: 'PutFunctionConcurrencyRequest';
  readonly FunctionName: string;
  readonly ReservedConcurrentExecutions: number;
}
export interface PutFunctionConcurrencyResponse extends Tagged {
  readonly type: 'PutFunctionConcurrencyResponse';
  readonly ReservedConcurrentExecutions: number;
}
export interface DeleteFunctionConcurrencyRequest extends Tagged {
  readonly type: 'DeleteFunctionConcurrencyRequest';
  readonly FunctionName: string;
}

/** How asynchronous invocations are retried and where those that fail go. */
export interface EventInvokeConfig {
  /** 0 to 2; absent: 2. */
  readonly MaximumRetryAttempts?: number;
  /** 60 to 21,600; absent: 21,600. */
  readonly MaximumEventAgeInSeconds?: number;
  readonly DestinationConfig?: { readonly OnFailure?: { readonly Destination?: string } };
}
export interface PutFunctionEventInvokeConfigRequest extends Tagged, EventInvokeConfig {
  readonly type: 'PutFunctionEventInvokeConfigRequest';
  readonly FunctionName: string;
}
export interface PutFunctionEventInvokeConfigResponse extends Tagged, EventInvokeConfig {
  readonly type: 'PutFunctionEventInvokeConfigResponse';
  readonly FunctionArn: string;
}

export interface InvokeRequest extends Tagged {
  readonly type: 'InvokeRequest';
  /** Name or ARN. */
  readonly FunctionName: string;
  /** Absent: RequestResponse, which waits for the result. Event: answered at once, run later. */
  readonly InvocationType?: 'RequestResponse' | 'Event' | 'DryRun';
  readonly Payload: LambdaEvent;
}
export interface InvokeResponse extends Tagged {
  readonly type: 'InvokeResponse';
  /** 200, of an event 202, of a dry run 204. */
  readonly StatusCode: number;
  /** The function threw, took too long or died: the call itself has succeeded. */
  readonly FunctionError?: 'Unhandled';
  readonly Payload?: Json | FunctionErrorPayload;
}
