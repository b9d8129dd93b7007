/**
 * Amazon SQS: every action of its API on standard and FIFO queues, for one account in one region. It is a managed
 * service, so a crash of its process is only an outage: what was accepted is there afterwards.
 *
 * Simplified: changes of attributes take effect at once, but for DeduplicationScope, which takes a minute (AWS: all up to a
 * minute); a purge is over at once; policies, encryption and permissions are kept and shown, and nobody is kept from
 * anything; what a call costs in time belongs to the links. A dead-letter queue that is gone leaves messages where they are.
 */
import type { Context, KernelCommand, Machine, Tagged } from '../../../kernel/machine';
import type { Part } from '../../../kernel/part';
import { noSuchQueue } from './errors';
import { elapse, arm, type QueueAlarm } from './clock';
import { cargo } from './cargo';
import { describe } from './describe';
import { checkSqs } from './invariants';
import { newState } from './init';
import { addPermission, listQueueTags, removePermission, tagQueue, untagQueue } from './labels';
import {
  cancelMoveTask,
  listMoveTasks,
  moveNext,
  resumeTasks,
  startMoveTask,
  type MoveNext,
} from './move-task';
import { options, readSetup, type SqsOptions } from './options';
import { queueNameOf, type SqsRequest } from './protocol';
import { getQueueAttributes, listDeadLetterSources, setQueueAttributes } from './queue-attributes';
import { createQueue, deleteQueue, getQueueUrl, listQueues, purgeQueue } from './queues';
import { dropPoll, pollExpired, receive, serveWaiting, type PollExpired } from './receive';
import { sendBatch, sendMessage } from './send';
import { changeVisibility, changeVisibilityBatch, deleteBatch, deleteMessage } from './settle';
import { cloneState, type Queue, type SqsState } from './state';
import { overQuota } from './throttle';
import { bill } from './usage';

type SqsTimer = QueueAlarm | PollExpired | MoveNext;
export type SqsCommand = SqsRequest | SqsTimer;
type QueueRequest = Extract<SqsRequest, { readonly QueueUrl: string }>;

const machine: Machine<SqsState, SqsCommand, SqsOptions> = {
  kind: 'sqs.broker',
  init: newState,
  apply(state, command, context) {
    if ('QueueUrl' in command) onQueue(state, command, context);
    else if (command.type.endsWith('Request')) {
      context.reply(context.connection, onService(state, command as SqsRequest, context));
    } else remind(state, command as SqsTimer | KernelCommand, context);
    if (state.awake.size > 0) wake(state, context);
  },
  configure(state, changed) {
    state.setup = { ...state.setup, ...pickKnown(changed) };
  },
  restart(state) {
    state.waiting.clear();
    for (const queue of state.queues.values()) {
      queue.waiters = [];
      queue.alarm = null;
    }
  },
  clone: cloneState,
};

export const part: Part<SqsState, SqsCommand, SqsOptions> = {
  machine,
  options,
  describe,
  cargo,
  check: checkSqs,
};

/** New values of options, checked as at birth. */
function pickKnown(changed: Readonly<Record<string, unknown>>): Partial<SqsState['setup']> {
  const read = readSetup({ ...changed });
  return Object.fromEntries(Object.entries(read).filter(([name]) => name in changed));
}

/** What concerns one queue. */
function onQueue(state: SqsState, request: QueueRequest, context: Context): void {
  const queue = state.queues.get(queueNameOf(request.QueueUrl));
  if (queue === undefined) return context.reply(context.connection, noSuchQueue);
  elapse(state, queue, context);
  const action = request.type.slice(0, -'Request'.length);
  const over = overQuota(state, queue, action, context.now);
  if (over) context.reply(context.connection, over);
  else if (request.type === 'ReceiveMessageRequest') receive(state, queue, request, context);
  else {
    const [response, bytes] = act(state, queue, request, context);
    bill(queue, action, bytes);
    context.reply(context.connection, response);
  }
  if (state.queues.get(queue.name) === queue) arm(queue, context);
}

/** The answer, and the bytes that it is billed for. */
function act(
  state: SqsState,
  queue: Queue,
  request: Exclude<QueueRequest, { readonly type: 'ReceiveMessageRequest' }>,
  context: Context,
): readonly [Tagged, number] {
  switch (request.type) {
    case 'SendMessageRequest':
      return sendMessage(state, queue, request, context);
    case 'SendMessageBatchRequest':
      return sendBatch(state, queue, request, context);
    case 'DeleteMessageRequest':
      return [deleteMessage(state, queue, request, context), 0];
    case 'DeleteMessageBatchRequest':
      return [deleteBatch(state, queue, request, context), 0];
    case 'ChangeMessageVisibilityRequest':
      return [changeVisibility(state, queue, request, context), 0];
    case 'ChangeMessageVisibilityBatchRequest':
      return [changeVisibilityBatch(state, queue, request, context), 0];
    case 'GetQueueAttributesRequest':
      return [getQueueAttributes(state, queue, request, context), 0];
    case 'SetQueueAttributesRequest':
      return [setQueueAttributes(state, queue, request, context), 0];
    case 'DeleteQueueRequest':
      return [deleteQueue(state, queue, context), 0];
    case 'PurgeQueueRequest':
      return [purgeQueue(queue, context), 0];
    case 'ListDeadLetterSourceQueuesRequest':
      return [listDeadLetterSources(state, queue, request), 0];
    case 'TagQueueRequest':
      return [tagQueue(queue, request), 0];
    case 'UntagQueueRequest':
      return [untagQueue(queue, request), 0];
    case 'ListQueueTagsRequest':
      return [listQueueTags(queue), 0];
    case 'AddPermissionRequest':
      return [addPermission(queue, request), 0];
    case 'RemovePermissionRequest':
      return [removePermission(queue, request), 0];
  }
}

/** What concerns several, or none that is there. */
function onService(state: SqsState, request: SqsRequest, context: Context): Tagged {
  switch (request.type) {
    case 'CreateQueueRequest':
      return createQueue(state, request, context);
    case 'GetQueueUrlRequest':
      return getQueueUrl(state, request);
    case 'ListQueuesRequest':
      return listQueues(state, request);
    case 'StartMessageMoveTaskRequest':
      return startMoveTask(state, request, context);
    case 'CancelMessageMoveTaskRequest':
      return cancelMoveTask(state, request, context);
    case 'ListMessageMoveTasksRequest':
      return listMoveTasks(state, request);
    default:
      return noSuchQueue;
  }
}

function remind(state: SqsState, command: SqsTimer | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Start':
      for (const queue of state.queues.values()) arm(queue, context);
      return resumeTasks(state, context);
    case 'ConnectionClosed':
      return dropPoll(state, command.connection, context);
    case 'PollExpired':
      return pollExpired(state, command, context);
    case 'MoveNext':
      return moveNext(state, command, context);
    case 'QueueAlarm': {
      const queue = state.queues.get(command.queue);
      if (queue?.uid !== command.uid) return;
      queue.alarm = null;
      elapse(state, queue, context);
      return arm(queue, context);
    }
  }
}

/**
 * Whoever waits where something became available is served. A queue that wakes another adds it meanwhile; none is served
 * twice, so that two that are each other's dead-letter queues come to rest.
 */
function wake(state: SqsState, context: Context): void {
  for (const name of state.awake) {
    const queue = state.queues.get(name);
    if (queue) serveWaiting(state, queue, context);
  }
  for (const name of state.awake) {
    const queue = state.queues.get(name);
    if (queue) arm(queue, context);
  }
  state.awake.clear();
}
