import type { Address, Lane } from '../kernel/shape';
import type { Window } from '../scenario/host';

/** A lane's window, `by` cells further towards the newer records; null (follow the end) as soon as it reaches it. */
export function scrolled(
  lane: Lane,
  window: Window,
  shown: { readonly first: number; readonly end: number },
  by: number,
): number | null {
  const to = (window.lanes[lane.address]?.to ?? Math.min(shown.first + window.cells, lane.logEnd)) + by;
  if (to >= lane.logEnd) return null;
  return Math.max(lane.logStart + Math.min(window.cells, lane.logEnd - lane.logStart), to);
}

/** All lanes moved together. */
export function scrolledAll(
  lanes: readonly Lane[],
  window: Window,
  shown: ReadonlyMap<Address, { readonly first: number; readonly end: number }>,
  by: number,
): Window['lanes'] {
  return Object.fromEntries(
    lanes.map((lane) => [
      lane.address,
      { to: scrolled(lane, window, shown.get(lane.address) ?? { first: 0, end: lane.logEnd }, by) },
    ]),
  );
}

/** Where a drawing must be scrolled to for a box to be seen whole; where it is, if it is seen already. */
export function inSight(
  box: { readonly y: number; readonly height: number },
  top: number,
  height: number,
): number {
  const around = 6;
  if (box.y - around < top) return Math.max(0, box.y - around);
  return Math.max(top, box.y + box.height + around - height);
}
