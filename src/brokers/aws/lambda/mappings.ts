/**
 * Event source mappings: made, changed, deleted. Each change takes a while, in which the mapping's state says what is going
 * on. Making one asks the queue first: it must be there, and hide messages for at least as long as the function may run.
 */
import type { Context } from '../../../kernel/machine';
import { isoTime, resourceOf, arnOf, type ErrorResponse } from '../protocol/common';
import { uuidOf } from '../protocol/ids';
import { queueUrl, type GetQueueAttributesRequest, type GetQueueAttributesResponse } from '../sqs/protocol';
import { Refused, invalidValue } from './errors';
import { functionName } from './functions';
import { defaultSetup, setupOf } from './mapping-settings';
import { leavePolls, pollQueue } from './poll';
import type {
  CreateEventSourceMappingRequest,
  DeleteEventSourceMappingRequest,
  EventSourceMapping,
  EventSourceMappingResponse,
  ListEventSourceMappingsRequest,
  ListEventSourceMappingsResponse,
  MappingState,
  UpdateEventSourceMappingRequest,
} from './protocol';
import type { LambdaFunction, LambdaState, Mapping, MappingSetup } from './state';
import { toMs, type Time } from '../../../kernel/time';

/** Reminder: a change is done. */
export interface MappingChanged {
  readonly type: 'MappingChanged';
  readonly mapping: string;
}

/** What the change leads to. */
const becomes: Partial<Record<MappingState, MappingState>> = {
  Creating: 'Enabled',
  Enabling: 'Enabled',
  Updating: 'Enabled',
  Disabling: 'Disabled',
};

/** Checks what can be checked here, then asks the queue; `mappingQueueAnswered` goes on. */
export function createMapping(
  state: LambdaState,
  request: CreateEventSourceMappingRequest,
  context: Context,
): void {
  const queueArn = request.EventSourceArn ?? '';
  const resource = resourceOf(queueArn);
  if (!queueArn.startsWith('arn:') || resource?.service !== 'sqs') {
    throw invalidValue('Unrecognized event source.');
  }
  setupOf(defaultSetup, request, queueArn.endsWith('.fifo'));
  const { name } = mappedFunction(state, request.FunctionName);
  checkNew(state, queueArn, name);
  const ask: GetQueueAttributesRequest = {
    type: 'GetQueueAttributesRequest',
    QueueUrl: queueUrl(resource.name),
    AttributeNames: ['VisibilityTimeout'],
  };
  const connection = context.request(state.settings.processes.sqs, ask);
  state.awaited.set(connection, { is: 'queue', request, caller: context.connection });
}

/** One mapping of a queue to a function is enough. */
export function checkNew(state: LambdaState, queueArn: string, name: string): void {
  for (const known of state.mappings.values()) {
    if (known.queueArn !== queueArn || known.function !== name) continue;
    throw new Refused(
      'ResourceConflictException',
      `An event source mapping with SQS arn (" ${queueArn} ") and function (" ${name} ") already exists. ` +
        `Please update or delete the existing mapping with UUID ${known.uuid}`,
    );
  }
}

function mappedFunction(state: LambdaState, name: string): LambdaFunction {
  const found = state.functions.get(functionName(name));
  if (!found) throw invalidValue('Function does not exist');
  return found;
}

/** The queue has told how long it hides messages, or that it is not there (null: nobody answered). */
export function queueAnswered(
  state: LambdaState,
  request: CreateEventSourceMappingRequest,
  answer: GetQueueAttributesResponse | ErrorResponse | null,
  context: Context,
): EventSourceMappingResponse {
  if (answer?.type !== 'GetQueueAttributesResponse') {
    const { code = 'ServiceUnavailable', message = 'The service cannot be reached.' } = answer ?? {};
    throw invalidValue(
      `Error occurred while ReceiveMessage. SQS Error Code: ${code}. SQS Error Message: ${message}`,
    );
  }
  const one = mappedFunction(state, request.FunctionName);
  const visibility = Number(answer.Attributes?.['VisibilityTimeout'] ?? 30);
  const timeout = toMs(one.timeout) / 1000;
  if (visibility < timeout) {
    throw invalidValue(
      `Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${timeout} seconds`,
    );
  }
  const isFifo = request.EventSourceArn!.endsWith('.fifo');
  const setup = setupOf(defaultSetup, request, isFifo);
  const isEnabled = request.Enabled ?? true;
  const mapping = addMapping(state, request.EventSourceArn!, one.name, setup, context.now);
  mapping.state = 'Disabled';
  if (isEnabled) change(state, mapping, 'Creating', context);
  return { type: 'CreateEventSourceMappingResponse', ...mappingOf(state, mapping) };
}

