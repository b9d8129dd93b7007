/**
 * Deduplication of what is sent to a FIFO queue: for five minutes from the message that was accepted, whatever has become
 * of that, the same id is answered as if it were it, and nothing is added.
 */
import type { Context } from '../../../kernel/machine';
import { seconds, type Time } from '../../../kernel/time';
import { sha256OfText, textOf } from '../protocol/content';
import type { Sent as Stored } from './message';
import type { Sent } from './protocol';
import type { Original, Queue } from './state';

const interval = seconds(300);

/** An id of its own goes before that of its content, which is of the body alone. */
export function dedupId({ MessageDeduplicationId, Body }: Sent, context: Context): string {
  return MessageDeduplicationId ?? sha256OfText(textOf(Body, context.body(Body.message)));
}

export function findOriginal(queue: Queue, group: string, dedup: string, now: Time): Original | null {
  for (const [key, { until }] of queue.originals) {
    if (until > now) break;
    queue.originals.delete(key);
  }
  return queue.originals.get(keyOf(queue, group, dedup, now)) ?? null;
}

export function noteOriginal(queue: Queue, { group, dedup, id }: Stored, sequence: number, now: Time): void {
  queue.originals.set(keyOf(queue, group ?? '', dedup ?? '', now), { until: now + interval, sequence, id });
}

/** DeduplicationScope: the whole queue, or each message group by itself. */
function keyOf(queue: Queue, group: string, dedup: string, now: Time): string {
  const { scopeBefore } = queue;
  const scope = scopeBefore && scopeBefore.until > now ? scopeBefore.scope : queue.settings.scope;
  // ids hold no spaces
  return scope === 'queue' ? dedup : `${group} ${dedup}`;
}
