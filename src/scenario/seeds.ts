/** Seeds nobody has seen: derived from the recorded one, so that the same proof can be repeated. */
export function unseenSeeds(seed: number, count: number): number[] {
  return Array.from(
    { length: count },
    (_, index) => (Math.imul(seed + index + 1, 0x9e3779b1) >>> 0) % 1_000_000_007,
  );
}
