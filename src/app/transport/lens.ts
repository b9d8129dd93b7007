/**
 * The lens: how much simulated time one second on screen shows. Multipliers such as "2×" mean nothing when lessons
 * range from 50 ms to 14 days, so the ladder holds durations.
 */
export const lensLadderMs: readonly number[] = [
  10, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 60_000, 600_000, 3_600_000, 86_400_000,
];

/** The next rung above; the same when there is none. */
export function fasterLens(lensMs: number): number {
  return lensLadderMs.find((rung) => rung > lensMs) ?? lensMs;
}

/** The next rung below; the same when there is none. */
export function slowerLens(lensMs: number): number {
  return lensLadderMs.findLast((rung) => rung < lensMs) ?? lensMs;
}
