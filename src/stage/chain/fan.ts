/** What happens after the answer: the API's own steps, the topic it publishes to, and everybody who reads there. */
import type { Process } from '../../kernel/shape';
import { label } from '../layout/placer';
import type { Label, Point } from '../layout/scene';
import { fitText, textWidth } from '../layout/text-width';
import { serviceName, shapesOf } from '../names';
import { apiOf, clientOf } from './heads';
import { cornered } from './line';
import { consumerPitch, fanHead, isGone, sinceMs, titleHeight, type Block, type ChainPlan } from './plan';
import type { DesignFigure, LineFigure, Passage, Path, StopFigure, StripFigure } from './scene';
import { around, boxWith, conditionOf, gapOf, signOf } from './stops';

const text = 14;
const corner = 10;

interface Room {
  readonly y: number;
  readonly client: Point;
  readonly head: Point;
  readonly steps: readonly Point[];
  readonly strip: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly bus: number;
  readonly trunk: number;
  readonly columns: readonly number[];
  readonly column: number;
}

/** `api`: where the chain above has drawn the API already; null: it is drawn here. */
export function fanOf(plan: ChainPlan, block: Block, above: StopFigure | null): Omit<DesignFigure, 'title'> {
  const { design } = block;
  const room = roomOf(plan, block, above);
  const client = above ? null : clientOf(plan, block, room.client, clientPlaces(plan, room));
  const api = above ?? apiOf(plan, block, room.head, apiPlaces(room));
  const steps = design.steps.map((step, index) => stepOf(plan, block, step, room.steps[index]));
  const strip = stripOf(plan, block, room);
  if (strip && plan.size.mode !== 'phone') {
    const end = room.columns.at(-1)!;
    const left = Math.min(room.columns[0], room.trunk);
    plan.placer.block({ x: left, y: room.bus - 2, width: end - left, height: 4 });
    plan.placer.block({ x: room.trunk - 2, y: room.strip.y, width: 4, height: room.bus - room.strip.y });
  }
  const most = Math.max(20, ...design.consumers.map((one) => waitingOf(plan, one)));
  const consumers = design.consumers.map((process, index) =>
    consumerOf(plan, block, process, consumerPlace(plan, room, index), most),
  );
  const way = [room.client, room.head];
  const reads = consumers.map((stop) => readWay(plan, room, stop));
  return {
    id: design.id,
    lines: [
      ...(client ? [{ id: `${design.id}/client`, path: way, form: 'way' } as const] : []),
      ...stepLines(block, room),
      ...(strip ? [feedOf(design.id, room)] : []),
      ...consumers.map((stop, index): LineFigure => ({
        id: `${design.id}/reads/${index}`,
        path: reads[index],
        form: stop.process && isGone(stop.process) ? 'expected' : 'behind',
      })),
    ],
    arrows: strip ? [{ x: strip.box.x + strip.box.width + 3, y: room.strip.y, towards: 'left' }] : [],
    stops: [...(client ? [client] : []), ...(above ? [] : [api]), ...steps, ...consumers],
    strip,
    passages: new Map(
      consumers.flatMap((stop, index): [string, Passage][] =>
        stop.process ? [[stop.process.address, { path: reads[index], legs: 2, at: 1 }]] : [],
      ),
    ),
    steps: new Map(design.steps.map((step, index) => [step, room.steps[index]])),
    client: design.client?.address ?? null,
    clientWay: way,
    ways: waysOf(block, room, reads),
    orders: design.head.inHand ?? 0,
  };
}

