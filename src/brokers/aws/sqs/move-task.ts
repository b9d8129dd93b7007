/** Message move tasks: from a dead-letter queue back to where its messages came from, or to another queue. */
import type { Context, Tagged } from '../../../kernel/machine';
import { microsecondsPerSecond, type Time } from '../../../kernel/time';
import { arnOf, epochMilliseconds, type ErrorResponse } from '../protocol/common';
import { base64OfText, textOfBase64 } from '../protocol/bytes';
import { remove } from './contents';
import { refusal } from './errors';
import { MessageRedriven, MoveTaskEnded, MoveTaskStarted } from './facts';
import { messageId, type Entry } from './message';
import type * as Api from './protocol';
import { queueNameOf } from './protocol';
import { add } from './send';
import type { Queue, SqsState } from './state';

export interface MoveTask {
  readonly id: string;
  /** Names of queues. */
  readonly source: string;
  readonly destination: string | null;
  /** Messages a second; null: as SQS likes. */
  readonly rate: number | null;
  readonly startedAt: Time;
  readonly toMove: number;
  moved: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  failure: string | null;
}

export interface MoveNext extends Tagged {
  readonly type: 'MoveNext';
  readonly task: string;
}

const maxRate = 500;
const maxResults = 10;

export function startMoveTask(
  state: SqsState,
  request: Api.StartMessageMoveTaskRequest,
  context: Context,
): ErrorResponse | Api.StartMessageMoveTaskResponse {
  const { SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: rate = null } = request;
  const source = state.queues.get(queueNameOf(SourceArn));
  const wrong = source ? wrongStart(state, source, DestinationArn, rate) : noResource('SourceArn');
  if (wrong || !source) return wrong ?? noResource('SourceArn');
  const destination = DestinationArn === undefined ? null : queueNameOf(DestinationArn);
  const id = messageId(0, state.tasks.length + 1);
  const { available: toMove } = source;
  const begun = { moved: 0, status: 'RUNNING', failure: null } as const;
  const task: MoveTask = {
    id,
    source: source.name,
    destination,
    rate,
    startedAt: context.now,
    toMove,
    ...begun,
  };
  state.tasks.push(task);
  context.emit({
    is: MoveTaskStarted,
    subject: source.address,
    amount: toMove,
    detail: destination ?? 'back',
  });
  moveLater(state, task, context);
  return { type: 'StartMessageMoveTaskResponse', TaskHandle: handleOf(task) };
}

function wrongStart(
  state: SqsState,
  source: Queue,
  destination: string | undefined,
  rate: number | null,
): ErrorResponse | null {
  const isDeadLetters = [...state.queues.values()].some(
    ({ settings }) => settings.redrive?.queue === source.name,
  );
  if (!isDeadLetters)
    return refusal('InvalidParameterValue', 'Source queue must be configured as a Dead Letter Queue.');
  const to = destination === undefined ? source : state.queues.get(queueNameOf(destination));
  if (!to) return noResource('DestinationArn');
  if (to.isFifo !== source.isFifo)
    return refusal('InvalidParameterValue', 'Source and destination queue must be of the same type.');
  if (rate !== null && !(Number.isInteger(rate) && rate >= 1 && rate <= maxRate))
    return refusal(
      'InvalidParameterValue',
      `Value ${rate} for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: Must be between 1 and 500, if provided.`,
    );
  if (state.tasks.some(({ source: name, status }) => name === source.name && status === 'RUNNING'))
    return refusal(
      'InvalidParameterValue',
      'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
    );
  return null;
}

function noResource(parameter: string): ErrorResponse {
  return refusal(
    'ResourceNotFoundException',
    `The resource that you specified for the ${parameter} parameter doesn't exist.`,
  );
}

export function cancelMoveTask(
  state: SqsState,
  { TaskHandle }: Api.CancelMessageMoveTaskRequest,
  context: Context,
): ErrorResponse | Api.CancelMessageMoveTaskResponse {
  const read = readTaskHandle(TaskHandle);
  if (read === null) return refusal('InvalidParameterValue', 'Value for parameter TaskHandle is invalid.');
  if (!state.queues.has(queueNameOf(read.sourceArn))) return noResource('SourceArn');
  const task = state.tasks.find(({ id }) => id === read.taskId);
  if (!task) return refusal('ResourceNotFoundException', 'Task does not exist.');
  if (task.status !== 'RUNNING')
    return refusal('ResourceNotFoundException', 'Only active tasks can be cancelled.');
  end(state, task, 'CANCELLED', context);
  return { type: 'CancelMessageMoveTaskResponse', ApproximateNumberOfMessagesMoved: task.moved };
}

