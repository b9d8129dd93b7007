/** Which measures stand above the time axis, of those that a run has. */
import type { Series } from '../../scenario/host';

/** Lags as they come; of one account all there is; of several accounts the lines of each, the latest where room is short. */
export function tracksOf(series: readonly Series[], count: number): readonly Series[] {
  const lines = series.filter(({ kind }) => kind === 'lines');
  if (lines.length > 1) return lines.slice(-count);
  return series.slice(0, count);
}
