import type { Progress } from '../../scenario/host';

/** When a group will have caught up if everything goes on as of late. */
export type Clearing =
  | { readonly how: 'now' }
  /** Nothing was committed lately: there is no rate to go by. */
  | { readonly how: 'unknown' }
  /** At least as much arrives as is committed. */
  | { readonly how: 'never' }
  | { readonly how: 'in'; readonly milliseconds: number };

/** Records a second. */
export function ratesOf({ settled, arrived, over }: Progress): {
  readonly settled: number;
  readonly arrived: number;
} {
  const perSecond = 1_000_000 / over;
  return { settled: settled * perSecond, arrived: arrived * perSecond };
}

export function clearing(lag: number, progress: Progress): Clearing {
  if (lag === 0) return { how: 'now' };
  if (progress.settled === 0) return { how: 'unknown' };
  const { settled, arrived } = ratesOf(progress);
  if (settled <= arrived) return { how: 'never' };
  return { how: 'in', milliseconds: (1000 * lag) / (settled - arrived) };
}
