/**
 * Dead-lettering that loses nothing (rabbit_fifo_dlx.erl): what leaves the queue waits beside it until whoever publishes it
 * to the dead-letter exchange has heard that all its targets have it. It counts for the queue's length meanwhile.
 */
import { ChunkedLog } from '../../../kernel/structures/chunked-log';
import type { DeathReason } from '../deaths';
import type { QuorumMessage } from './fifo-state';

export interface DeadLetter {
  readonly reason: DeathReason;
  readonly message: QuorumMessage;
}

export interface DeadLetters {
  waiting: ChunkedLog<DeadLetter>;
  /** Handed to the worker, by its numbers. */
  checkedOut: Map<number, DeadLetter>;
  nextId: number;
  /** How many the worker takes at once; 0: there is none. */
  prefetch: number;
  bytes: number;
}

export function newDeadLetters(): DeadLetters {
  return { waiting: new ChunkedLog(), checkedOut: new Map(), nextId: 0, prefetch: 0, bytes: 0 };
}

export function cloneDeadLetters(dead: DeadLetters): DeadLetters {
  return { ...dead, waiting: dead.waiting.clone(), checkedOut: new Map(dead.checkedOut) };
}

export function deadLetterCount({ waiting, checkedOut }: DeadLetters): number {
  return waiting.length + checkedOut.size;
}

export function keepDeadLetter(dead: DeadLetters, letter: DeadLetter): void {
  dead.waiting.push(letter);
  dead.bytes += letter.message.publication.sizeBytes;
}

/** Another worker begins: what the last one had in hand is handed out again, in order. */
export function beginDeadLettering(dead: DeadLetters, prefetch: number): void {
  const again = [...dead.checkedOut.values(), ...dead.waiting];
  dead.waiting = new ChunkedLog();
  for (const letter of again) dead.waiting.push(letter);
  dead.checkedOut = new Map();
  dead.nextId = 0;
  dead.prefetch = prefetch;
}

/** The next for the worker, and its number. */
export function takeDeadLetter(dead: DeadLetters): [number, DeadLetter] | null {
  const { waiting, checkedOut, prefetch } = dead;
  if (waiting.length === 0 || checkedOut.size >= prefetch) return null;
  const letter = waiting.at(waiting.start)!;
  waiting.dropBefore(waiting.start + 1);
  checkedOut.set(dead.nextId, letter);
  return [dead.nextId++, letter];
}

export function settleDeadLetter(dead: DeadLetters, id: number): void {
  const letter = dead.checkedOut.get(id);
  if (!letter) return;
  dead.checkedOut.delete(id);
  dead.bytes -= letter.message.publication.sizeBytes;
}
