/** Takes messages for one receive out of a queue, and sends those on that were received too often. */
import type { Context } from '../../../kernel/machine';
import { toMs, type Duration } from '../../../kernel/time';
import { hide, put, remove, show } from './contents';
import {
  MessageDeadLettered,
  MessageReceived,
  MessageReceivedAgain,
  VisibilityTimeoutStarted,
} from './facts';
import type { Entry } from './message';
import { picker } from './pick';
import type { ReceivedMessage, ReceiveMessageRequest } from './protocol';
import { received } from './received';
import type { Queue, SqsState } from './state';

export interface Wanted {
  readonly max: number;
  readonly visibility: Duration;
  /** Process that receives. */
  readonly holder: string;
  readonly isShortPoll: boolean;
  readonly request: ReceiveMessageRequest;
}

export function collect(
  state: SqsState,
  queue: Queue,
  wanted: Wanted,
  context: Context,
): readonly ReceivedMessage[] {
  const given: Entry[] = [];
  const picks = picker(state, queue, wanted.isShortPoll, context);
  const { redrive } = queue.settings;
  const deadLetters = redrive === null ? undefined : state.queues.get(redrive.queue);
  while (given.length < wanted.max) {
    const entry = picks.next();
    if (entry === null) break;
    if (deadLetters && entry.receives >= redrive!.maxReceives)
      moveOut(state, queue, deadLetters, entry, context);
    else given.push(hideFor(queue, entry, wanted, context));
  }
  picks.end();
  // with a timeout of 0 it can be received again, by another call
  if (wanted.visibility === 0) for (const entry of given) show(state, queue, entry, entry.fact, context.now);
  return given.map((entry) => received(queue, entry, wanted.request));
}

function hideFor(queue: Queue, entry: Entry, { visibility, holder }: Wanted, context: Context): Entry {
  const { now } = context;
  const { address: subject, name: group } = queue;
  const { message } = entry.sent.content;
  const { sequence: position, firstReceivedAt } = entry;
  const receives = entry.receives + 1;
  const is = receives === 1 ? MessageReceived : MessageReceivedAgain;
  const what = { is, subject, message, position, amount: receives, group, detail: holder };
  const fact = context.emit({ ...what, cause: entry.fact });
  if (visibility > 0) {
    const amount = toMs(visibility);
    context.emit({ is: VisibilityTimeoutStarted, subject, message, position, amount, group, cause: fact });
  }
  const first = firstReceivedAt < 0 ? now : firstReceivedAt;
  const change = { receives, holder, fact, receivedAt: now, firstReceivedAt: first, isRanked: false };
  return hide(queue, entry, { ...change, until: now + visibility }, now);
}

/**
 * To the dead-letter queue, with its id and its count of receives. A standard queue goes on counting its age from when
 * it was sent; in a FIFO queue its deduplication id becomes its message id, so that it is nobody's duplicate there.
 */
function moveOut(state: SqsState, queue: Queue, to: Queue, entry: Entry, context: Context): void {
  const { now } = context;
  const { sent, receives, firstReceivedAt, sequence: position } = entry;
  const { message } = sent.content;
  remove(state, queue, entry, now);
  queue.left = { message, reason: 'redriven', at: now };
  const fact = context.emit({
    ...{ is: MessageDeadLettered, subject: queue.address, message, position, amount: receives },
    ...{ group: queue.name, detail: to.address, cause: entry.fact },
  });
  const enqueuedAt = to.isFifo ? now : entry.enqueuedAt;
  if (enqueuedAt < now) to.hasForeign = true;
  const origin = { enqueuedAt, source: queue.name, receives, firstReceivedAt, fact };
  put(state, to, to.isFifo ? { ...sent, dedup: sent.id } : sent, origin, now, now);
}
