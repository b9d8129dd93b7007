import { ms, type Duration } from './time';

/**
 * Durations as data. Sampled from a table of quantiles with linear interpolation and rounded to whole microseconds:
 * `Math.log` and `Math.exp` differ between engines, tables do not (design.md, Determinism).
 */
export type Latency =
  | number
  | { readonly kind: 'uniform'; readonly minMs: number; readonly maxMs: number }
  | { readonly kind: 'exponential'; readonly meanMs: number }
  | { readonly kind: 'lognormal'; readonly medianMs: number; readonly sigma: number };

/** `quantiles[i]` is the duration (microseconds) below which i/(length−1) of the samples lie; null for a constant. */
export interface LatencyTable {
  readonly constant: Duration;
  readonly quantiles: Float64Array | null;
}

const steps = 2048;
const compiled = new Map<string, LatencyTable>();

/** Compiles a distribution (milliseconds) once; equal ones share a table. */
export function latencyTable(latency: Latency): LatencyTable {
  if (typeof latency === 'number') return { constant: ms(latency), quantiles: null };
  const key = JSON.stringify(latency);
  let table = compiled.get(key);
  if (!table) {
    table = { constant: 0, quantiles: quantilesOf(latency) };
    compiled.set(key, table);
  }
  return table;
}

/** The largest duration the table can give, for bounds and timeouts. */
export function longest(table: LatencyTable): Duration {
  return table.quantiles === null ? table.constant : table.quantiles[table.quantiles.length - 1];
}

function quantilesOf(latency: Exclude<Latency, number>): Float64Array {
  const quantiles = new Float64Array(steps + 1);
  for (let i = 0; i <= steps; i++) {
    // the ends stand for the middle of the outermost half steps, so that no sample is infinite
    const p = i === 0 ? 0.25 / steps : i === steps ? 1 - 0.25 / steps : i / steps;
    quantiles[i] = ms(1) * quantile(latency, p);
  }
  return quantiles;
}

function quantile(latency: Exclude<Latency, number>, p: number): number {
  switch (latency.kind) {
    case 'uniform':
      return latency.minMs + (latency.maxMs - latency.minMs) * p;
    case 'exponential':
      return -latency.meanMs * logarithm(1 - p);
    case 'lognormal':
      return latency.medianMs * exponential(latency.sigma * normalQuantile(p));
  }
}

/** eˣ from + − × ÷ only: halve the argument until it is small, sum the series, square back. Relative error < 1e−13. */
export function exponential(x: number): number {
  let halvings = 0;
  let small = x;
  while (small > 0.1 || small < -0.1) {
    small /= 2;
    halvings++;
  }
  let term = 1;
  let sum = 1;
  for (let n = 1; n <= 14; n++) {
    term = (term * small) / n;
    sum += term;
  }
  for (; halvings > 0; halvings--) sum *= sum;
  return sum;
}

/** Natural logarithm of a positive number from + − × ÷ only (atanh series on [⅔, 4⁄3]). */
export function logarithm(x: number): number {
  const ln2 = 0.6931471805599453;
  let powers = 0;
  let mantissa = x;
  while (mantissa > 4 / 3) {
    mantissa /= 2;
    powers++;
  }
  while (mantissa < 2 / 3) {
    mantissa *= 2;
    powers--;
  }
  const y = (mantissa - 1) / (mantissa + 1);
  const y2 = y * y;
  let term = y;
  let sum = 0;
  for (let n = 1; n <= 39; n += 2) {
    sum += term / n;
    term *= y2;
  }
  return 2 * sum + powers * ln2;
}

/** Inverse of the normal distribution, Peter Acklam's rational approximation (relative error < 1.15e−9). */
export function normalQuantile(p: number): number {
  const low = 0.02425;
  if (p < low) return tail(Math.sqrt(-2 * logarithm(p)));
  if (p > 1 - low) return -tail(Math.sqrt(-2 * logarithm(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  const numerator =
    (((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
      2.506628277459239) *
    q;
  const denominator =
    ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
    1;
  return numerator / denominator;
}

function tail(q: number): number {
  const numerator =
    ((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) *
      q +
      4.374664141464968) *
      q +
    2.938163982698783;
  const denominator =
    (((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q +
    1;
  return numerator / denominator;
}
