/** DeleteMessage and ChangeMessageVisibility, and their batches. */
import type { Context } from '../../../kernel/machine';
import { seconds, toMs } from '../../../kernel/time';
import type { ErrorResponse } from '../protocol/common';
import { wrongBatch } from './batch';
import { hide, remove, show } from './contents';
import { handleExpired, invalidValue, isRefusal, notAHandle } from './errors';
import {
  CopySurvived,
  DeleteIgnored,
  DeleteRefused,
  MessageDeleted,
  VisibilityChangeRefused,
  VisibilityTimeoutChanged,
  VisibilityTimeoutEnded,
} from './facts';
import { readHandle, type Entry } from './message';
import type * as Api from './protocol';
import type { Queue, SqsState } from './state';

const maxVisibility = 43200;

export function deleteMessage(
  state: SqsState,
  queue: Queue,
  { ReceiptHandle }: Api.DeleteMessageRequest,
  context: Context,
): ErrorResponse | { readonly type: 'DeleteMessageResponse' } {
  return erase(state, queue, ReceiptHandle, context) ?? { type: 'DeleteMessageResponse' };
}

export function deleteBatch(
  state: SqsState,
  queue: Queue,
  { Entries }: Api.DeleteMessageBatchRequest,
  context: Context,
): ErrorResponse | Api.DeleteMessageBatchResponse {
  const wrong = wrongBatch('DeleteMessage', Entries);
  if (wrong) return wrong;
  return {
    type: 'DeleteMessageBatchResponse',
    ...each(Entries, ({ ReceiptHandle }) => erase(state, queue, ReceiptHandle, context)),
  };
}

export function changeVisibility(
  state: SqsState,
  queue: Queue,
  { ReceiptHandle, VisibilityTimeout }: Api.ChangeMessageVisibilityRequest,
  context: Context,
): ErrorResponse | { readonly type: 'ChangeMessageVisibilityResponse' } {
  const wrong = change(state, queue, ReceiptHandle, VisibilityTimeout, context);
  return wrong ?? { type: 'ChangeMessageVisibilityResponse' };
}

export function changeVisibilityBatch(
  state: SqsState,
  queue: Queue,
  { Entries }: Api.ChangeMessageVisibilityBatchRequest,
  context: Context,
): ErrorResponse | Api.ChangeMessageVisibilityBatchResponse {
  const wrong = wrongBatch('ChangeMessageVisibility', Entries);
  if (wrong) return wrong;
  return {
    type: 'ChangeMessageVisibilityBatchResponse',
    ...each(Entries, ({ ReceiptHandle, VisibilityTimeout = queue.settings.visibility }) =>
      change(state, queue, ReceiptHandle, VisibilityTimeout, context),
    ),
  };
}

/** One entry's failure is its own. */
function each<Entry extends { readonly Id: string }>(
  entries: readonly Entry[],
  act: (entry: Entry) => ErrorResponse | null,
): { readonly Successful: { readonly Id: string }[]; readonly Failed: Api.BatchResultErrorEntry[] } {
  const Successful: { readonly Id: string }[] = [];
  const Failed: Api.BatchResultErrorEntry[] = [];
  for (const entry of entries) {
    const { Id } = entry;
    const wrong = act(entry);
    if (wrong) Failed.push({ Id, SenderFault: true, Code: wrong.code, Message: wrong.message });
    else Successful.push({ Id });
  }
  return { Successful, Failed };
}

/**
 * Whose handle it is may have changed. In a standard queue a handle deletes until the message is received again, timeout
 * or not; then it does nothing, and says nothing. In a FIFO queue it is good until its timeout ends, and says so.
 */
function erase(state: SqsState, queue: Queue, handle: string, context: Context): ErrorResponse | null {
  const read = readHandle(handle, queue.uid);
  const { address: subject, name: group } = queue;
  if (read === null) {
    context.emit({ is: DeleteRefused, subject, group, detail: 'ReceiptHandleIsInvalid' });
    return notAHandle(handle);
  }
  const entry = queue.messages.get(read.sequence);
  if (entry === undefined) return null;
  const { sequence: position, receives: amount, sent } = entry;
  const about = { subject, message: sent.content.message, position, amount, group };
  const isSuperseded = read.receives !== amount;
  if (queue.isFifo && (isSuperseded || !isHidden(entry, context))) {
    context.emit({ is: DeleteRefused, ...about, detail: 'InvalidParameterValue' });
    return handleExpired(handle);
  }
  if (isSuperseded) {
    context.emit({ is: DeleteIgnored, ...about });
    return null;
  }
  context.emit({ is: MessageDeleted, ...about });
  const { duplicateProbability } = state.setup;
  const isKept =
    !queue.isFifo &&
    duplicateProbability > 0 &&
    context.random(queue.chance.copies).chance(duplicateProbability);
  if (isKept) context.emit({ is: CopySurvived, ...about });
  else remove(state, queue, entry, context.now);
  return null;
}

function isHidden({ state, until }: Entry, { now }: Context): boolean {
  return state === 'in flight' && until > now;
}

/** Sets when it is received again: from now on, and for this receive only. Twelve hours from the receive is the end. */
function change(
  state: SqsState,
  queue: Queue,
  handle: string,
  timeout: number,
  context: Context,
): ErrorResponse | null {
  const { now } = context;
  const entry = changeable(queue, handle, timeout, context);
  if (isRefusal(entry)) {
    context.emit({
      is: VisibilityChangeRefused,
      subject: queue.address,
      group: queue.name,
      detail: entry.code,
    });
    return entry;
  }
  const { sequence: position, receives, sent } = entry;
  const about = { subject: queue.address, message: sent.content.message, position, group: queue.name };
  if (timeout > 0) {
    const fact = context.emit({ is: VisibilityTimeoutChanged, ...about, amount: toMs(seconds(timeout)) });
    hide(queue, entry, { until: now + seconds(timeout), fact }, now);
  } else if (entry.state !== 'available') {
    const fact = context.emit({ is: VisibilityTimeoutEnded, ...about, amount: receives, detail: 'changed' });
    show(state, queue, entry, fact, now);
  }
  return null;
}

function changeable(queue: Queue, handle: string, timeout: number, context: Context): Entry | ErrorResponse {
  if (!Number.isInteger(timeout) || timeout < 0 || timeout > maxVisibility)
    return invalidValue(timeout, 'VisibilityTimeout', 'Must be between 0 and 43200, if provided.');
  const read = readHandle(handle, queue.uid);
  if (read === null) return notAHandle(handle);
  const entry = queue.messages.get(read.sequence);
  if (entry === undefined)
    return invalidValue(
      handle,
      'ReceiptHandle',
      'Message does not exist or is not available for visibility timeout change.',
    );
  if (queue.isFifo && (read.receives !== entry.receives || !isHidden(entry, context)))
    return handleExpired(handle);
  if (context.now + seconds(timeout) > entry.receivedAt + seconds(maxVisibility))
    return invalidValue(
      timeout,
      'VisibilityTimeout',
      'Total VisibilityTimeout for the message is beyond the limit [43200 seconds].',
    );
  return entry;
}
