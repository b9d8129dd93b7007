/**
 * Handing messages over and deleting them. Sending a deletion is the named step "delete", hearing that it is done is
 * "deleted", so that a process can be broken before either: handled and not deleted, or deleted without knowing it.
 */
import { queueUrl, type DeleteMessageBatchRequest, type DeleteMessageRequest } from '../../brokers/aws/sqs/protocol'; // prettier-ignore
import type { Handle } from '../../kernel/delivery';
import { factType } from '../../kernel/fact';
import type { Context } from '../../kernel/machine';
import { call } from './calls';
import type { Consumer, Held, Receive } from './consumer-state';
import { hide } from './receive';

const HandlerFailed = factType('failed', 'HandlerFailed');

/** Named step: the deletion goes out. */
export interface DeleteMessages {
  readonly type: 'DeleteMessages';
  readonly step: 'delete';
  readonly held: readonly Held[];
}
/** Named step: the deletion is known to be done, or to have failed for good. */
export interface MessagesDeleted {
  readonly type: 'MessagesDeleted';
  readonly step: 'deleted';
  readonly held: readonly Held[];
  readonly failed: boolean;
}

/** To the handler, as many as it takes at a time. */
export function handOver(state: Consumer, context: Context): void {
  while (state.queued.length > 0 && state.working.size < state.options.concurrency) {
    const [held, ...rest] = state.queued;
    state.queued = rest;
    state.working.set(held.id, held);
    if (state.options.deleteFirst) deleteThem(state, [held], context);
    else handle(state, held, context);
  }
}

function handle({ options }: Consumer, { id, message }: Held, context: Context): void {
  const { position, fact: cause } = message.observed;
  const delivery = {
    message: message.Body.message,
    source: `${options.broker}/${options.queue}`,
    ...{ position, group: options.queue, cause },
  };
  const command: Handle = { type: 'Handle', ticket: id, replyTo: context.part, delivery };
  context.tell(options.handler, command);
}

export function handled(state: Consumer, ticket: number, context: Context): void {
  const held = state.working.get(ticket);
  if (!held) return;
  state.working.delete(ticket);
  const receive = state.receives.get(held.receive);
  if (receive) itemOver(state, receive, held, true, context);
}

/** The handler threw: the message stays in the queue. */
export function handlingFailed(state: Consumer, ticket: number, error: string, context: Context): void {
  const held = state.working.get(ticket);
  if (!held) return;
  state.working.delete(ticket);
  const { options } = state;
  const { position, fact: cause } = held.message.observed;
  const { message } = held.message.Body;
  const subject = `${options.broker}/${options.queue}`;
  context.emit({ is: HandlerFailed, subject, message, position, group: options.queue, detail: error, cause });
  if (options.releases) hide(state, [held], 0, context);
  const receive = state.receives.get(held.receive);
  if (receive) itemOver(state, receive, held, false, context);
}

function itemOver(state: Consumer, receive: Receive, held: Held, isDone: boolean, context: Context): void {
  const { deletes } = state.options;
  receive.open--;
  if (!isDone) receive.failed = true;
  // what was deleted before it was handled is gone
  else if (!state.deletedFirst.has(held.id)) {
    if (deletes === 'each') deleteThem(state, [held], context);
    else receive.done = [...receive.done, held];
  }
  state.deletedFirst.delete(held.id);
  if (receive.open > 0) return;
  state.receives.delete(receive.id);
  const isKept = deletes === 'batch or none' && receive.failed;
  if (receive.done.length > 0 && !isKept) deleteThem(state, receive.done, context);
}

function deleteThem(state: Consumer, held: readonly Held[], context: Context): void {
  if (state.deleting.length === 0) state.deletingSince = context.now;
  state.deleting = [...state.deleting, ...held];
  const step: DeleteMessages = { type: 'DeleteMessages', step: 'delete', held };
  context.tell(context.part, step);
}

/** The step itself, as one call. */
export function sendDeletion(state: Consumer, { held }: DeleteMessages, context: Context): void {
  const { calls, options } = state;
  const QueueUrl = queueUrl(options.queue);
  const one: DeleteMessageRequest = {
    type: 'DeleteMessageRequest',
    QueueUrl,
    ReceiptHandle: held[0].message.ReceiptHandle,
  };
  const many: DeleteMessageBatchRequest = {
    type: 'DeleteMessageBatchRequest',
    QueueUrl,
    Entries: held.map(({ message }, index) => ({ Id: String(index), ReceiptHandle: message.ReceiptHandle })),
  };
  const isAlone = options.deletes === 'each' || held.length === 1;
  call(calls, options, options.broker, isAlone ? one : many, { is: 'delete', held }, context);
}

/** It was answered: what was deleted first goes to the handler now, unless the deletion failed. */
export function deletionEnded(state: Consumer, { held, failed }: MessagesDeleted, context: Context): void {
  const ids = new Set(held.map(({ id }) => id));
  state.deleting = state.deleting.filter(({ id }) => !ids.has(id));
  state.deletingSince = context.now;
  for (const one of held) {
    // handled before, so that nobody waits for it
    if (!state.working.has(one.id)) continue;
    if (failed) handlingFailed(state, one.id, 'Error: the message cannot be deleted', context);
    else {
      state.deletedFirst.add(one.id);
      handle(state, one, context);
    }
  }
}
