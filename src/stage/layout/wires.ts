/** Lines that read: beside each strip to its consumer, gathered into trunks, with 45 degree corners. */
import type { Process } from '../../kernel/shape';
import { hostOf } from '../names';
import { label } from './placer';
import type { GroupPlan, LanePlan, Plan } from './plan';
import type { GapFigure, Point, WireFigure } from './scene';
import { isShare, readersOf } from './shares';
import { levelOf, standOf, wireStart, type Stand } from './stand';
import type { Berth } from './stations';

export type Path = readonly Point[];

const corner = 12;

export function wiresOf(plan: Plan, berths: readonly Berth[]): WireFigure[] {
  const gathered = berths.filter(({ home }) => home === null).flatMap((berth) => trunkOf(plan, berth));
  const single = plan.groups.flatMap((group) =>
    plan.lanes.flatMap((lane) => {
      const stand = standOf(plan, lane, group);
      if (stand.pointer === null || group.processes.length === 0) return [];
      return isShare(group)
        ? sharedWires(plan, berths, lane, group, stand)
        : besideWire(plan, berths, lane, group, stand);
    }),
  );
  return [...gathered, ...joined(single)];
}

/** The branches of one consumer are one line, or one would cut into the other where they meet. */
function joined(wires: readonly WireFigure[]): WireFigure[] {
  const lines: WireFigure[] = [];
  for (const wire of wires) {
    const at = lines.findIndex(
      ({ process, dashed }) => process !== null && process === wire.process && dashed === wire.dashed,
    );
    const known = lines[at];
    if (known) lines[at] = { ...known, paths: [...known.paths, ...wire.paths], gap: known.gap ?? wire.gap };
    else lines.push(wire);
  }
  return lines;
}

function berthOf(berths: readonly Berth[], process: string | null): Berth | null {
  return berths.find((berth) => berth.process.address === process) ?? null;
}

function besideWire(
  plan: Plan,
  berths: readonly Berth[],
  lane: LanePlan,
  group: GroupPlan,
  stand: Stand,
): WireFigure[] {
  const owner = berthOf(berths, stand.pointer?.owner ?? null);
  const id = `${group.name}@${lane.lane.address}`;
  const y = levelOf(plan, lane, group).wireY;
  const start = wireStart(plan, lane, stand);
  if (stand.reading && owner) {
    if (owner.home === null) return [];
    return [
      {
        id,
        process: owner.process.address,
        form: group.wire,
        paths: [roadTo(plan, lane, group, owner, start)],
        dashed: false,
        gap: gapOf(plan, owner.process, { x: plan.x0 + 14, y }, true),
      },
    ];
  }
  // Nobody reads: dashes lead to where its reader stood, or to nobody.
  const home = berths.find((berth) => berth.home === lane && berth.group === group);
  if (owner?.home === null && !isGone(owner.process)) return [];
  const last =
    owner && owner.home === null
      ? plan.x0 - 8
      : home && (isGone(home.process) || owner === home)
        ? home.stops[0].x + corner
        : plan.x0 - 8;
  return [
    {
      id,
      process: null,
      form: group.wire,
      paths: [
        [
          { x: start, y },
          { x: Math.min(last, start), y },
        ],
      ],
      dashed: true,
      gap: null,
    },
  ];
}

/** A share group has as many lines to a lane as members that are given its records. */
function sharedWires(
  plan: Plan,
  berths: readonly Berth[],
  lane: LanePlan,
  group: GroupPlan,
  stand: Stand,
): WireFigure[] {
  return readersOf(group, lane.lane.address, null).flatMap((reader): WireFigure[] => {
    const berth = berthOf(berths, reader.address);
    if (!berth || berth.home === null) return [];
    const paths = [roadTo(plan, lane, group, berth, wireStart(plan, lane, stand))];
    const at = { x: plan.x0 + 14, y: levelOf(plan, lane, group).wireY };
    return [
      {
        id: `${reader.address}@${lane.lane.address}`,
        process: reader.address,
        form: group.wire,
        paths,
        dashed: isGone(reader),
        gap: gapOf(plan, reader, at, true),
      },
    ];
  });
}

