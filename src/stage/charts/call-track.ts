/** Orders and what hangs, as tracks on the time axis. Plain geometry. */
import { bisectRight } from 'd3';
import type { Series } from '../../scenario/host';
import { ms } from '../../kernel/time';
import type { Around } from './account-track';

/** One order, or several that lie closer together than can be told apart. */
export interface OrderSign {
  readonly x: number;
  /** At least one of them failed. */
  readonly failed: boolean;
  readonly isLater: boolean;
  /** They stand alternately high and low, so that more of them can be told apart. */
  readonly low: boolean;
}

/** A call that hangs, from when it began to when it goes on. */
export interface StallLine {
  readonly from: number;
  readonly to: number;
  /** Which of the rows it lies in, from the top. */
  readonly row: number;
  /** now: it hangs at this instant. */
  readonly state: 'over' | 'now' | 'later';
}

/** Orders by when they were answered or failed; a failure is never hidden by its neighbours. `step`: px between signs. */
export function orderSigns({ times, values }: Series, { now, frontier, x }: Around, step = 6): OrderSign[] {
  const columns = new Map<number, { failed: boolean; isLater: boolean }>();
  const end = bisectRight(times, frontier);
  for (let index = 0; index < end; index++) {
    const column = Math.floor(x(times[index]) / step);
    const known = columns.get(column);
    const failed = values[index] === 0;
    if (!known) columns.set(column, { failed, isLater: times[index] > now });
    else if (times[index] <= now) known.failed ||= failed;
  }
  return [...columns].map(([column, sign]) => ({ x: column * step, low: column % 2 !== 0, ...sign }));
}

/** Each in the first row that is free; in the last one they may lie over each other. */
export function stallLines(
  { times, values }: Series,
  { now, frontier, x }: Around,
  rows: number,
): StallLine[] {
  const ends = new Array<number>(rows).fill(-Infinity);
  return times.flatMap((time, index): StallLine[] => {
    if (time > frontier) return [];
    const end = time + ms(values[index]);
    const state = time > now ? 'later' : end > now ? 'now' : 'over';
    const [from, to] = [x(time), x(state === 'now' ? now : Math.min(end, frontier))];
    const free = ends.findIndex((taken) => taken <= from);
    const row = free < 0 ? rows - 1 : free;
    ends[row] = Math.max(ends[row], x(end) + 2);
    return to - from < 0.5 && state !== 'now' ? [] : [{ from, to: Math.max(to, from + 2), row, state }];
  });
}
