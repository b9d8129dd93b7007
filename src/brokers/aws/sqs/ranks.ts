/**
 * Sequence numbers of messages to give out, the oldest first: a line of those that came in order, and a heap of those
 * that came back. Numbers of messages that are gone or hidden may stay until somebody comes upon them.
 */
import { cloneHeap, heapPop, heapPush, newHeap, type Heap } from './heap';

export interface Ranks {
  line: number[];
  head: number;
  /** Greatest number that ever stood in the line. */
  newest: number;
  readonly back: Heap;
}

export function newRanks(): Ranks {
  return { line: [], head: 0, newest: -1, back: newHeap() };
}

export function cloneRanks({ line, head, newest, back }: Ranks): Ranks {
  return { line: line.slice(), head, newest, back: cloneHeap(back) };
}

export function addRank(ranks: Ranks, sequence: number): void {
  if (sequence > ranks.newest) {
    ranks.line.push(sequence);
    ranks.newest = sequence;
  } else heapPush(ranks.back, sequence, 0);
}

/** Takes the oldest out; −1 when there is none. */
export function takeRank(ranks: Ranks): number {
  const { line, head, back } = ranks;
  const inLine = head < line.length ? line[head] : -1;
  if (back.keys.length > 0 && (inLine === -1 || back.keys[0] < inLine)) {
    const sequence = back.keys[0];
    heapPop(back);
    return sequence;
  }
  if (inLine !== -1) ranks.head++;
  if (ranks.head > 1024 && ranks.head * 2 > line.length) {
    ranks.line = line.slice(ranks.head);
    ranks.head = 0;
  }
  return inLine;
}
