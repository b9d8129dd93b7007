/**
 * Lengths (rabbit_fifo.erl, evaluate_limit/5). Only what is ready counts, and dead letters that wait. Over the limit the
 * head is dropped; or, with reject-publish, those who publish are told, which lets in what is on its way by then, and told
 * again when there is at most four fifths left.
 */
import { deadLetterCount } from './dead-letters';
import { discard, takeNext } from './check-out';
import type { FifoEffects } from './commands';
import { readyCount, type FifoState } from './fifo-state';

const lowLimitFifths = 4;

export function isOverLimit(fifo: FifoState): boolean {
  const { maxLength, maxBytes } = fifo.config;
  return (
    (maxLength !== null && countForLimit(fifo) > maxLength) ||
    (maxBytes !== null && bytesForLimit(fifo) > maxBytes)
  );
}

/** Few enough to publish again. */
export function isBelowLowLimit(fifo: FifoState): boolean {
  const { maxLength, maxBytes } = fifo.config;
  if (maxLength === null && maxBytes === null) return false;
  return isBelow(maxLength, countForLimit(fifo)) && isBelow(maxBytes, bytesForLimit(fifo));
}

/** Called after every command. `wasBelow`: whether it was below the low limit before it. */
export function keepLimit(fifo: FifoState, wasBelow: boolean, effects: FifoEffects): void {
  const { maxLength, maxBytes, overflow } = fifo.config;
  if (maxLength === null && maxBytes === null) return;
  if (overflow === 'drop-head') {
    while (isOverLimit(fifo) && dropHead(fifo, effects));
  } else if (isOverLimit(fifo)) {
    for (const enqueuer of fifo.enqueuers.values()) {
      if (enqueuer.blocked) continue;
      enqueuer.blocked = true;
      effects.status(enqueuer.channel, 'reject-publish');
    }
  } else if (!wasBelow && isBelowLowLimit(fifo)) {
    for (const enqueuer of fifo.enqueuers.values()) {
      enqueuer.blocked = false;
      effects.status(enqueuer.channel, 'go');
    }
  }
}

function dropHead(fifo: FifoState, effects: FifoEffects): boolean {
  const head = takeNext(fifo);
  if (!head) return false;
  fifo.readyBytes -= head.publication.sizeBytes;
  discard(fifo, head, 'maxlen', effects);
  return true;
}

function isBelow(limit: number | null, count: number): boolean {
  return limit === null || count <= Math.trunc((limit * lowLimitFifths) / 5);
}

function countForLimit(fifo: FifoState): number {
  return readyCount(fifo) + deadLetterCount(fifo.deadLetters);
}

function bytesForLimit(fifo: FifoState): number {
  return fifo.readyBytes + fifo.deadLetters.bytes;
}
