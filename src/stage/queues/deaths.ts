/** The way of dead letters: out of a door in the wall, past their exchange, into what keeps them. */
import { label } from '../layout/placer';
import type { Point } from '../layout/scene';
import { displayName } from '../names';
import { crossPath, pathOf } from '../shapes/paths';
import { arrow, elbow, msSince, type Draw, type Place } from './draw';
import type { Death } from './model';
import { of } from './scene';
import { isMouth } from './switches';

/** How long what left this way is worth showing on its way. */
const leftMs = 4000;

export function drawDeaths(draw: Draw, places: ReadonlyMap<string, Place>): void {
  const drawn = new Set<string>();
  for (const death of draw.model.deaths) {
    const from = places.get(death.from.address);
    if (!from?.door) continue;
    const past = death.past ? places.get(death.past.address) : undefined;
    const isDrawnPast = past !== undefined && draw.model.deadSwitches.includes(death.past!);
    const first = past && isDrawnPast ? toRing(draw, from.door, past) : null;
    if (first) {
      road(draw, first, past!.box.x < from.box.x ? 'left' : 'right');
      for (const to of death.to) {
        const key = `${death.past!.address}>${to}`;
        const place = places.get(to);
        if (!place || drawn.has(key)) continue;
        drawn.add(key);
        fromRing(draw, past!, place);
      }
    } else {
      for (const to of past ? [death.past!.address] : death.to) {
        const place = places.get(to);
        if (place) road(draw, toKeep(draw, from, place), place.box.x < from.box.x ? 'left' : 'right');
      }
    }
    const keep = death.to.map((to) => places.get(to)).find((place) => place !== undefined);
    drawLeft(draw, death, first ?? null, from.door, keep);
  }
}

function toRing(draw: Draw, door: Point, ring: Place): readonly Point[] {
  const radius = ring.box.width / 2;
  const middle = { x: ring.box.x + radius, y: ring.box.y + radius };
  const start = { x: door.x - 4, y: door.y };
  if (draw.upright) return elbow(start, { x: ring.box.x - 1, y: middle.y }, draw.m.pad + 8, 6);
  if (Math.abs(door.y - middle.y) < radius * 0.8) return [start, { x: middle.x + radius + 1, y: door.y }];
  const up = door.y > middle.y;
  // From below into the ring's foot, or from above onto its top.
  return [start, { x: middle.x + 9, y: door.y }, { x: middle.x, y: door.y + (up ? -9 : 9) }, { x: middle.x, y: middle.y + (up ? radius + 1 : -radius - 1) }];
} // prettier-ignore

function fromRing(draw: Draw, ring: Place, keep: Place): void {
  const { pen } = draw;
  const radius = ring.box.width / 2;
  const from = { x: ring.box.x, y: ring.box.y + radius };
  const inside = isMouth(keep);
  const x = keep.box.x + keep.box.width - 14;
  const path = draw.upright
    ? [{ x: ring.box.x + ring.box.width, y: from.y }, { x: keep.in.x - 8, y: from.y }, { x: keep.in.x, y: from.y + 8 }, { x: keep.in.x, y: Math.max(from.y + 10, keep.box.y + 8) }]
    : inside
      ? [from, { x: x + 9, y: from.y }, { x, y: from.y + 9 }, { x, y: keep.box.y + 8 }]
      : elbow(from, { x: keep.box.x + keep.box.width + 1, y: keep.box.y + keep.box.height / 2 }, (from.x + keep.box.x + keep.box.width) / 2);
  pen.stroke(pathOf(path), 'stroke bold');
  arrow(pen, path.at(-1)!, inside ? 'down' : 'left');
} // prettier-ignore

/** Without an exchange of its own: into a wall, or into the mouth of a vessel. */
function toKeep(draw: Draw, from: Place, keep: Place): readonly Point[] {
  const start = { x: from.door!.x - 4, y: from.door!.y };
  const isLeft = keep.box.x + keep.box.width < from.box.x;
  if (draw.upright) return elbow(start, { x: keep.in.x - 1, y: keep.box.y + keep.box.height / 2 }, draw.m.pad + 8, 6);
  if (!isLeft) return elbow(start, keep.in, Math.min(start.x, keep.in.x) - 16);
  // Straight, where it can be.
  const y = Math.max(keep.box.y + 18, Math.min(keep.box.y + keep.box.height - 18, start.y));
  const wall = { x: keep.box.x + keep.box.width + 1, y: Math.round(y) };
  return elbow(start, wall, (start.x + wall.x) / 2);
} // prettier-ignore

function road(draw: Draw, path: readonly Point[], towards: 'left' | 'right'): void {
  const { pen } = draw;
  pen.stroke(pathOf(path), 'stroke bold');
  const tip = path.at(-1)!;
  const before = path.at(-2) ?? tip;
  if (Math.abs(before.x - tip.x) > 1) arrow(pen, tip, towards);
  else if (tip.y > before.y) arrow(pen, tip, 'down');
  else pen.over(`M${tip.x} ${tip.y}l-5 8h10Z`, 'solid');
}

/** The latest of them: cracked, with a cross, and why. */
function drawLeft(draw: Draw, { from }: Death, first: readonly Point[] | null, door: Point, keep: Place | undefined): void {
  const { pen, m, words } = draw;
  const { left } = from;
  if (!left || msSince(draw, left.at) > leftMs || left.reason === 'duplicate' || left.reason === 'expired' && from.shape === 'pile') return;
  const onWay = draw.upright ? { x: m.pad + 8, y: door.y + 28 } : { x: door.x - 22, y: door.y };
  const spot = first && first.length > 2 ? { x: Math.round((door.x + first[1].x) / 2), y: door.y } : onWay;
  const radius = m.mode === 'phone' ? m.token : 11;
  pen.face(left.face, spot.x, spot.y, radius, { edge: 'dead', plate: true });
  pen.over(crossPath(spot.x + radius + 3, spot.y - radius - 3, 4), 'stroke bold red');
  const text = from.shape === 'pile' ? words.movedTo(left.face.label) : words.left(left.face.label, left.reason);
  const style = { size: 14, weight: 600, tone: 'red', halo: true } as const;
  pen.place(
    label(door.x - 10, spot.y + radius + 18, text, { ...style, anchor: 'end' }),
    keep && !first ? label(door.x - 6, keep.box.y + keep.box.height + 17, text, { ...style, anchor: 'end' }) : null,
    label(spot.x, spot.y + radius + 18, text, { ...style, anchor: 'middle' }),
    label(door.x - 10, spot.y - radius - 12, text, { ...style, anchor: 'end' }),
    label(m.pad, spot.y + radius + 18, text, style),
  );
  const box = { x: spot.x - radius, y: spot.y - radius, width: 2 * radius, height: 2 * radius };
  pen.item(`left/${from.address}`, `${displayName(from.name)}: ${text}`, box, of(left.face.message));
} // prettier-ignore