function roomOf(plan: ChainPlan, block: Block, above: StopFigure | null): Room {
  const { design, fanTop, form } = block;
  const { pad, size } = plan;
  const phone = form === 'phone';
  const roomy = form === 'roomy';
  const title = phone && block.title !== null && !above ? titleHeight : 0;
  const y = above ? fanTop : fanTop + title + fanHead[roomy ? 'roomy' : 'low'];
  const count = Math.max(1, design.consumers.length);
  const perRow = phone ? 2 : Math.max(2, Math.ceil(count / 2));
  const column = (size.width - 2 * pad - (phone ? 14 : 10)) / perRow;
  const columns = Array.from({ length: perRow }, (_, index) =>
    Math.round(pad + (phone ? 24 : 10) + index * column),
  );
  const step = phone ? 66 : 82;
  const head = { x: phone ? pad + 82 : pad + 128, y };
  const steps = design.steps.map((_, index) => ({ x: head.x + (phone ? 76 : 96) + index * step, y }));
  const after = (steps.at(-1)?.x ?? head.x) + 44;
  const trunk = phone ? pad + 6 : (columns.find((x) => x - 14 >= after) ?? columns.at(-1)!) - 14;
  const height = roomy ? 30 : 26;
  const stripX = phone ? pad + 6 : trunk - 12;
  const stripY = y + (phone ? 66 : roomy ? 40 : 33);
  const bottom = stripY + height / 2;
  return {
    ...{ y, head, steps, trunk, columns, column },
    client: { x: pad + 10, y },
    strip: { x: stripX, y: stripY, width: size.width - pad - 46 - stripX, height },
    bus: phone ? bottom + 14 : bottom + (roomy ? 50 : 46),
  };
}

function stepLines({ design }: Block, { head, steps, y }: Room): LineFigure[] {
  const { id, stepsBeforeAnswer } = design;
  if (steps.length === 0) return [];
  const answer = steps[Math.min(steps.length, stepsBeforeAnswer) - 1] ?? head;
  const out = [head, answer];
  const home = cornered(
    [answer, { x: answer.x + 22, y }, { x: answer.x + 22, y: y + 26 }, { x: head.x, y: y + 26 }, head],
    corner,
  );
  const later = steps.slice(stepsBeforeAnswer);
  return [
    { id: `${id}/steps`, path: out, form: 'way' },
    { id: `${id}/answer`, path: home, form: 'way' },
    ...later.map((to, index): LineFigure => ({
      id: `${id}/later/${index}`,
      path: [later[index - 1] ?? answer, to],
      form: 'behind',
    })),
  ];
}

/** From the last step over the log to its open end. */
function feedWay({ steps, head, strip }: Room): Path {
  const from = steps.at(-1) ?? head;
  const right = strip.x + strip.width + 24;
  return cornered([from, { x: right, y: from.y }, { x: right, y: strip.y }, { x: strip.x + strip.width + 4, y: strip.y }], corner); // prettier-ignore
}

function feedOf(id: string, room: Room): LineFigure {
  return { id: `${id}/feed`, path: feedWay(room), form: 'behind' };
}

/** From the log down its trunk, along the bus, to the one who reads. */
function readWay(plan: ChainPlan, { strip, trunk, bus, columns }: Room, { x, y }: Point): Path {
  const from = { x: trunk, y: strip.y + strip.height / 2 };
  if (plan.size.mode !== 'phone') {
    const down = { x: trunk, y: bus };
    const branch = [down, { x, y: bus }, { x, y }];
    // Between the ends a branch leaves the bus at a right angle: fourteen bends side by side look like arrows.
    return [from, ...(x === columns[0] || x === columns.at(-1) ? cornered(branch, corner) : branch)];
  }
  return cornered([from, { x: trunk, y }, { x, y }], 8);
}

function waysOf({ design }: Block, room: Room, reads: readonly Path[]): DesignFigure['ways'] {
  const ways = new Map<string, Path>();
  for (const lane of design.lanes) {
    ways.set(`${design.head.address}>${lane.address}`, feedWay(room));
    for (const [index, { address }] of design.consumers.entries())
      ways.set(`${lane.address}>${address}`, reads[index]);
  }
  return ways;
}

