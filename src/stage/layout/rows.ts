import type { Plan } from './plan';

/** Rows of focus: each lane has so many, its strip in the middle, the levels of its groups above and below. */
export const rowsPerLane = 20;
export const stripRow = 10;

/** Names stand right of the trunks of those who read from below. */
export function nameX({ metrics, below }: Plan): number {
  if (metrics.mode === 'phone') return metrics.pad + Math.max(0, below.length - 2) * 5;
  return metrics.pad + 22 + Math.max(0, below.length - 2) * 10;
}
