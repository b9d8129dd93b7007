/** CPU seconds of this process (user and system): the clock to trust on a busy machine (performance.md). */
export function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Work done in turn, A B C A B C…, so that a drifting machine hurts all alike; the median of each. */
export function inTurn<Name extends string>(
  rounds: number,
  works: Readonly<Record<Name, () => number>>,
): Record<Name, number> {
  const names = Object.keys(works) as Name[];
  const samples = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds + 1; round++) {
    for (const name of names) {
      const sample = works[name]();
      if (round > 0) samples.get(name)!.push(sample); // the first round warms up
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(samples.get(name)!)])) as Record<Name, number>;
}