function isGone({ condition }: Process): boolean {
  return condition === 'crashed' || condition === 'down';
}

/** From a place on a lane's wire to the first stop of a consumer: straight, round a corner, or down a trunk. */
export function roadTo(plan: Plan, lane: LanePlan, group: GroupPlan, berth: Berth, start: number): Path {
  const y = levelOf(plan, lane, group).wireY;
  const stop = { x: berth.stops[0].x, y: berth.y };
  const from = { x: start, y };
  if (berth.trunk !== null) {
    return [
      from,
      { x: berth.trunk + corner, y },
      { x: berth.trunk, y: y + corner },
      { x: berth.trunk, y: berth.y - corner },
      { x: berth.trunk + corner, y: berth.y },
      stop,
    ];
  }
  if (berth.home === lane) return [from, stop];
  const siblings = group.processes.findIndex(({ address }) => address === berth.process.address);
  const bend = plan.metrics.mode === 'phone' ? 4 : 8;
  const x =
    plan.x0 -
    (plan.metrics.mode === 'phone' ? 4 : 8) -
    (siblings % 3) * (plan.metrics.mode === 'phone' ? 2 : 6);
  const turn = berth.y > y ? bend : -bend;
  return [
    from,
    { x: Math.min(start, x + bend), y },
    { x, y: y + turn },
    { x, y: berth.y - turn },
    { x: x - bend, y: berth.y },
    stop,
  ];
}

/** The line of a consumer that stands below: a branch from each lane it reads, one trunk. */
function trunkOf(plan: Plan, berth: Berth): WireFigure[] {
  const { process, group } = berth;
  const gone = isGone(process);
  const read = plan.lanes.filter(({ lane }) => {
    const pointer = lane.pointers.find((candidate) => candidate.group === group.name);
    if (isShare(group))
      return pointer !== undefined && readersOf(group, lane.address, null).includes(process);
    return (
      pointer !== undefined &&
      (pointer.owner === process.address || (gone && pointer.owner === null && group.solo))
    );
  });
  if (read.length === 0) return [];
  const paths = read.map((lane) =>
    roadTo(plan, lane, group, berth, wireStart(plan, lane, standOf(plan, lane, group))),
  );
  const middle = (berth.trunk! + corner + berth.stops[0].x) / 2;
  const gap = gapOf(plan, process, { x: middle, y: berth.y }, true);
  return [
    { id: `trunk/${process.address}`, process: process.address, form: group.wire, paths, dashed: gone, gap },
  ];
}

/** A cut or a delay between two processes, drawn at `at`. */
export function gapOf(
  plan: Plan,
  process: Process,
  at: Point,
  horizontal: boolean,
  others: readonly string[] = brokersOf(plan),
): GapFigure | null {
  const faulty = plan.view.links.filter(
    ({ from, to }) =>
      (from === process.address && others.includes(to)) || (to === process.address && others.includes(from)),
  );
  if (faulty.length === 0) return null;
  const cut = faulty.some((link) => link.cut);
  const text = cut ? plan.words.cut : plan.words.delay(Math.max(...faulty.map(({ extraMs }) => extraMs)));
  const style = { size: 14, weight: 600, tone: 'red', halo: true } as const;
  const word = horizontal
    ? plan.placer.place(
        label(at.x, at.y - 11, text, { ...style, anchor: 'middle' }),
        label(at.x + 12, at.y + 5, text, style),
        label(at.x, at.y + 21, text, { ...style, anchor: 'middle' }),
      )
    : plan.placer.place(
        label(at.x + 13, at.y + 5, text, style),
        label(at.x - 13, at.y + 5, text, { ...style, anchor: 'end' }),
      );
  plan.placer.block({ x: at.x - 9, y: at.y - 9, width: 18, height: 18 });
  return { x: at.x, y: at.y, upright: !horizontal, cut, label: word };
}

/** Brokers, and the nodes of those that have several. */
function brokersOf({ lanes }: Plan): string[] {
  return [
    ...new Set(
      lanes.flatMap(({ lane: { address, replicas = [] } }) => [
        hostOf(address),
        ...replicas.map(({ process }) => process),
      ]),
    ),
  ];
}
