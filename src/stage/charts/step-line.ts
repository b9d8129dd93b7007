import { bisectRight, curveStepAfter, line, scaleLinear } from 'd3';
import type { Time } from '../../kernel/time';
import type { Series } from '../../scenario/host';

export interface StepLine {
  /** What has happened by now, and what is recorded of later. */
  readonly past: string;
  readonly later: string;
  /** The value now; null before there is one. */
  readonly value: number | null;
  /** y of the value now, px. */
  readonly y: number;
  readonly max: number;
}

/** The value at a time: that of the last change. null before the first. */
export function valueAt({ times, values }: Series, time: Time): number | null {
  const index = bisectRight(times, time) - 1;
  return index < 0 ? null : values[index];
}

/** A step line between `bottom` (0) and `top` (the largest value of the whole run, at least 4), px. */
export function stepLine(
  series: Series,
  x: (time: Time) => number,
  {
    now,
    frontier,
    bottom,
    top,
  }: { readonly now: Time; readonly frontier: Time; readonly bottom: number; readonly top: number },
): StepLine {
  const max = Math.max(4, ...series.values);
  const y = scaleLinear([0, max], [bottom, top]);
  const points = series.times.map((time, index) => ({ time, value: series.values[index] }));
  const value = valueAt(series, now);
  const draw = line<{ time: Time; value: number }>(
    (point) => Math.round(x(point.time) * 10) / 10,
    (point) => Math.round(y(point.value) * 10) / 10,
  ).curve(curveStepAfter);
  const last = valueAt(series, frontier);
  const upTo = points.filter(({ time }) => time <= now);
  const after = points.filter(({ time }) => time > now && time <= frontier);
  const past = value === null ? [] : [...upTo, { time: now, value }];
  const start = value === null ? [] : [{ time: now, value }];
  const later = last === null || frontier <= now ? [] : [...start, ...after, { time: frontier, value: last }];
  return { past: draw(past) ?? '', later: draw(later) ?? '', value, y: y(value ?? 0), max };
}
