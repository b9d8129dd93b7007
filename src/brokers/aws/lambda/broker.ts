/**
 * AWS Lambda as far as queues and topics have to do with it: functions, whose code is a part of some process, and event
 * source mappings of SQS queues. Sources: the API's documentation in @aws-sdk/client-lambda, the Lambda developer guide,
 * LocalStack's recordings of real AWS. Not modelled: packages, versions and aliases, layers, provisioned concurrency and
 * pollers, bursts of concurrency, other event sources, on-success destinations, recursion detection, payload quotas.
 */
import type { Context, KernelCommand, Tagged } from '../../../kernel/machine';
import { BadOption, type GivenOptions } from '../../../kernel/options';
import type { Part } from '../../../kernel/part';
import { cargoOfAws } from '../protocol/cargo';
import type { ErrorResponse } from '../protocol/common';
import { arnOfEndpoint } from '../protocol/resources';
import type { GetQueueAttributesResponse, ReceiveMessageResponse, SqsResponse } from '../sqs/protocol';
import type { PublishResponse } from '../sns/protocol';
import { batchRan, deletionAnswered, retryBatch, type RetryBatch } from './batch';
import { describe } from './describe';
import { endEnvironment, type EnvironmentFades, type EnvironmentReady } from './environments';
import { Refused } from './errors';
import { acceptEvent, eventRan, letterAnswered, resumeEvents, runEvent, type RunEvent } from './events';
import {
  configurationOf,
  configureEvents,
  createFunction,
  deleteFunction,
  functionOf,
  listFunctions,
  reserveConcurrency,
  updateFunction,
} from './functions';
import {
  died,
  environmentReady,
  invokeNow,
  ran,
  responseOf,
  timedOut,
  type InvocationTimedOut,
} from './invoke';
import { defaultSetup, setupOf } from './mapping-settings';
import {
  addMapping,
  checkNew,
  createMapping,
  deleteMapping,
  getMapping,
  listMappings,
  mappingChanged,
  queueAnswered,
  updateMapping,
  type MappingChanged,
} from './mappings';
import { lambdaOptions, readLambdaOptions } from './options';
import {
  polled,
  pollQueue,
  scalePollers,
  windowOver,
  type PollAgain,
  type ScalePollers,
  type WindowOver,
} from './poll';
import type { InvokeRequest, LambdaRequest, LambdaResponse, RunInvocationResponse } from './protocol';
import { cloneLambda, type Awaited, type Invocation, type LambdaState, type Outcome } from './state';

type Reminder =
  | EnvironmentReady
  | EnvironmentFades
  | InvocationTimedOut
  | RunEvent
  | MappingChanged
  | RetryBatch
  | WindowOver
  | PollAgain
  | ScalePollers;
type Answer = RunInvocationResponse | SqsResponse | PublishResponse;
export type LambdaCommand = LambdaRequest | Reminder | Answer;

/** What a scenario says about it: the shape of LambdaSpec in scenario/scenario.ts. */
export interface LambdaSpec {
  readonly name: string;
  readonly functions: readonly {
    readonly name: string;
    readonly process: string;
    readonly timeoutMs?: number;
    readonly memoryMb?: number;
    readonly reservedConcurrency?: number;
  }[];
  readonly eventSourceMappings?: readonly {
    readonly function: string;
    readonly queue: string;
    readonly batchSize?: number;
    readonly maximumBatchingWindowMs?: number;
    readonly maximumConcurrency?: number;
    readonly reportBatchItemFailures?: boolean;
    readonly filterCriteria?: { readonly Filters: readonly { readonly Pattern: string }[] };
  }[];
  readonly options?: GivenOptions;
}

export const part: Part<LambdaState, LambdaCommand, LambdaSpec> = {
  options: lambdaOptions,
  machine: { kind: 'lambda.broker', init: newLambda, apply, restart, clone: cloneLambda },
  describe,
  cargo: cargoOfAws,
};

