import type { FactId } from '../../kernel/fact';
import type { Time } from '../../kernel/time';
import type { Mark } from '../../scenario/host';
import type { Note } from './looking.svelte';
import type { Place } from './places';

/** A mark or a note, as a place to go to. */
export interface Stop {
  readonly time: Time;
  readonly fact: FactId | null;
}

/** Marks of the run and notes of the person, in order. */
export function stopsOf(marks: readonly Mark[], notes: readonly Note[]): readonly Stop[] {
  const stops: Stop[] = [
    ...marks.map(({ time, fact }) => ({ time, fact })),
    ...notes.map(({ time, fact }) => ({ time, fact: fact ?? null })),
  ];
  return stops.sort((a, b) => a.time - b.time || (a.fact ?? -1) - (b.fact ?? -1));
}

/** The `count`-th stop after this place, or the last there is; null when none lies ahead. */
export function stopAfter(
  stops: readonly Stop[],
  here: Place,
  factCount: number,
  count: number,
): Stop | null {
  const ahead = stops.filter(({ time, fact }) => (fact === null ? time > here.time : fact >= factCount));
  return ahead[Math.min(count, ahead.length) - 1] ?? null;
}

/** The `count`-th stop before this place, or the first there is; null when none lies behind. */
export function stopBefore(stops: readonly Stop[], here: Place, count: number): Stop | null {
  const behind = stops.filter(({ time, fact }) =>
    here.fact !== null && fact !== null ? fact < here.fact : time < here.time,
  );
  return behind[Math.max(0, behind.length - count)] ?? null;
}
