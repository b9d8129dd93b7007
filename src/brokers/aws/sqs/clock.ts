/** What time brings to a queue: delays and timeouts end, and messages reach the end of their retention. One timer each. */
import type { Context, Tagged } from '../../../kernel/machine';
import type { Time } from '../../../kernel/time';
import { remove, show } from './contents';
import { DelayEnded, MessageExpired, VisibilityTimeoutEnded } from './facts';
import { heapPop } from './heap';
import type { Entry } from './message';
import type { Queue, SqsState } from './state';

export interface QueueAlarm extends Tagged {
  readonly type: 'QueueAlarm';
  readonly queue: string;
  readonly uid: number;
}

/** What is due by now happens. Asked before every call too: a message can be received from the instant it is due. */
export function elapse(state: SqsState, queue: Queue, context: Context): void {
  const { now } = context;
  if (queue.expiresAt <= now) expire(state, queue, context);
  const { keys, numbers } = queue.clock;
  while (keys.length > 0 && keys[0] <= now) {
    const entry = queue.messages.get(numbers[0]);
    const isDue = entry?.until === keys[0];
    heapPop(queue.clock);
    if (isDue) reappear(state, queue, entry, context);
  }
}

/** Sets the timer for what is due next, unless it is set for that or something earlier. */
export function arm(queue: Queue, context: Context): void {
  const first = queue.clock.keys.length > 0 ? queue.clock.keys[0] : Infinity;
  const next = queue.messages.size > 0 ? Math.min(first, queue.expiresAt) : first;
  if (next === Infinity || (queue.alarm !== null && queue.alarm.at <= next)) return;
  disarm(queue, context);
  const { name, uid } = queue;
  const at = Math.max(next, context.now);
  const alarm: QueueAlarm = { type: 'QueueAlarm', queue: name, uid };
  queue.alarm = { timer: context.after(at - context.now, alarm), at };
}

export function disarm(queue: Queue, context: Context): void {
  if (queue.alarm !== null) context.cancel(queue.alarm.timer);
  queue.alarm = null;
}

function reappear(state: SqsState, queue: Queue, entry: Entry, context: Context): void {
  const about = {
    subject: queue.address,
    message: entry.sent.content.message,
    position: entry.sequence,
    group: queue.name,
    cause: entry.fact,
  };
  const fact =
    entry.state === 'delayed'
      ? context.emit({ is: DelayEnded, ...about })
      : context.emit({ is: VisibilityTimeoutEnded, ...about, amount: entry.receives, detail: 'timeout' });
  show(state, queue, entry, fact, context.now);
}

/** Whatever state they are in: nobody is told. */
function expire(state: SqsState, queue: Queue, context: Context): void {
  const { retention } = queue.settings;
  const over: Entry[] = [];
  for (const entry of queue.messages.values()) {
    if (entry.enqueuedAt + retention <= context.now) over.push(entry);
    else if (!queue.hasForeign) break;
  }
  for (const entry of over) {
    const { message } = entry.sent.content;
    remove(state, queue, entry, context.now);
    queue.left = { message, reason: 'expired', at: context.now };
    context.emit({
      ...{ is: MessageExpired, subject: queue.address, message, position: entry.sequence },
      ...{ amount: entry.receives, group: queue.name, cause: entry.fact },
    });
  }
  queue.expiresAt = firstEnd(queue);
}

/** When the first retention ends. */
export function firstEnd(queue: Queue): Time {
  let oldest = Infinity;
  for (const { enqueuedAt } of queue.messages.values()) {
    oldest = Math.min(oldest, enqueuedAt);
    if (!queue.hasForeign) break;
  }
  return oldest + queue.settings.retention;
}