/** As if its functions and mappings had been made by the API's actions. Throws BadOption with what AWS would say. */
function newLambda(spec: LambdaSpec): LambdaState {
  const state: LambdaState = {
    name: spec.name,
    settings: readLambdaOptions(spec.options ?? {}),
    functions: new Map(),
    invocations: new Map(),
    events: new Map(),
    mappings: new Map(),
    awaited: new Map(),
    ...{ lastInvocation: 0, lastEvent: 0, lastMapping: 0 },
  };
  try {
    for (const { name: FunctionName, process, timeoutMs, memoryMb, reservedConcurrency } of spec.functions) {
      createFunction(state, {
        ...{ type: 'CreateFunctionRequest', FunctionName, Code: { process } },
        ...(timeoutMs === undefined ? {} : { Timeout: timeoutMs / 1000 }),
        ...(memoryMb === undefined ? {} : { MemorySize: memoryMb }),
      });
      if (reservedConcurrency === undefined) continue;
      const ReservedConcurrentExecutions = reservedConcurrency;
      reserveConcurrency(state, { type: 'PutFunctionConcurrencyRequest', FunctionName, ReservedConcurrentExecutions }); // prettier-ignore
    }
    for (const mapping of spec.eventSourceMappings ?? []) addGiven(state, mapping);
  } catch (error) {
    throw error instanceof Refused ? new BadOption(`${spec.name}: ${error.message}`) : error;
  }
  return state;
}

function addGiven(state: LambdaState, given: NonNullable<LambdaSpec['eventSourceMappings']>[number]): void {
  const queueArn = arnOfEndpoint(given.queue, 'sqs');
  const { batchSize, maximumBatchingWindowMs, maximumConcurrency, filterCriteria } = given;
  const settings = {
    ...(batchSize === undefined ? {} : { BatchSize: batchSize }),
    ...(maximumBatchingWindowMs === undefined
      ? {}
      : { MaximumBatchingWindowInSeconds: maximumBatchingWindowMs / 1000 }),
    ...(maximumConcurrency === undefined
      ? {}
      : { ScalingConfig: { MaximumConcurrency: maximumConcurrency } }),
    ...(given.reportBatchItemFailures ? { FunctionResponseTypes: ['ReportBatchItemFailures'] } : {}),
    ...(filterCriteria === undefined ? {} : { FilterCriteria: filterCriteria }),
  };
  const setup = setupOf(defaultSetup, settings, queueArn.endsWith('.fifo'));
  const { name } = functionOf(state, given.function);
  checkNew(state, queueArn, name);
  addMapping(state, queueArn, name, setup, 0);
}

/** Functions, mappings and events are kept; what ran or was in hand is lost, and messages come back by themselves. */
function restart(state: LambdaState): void {
  state.awaited.clear();
  state.invocations.clear();
  for (const one of state.functions.values()) one.environments.clear();
  for (const event of state.events.values()) event.timer = 0;
  for (const mapping of state.mappings.values()) {
    mapping.polls.clear();
    mapping.batches.clear();
    Object.assign(mapping, { gathered: [], gatherTimer: 0, scaleTimer: 0, changeTimer: 0, failures: 0 });
  }
}

function apply(state: LambdaState, command: LambdaCommand | KernelCommand, context: Context): void {
  if (remind(state, command, context)) return;
  const awaited = state.awaited.get(context.connection);
  if (command.type === 'ConnectionClosed') {
    const lost = state.awaited.get(command.connection);
    state.awaited.delete(command.connection);
    if (lost) answered(state, lost, null, context);
  } else if (awaited) {
    state.awaited.delete(context.connection);
    answered(state, awaited, command, context);
  } else if (command.type.endsWith('Request')) request(state, command as LambdaRequest, context);
}

/** Its own reminders; false: it was none. */
function remind(state: LambdaState, command: LambdaCommand | KernelCommand, context: Context): boolean {
  switch (command.type) {
    case 'Start':
      resumeEvents(state, context);
      for (const mapping of state.mappings.values()) {
        // a change that was under way is done
        mappingChanged(state, { type: 'MappingChanged', mapping: mapping.uuid }, context);
      }
      return true;
    case 'EnvironmentReady':
      environmentReady(state, command, context);
      return true;
    case 'EnvironmentFades': {
      const one = state.functions.get(command.function);
      if (one) endEnvironment(one, command.environment, context);
      return true;
    }
    case 'InvocationTimedOut':
      concluded(state, timedOut(state, command, context), context);
      return true;
    case 'RunEvent':
      runEvent(state, command, context);
      return true;
    case 'MappingChanged':
      mappingChanged(state, command, context);
      return true;
    case 'WindowOver':
      windowOver(state, command, context);
      return true;
    case 'PollAgain': {
      const mapping = state.mappings.get(command.mapping);
      if (mapping) pollQueue(state, mapping, context);
      return true;
    }
    case 'ScalePollers':
      scalePollers(state, command, context);
      return true;
    case 'RetryBatch': {
      const mapping = state.mappings.get(command.mapping);
      if (mapping) {
        retryBatch(state, mapping, command.batch, context);
        pollQueue(state, mapping, context);
      }
      return true;
    }
    default:
      return false;
  }
}

