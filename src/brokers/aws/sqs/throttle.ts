/** Quotas of FIFO queues: so many calls a second of each action, unless throughput is counted by message group. */
import { microsecondsPerSecond, type Time } from '../../../kernel/time';
import type { ErrorResponse } from '../protocol/common';
import { refusal } from './errors';
import type { Queue, SqsState } from './state';

const throttled = refusal('RequestThrottled', 'The request was denied due to request throttling.');

/** Batches count as one. A second begins with the first call after the last one. */
export function overQuota(state: SqsState, queue: Queue, action: string, now: Time): ErrorResponse | null {
  // high throughput is 70 000 calls a second and more by region: not reached here
  if (!queue.isFifo || (queue.settings.perGroup && queue.settings.scope === 'messageGroup')) return null;
  const { calls } = queue;
  if (now - calls.since >= microsecondsPerSecond) {
    calls.since = now;
    calls.count.clear();
  }
  const count = (calls.count.get(quotaOf(action)) ?? 0) + 1;
  if (count > state.setup.fifoCallsPerSecond) return throttled;
  calls.count.set(quotaOf(action), count);
  return null;
}

/** A batch and its single form share one. */
function quotaOf(action: string): string {
  return action.replace(/Batch$/, '');
}
