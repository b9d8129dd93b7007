/** Consumers: two stops on a line, apply then commit. Beside their own lane, or in a row below when one reads many. */
import type { Process } from '../../kernel/shape';
import { displayName, shortName } from '../names';
import { currentOf, queueOf } from './hands';
import { handoverOf } from './handover';
import { baseline, label } from './placer';
import type { GroupPlan, LanePlan, Plan } from './plan';
import type { Item, Label, StationFigure, StopFigure } from './scene';
import { levelOf } from './stand';
import { nameX, rowsPerLane, stripRow } from './rows';
import { isShare } from './shares';
import { fitText, textWidth } from './text-width';

/** A place for a consumer: its line's height and the x of each of its stops, in the order of the work. */
export interface Berth {
  readonly process: Process;
  readonly group: GroupPlan;
  /** The lane it stands beside; null in the rows below. */
  readonly home: LanePlan | null;
  readonly y: number;
  readonly stops: readonly { readonly name: string; readonly x: number }[];
  /** x of the trunk it gathers its lanes by, when it stands below. */
  readonly trunk: number | null;
  readonly row: number;
}

const defaultStops = ['apply', 'commit'];
const sharedStops = ['apply', 'acknowledge'];

/** The steps that are stations: all but the taking itself, which is the line. */
export function stopNames({ steps }: Process, isShared = false): readonly string[] {
  const names = steps.filter((name) => name !== 'receive' && name !== 'read');
  return names.length > 0 ? names : isShared ? sharedStops : defaultStops;
}

/**
 * The lane a consumer stands beside: the first it would get from the range assignor, so that a full group needs no
 * detours, and a consumer keeps its place whatever a rebalance takes from it.
 */
export function homeIndex(member: number, members: number, lanes: number): number {
  if (members >= lanes) return member;
  return member * Math.floor(lanes / members) + Math.min(member, lanes % members);
}

export function berthsOf(plan: Plan): Berth[] {
  const { metrics, lanes, groups, below, belowTop, x0 } = plan;
  const shared = groups.filter(({ processes }) =>
    processes.some((one) => !below.some(({ process }) => process === one)),
  );
  const beside = groups.flatMap((group) =>
    group.processes.flatMap((process, index): Berth[] => {
      const home = lanes[homeIndex(index, group.processes.length, lanes.length)];
      if (!home || below.some((one) => one.process === process)) return [];
      // Each group's stops have a column of their own, so that its line into a store meets nobody else's.
      const shift = x0 - Math.min(3, shared.indexOf(group)) * (metrics.mode === 'phone' ? 0 : 14);
      const stops = spread(
        stopNames(process, isShare(group)),
        shift - metrics.stopNear,
        shift - metrics.stopFar,
      );
      const row = home.row * rowsPerLane + stripRow + (group.above ? -1 - group.track : 1 + group.track);
      return [{ process, group, home, y: levelOf(plan, home, group).wireY, stops, trunk: null, row }];
    }),
  );
  const gathered = below.map(({ process, group }, index): Berth => {
    const [first, last] = belowStops(plan);
    const inset = metrics.mode === 'phone' ? 8 : metrics.pad + 6;
    return {
      process,
      group,
      home: null,
      y: Math.round(belowTop + (index + 0.5) * metrics.stationRow) + (metrics.mode === 'wide' ? 4 : 0),
      stops: spread(stopNames(process, isShare(group)), first, last),
      trunk: inset + (below.length - 1 - index) * (metrics.mode === 'phone' ? 5 : 10),
      row: lanes.length * rowsPerLane + plan.stores.length + index,
    };
  });
  return [...beside, ...gathered];
}

function belowStops({ metrics, x0 }: Plan): readonly [number, number] {
  if (metrics.mode === 'phone') return [metrics.pad + 34, metrics.pad + 60];
  return [x0 - metrics.stopFar, x0 - metrics.stopNear];
}

function spread(names: readonly string[], near: number, far: number): Berth['stops'] {
  const step = names.length > 1 ? (far - near) / (names.length - 1) : 0;
  return names.map((name, index) => ({ name, x: Math.round(near + index * step) }));
}

