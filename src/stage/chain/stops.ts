/** Stops of a chain: their names, their condition, what hangs in them. */
import type { Process, Serving } from '../../kernel/shape';
import { baseline, boxOf as boxOfLabel, label } from '../layout/placer';
import type { Box, GapFigure, Item, Label, Point } from '../layout/scene';
import { fitText, textWidth } from '../layout/text-width';
import { displayName, serviceName, shapesOf, shortLabel } from '../names';
import { isGone, sinceMs, type ChainPlan } from './plan';
import type { StalledFigure, StopFigure } from './scene';

const text = 14;
/** More in hand than this is said in words. */
const pileFrom = 5;

export interface StopPlace extends Point {
  readonly row: number;
  /** Where its name stands, and what happens in it. */
  readonly nameAt: 'above' | 'below';
  /** Room of the name, px. */
  readonly room: number;
  /** Lifts the name by so much, where neighbours take turns. */
  readonly lift?: number;
  /** Its number on the line; null where there is no room. */
  readonly number: number | null;
  /** Radius of an order that hangs in it, and of the ring around that; a number has room from 16 on. */
  readonly hung: { readonly radius: number; readonly ring: number };
  /** Where a link that is not as it should be is drawn. */
  readonly gap: Point;
  readonly upright: boolean;
}

export function conditionOf({ words }: ChainPlan, { condition }: Process, since: number): string {
  return condition === 'down' ? words.condition.down(since) : words.condition[condition];
}

function nameOf({ view }: ChainPlan, process: Process): string {
  return serviceName(process, shapesOf(view.shapes, 'process'));
}

/** Names of all come first: whatever else is said keeps off them. */
export function namesOf(plan: ChainPlan, process: Process, place: StopPlace): Label[] {
  plan.placer.block(around(place, plan.radius + 2));
  const isHung = (process.serving ?? []).some(({ stalled }) => stalled);
  return nameLabels(plan, nameOf(plan, process), place, isGone(process) || isHung, isHung);
}

/** A service that is called. */
export function stationOf(
  plan: ChainPlan,
  process: Process,
  place: StopPlace,
  shown: readonly Label[],
  position: { readonly index: number; readonly of: number; readonly head: Process },
): StopFigure {
  const { words, placer, radius } = plan;
  const name = nameOf(plan, process);
  const gone = isGone(process);
  const stalled = stalledOf(plan, process, place);
  const inHand = process.inHand ?? process.serving?.length ?? 0;
  placer.block(around(place, radius + 2));
  const state = conditionOf(plan, process, sinceMs(plan, process.conditionSince));
  const errors = process.errors ?? 0;
  const trouble = process.condition === 'up' ? (errors > 0 ? words.errors(errors) : null) : state;
  const pile = inHand > pileFrom && stalled === null ? words.inHand(inHand) : null;
  const notes = notesOf(plan, place, words.together(trouble, pile), gone || errors > 0);
  const gap = gapOf(plan, position.head.name, process.name, place.gap, place.upright);
  return {
    item: {
      id: `process/${process.address}`,
      name: [
        words.saysStation(name, position.index + 1, position.of, state, inHand),
        errors > 0 && words.errors(errors),
        gap && (gap.cut ? words.saysCut(displayName(position.head.name)) : gap.label?.text),
      ]
        .filter(Boolean)
        .join(', '),
      selects: { kind: 'address', address: process.address },
      box: boxWith(place, shown),
      row: place.row,
    },
    process,
    ...{ x: place.x, y: place.y, radius, gap, stalled, bar: null },
    labels: [...shown, ...notes, ...(stalled?.label ? [stalled.label] : [])],
    sign: signOf(process, shown[0]),
  };
}

/** Beside its name, where nothing passes. */
export function signOf({ condition }: Process, name: Label | undefined): StopFigure['sign'] {
  if (!name) return null;
  const { x, width } = boxOfLabel(name);
  return condition === 'slow' || condition === 'paused'
    ? { kind: condition, x: x + width + 10, y: name.y - 5 }
    : null;
}

/** The link between two processes, where it is not as it should be. */
export function gapOf(
  plan: ChainPlan,
  from: string,
  to: string,
  at: Point,
  upright = false,
): GapFigure | null {
  const { view, words, placer } = plan;
  const link = view.links.find(
    (one) => (one.from === from && one.to === to) || (one.from === to && one.to === from),
  );
  if (!link || (!link.cut && link.extraMs <= 0)) return null;
  placer.block(around(at, 9));
  const said = link.cut ? words.cut : words.delay(link.extraMs);
  const style = { size: text, weight: 600, tone: link.cut ? 'red' : 'ink2', anchor: 'middle' } as const;
  return {
    ...at,
    upright,
    cut: link.cut,
    label: placer.place(
      label(at.x, at.y + 24, said, style),
      label(at.x, at.y - 14, said, style),
      label(at.x - 10, at.y + 24, said, { ...style, anchor: 'end' }),
      label(at.x + 12, at.y + 24, said, { ...style, anchor: 'start' }),
    ),
  };
}

