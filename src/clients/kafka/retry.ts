import { ms, type Duration } from '../../kernel/time';
import type { Random } from '../../kernel/random';

/** kafkajs's `retry` options; times in milliseconds. */
export interface RetryOptions {
  readonly initialRetryTime: number;
  readonly maxRetryTime: number;
  readonly factor: number;
  readonly multiplier: number;
  readonly retries: number;
}

/** Where one retried call stands. */
export interface Retry {
  /** Attempts that failed and were given another one. */
  count: number;
  /** Milliseconds to wait before the next attempt; 0 before the first failure. */
  waitMs: number;
}

export function newRetry(): Retry {
  return { count: 0, waitMs: 0 };
}

/**
 * Counts one failure: how long to wait before the next attempt, or null when the attempts are used up. The first wait
 * is ⌈initialRetryTime ± factor⌉ ms, each further one ⌈the last ± factor⌉ × multiplier, at most maxRetryTime, so the
 * jitter compounds. kafkajs draws the first wait before the first attempt; drawing it at the first failure changes
 * no distribution and costs the calls that succeed nothing.
 * Source: kafkajs retry/index.js, retry/defaults.js.
 */
export function nextWait(retry: Retry, options: RetryOptions, random: Random): Duration | null {
  if (retry.waitMs === 0) retry.waitMs = jittered(options.initialRetryTime, options, random);
  if (retry.count >= options.retries) return null;
  const wait = ms(retry.waitMs);
  retry.count++;
  retry.waitMs = Math.min(jittered(retry.waitMs, options, random) * options.multiplier, options.maxRetryTime);
  return wait;
}

function jittered(timeMs: number, { factor }: RetryOptions, random: Random): number {
  const delta = factor * timeMs;
  return Math.ceil(random.unit() * (2 * delta) + timeMs - delta);
}