function stepOf(plan: ChainPlan, { design, row }: Block, step: string, { x, y }: Point): StopFigure {
  const { placer, radius, words } = plan;
  const own = radius - 1;
  placer.block(around({ x, y }, own + 2));
  const name = placer.put(label(x, y - own - 9, step, { size: text, anchor: 'middle' }));
  const count = (design.head.serving ?? []).filter((one) => one.step === step).length;
  return {
    item: {
      id: `step/${design.id}/${step}`,
      name: words.saysStep(step, count),
      selects: { kind: 'address', address: design.id },
      box: boxWith({ x, y }, [name]),
      row,
    },
    ...{ process: null, x, y, radius: own, labels: [name], sign: null, gap: null, stalled: null, bar: null },
  };
}

function stripOf(plan: ChainPlan, { design, row }: Block, { strip, y }: Room): StripFigure | null {
  const { placer, words, token } = plan;
  if (design.lanes.length === 0) return null;
  const { x, width, height } = strip;
  const box = { x, y: strip.y - height / 2, width, height };
  placer.block(box);
  const topic = design.lanes[0].place;
  const count = design.lanes.reduce((sum, { logStart, logEnd }) => sum + logEnd - logStart, 0);
  const base = plan.size.mode === 'phone' ? strip.y - height / 2 - 8 : (y + strip.y - height / 2) / 2 + 6;
  const name = placer.put(
    label(x, base, fitText(topic, width / 2, text, 600), { size: text, weight: 600, halo: true }),
  );
  const many = placer.place(
    label(x + textWidth(name.text, text, 600) + 10, base, words.records(count), {
      size: text,
      tone: 'ink2',
      halo: true,
    }),
  );
  const cell = 2 * token + 8;
  const room = Math.floor((width - 10) / cell);
  const newest = design.lanes
    .flatMap(({ cells }) => cells)
    .sort((a, b) => a.timestamp - b.timestamp || a.face.message - b.face.message)
    .slice(-room);
  const faces = newest.map(({ face }, index) => ({ face, x: x + 4 + (index + 0.5) * cell, y: strip.y }));
  return {
    item: {
      id: `strip/${design.id}`,
      name: words.saysStrip(topic, count),
      selects: { kind: 'address', address: design.lanes[0].address },
      box,
      row: row + 1,
    },
    box,
    labels: many ? [name, many] : [name],
    faces,
    dividers: Array.from({ length: newest.length }, (_, index) => x + 4 + (index + 1) * cell),
  };
}

interface ConsumerPlace extends Point {
  readonly above: boolean;
  readonly room: number;
  readonly row: number;
}

function consumerPlace(plan: ChainPlan, { bus, columns, column }: Room, index: number): ConsumerPlace {
  const perRow = columns.length;
  if (plan.size.mode === 'phone') {
    const row = Math.floor(index / 2);
    return { x: columns[index % 2], y: bus + 14 + row * consumerPitch, above: false, room: column - 40, row };
  }
  const row = Math.floor(index / perRow);
  const y = row === 0 ? bus - 25 : bus + 22 + (row - 1) * consumerPitch;
  return { x: columns[index % perRow], y, above: row === 0, room: column - 34, row };
}

function waitingOf({ view, options }: ChainPlan, { group }: Process): number {
  if (group === null) return 0;
  const measured = options.backlogs?.get(group);
  if (measured) return measured.waiting;
  return shapesOf(view.shapes, 'group').find(({ name }) => name === group)?.lag ?? 0;
}