function nameLabels(
  plan: ChainPlan,
  name: string,
  place: StopPlace,
  isTrouble: boolean,
  isHung: boolean,
): Label[] {
  const { placer, radius } = plan;
  const { x, y, nameAt, room, lift = 0 } = place;
  const weight = isTrouble ? 700 : 400;
  const tone = isTrouble ? 'red' : 'ink';
  // A ring needs more room than a stop.
  const reach = isHung ? place.hung.ring + 1 : radius + 5;
  const base = nameAt === 'above' ? y - reach - 6 - lift : y + reach + 16;
  const style = { size: text, weight, tone, anchor: 'middle' } as const;
  const edges = plan.size.width - 4;
  const inside = (words: string): Label => {
    const made = label(x, base, words, style);
    const half = widthOf(made) / 2;
    return { ...made, x: Math.min(Math.max(x, half + 4), edges - half) };
  };
  const full = placer.place(inside(name));
  const shown = [full ?? placer.put(inside(fitText(name, room, text, weight)))];
  if (place.number === null || isHung) return shown;
  const numberBase = nameAt === 'above' ? y + radius + 17 : y - radius - 7;
  const number = label(x, numberBase, String(place.number), {
    size: text,
    tone: 'ink3',
    mono: true,
    anchor: 'middle',
  });
  const placed = placer.place(number);
  return placed ? [...shown, placed] : shown;
}

function widthOf(one: Label): number {
  return textWidth(one.text, one.size, one.weight);
}

/** Its condition and what piles up in it, on the inner side of the line. */
function notesOf(plan: ChainPlan, place: StopPlace, words: string | null, gone: boolean): Label[] {
  const { placer, radius } = plan;
  const { x, y, nameAt } = place;
  if (words === null) return [];
  const style = {
    size: text,
    weight: 600,
    tone: gone ? 'red' : 'ink',
    anchor: 'middle',
    halo: true,
  } as const;
  const inner = nameAt === 'above' ? y + radius + 18 : y - radius - 8;
  const outer = nameAt === 'above' ? inner + 17 : inner - 17;
  const placed = placer.place(
    ...[inner, outer].flatMap((base) => [
      label(x, base, words, style),
      label(x + radius + 4, base, words, { ...style, anchor: 'start' }),
      label(x - radius - 4, base, words, { ...style, anchor: 'end' }),
    ]),
  );
  return placed ? [placed] : [];
}

/** The order that has hung longest, in a ring of its own. */
function stalledOf(plan: ChainPlan, process: Process, place: StopPlace): StalledFigure | null {
  const { words, placer } = plan;
  const hanging = (process.serving ?? []).filter(({ stalled }) => stalled);
  const oldest = hanging[0] as Serving | undefined;
  if (!oldest) return null;
  const number = shortLabel(oldest.face.label);
  const fits = number.length <= 3 && place.hung.radius >= 16;
  const { radius, ring: reach } = place.hung;
  const since = sinceMs(plan, oldest.since);
  const ring = around(place, reach);
  placer.block(ring);
  const more = Math.max(hanging.length, process.stalled ?? 0) - 1;
  const said = words.stalled(since, fits ? null : number) + words.stalledMore(more);
  const style = {
    size: plan.size.mode === 'wide' ? 16 : text,
    weight: 700,
    tone: 'red',
    anchor: 'middle',
    halo: true,
  } as const;
  const { x, y } = place;
  const below = y + radius + 24;
  const above = y - radius - 13;
  const bases = place.nameAt === 'above' ? [below, below + 18, above] : [above, above - 18, below];
  const beside = (base: number): Label[] => [
    label(x, base, said, style),
    label(x - radius, base, said, { ...style, anchor: 'start' }),
    label(x + radius, base, said, { ...style, anchor: 'end' }),
  ];
  const taken = oldest.until;
  return {
    item: {
      id: `stalled/${process.address}`,
      name: words.saysStalled(oldest.face.label, nameOf(plan, process), since),
      selects: { kind: 'message', message: oldest.face.message },
      box: ring,
      row: place.row,
    },
    face: oldest.face,
    ...{ x, y, radius, ring: reach },
    text: fits ? number : null,
    share:
      taken === null ? null : Math.min(1, Math.max(0, since / Math.max(1, (taken - oldest.since) / 1000))),
    label: placer.place(...bases.flatMap(beside), ...[baseline(y, style.size)].flatMap((base) => [
      label(x + radius + 8, base, said, { ...style, anchor: 'start' }),
      label(x - radius - 8, base, said, { ...style, anchor: 'end' }),
    ])), // prettier-ignore
  };
}

export function around({ x, y }: Point, reach: number): Box {
  return { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach };
}

/** A target with the stop and its name, never below 24 px. */
export function boxWith({ x, y }: Point, labels: readonly Label[], reach = 12): Box {
  const stop = around({ x, y }, reach);
  const boxes = [stop, ...labels.slice(0, 1).map(boxOfLabel)];
  const left = Math.min(...boxes.map((box) => box.x));
  const top = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

export const itemsOf = (stops: readonly StopFigure[]): Item[] =>
  stops.flatMap(({ item, stalled }) => (stalled ? [item, stalled.item] : [item]));