/** Somebody it asked has answered; null: is gone. */
function answered(state: LambdaState, awaited: Awaited, answer: Tagged | null, context: Context): void {
  switch (awaited.is) {
    case 'run': {
      const { invocation } = awaited;
      const isAnswer = answer?.type === 'RunInvocationResponse';
      const end = isAnswer
        ? ran(state, invocation, answer as RunInvocationResponse, context)
        : died(state, invocation, context);
      return concluded(state, end, context);
    }
    case 'poll': {
      const mapping = state.mappings.get(awaited.mapping);
      const isAnswer = answer?.type === 'ReceiveMessageResponse';
      if (mapping) polled(state, mapping, isAnswer ? (answer as ReceiveMessageResponse) : null, context);
      return;
    }
    case 'delete': {
      const mapping = state.mappings.get(awaited.mapping);
      if (!mapping) return;
      deletionAnswered(mapping, awaited.batch);
      return pollQueue(state, mapping, context);
    }
    case 'queue': {
      const said = answer as GetQueueAttributesResponse | ErrorResponse | null;
      const response = attempt(() => queueAnswered(state, awaited.request, said, context));
      return context.reply(awaited.caller, response!);
    }
    case 'letter':
      return letterAnswered(state, awaited, answer, context);
  }
}

/** An invocation has ended: whoever wants the result gets it. */
function concluded(state: LambdaState, end: readonly [Invocation, Outcome] | null, context: Context): void {
  if (!end) return;
  const [{ origin }, outcome] = end;
  if (origin.is === 'caller') return context.reply(origin.connection, responseOf(outcome));
  if (origin.is === 'event') return eventRan(state, origin.event, outcome, context);
  const mapping = state.mappings.get(origin.mapping);
  if (!mapping) return;
  batchRan(state, mapping, origin.batch, outcome, context);
  pollQueue(state, mapping, context);
}

function request(state: LambdaState, command: LambdaRequest, context: Context): void {
  const response = attempt(() => handle(state, command, context));
  if (response) context.reply(context.connection, response);
}

function attempt(answer: () => LambdaResponse | null): LambdaResponse | null {
  try {
    return answer();
  } catch (error) {
    if (error instanceof Refused) return error.response;
    throw error;
  }
}

/** null: it is answered later. */
function handle(state: LambdaState, command: LambdaRequest, context: Context): LambdaResponse | null {
  switch (command.type) {
    case 'InvokeRequest':
      return invoke(state, command, context);
    case 'CreateFunctionRequest':
      return createFunction(state, command);
    case 'DeleteFunctionRequest':
      deleteFunction(state, command);
      return { type: 'DeleteFunctionResponse' };
    case 'GetFunctionConfigurationRequest': {
      const configuration = configurationOf(functionOf(state, command.FunctionName));
      return { type: 'GetFunctionConfigurationResponse', ...configuration };
    }
    case 'UpdateFunctionConfigurationRequest':
      return updateFunction(state, command);
    case 'ListFunctionsRequest':
      return listFunctions(state);
    case 'PutFunctionConcurrencyRequest':
      return reserveConcurrency(state, command);
    case 'DeleteFunctionConcurrencyRequest':
      functionOf(state, command.FunctionName).reserved = null;
      return { type: 'DeleteFunctionConcurrencyResponse' };
    case 'PutFunctionEventInvokeConfigRequest':
      return configureEvents(state, command);
    case 'CreateEventSourceMappingRequest':
      createMapping(state, command, context);
      return null;
    case 'UpdateEventSourceMappingRequest':
      return updateMapping(state, command, context);
    case 'DeleteEventSourceMappingRequest':
      return deleteMapping(state, command, context);
    case 'GetEventSourceMappingRequest':
      return getMapping(state, command.UUID);
    case 'ListEventSourceMappingsRequest':
      return listMappings(state, command);
  }
}

function invoke(state: LambdaState, command: InvokeRequest, context: Context): LambdaResponse | null {
  const one = functionOf(state, command.FunctionName);
  switch (command.InvocationType) {
    case 'DryRun':
      return { type: 'InvokeResponse', StatusCode: 204 };
    case 'Event':
      acceptEvent(state, one, command.Payload, context);
      return { type: 'InvokeResponse', StatusCode: 202 };
    default:
      invokeNow(state, one, command.Payload, context);
      return null;
  }
}
