/** Functions: made, changed, listed; reserved concurrency; how asynchronous events are retried. */
import { ms, seconds, toMs } from '../../../kernel/time';
import { arnOf, resourceOf } from '../protocol/common';
import { invalidValue, Refused, tooMuch } from './errors';
import type {
  CreateFunctionRequest,
  DeleteFunctionRequest,
  FunctionConfiguration,
  FunctionConfigurationResponse,
  ListFunctionsResponse,
  PutFunctionConcurrencyRequest,
  PutFunctionConcurrencyResponse,
  PutFunctionEventInvokeConfigRequest,
  PutFunctionEventInvokeConfigResponse,
  UpdateFunctionConfigurationRequest,
} from './protocol';
import type { LambdaFunction, LambdaState } from './state';

/** Left to functions without a reservation (Lambda developer guide, configuration-concurrency). */
const unreservedMin = 100;

export function createFunction(
  state: LambdaState,
  request: CreateFunctionRequest,
): FunctionConfigurationResponse {
  const { FunctionName: name, Code, Timeout = 3, MemorySize = 128, DeadLetterConfig } = request;
  if (state.functions.has(name)) {
    throw new Refused('ResourceConflictException', `Function already exist: ${name}`);
  }
  checkLimits(Timeout, MemorySize);
  const made: LambdaFunction = {
    name,
    arn: arnOf('lambda', `function:${name}`),
    process: Code.process,
    timeout: seconds(Timeout),
    memoryMb: MemorySize,
    reserved: null,
    deadLetterArn: DeadLetterConfig?.TargetArn ?? null,
    eventConfig: {},
    environments: new Map(),
    lastEnvironment: 0,
    gone: [],
    ...{ invocations: 0, errors: 0, throttles: 0 },
  };
  state.functions.set(name, made);
  return { type: 'CreateFunctionResponse', ...configurationOf(made) };
}

function checkLimits(timeout: number, memory: number): void {
  if (timeout > 900) throw tooMuch('timeout', timeout, 900, 'less');
  if (timeout < 1) throw tooMuch('timeout', timeout, 1, 'greater');
  if (memory > 10_240) throw tooMuch('memorySize', memory, 10_240, 'less');
  if (memory < 128) throw tooMuch('memorySize', memory, 128, 'greater');
}

export function configurationOf(one: LambdaFunction): FunctionConfiguration {
  const { name, arn, timeout, memoryMb, deadLetterArn } = one;
  return {
    FunctionName: name,
    FunctionArn: arn,
    Timeout: toMs(timeout) / 1000,
    MemorySize: memoryMb,
    ...(deadLetterArn === null ? {} : { DeadLetterConfig: { TargetArn: deadLetterArn } }),
    State: 'Active',
  };
}

/** By name or ARN. */
export function functionOf(state: LambdaState, nameOrArn: string): LambdaFunction {
  const name = functionName(nameOrArn);
  const found = state.functions.get(name);
  if (found) return found;
  const arn = arnOf('lambda', `function:${name}`);
  throw new Refused('ResourceNotFoundException', `Function not found: ${arn}`);
}

export function functionName(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? (resourceOf(nameOrArn)?.name ?? nameOrArn) : nameOrArn;
}

/** Its mappings stay, and have nothing to call. */
export function deleteFunction(state: LambdaState, { FunctionName }: DeleteFunctionRequest): void {
  state.functions.delete(functionOf(state, FunctionName).name);
}

export function updateFunction(
  state: LambdaState,
  { FunctionName, Timeout, MemorySize, DeadLetterConfig }: UpdateFunctionConfigurationRequest,
): FunctionConfigurationResponse {
  const one = functionOf(state, FunctionName);
  const timeout = Timeout ?? toMs(one.timeout) / 1000;
  const memory = MemorySize ?? one.memoryMb;
  checkLimits(timeout, memory);
  one.timeout = ms(timeout * 1000);
  one.memoryMb = memory;
  if (DeadLetterConfig) one.deadLetterArn = DeadLetterConfig.TargetArn ?? null;
  return { type: 'UpdateFunctionConfigurationResponse', ...configurationOf(one) };
}

export function listFunctions(state: LambdaState): ListFunctionsResponse {
  return { type: 'ListFunctionsResponse', Functions: [...state.functions.values()].map(configurationOf) };
}

export function reserveConcurrency(
  state: LambdaState,
  { FunctionName, ReservedConcurrentExecutions: count }: PutFunctionConcurrencyRequest,
): PutFunctionConcurrencyResponse {
  const one = functionOf(state, FunctionName);
  const left = unreserved(state) + (one.reserved ?? 0) - count;
  if (left < Math.min(unreservedMin, state.settings.accountConcurrency)) {
    throw invalidValue(
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    );
  }
  one.reserved = count;
  return { type: 'PutFunctionConcurrencyResponse', ReservedConcurrentExecutions: count };
}

/** What functions without a reservation share. */
function unreserved({ functions, settings }: LambdaState): number {
  let left = settings.accountConcurrency;
  for (const { reserved } of functions.values()) left -= reserved ?? 0;
  return left;
}

/** Whether one more invocation of it may run. */
export function hasRoom(state: LambdaState, one: LambdaFunction): boolean {
  if (one.reserved !== null) return running(one) < one.reserved;
  let others = 0;
  for (const other of state.functions.values()) if (other.reserved === null) others += running(other);
  return others < unreserved(state);
}

function running({ environments }: LambdaFunction): number {
  let count = 0;
  for (const { state } of environments.values()) if (state !== 'idle') count++;
  return count;
}

export function configureEvents(
  state: LambdaState,
  { FunctionName, ...config }: PutFunctionEventInvokeConfigRequest,
): PutFunctionEventInvokeConfigResponse {
  const one = functionOf(state, FunctionName);
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = config;
  if ((MaximumRetryAttempts ?? 0) > 2)
    throw tooMuch('maximumRetryAttempts', MaximumRetryAttempts!, 2, 'less');
  if ((MaximumEventAgeInSeconds ?? 60) < 60)
    throw tooMuch('maximumEventAgeInSeconds', MaximumEventAgeInSeconds!, 60, 'greater');
  one.eventConfig = {
    ...(MaximumRetryAttempts === undefined ? {} : { MaximumRetryAttempts }),
    ...(MaximumEventAgeInSeconds === undefined ? {} : { MaximumEventAgeInSeconds }),
    ...(DestinationConfig === undefined ? {} : { DestinationConfig }),
  };
  return { type: 'PutFunctionEventInvokeConfigResponse', FunctionArn: one.arn, ...one.eventConfig };
}