/** Names of the consumers, placed before anything that could do without its place. */
export function namesOf(plan: Plan, berths: readonly Berth[]): ReadonlyMap<Berth, readonly Label[]> {
  for (const { stops, y } of berths) {
    for (const { x } of stops) {
      const radius = plan.metrics.stop + 1.5;
      plan.placer.block({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius });
    }
  }
  return new Map(
    berths.map((berth) => [berth, berth.home ? besideLabels(plan, berth) : belowLabels(plan, berth)]),
  );
}

export function stationsOf(
  plan: Plan,
  berths: readonly Berth[],
  names: ReadonlyMap<Berth, readonly Label[]>,
): StationFigure[] {
  return berths.map((berth) => stationOf(plan, berth, names.get(berth) ?? []));
}

function stationOf(plan: Plan, berth: Berth, labels: readonly Label[]): StationFigure {
  const { metrics } = plan;
  const { process, home, y, stops } = berth;
  const first = stops[0];
  const entersFrom = home ? 'right' : 'left';
  const inwards = home ? 1 : -1;
  const entry = first.x + inwards * (metrics.mode === 'phone' ? 13 : 18);
  const last = stops[stops.length - 1];
  const before = (step: string): number => {
    const index = stops.findIndex(({ name }) => name === step);
    // A step that is no station follows the last of them, unless it is the taking itself.
    if (index < 0 && step !== 'receive') return last.x - inwards * (metrics.mode === 'phone' ? 9 : 16);
    return index <= 0 ? entry : (stops[index - 1].x + stops[index].x) / 2;
  };
  const broken = process.condition === 'crashed';
  const stands = handoverOf(plan, process, berth.group)?.stands ?? false;
  const kind =
    process.condition === 'slow' || process.condition === 'paused'
      ? process.condition
      : stands && process.condition === 'up'
        ? 'rebalancing'
        : null;
  return {
    item: stationItem(plan, berth, labels),
    process,
    stops: stopsOf(plan, berth),
    radius: metrics.stop,
    entersFrom,
    labels,
    brokeAt: broken ? { x: before(process.brokeBefore ?? first.name), y } : null,
    pins: broken ? [] : process.pins.map((step) => ({ x: before(step), y })),
    sign: kind ? { kind, x: entry, y } : null,
    current: currentOf(plan, berth, entry),
    ...queueOf(plan, berth),
  };
}

function stopsOf(plan: Plan, { process, home, stops, y }: Berth): StopFigure[] {
  // Said once per group is enough, and again where something broke.
  const said =
    plan.metrics.mode === 'wide' &&
    (home === null || home.row === 0 || process.condition === 'crashed' || process.pins.length > 0);
  return stops.map(({ name, x }) => {
    const style = { size: 14, tone: 'ink2', anchor: 'middle', halo: true } as const;
    const caption = said ? plan.placer.place(label(x, y - 12, name, style)) : null;
    return { name, x, y, caption };
  });
}

/** "crashed", "applying", "paused": one word or two about a consumer. */
function stateOf(
  plan: Plan,
  process: Process,
  group: GroupPlan,
): { readonly text: string; readonly trouble: boolean } {
  const { words } = plan;
  const { condition, step } = process;
  if (condition === 'down')
    return { text: words.condition.down(-plan.until(process.conditionSince)), trouble: true };
  if (condition === 'crashed') return { text: words.condition.crashed, trouble: true };
  if (condition === 'paused' || condition === 'slow')
    return { text: words.condition[condition], trouble: false };
  const handover = handoverOf(plan, process, group);
  if (handover) return { text: handover.text, trouble: false };
  if (process.owns.length === 0) return { text: words.noPartition, trouble: false };
  return { text: step ? words.step(step.name) : words.idle, trouble: false };
}