/** Enabled at once, as those of a scenario are. */
export function addMapping(
  state: LambdaState,
  queueArn: string,
  name: string,
  setup: MappingSetup,
  now: Time,
): Mapping {
  const uuid = uuidOf('lambda mapping', ++state.lastMapping);
  const mapping: Mapping = {
    ...{ uuid, queueArn, function: name, setup },
    state: 'Enabled',
    lastModified: now,
    changeTimer: 0,
    pollers: Math.min(state.settings.pollersAtFirst, setup.maximumConcurrency ?? Infinity),
    scaleTimer: 0,
    polls: new Set(),
    gathered: [],
    gatherTimer: 0,
    batches: new Map(),
    lastBatch: 0,
    failures: 0,
  };
  state.mappings.set(uuid, mapping);
  return mapping;
}

function change(state: LambdaState, mapping: Mapping, to: MappingState, context: Context): void {
  const changed: MappingChanged = { type: 'MappingChanged', mapping: mapping.uuid };
  mapping.state = to;
  mapping.lastModified = context.now;
  context.cancel(mapping.changeTimer);
  mapping.changeTimer = context.after(state.settings.mappingChange, changed);
}

export function mappingChanged(
  state: LambdaState,
  { mapping: uuid }: MappingChanged,
  context: Context,
): void {
  const mapping = state.mappings.get(uuid);
  if (!mapping) return;
  mapping.changeTimer = 0;
  if (mapping.state === 'Deleting') {
    state.mappings.delete(uuid);
    return;
  }
  mapping.state = becomes[mapping.state] ?? mapping.state;
  if (mapping.state === 'Disabled') leavePolls(state, mapping, context);
  pollQueue(state, mapping, context);
}

export function updateMapping(
  state: LambdaState,
  request: UpdateEventSourceMappingRequest,
  context: Context,
): EventSourceMappingResponse {
  const mapping = findMapping(state, request.UUID);
  if (mapping.state !== 'Enabled' && mapping.state !== 'Disabled') {
    throw new Refused(
      'ResourceInUseException',
      'Cannot update the event source mapping because it is in use.',
    );
  }
  const { FunctionName, Enabled } = request;
  const setup = setupOf(mapping.setup, request, mapping.queueArn.endsWith('.fifo'));
  if (FunctionName !== undefined) mapping.function = mappedFunction(state, FunctionName).name;
  mapping.setup = setup;
  mapping.pollers = Math.min(mapping.pollers, setup.maximumConcurrency ?? Infinity);
  const isOn = mapping.state === 'Enabled';
  if (isOn && Enabled === false) change(state, mapping, 'Disabling', context);
  else if (!isOn && Enabled === true) change(state, mapping, 'Enabling', context);
  else if (isOn) change(state, mapping, 'Updating', context);
  else mapping.lastModified = context.now;
  return { type: 'UpdateEventSourceMappingResponse', ...mappingOf(state, mapping) };
}

/** What it has in hand is worked on; what it has not handed over comes back by itself. */
export function deleteMapping(
  state: LambdaState,
  { UUID }: DeleteEventSourceMappingRequest,
  context: Context,
): EventSourceMappingResponse {
  const mapping = findMapping(state, UUID);
  change(state, mapping, 'Deleting', context);
  leavePolls(state, mapping, context);
  return { type: 'DeleteEventSourceMappingResponse', ...mappingOf(state, mapping) };
}

export function getMapping(state: LambdaState, uuid: string): EventSourceMappingResponse {
  return { type: 'GetEventSourceMappingResponse', ...mappingOf(state, findMapping(state, uuid)) };
}

function findMapping(state: LambdaState, uuid: string): Mapping {
  const mapping = state.mappings.get(uuid);
  if (mapping) return mapping;
  throw new Refused('ResourceNotFoundException', 'The resource you requested does not exist.');
}

export function listMappings(
  state: LambdaState,
  { EventSourceArn, FunctionName }: ListEventSourceMappingsRequest,
): ListEventSourceMappingsResponse {
  const wanted = FunctionName === undefined ? undefined : functionName(FunctionName);
  const mappings = [...state.mappings.values()].filter(
    (mapping) =>
      (EventSourceArn === undefined || mapping.queueArn === EventSourceArn) &&
      (wanted === undefined || mapping.function === wanted),
  );
  const EventSourceMappings = mappings.map((mapping) => mappingOf(state, mapping));
  return { type: 'ListEventSourceMappingsResponse', EventSourceMappings };
}

function mappingOf(state: LambdaState, mapping: Mapping): EventSourceMapping {
  const { uuid, queueArn, setup, lastModified } = mapping;
  const { filterCriteria, maximumConcurrency } = setup;
  return {
    UUID: uuid,
    EventSourceMappingArn: arnOf('lambda', `event-source-mapping:${uuid}`),
    EventSourceArn: queueArn,
    FunctionArn: arnOf('lambda', `function:${mapping.function}`),
    BatchSize: setup.batchSize,
    MaximumBatchingWindowInSeconds: toMs(setup.window) / 1000,
    FunctionResponseTypes: setup.responseTypes,
    ...(filterCriteria === null ? {} : { FilterCriteria: filterCriteria }),
    ...(maximumConcurrency === null ? {} : { ScalingConfig: { MaximumConcurrency: maximumConcurrency } }),
    State: mapping.state,
    StateTransitionReason: 'USER_INITIATED',
    LastModified: isoTime(lastModified),
  };
}
