/**
 * ReceiveRequestAttemptId of FIFO queues: who did not hear the answer asks again with the same id, and gets the same
 * messages and handles, hidden anew, unless one of them has changed since.
 */
import type { Context } from '../../../kernel/machine';
import { seconds, toMs, type Time } from '../../../kernel/time';
import type { Wanted } from './collect';
import { hide } from './contents';
import { MessageReceivedAgain, VisibilityTimeoutStarted } from './facts';
import type { Entry } from './message';
import type { ReceivedMessage } from './protocol';
import { received } from './received';
import type { Attempt, Queue } from './state';

const interval = seconds(300);

export function noteAttempt(queue: Queue, id: string, messages: readonly ReceivedMessage[], now: Time): void {
  const given = messages.map(({ observed: { position: sequence, receives, hiddenUntil: until } }) => ({
    ...{ sequence, receives, until },
  }));
  queue.attempts.set(id, { until: now + interval, given });
}

/** An earlier receive that can be repeated. */
export function findAttempt(queue: Queue, id: string, now: Time): Attempt | null {
  for (const [key, { until }] of queue.attempts) {
    if (until > now) break;
    queue.attempts.delete(key);
  }
  const attempt = queue.attempts.get(id);
  if (attempt === undefined) return null;
  const isSame = attempt.given.every(({ sequence, receives, until }) => {
    const entry = queue.messages.get(sequence);
    return entry?.state === 'in flight' && entry.receives === receives && entry.until === until;
  });
  if (!isSame) queue.attempts.delete(id);
  return isSame ? attempt : null;
}

export function repeatAttempt(
  queue: Queue,
  id: string,
  attempt: Attempt,
  wanted: Wanted,
  context: Context,
): readonly ReceivedMessage[] {
  const messages = attempt.given.map(({ sequence }) =>
    received(queue, hideAnew(queue, queue.messages.get(sequence)!, wanted, context), wanted.request),
  );
  // the five minutes count from the first of them
  const given = attempt.given.map((one, at) => ({ ...one, until: messages[at].observed.hiddenUntil }));
  queue.attempts.set(id, { until: attempt.until, given });
  return messages;
}

function hideAnew(queue: Queue, entry: Entry, { visibility, holder }: Wanted, context: Context): Entry {
  const { address: subject, name: group } = queue;
  const { sequence: position, receives } = entry;
  const { message } = entry.sent.content;
  const again = { is: MessageReceivedAgain, subject, message, position, amount: receives, group };
  const fact = context.emit({ ...again, cause: entry.fact, detail: 'attempt id' });
  const amount = toMs(visibility);
  context.emit({ is: VisibilityTimeoutStarted, subject, message, position, amount, group, cause: fact });
  return hide(queue, entry, { holder, fact, until: context.now + visibility }, context.now);
}
