import type { Progress } from '../../scenario/host';

/** When a group will have caught up if everything goes on as of late. */
export type Clearing =
  | { readonly how: 'now' }
  /** Nothing was committed lately: there is no rate to go by. */
  | { readonly how: 'unknown' }
  /** As much is committed as arrives, give or take the record that is in hand. */
  | { readonly how: 'even' }
  /** More arrives than is committed. */
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
  if (progress.arrived > 0 && Math.abs(progress.settled - progress.arrived) <= 1) return { how: 'even' };
  if (settled < arrived) return { how: 'never' };
  return { how: 'in', milliseconds: (1000 * lag) / (settled - arrived) };
}