export function listMoveTasks(
  state: SqsState,
  { SourceArn, MaxResults = 1 }: Api.ListMessageMoveTasksRequest,
): ErrorResponse | Api.ListMessageMoveTasksResponse {
  const source = queueNameOf(SourceArn);
  if (!state.queues.has(source)) return noResource('SourceArn');
  const tasks = state.tasks.filter((task) => task.source === source).reverse();
  return {
    type: 'ListMessageMoveTasksResponse',
    Results: tasks.slice(0, Math.min(MaxResults, maxResults)).map(entryOf),
  };
}

function entryOf(task: MoveTask): Api.MessageMoveTask {
  return {
    ...(task.status === 'RUNNING' && { TaskHandle: handleOf(task) }),
    Status: task.status,
    SourceArn: arnOf('sqs', task.source),
    ...(task.destination !== null && { DestinationArn: arnOf('sqs', task.destination) }),
    ...(task.rate !== null && { MaxNumberOfMessagesPerSecond: task.rate }),
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    ...(task.failure !== null && { FailureReason: task.failure }),
    StartedTimestamp: epochMilliseconds(task.startedAt),
  };
}

/** As AWS's handles are: JSON in base64. */
function handleOf({ id, source }: MoveTask): string {
  return base64OfText(JSON.stringify({ taskId: id, sourceArn: arnOf('sqs', source) }));
}

function readTaskHandle(handle: string): { readonly taskId: string; readonly sourceArn: string } | null {
  try {
    const { taskId, sourceArn } = JSON.parse(textOfBase64(handle)) as Readonly<Record<string, unknown>>;
    return typeof taskId === 'string' && typeof sourceArn === 'string' ? { taskId, sourceArn } : null;
  } catch {
    return null;
  }
}

function moveLater(state: SqsState, { id, rate }: MoveTask, context: Context): void {
  const next: MoveNext = { type: 'MoveNext', task: id };
  context.after(microsecondsPerSecond / (rate ?? state.setup.moveRate), next);
}

/** Tasks go on after a restart of the service. */
export function resumeTasks(state: SqsState, context: Context): void {
  for (const task of state.tasks) if (task.status === 'RUNNING') moveLater(state, task, context);
}

/** One message is moved, the oldest that can be. The task is done when there is none. */
export function moveNext(state: SqsState, { task: id }: MoveNext, context: Context): void {
  const task = state.tasks.find((one) => one.id === id);
  if (task?.status !== 'RUNNING') return;
  const source = state.queues.get(task.source);
  if (!source) return end(state, task, 'FAILED', context, 'AWS.SimpleQueueService.NonExistentQueue');
  const entry = oldest(source);
  if (entry === null) return end(state, task, 'COMPLETED', context);
  const name = task.destination ?? entry.source;
  if (name === null) return end(state, task, 'FAILED', context, 'CouldNotDetermineMessageSource');
  const to = state.queues.get(name);
  if (!to) return end(state, task, 'FAILED', context, 'AWS.SimpleQueueService.NonExistentQueue');
  move(state, source, to, entry, context);
  task.moved++;
  moveLater(state, task, context);
}

/** A new message comes of it, with an id of its own, and its age and receives counted from nothing. */
function move(state: SqsState, source: Queue, to: Queue, entry: Entry, context: Context): void {
  const { sent, sequence: position, receives: amount } = entry;
  const { message } = sent.content;
  remove(state, source, entry, context.now);
  context.emit({
    ...{ is: MessageRedriven, subject: source.address, message, position, amount },
    ...{ group: source.name, detail: to.address, cause: entry.fact },
  });
  const stored = { ...sent, id: messageId(to.uid, to.sent++), sentAt: context.now };
  add(state, to, stored, to.settings.delay, context);
}

/** Of a group only what nobody holds something before. */
function oldest(queue: Queue): Entry | null {
  const blocked = new Set<string | null>();
  for (const entry of queue.messages.values()) {
    if (entry.state === 'available' && !(queue.isFifo && blocked.has(entry.sent.group))) return entry;
    blocked.add(entry.sent.group);
  }
  return null;
}

function end(
  state: SqsState,
  task: MoveTask,
  status: MoveTask['status'],
  context: Context,
  failure: string | null = null,
): void {
  task.status = status;
  task.failure = failure;
  const subject = state.queues.get(task.source)?.address ?? `${state.name}/${task.source}`;
  context.emit({ is: MoveTaskEnded, subject, amount: task.moved, detail: failure ?? status });
}
