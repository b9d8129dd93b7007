/**
 * AWS Lambda's API (version 2015-03-31) as far as functions and event source mappings of SQS go, with the API reference's
 * field names, and what Lambda and a function's code say to each other (`RunInvocation`: in reality the runtime API of an
 * execution environment). A function's code is a part of some process; its package and its role are left out.
 */
import type { Tagged } from '../../../kernel/machine';
import type { ErrorResponse } from '../protocol/common';
import type * as Functions from './protocol/functions';
import type * as Mappings from './protocol/mappings';

export type * from './protocol/events';
export type * from './protocol/functions';
export type * from './protocol/mappings';

export type LambdaRequest =
  | Functions.CreateFunctionRequest
  | Functions.DeleteFunctionRequest
  | Functions.GetFunctionConfigurationRequest
  | Functions.UpdateFunctionConfigurationRequest
  | Functions.ListFunctionsRequest
  | Functions.PutFunctionConcurrencyRequest
  | Functions.DeleteFunctionConcurrencyRequest
  | Functions.PutFunctionEventInvokeConfigRequest
  | Functions.InvokeRequest
  | Mappings.CreateEventSourceMappingRequest
  | Mappings.UpdateEventSourceMappingRequest
  | Mappings.DeleteEventSourceMappingRequest
  | Mappings.GetEventSourceMappingRequest
  | Mappings.ListEventSourceMappingsRequest;

export type LambdaResponse =
  | ErrorResponse
  | Functions.FunctionConfigurationResponse
  | Functions.ListFunctionsResponse
  | Functions.PutFunctionConcurrencyResponse
  | Functions.PutFunctionEventInvokeConfigResponse
  | Functions.InvokeResponse
  | Mappings.EventSourceMappingResponse
  | Mappings.ListEventSourceMappingsResponse
  | EmptyResponse;

/** Actions whose answer says only that it is done. */
export interface EmptyResponse extends Tagged {
  readonly type: 'DeleteFunctionResponse' | 'DeleteFunctionConcurrencyResponse';
}
