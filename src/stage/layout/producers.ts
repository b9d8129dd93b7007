/** Producers: a stop at the top right, a trunk down the right edge, an arrow into every lane's open end. */
import type { Process } from '../../kernel/shape';
import { displayName } from '../names';
import { baseline, label } from './placer';
import type { LanePlan, Plan } from './plan';
import type { Label, Point, ProducerFigure } from './scene';
import { textWidth } from './text-width';
import { gapOf, type Path } from './wires';

const corner = 12;

export function producersOf(plan: Plan): ProducerFigure[] {
  return plan.producers.map((process, index) => producerOf(plan, process, index));
}

function producerOf(plan: Plan, process: Process, index: number): ProducerFigure {
  const { metrics, words, placer, lanes, size } = plan;
  const { x, y } = stopOf(plan, index);
  const down = process.condition === 'down' || process.condition === 'crashed';
  const state = down
    ? process.condition === 'down'
      ? words.condition.down(-plan.until(process.conditionSince))
      : words.condition.crashed
    : process.condition === 'up'
      ? (plan.options.captions?.[process.address] ?? null)
      : words.condition[process.condition];
  const left = x - metrics.stop - 8;
  const nameSize = metrics.mode === 'wide' ? 15 : 14;
  const name = label(left, baseline(y, nameSize), displayName(process.name), {
    size: nameSize,
    weight: 600,
    anchor: 'end',
  });
  const labels: Label[] = [placer.put(name)];
  if (state) {
    const end = left - textWidth(name.text, nameSize, 600) - 10;
    const style = { size: 14, anchor: 'end', tone: down ? 'red' : 'ink2', weight: down ? 600 : 400 } as const;
    const caption = placer.place(label(end, baseline(y, 14), state, style));
    if (caption) labels.push(caption);
  }
  placer.block({
    x: x - metrics.stop - 2,
    y: y - metrics.stop - 2,
    width: 2 * metrics.stop + 4,
    height: 2 * metrics.stop + 4,
  });
  const arrows = lanes.map((lane) => entryOf(plan, lane));
  const sentence = [words.saysProducer(displayName(process.name), state ?? words.condition.up)];
  if (process.queued.length > 0) sentence.push(words.saysWaiting(process.queued.length));
  const gap = gapOf(plan, process, { x, y: y + metrics.stop + (metrics.mode === 'phone' ? 20 : 38) }, false);
  if (gap?.cut) sentence.push(words.saysCut(words.stage));
  return {
    item: {
      id: `process/${process.address}`,
      name: sentence.join(', '),
      selects: { kind: 'address', address: process.address },
      box: {
        x: left - textWidth(name.text, nameSize, 600) - 3,
        y: y - 13,
        width: Math.min(size.width, x + metrics.stop + 4) - (left - textWidth(name.text, nameSize, 600) - 3),
        height: 26,
      },
      row: -10 + index,
    },
    process,
    x,
    y,
    radius: metrics.stop,
    labels,
    paths: lanes.map((lane) => pathInto(plan, index, lane)),
    arrows,
    down,
    gap,
  };
}

export function stopOf({ metrics, size }: Plan, index: number): Point {
  return {
    x: size.width - metrics.pad - metrics.trunkRight - index * 12,
    y: headerY(metrics.mode) + index * 18,
  };
}

/** Middle of the header line. */
export function headerY(mode: Plan['metrics']['mode']): number {
  return mode === 'wide' ? 15 : 12;
}

/** Tip of the arrow at a lane's open end. */
export function entryOf(plan: Plan, { y, x, end, following }: LanePlan): Point {
  const right = following ? x(end) + plan.cell * 0.38 : x.range()[1] + 10;
  return { x: Math.round(right), y: y + plan.cellHeight / 2 };
}

/** The road of a record from its producer into a lane. */
export function pathInto(plan: Plan, index: number, lane: LanePlan): Path {
  const from = stopOf(plan, index);
  const to = entryOf(plan, lane);
  const bend = Math.min(corner, Math.max(0, from.x - to.x - 12));
  return [from, { x: from.x, y: to.y - bend }, { x: from.x - bend, y: to.y }, { x: to.x + 8, y: to.y }];
}
