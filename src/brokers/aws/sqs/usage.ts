import { billedRequests, nanodollars } from './pricing';
import type { Queue } from './state';

/** Calls of one action on one queue so far. */
export interface Usage {
  calls: number;
  /** Requests as they are billed. */
  requests: number;
  /** Billionths of a dollar. */
  cost: number;
}

export function bill(queue: Queue, action: string, bytes: number): void {
  let usage = queue.usage.get(action);
  if (usage === undefined) queue.usage.set(action, (usage = { calls: 0, requests: 0, cost: 0 }));
  const requests = billedRequests(bytes);
  usage.calls++;
  usage.requests += requests;
  usage.cost += nanodollars(requests, queue.isFifo);
}
