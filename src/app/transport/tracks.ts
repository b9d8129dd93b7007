/** Which measures stand above the time axis, of those that a run has. */
import type { Series } from '../../scenario/host';

/** Orders of each API; of one alone what hangs and p99 as well. Otherwise lags as they come; of one account all there is; of several accounts the lines of each, the latest where room is short. */
export function tracksOf(series: readonly Series[], count: number): readonly Series[] {
  const orders = series.filter(({ kind }) => kind === 'orders');
  if (orders.length > 1) return orders.slice(0, count);
  if (orders.length === 1) {
    const [stalls, p99] = ['stalls', 'p99'].map((wanted) => series.find(({ kind }) => kind === wanted));
    return [orders[0], count > 2 ? stalls : undefined, count > 1 ? p99 : undefined].filter(
      (one) => one !== undefined,
    );
  }
  const lines = series.filter(({ kind }) => kind === 'lines');
  if (lines.length > 1) return lines.slice(-count);
  return series.slice(0, count);
}
