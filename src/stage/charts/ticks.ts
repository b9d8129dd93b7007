/** Ticks of a time axis: round numbers of the unit people would count in there. */
import { bisectLeft, range } from 'd3';
import { microsecondsPerMillisecond, type Time } from '../../kernel/time';
import { clock } from '../clock';

export interface Tick {
  readonly time: Time;
  /** null: a small one without a number. */
  readonly label: string | null;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** Milliseconds between numbered ticks, and how many small steps lie between two of them. */
const ladder: readonly (readonly [step: number, parts: number])[] = [
  [1, 5], [2, 4], [5, 5], [10, 5], [20, 4], [50, 5], [100, 5], [200, 4], [500, 5],
  [second, 5], [2 * second, 4], [5 * second, 5], [10 * second, 5], [15 * second, 3], [30 * second, 3],
  [minute, 6], [2 * minute, 4], [5 * minute, 5], [10 * minute, 5], [15 * minute, 3], [30 * minute, 3],
  [hour, 6], [2 * hour, 4], [3 * hour, 3], [6 * hour, 6], [12 * hour, 4],
  [day, 4], [2 * day, 2], [7 * day, 7], [14 * day, 2], [30 * day, 3], [365 * day, 5],
]; // prettier-ignore

/** Ticks between two times, numbered as far apart as their numbers need where the stretch is `width` px wide. */
export function timeTicks(from: Time, to: Time, width: number): Tick[] {
  const { step, parts } = tickStep(from, to, width);
  const small = step / parts;
  const first = Math.ceil(from / small - 1e-9);
  const last = Math.floor(to / small + 1e-9);
  const decimals =
    step >= second * microsecondsPerMillisecond ? 0 : step >= 100 * microsecondsPerMillisecond ? 1 : 3;
  return range(first, last + 1).map((index) => ({
    time: Math.round(index * small),
    label: index % parts === 0 ? clock(Math.round(index * small), decimals) : null,
  }));
}

/** Microseconds between two numbered ticks, and the number of small steps between them. */
export function tickStep(
  from: Time,
  to: Time,
  width: number,
): { readonly step: Time; readonly parts: number } {
  const usual = rungFor(from, to, width, to > day * microsecondsPerMillisecond ? 124 : 72);
  // "0:09.929" is longer than "0:09".
  return usual.step < 100 * microsecondsPerMillisecond ? rungFor(from, to, width, 100) : usual;
}

function rungFor(
  from: Time,
  to: Time,
  width: number,
  gap: number,
): { readonly step: Time; readonly parts: number } {
  const wanted = ((to - from) / microsecondsPerMillisecond) * (gap / Math.max(width, gap));
  const index = bisectLeft(
    ladder.map(([step]) => step),
    wanted,
  );
  const [step, parts] = ladder[Math.min(index, ladder.length - 1)];
  return { step: step * microsecondsPerMillisecond, parts };
}
