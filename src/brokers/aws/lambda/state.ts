/** What Lambda knows: functions and their environments, events that wait, and mappings with the batches in their hands. */
import type { MessageId } from '../../../kernel/bodies';
import type { FactId } from '../../../kernel/fact';
import type { ConnectionId, TimerId } from '../../../kernel/machine';
import type { Duration, Time } from '../../../kernel/time';
import type { Pattern } from '../protocol/pattern';
import type { ReceivedMessage } from '../sqs/protocol';
import type { LambdaSettings } from './options';
import type {
  CreateEventSourceMappingRequest,
  EventInvokeConfig,
  FilterCriteria,
  FunctionErrorPayload,
  LambdaEvent,
  MappingState,
} from './protocol';

export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  /** Process (and part) that is its code. */
  readonly process: string;
  timeout: Duration;
  memoryMb: number;
  /** null: it takes from what others have not reserved. */
  reserved: number | null;
  deadLetterArn: string | null;
  eventConfig: EventInvokeConfig;
  /** By number, in the order they came to be. */
  environments: Map<number, Environment>;
  lastEnvironment: number;
  /** The latest that are gone, for the picture. */
  gone: readonly { readonly id: number; readonly at: Time }[];
  invocations: number;
  errors: number;
  throttles: number;
}

/** An execution environment: runs one invocation at a time. */
export interface Environment {
  readonly id: number;
  state: 'cold' | 'busy' | 'idle';
  since: Time;
  /** It runs, or will once it has started; 0: none. */
  invocation: number;
  /** When it is ready, or gone; 0: none. */
  timer: TimerId;
}

/** Who wants the result. */
export type Origin =
  | { readonly is: 'caller'; readonly connection: ConnectionId }
  | { readonly is: 'event'; readonly event: number }
  | { readonly is: 'batch'; readonly mapping: string; readonly batch: number };

export interface Invocation {
  readonly id: number;
  readonly requestId: string;
  readonly function: string;
  readonly event: LambdaEvent;
  readonly origin: Origin;
  readonly environment: number;
  readonly coldStart: boolean;
  /** The fact that says it was called. */
  readonly fact: FactId;
  /** To the code; 0: the environment is not ready. */
  connection: ConnectionId;
  /** The function's timeout; 0: not running. */
  timer: TimerId;
}

/** How an invocation ended. */
export type Outcome =
  | { readonly is: 'returned'; readonly value: unknown }
  | { readonly is: 'failed'; readonly error: FunctionErrorPayload };

/** An asynchronous invocation, until it has succeeded or is given up. */
export interface AsyncEvent {
  readonly id: number;
  readonly requestId: string;
  readonly function: string;
  readonly event: LambdaEvent;
  readonly receivedAt: Time;
  readonly cause: FactId;
  /** The function's errors. */
  failures: number;
  /** Throttles in a row. */
  throttles: number;
  lastError: FunctionErrorPayload | null;
  /** 0: it runs. */
  timer: TimerId;
}

export interface MappingSetup {
  readonly batchSize: number;
  /** 0: a batch is whatever a poll brings. */
  readonly window: Duration;
  readonly filterCriteria: FilterCriteria | null;
  readonly patterns: readonly Pattern[];
  readonly responseTypes: readonly string[];
  /** null: as many as there may be. */
  readonly maximumConcurrency: number | null;
}

export interface Mapping {
  readonly uuid: string;
  readonly queueArn: string;
  function: string;
  setup: MappingSetup;
  state: MappingState;
  lastModified: Time;
  /** The end of a change of state; 0: none. */
  changeTimer: TimerId;
  /** How many batches may be polled for and worked on at once. */
  pollers: number;
  /** 0: not growing. */
  scaleTimer: TimerId;
  /** Polls without an answer. */
  polls: Set<ConnectionId>;
  /** Received, waiting for a batch to be full or its window to end. */
  gathered: readonly ReceivedMessage[];
  gatherTimer: TimerId;
  batches: Map<number, Batch>;
  lastBatch: number;
  /** Failed batches in a row. */
  failures: number;
}

/** Messages that are handed to the function together. */
export interface Batch {
  readonly id: number;
  readonly messages: readonly ReceivedMessage[];
  /** How often the function had no room for it. */
  throttles: number;
  /** Deletions without an answer. */
  deletions: number;
  /** The next try, or the end of a poller's back-off; 0: none. */
  timer: TimerId;
}

/** What an answer on a connection is for. */
export type Awaited =
  | { readonly is: 'run'; readonly invocation: number }
  | { readonly is: 'poll'; readonly mapping: string }
  | { readonly is: 'delete'; readonly mapping: string; readonly batch: number }
  | { readonly is: 'queue'; readonly request: CreateEventSourceMappingRequest; readonly caller: ConnectionId }
  | {
      readonly is: 'letter';
      readonly function: string;
      readonly message: MessageId;
      readonly cause: FactId;
      readonly target: string;
    };

export interface LambdaState {
  readonly name: string;
  readonly settings: LambdaSettings;
  functions: Map<string, LambdaFunction>;
  invocations: Map<number, Invocation>;
  events: Map<number, AsyncEvent>;
  mappings: Map<string, Mapping>;
  awaited: Map<ConnectionId, Awaited>;
  lastInvocation: number;
  lastEvent: number;
  lastMapping: number;
}

export function cloneLambda(state: LambdaState): LambdaState {
  return {
    ...state,
    functions: mapValues(state.functions, (one) => ({
      ...one,
      environments: mapValues(one.environments, (environment) => ({ ...environment })),
    })),
    invocations: mapValues(state.invocations, (invocation) => ({ ...invocation })),
    events: mapValues(state.events, (event) => ({ ...event })),
    mappings: mapValues(state.mappings, (mapping) => ({
      ...mapping,
      polls: new Set(mapping.polls),
      batches: mapValues(mapping.batches, (batch) => ({ ...batch })),
    })),
    awaited: new Map(state.awaited),
  };
}

function mapValues<Key, Value>(map: ReadonlyMap<Key, Value>, copy: (value: Value) => Value): Map<Key, Value> {
  return new Map([...map].map(([key, value]) => [key, copy(value)]));
}
