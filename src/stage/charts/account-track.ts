/** Measures of an account as tracks on the time axis: lines, what the row held, questions. Plain geometry. */
import { bisectRight } from 'd3';
import type { Time } from '../../kernel/time';
import type { Series } from '../../scenario/host';

export type AccountKind = 'lines' | 'row' | 'balance' | 'asked';
const kinds: readonly string[] = ['lines', 'row', 'balance', 'asked'] satisfies AccountKind[];

/** Which measure of an account it is; null: none. */
export function accountKindOf({ kind }: Series): AccountKind | null {
  return kind !== undefined && kinds.includes(kind) ? (kind as AccountKind) : null;
}

/** One line of a log, or one question, at its time. */
export interface Point {
  readonly x: number;
  /** What a line added; of a question 0. */
  readonly amount: number;
  readonly isLater: boolean;
  /** There is room for its number before the next. */
  readonly hasRoom: boolean;
}

/** What a row held, from one write to the next. */
export interface Held {
  readonly from: number;
  readonly to: number;
  readonly balance: number;
  /** overwritten: it is gone. held: it is what the row says now. later: it is not so yet. */
  readonly state: 'overwritten' | 'held' | 'later';
  readonly hasRoom: boolean;
}

export interface Around {
  readonly now: Time;
  readonly frontier: Time;
  /** Pixels of a time, held inside the axis. */
  readonly x: (time: Time) => number;
}

/** How many have happened by `now`. */
export function countAt({ times }: Series, now: Time): number {
  return bisectRight(times, now);
}

export function pointsOf({ times, values }: Series, { now, frontier, x }: Around, room: number): Point[] {
  return times.flatMap((time, index) => {
    if (time > frontier) return [];
    const at = x(time);
    const next = times[index + 1];
    return {
      x: at,
      amount: values[index] - (values[index - 1] ?? 0),
      isLater: time > now,
      hasRoom: next === undefined || next > frontier || x(next) - at > room,
    };
  });
}

export function heldOf({ times, values }: Series, { now, frontier, x }: Around, room: number): Held[] {
  return times.flatMap((time, index) => {
    if (time > frontier) return [];
    const until = Math.min(times[index + 1] ?? frontier, frontier);
    const state = time > now ? 'later' : until <= now && index < times.length - 1 ? 'overwritten' : 'held';
    const [from, to] = [x(time), x(state === 'held' ? Math.max(now, time) : until)];
    return to - from < 1 ? [] : { from, to, balance: values[index], state, hasRoom: to - from > room };
  });
}
