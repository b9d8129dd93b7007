/**
 * @aws-sdk/client-lambda 3.1164: its client, commands, outputs and errors, as far as functions and event source mappings
 * of SQS go. Code is not uploaded: functions.ts makes a function of code that is there. LastModified is ISO text, where
 * the SDK has a Date.
 */
import type * as ClientLambda from '@aws-sdk/client-lambda';
import { utf8 } from '../../brokers/aws/protocol/bytes';
import type { ScriptWorld } from '../script';
import type { Service } from './client';
import { errorClasses } from './errors';
import { composeText } from './message';
import { moduleOf } from './module';

const operations = [
  'CreateEventSourceMapping', 'DeleteEventSourceMapping', 'DeleteFunction', 'DeleteFunctionConcurrency',
  'GetEventSourceMapping', 'GetFunctionConfiguration', 'Invoke', 'ListEventSourceMappings', 'ListFunctions',
  'PutFunctionConcurrency', 'PutFunctionEventInvokeConfig', 'UpdateEventSourceMapping',
  'UpdateFunctionConfiguration',
]; // prettier-ignore

const errors = errorClasses('LambdaServiceException', [
  'InvalidParameterValueException', 'InvalidRequestContentException', 'PreconditionFailedException',
  'RecursiveInvocationException', 'RequestTooLargeException', 'ResourceConflictException', 'ResourceInUseException',
  'ResourceNotFoundException', 'ResourceNotReadyException', 'ServiceException', 'TooManyRequestsException',
  'UnsupportedMediaTypeException',
]); // prettier-ignore

/** Where success is not 200. */
const statusOf: Readonly<Record<string, number>> = {
  CreateEventSourceMapping: 202,
  UpdateEventSourceMapping: 202,
  DeleteEventSourceMapping: 202,
  DeleteFunction: 204,
  DeleteFunctionConcurrency: 204,
};

export const lambdaService: Service = {
  process: 'lambda',
  errors,
  codes: false,
  request(world, operation, input) {
    const type = `${operation}Request`;
    if (operation !== 'Invoke') return { type, ...input };
    const { Payload, ...rest } = input as { readonly Payload?: Uint8Array | string };
    return Object.assign({ type }, rest, {
      Payload: { message: composeText(world, textOfPayload(Payload), undefined) },
    });
  },
  output(_world, operation, response) {
    const status = statusOf[operation] ?? 200;
    if (operation === 'Invoke') {
      const { StatusCode, Payload, ...rest } = response as { StatusCode: number; Payload?: unknown };
      // what a function returns travels as bytes; one that returned nothing has returned null
      const bytes = StatusCode === 200 ? { Payload: utf8(JSON.stringify(Payload ?? null)) } : {};
      return { output: { ...rest, ...bytes, StatusCode }, status: StatusCode };
    }
    return { output: response, status };
  },
};

function textOfPayload(payload: Uint8Array | string = '{}'): string {
  return typeof payload === 'string' ? payload : new TextDecoder().decode(payload);
}

/** The module as a program imports it, for one world. */
export function lambdaModule(world: ScriptWorld): typeof ClientLambda {
  return moduleOf<typeof ClientLambda>(world, 'client-lambda', 'LambdaClient', operations, lambdaService);
}