function besideLabels(plan: Plan, { process, group, y, stops }: Berth): Label[] {
  const { metrics, placer } = plan;
  const { text, trouble } = stateOf(plan, process, group);
  const left = nameX(plan);
  const room = Math.min(...stops.map(({ x }) => x)) - metrics.stop - 8 - left;
  if (metrics.mode === 'phone') {
    const short = fitText(shortName(process.name, group.name), Math.max(12, room + 4), 14, 700);
    return [
      placer.put(
        label(left, baseline(y, 14), short, { size: 14, weight: 700, tone: trouble ? 'red' : 'ink' }),
      ),
    ];
  }
  const crowded = plan.track < 36 && plan.groups.filter(({ above }) => above === group.above).length > 1;
  if (metrics.mode === 'tight' || crowded) {
    const full = trouble ? `${shortName(process.name, group.name)} ${text}` : displayName(process.name);
    const shown = fitText(full, room, 14, 600);
    return [
      placer.put(
        label(left, baseline(y, 14), shown, { size: 14, weight: 600, tone: trouble ? 'red' : 'ink' }),
      ),
    ];
  }
  const name = fitText(displayName(process.name), room, 15, 600);
  const state = fitText(text, room, 14, trouble ? 600 : 400);
  return [
    placer.put(label(left, y - 3, name, { size: 15, weight: 600 })),
    placer.put(
      label(left, y + 14, state, { size: 14, weight: trouble ? 600 : 400, tone: trouble ? 'red' : 'ink2' }),
    ),
  ];
}

function belowLabels(plan: Plan, { process, group, y, stops }: Berth): Label[] {
  const { metrics, placer, words, lanes, size } = plan;
  const { text, trouble } = stateOf(plan, process, group);
  const name = group.solo ? group.name : displayName(process.name);
  const left = Math.max(...stops.map(({ x }) => x)) + metrics.stop + 10;
  const base = baseline(y, 15);
  const title = placer.put(label(left, base, fitText(name, 140, 15, 600), { size: 15, weight: 600 }));
  const next = left + textWidth(title.text, 15, 600) + 8;
  const all = process.owns.length === lanes.length;
  const quiet = group.solo && (text === words.idle || process.condition === 'up');
  const long = quiet ? words.oneConsumer(process.owns.length, all) : text;
  const short = quiet ? words.oneConsumerShort(process.owns.length, all) : text;
  const style = {
    size: metrics.mode === 'phone' ? 14 : 15,
    weight: trouble ? 600 : 400,
    tone: trouble ? 'red' : 'ink2',
  } as const;
  const fitting = [long, short].map((words) => label(next, base, words, style));
  const limit = size.width - metrics.pad;
  const rest = placer.place(
    ...fitting,
    label(next, base, fitText(short, limit - next, style.size, style.weight), style),
  );
  return rest ? [title, rest] : [title];
}

function stationItem(plan: Plan, { process, group, y, stops, row }: Berth, labels: readonly Label[]): Item {
  const { words, lanes, metrics } = plan;
  const reads = lanes
    .filter(({ lane }) => process.owns.includes(lane.address))
    .map(({ lane }) => words.partition(lane.index));
  const sentence = [
    words.saysConsumer(displayName(process.name), process.group, reads, stateOf(plan, process, group).text),
    process.brokeBefore && process.condition === 'crashed' ? words.saysBroke(process.brokeBefore) : null,
    process.current
      ? words.saysHolds(process.current.label, words.step(process.step?.name ?? 'receive'))
      : null,
    process.queued.length > 0 ? words.saysWaiting(process.queued.length) : null,
    process.pins.length > 0 && process.condition !== 'crashed' ? words.saysPin(process.pins) : null,
    ...plan.view.links
      .filter(({ from, to }) => from === process.address || to === process.address)
      .map(({ from, to, cut, extraMs }) => {
        const other = displayName(from === process.address ? to : from);
        return cut ? words.saysCut(other) : words.saysDelay(other, extraMs);
      }),
  ];
  const [left, right] = [Math.min(...stops.map(({ x }) => x)), Math.max(...stops.map(({ x }) => x))];
  const text = labels[0];
  const start = Math.min(text?.x ?? left, left - metrics.stop - 3);
  const stop = Math.max(
    right + metrics.stop + 3,
    text ? text.x + textWidth(text.text, text.size, text.weight) : 0,
  );
  return {
    id: `process/${process.address}`,
    name: [...new Set(sentence.filter(Boolean))].join(', '),
    selects: { kind: 'address', address: process.address },
    box: { x: start - 3, y: y - 14, width: stop - start + 6, height: 28 },
    row,
  };
}
