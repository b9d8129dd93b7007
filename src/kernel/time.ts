/**
 * Simulated time: whole microseconds since the start of the run, in a float64 (exact up to 285 years).
 * Inside the kernel it has no suffix; scenarios and options speak of milliseconds and say so (`latencyMs`).
 */
export type Time = number;
export type Duration = number;

export const microsecondsPerMillisecond = 1000;
export const microsecondsPerSecond = 1_000_000;

/** Milliseconds (may be fractional) to whole microseconds. */
export function ms(milliseconds: number): Duration {
  return Math.round(milliseconds * microsecondsPerMillisecond);
}

/** Seconds (may be fractional) to whole microseconds. */
export function seconds(count: number): Duration {
  return Math.round(count * microsecondsPerSecond);
}

/** Whole microseconds to (fractional) milliseconds, for options, goals and the screen. */
export function toMs(time: Time): number {
  return time / microsecondsPerMillisecond;
}

/**
 * The same number, in the form in which Chromium keeps it without a box of its own, up to 2^31 microseconds. What comes out
 * of a Float64Array is boxed wherever it is stored, and every event stores the present time several times over.
 */
export function unboxed(time: Time): Time {
  const whole = time | 0;
  return whole === time ? whole : time;
}
