import type { View } from '../../scenario/host';
import { baseline, label } from '../layout/placer';
import type { Item, Label } from '../layout/scene';
import type { Size } from '../layout/size';
import { callsOf } from './calls';
import { fanOf } from './fan';
import { chainPlanOf, hasFan, titleHeight, type Block, type ChainOptions, type ChainPlan } from './plan';
import type { ChainScene, DesignFigure, StopFigure } from './scene';
import { itemsOf } from './stops';
import { chainWords } from './words.en';

/** Where everything on a chain stands: a pure function of the view, the size and what was measured. */
export function chainLayout(view: View, size: Size, options: ChainOptions = {}): ChainScene {
  const words = options.words ?? chainWords;
  const plan = chainPlanOf(view, size, words, options);
  const designs = withOwnIds(plan.blocks.map((block) => designOf(plan, block)));
  const items = designs
    .flatMap(({ stops, strip }): Item[] => [...itemsOf(stops), ...(strip ? [strip.item] : [])])
    .sort((a, b) => a.row - b.row || a.box.x - b.box.x || (a.id < b.id ? -1 : 1));
  const nothing = label(size.width / 2, baseline(plan.height / 2, 16), words.empty, { size: 16, anchor: 'middle', tone: 'ink2' }); // prettier-ignore
  return {
    size,
    height: plan.height,
    heightWanted: plan.heightWanted,
    tokenRadius: plan.token,
    designs,
    items,
    taken: plan.placer.boxes(),
    empty: items.length === 0 ? nothing : null,
  };
}

/**
 * One process may stand in several places: a browser before both designs, a service that is called and reads as well.
 * Each place is an item of its own.
 */
function withOwnIds(designs: readonly DesignFigure[]): DesignFigure[] {
  const seen = new Map<string, number>();
  const own = (stop: StopFigure): StopFigure => {
    const { id } = stop.item;
    const times = (seen.get(id) ?? 0) + 1;
    seen.set(id, times);
    return times === 1 ? stop : { ...stop, item: { ...stop.item, id: `${id}/${times}` } };
  };
  return designs.map((design) => ({ ...design, stops: design.stops.map(own) }));
}

function designOf(plan: ChainPlan, block: Block): DesignFigure {
  const { design, title, top, form } = block;
  const size = plan.size.mode === 'wide' ? 16 : 14;
  const heading =
    title === null ? null : plan.placer.put(label(plan.pad, top + 15, title, { size, weight: 700 }));
  if (design.stations.length === 0) return { title: heading, ...fanOf(plan, block, null) };
  const calls = callsOf(
    plan,
    block,
    heading === null ? 0 : form === 'slim' ? 4 : form === 'phone' ? titleHeight : 0,
  );
  if (!hasFan(design)) return { title: heading, ...calls };
  const api = calls.stops.find(({ process }) => process === design.head) ?? null;
  const fan = fanOf(plan, block, api);
  return {
    title: heading,
    ...calls,
    lines: [...calls.lines, ...fan.lines],
    arrows: [...calls.arrows, ...fan.arrows],
    stops: [...calls.stops, ...fan.stops],
    strip: fan.strip,
    passages: new Map([...calls.passages, ...fan.passages]),
    steps: fan.steps,
    ways: fan.ways,
  };
}

/** Every text of a chain, with what stands on tokens left out. */
export function chainLabels({ designs, empty }: ChainScene): Label[] {
  return [
    ...designs.flatMap(({ title, stops, strip }) => [
      title,
      ...stops.flatMap(({ labels, gap }) => [...labels, gap?.label]),
      ...(strip?.labels ?? []),
    ]),
    empty,
  ].filter((one): one is Label => Boolean(one));
}