/** A consumer in brief: its name, how much waits for it, and how soon that will be done. */
function consumerOf(
  plan: ChainPlan,
  { row, design }: Block,
  process: Process,
  place: ConsumerPlace,
  most: number,
): StopFigure {
  const { placer, words, radius, options } = plan;
  const { x, y, room } = place;
  const own = radius - 1;
  const waiting = waitingOf(plan, process);
  const clears = (process.group === null ? null : options.backlogs?.get(process.group)?.drainedInMs) ?? null;
  const state = conditionOf(plan, process, sinceMs(plan, process.conditionSince));
  const gone = isGone(process);
  placer.block(around({ x, y }, own + 2));
  const left = x + own + 6;
  const isSlow = process.condition === 'slow' || process.condition === 'paused';
  const fullName = serviceName(process, design.consumers);
  const labels = consumerLabels(plan, { x: left, y }, room, {
    ...{ name: fullName, waiting, clears, gone, isMany: waiting > most / 10 },
    state: gone ? state : null,
  });
  const broker = (process.owns[0] ?? design.lanes[0]?.address ?? '').split('/')[0];
  return {
    item: {
      id: `process/${process.address}`,
      name: words.saysConsumer(fullName, state, waiting, clears),
      selects: { kind: 'address', address: process.address },
      box: { x: x - 12, y: y - 17, width: Math.max(24, left - x + 12 + Math.min(room, 104)), height: 36 },
      row: row + 10 + place.row,
    },
    process,
    ...{ x, y, radius: own, labels, stalled: null },
    sign: isSlow ? signOf(process, labels[0]) : null,
    gap: gapOf(plan, process.name, broker, { x, y: place.above ? y + 14 : y - 13 }, true),
    bar:
      waiting === 0
        ? null
        : { box: { x: left, y: y + 18, width: room, height: 4 }, share: Math.min(1, waiting / most) },
  };
}

interface ConsumerTexts {
  readonly name: string;
  readonly waiting: number;
  readonly clears: number | null;
  readonly gone: boolean;
  readonly isMany: boolean;
  /** Written after the name. */
  readonly state: string | null;
}

function consumerLabels(
  { placer, words }: ChainPlan,
  { x, y }: Point,
  room: number,
  texts: ConsumerTexts,
): Label[] {
  const { name, waiting, clears, gone, isMany, state } = texts;
  const tone = gone ? 'red' : 'ink';
  const weight = gone ? 700 : 400;
  const shown = label(x, y - 3, fitText(name, room, text, weight), { size: text, tone, weight, halo: true });
  const labels = [placer.place(shown) ?? placer.put(shown)];
  const soon = clears !== null && waiting > 20 ? words.clears(waiting, clears) : null;
  const hasRoom = soon !== null && textWidth(soon, text, isMany ? 700 : 400) <= room;
  const says = hasRoom ? soon : words.waiting(waiting);
  const style = {
    size: text,
    weight: isMany ? 700 : 400,
    tone: waiting > 0 ? tone : 'ink2',
    halo: true,
  } as const;
  const count = placer.place(label(x, y + 14, says, style));
  if (count) labels.push(count);
  const after = x + textWidth(shown.text, text, weight) + 6;
  if (state !== null && after + textWidth(state, text, 600) <= x + room + 12) {
    const placed = placer.place(label(after, y - 3, state, { size: text, weight: 600, tone, halo: true }));
    if (placed) labels.push(placed);
  }
  return labels;
}

type Places = Parameters<typeof clientOf>[3];
const at = (x: number, y: number, anchor: Label['anchor'] = 'start') => ({ x, y, anchor });

function clientPlaces({ pad, size }: ChainPlan, { client }: Room): Places {
  if (size.mode === 'phone')
    return {
      name: [at(pad, client.y - 17), at(pad, client.y + 27)],
      lines: [at(pad, client.y + 25), at(pad, client.y + 44)],
    };
  return {
    name: [at(pad + 2, client.y - 18), at(pad + 2, client.y + 27)],
    lines: [at(pad + 2, client.y + 26), at(pad + 2, client.y + 44), at(pad + 2, client.y + 61)],
  };
}

function apiPlaces({ head }: Room): Places {
  return {
    name: [at(head.x, head.y - 18, 'middle')],
    lines: [at(head.x + 6, head.y + 44), at(head.x + 6, head.y + 61)],
  };
}
