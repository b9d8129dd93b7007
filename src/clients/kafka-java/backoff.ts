/** How long the library waits before another try (kafka-clients 4.3.1 common/utils/ExponentialBackoff.java). */
import type { Random } from '../../kernel/random';
import type { Duration } from '../../kernel/time';

export interface Backoff {
  readonly initial: Duration;
  readonly max: Duration;
}

const jitter = 0.2;

/** `failures`: of the thing that is tried, before this wait; the first is 0. Doubles each time, ±20 %, at most `max`. */
export function backoff({ initial, max }: Backoff, failures: number, random: Random): Duration {
  if (max <= initial) return max;
  let term = initial;
  for (let count = 0; count < failures && term < max; count++) term *= 2;
  const jittered = Math.min(term, max) * (1 - jitter + 2 * jitter * random.unit());
  return Math.min(Math.floor(jittered), max);
}
