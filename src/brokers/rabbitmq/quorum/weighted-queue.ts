/**
 * Messages that nobody has had yet, in two levels (rabbit_fifo_q.erl, 4.0): of three that are taken, two are of high
 * priority and one is normal, unless the next high one is older. Version 3.10 has one level, which is the normal one.
 */
import { ChunkedLog } from '../../../kernel/structures/chunked-log';
import type { QuorumMessage } from './fifo-state';

/** High ones that are taken between two normal ones. */
const weight = 2;

export interface WeightedQueue {
  high: ChunkedLog<QuorumMessage>;
  normal: ChunkedLog<QuorumMessage>;
  /** Taken since a normal one had its turn. */
  taken: number;
}

export function newWeightedQueue(): WeightedQueue {
  return { high: new ChunkedLog(), normal: new ChunkedLog(), taken: 0 };
}

export function cloneWeightedQueue({ high, normal, taken }: WeightedQueue): WeightedQueue {
  return { high: high.clone(), normal: normal.clone(), taken };
}

export function queueLength({ high, normal }: WeightedQueue): number {
  return high.length + normal.length;
}

/** The one that would be taken. */
export function peekQueue(queue: WeightedQueue): QuorumMessage | undefined {
  const { high, normal } = queue;
  return (takesHigh(queue) ? high : normal).at(takesHigh(queue) ? high.start : normal.start);
}

export function takeFromQueue(queue: WeightedQueue): QuorumMessage | undefined {
  const log = takesHigh(queue) ? queue.high : queue.normal;
  const message = log.at(log.start);
  if (message === undefined) return undefined;
  log.dropBefore(log.start + 1);
  queue.taken = queue.taken === weight ? 0 : queue.taken + 1;
  return message;
}

/** All of them, in the order in which they would be taken. */
export function* eachInQueue({ high, normal, taken }: WeightedQueue): Generator<QuorumMessage> {
  const next = { high: high.start, normal: normal.start, taken };
  for (;;) {
    const [fromHigh, fromNormal] = [high.at(next.high), normal.at(next.normal)];
    const message = prefersHigh(fromHigh, fromNormal, next.taken) ? fromHigh : fromNormal;
    if (message === undefined) return;
    next[message === fromHigh ? 'high' : 'normal']++;
    next.taken = next.taken === weight ? 0 : next.taken + 1;
    yield message;
  }
}

function takesHigh({ high, normal, taken }: WeightedQueue): boolean {
  return prefersHigh(high.at(high.start), normal.at(normal.start), taken);
}

function prefersHigh(
  high: QuorumMessage | undefined,
  normal: QuorumMessage | undefined,
  taken: number,
): boolean {
  if (high === undefined) return false;
  return taken !== weight || normal === undefined || high.index < normal.index;
}
