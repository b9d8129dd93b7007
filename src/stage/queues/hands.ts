/** Who takes messages: a worker with its slots and its stops, or a Lambda function with the copies that run. */
import type { Face, Process, SlotMessage } from '../../kernel/shape';
import { label } from '../layout/placer';
import type { Box, Point } from '../layout/scene';
import { fitText, textWidth } from '../layout/text-width';
import { displayName } from '../names';
import { crossPath } from '../shapes/paths';
import { msSince, msUntil, textOn, type Draw } from './draw';
import type { Queue } from './model';
import { at, circlePath, of, rect } from './scene';

/** A worker as it is drawn: where its line begins, and where what it holds is tied to. */
export interface Hand {
  readonly process: Process;
  readonly entry: Point;
  /** Bottom of the slots, from the first to the last that holds something; null where nothing is held. */
  readonly tether: { readonly from: number; readonly to: number; readonly y: number } | null;
  /** The stop where it applies: its effect leaves from there. null: its code runs elsewhere. */
  readonly apply: Point | null;
}

const slotsMax = 6;

export function isGone({ condition }: Process): boolean {
  return condition === 'crashed' || condition === 'down';
}

export function drawHand(draw: Draw, process: Process, reads: readonly Queue[], area: Box): Hand {
  const { pen, m, words } = draw;
  const state = stateOf(draw, process, reads);
  const tone = isGone(process) || process.condition === 'slow' || process.condition === 'paused' ? 'red' : 'ink2';
  const name = displayName(process.name);
  const nameText = fitText(name, area.width, m.name, 600);
  const nameWidth = textWidth(nameText, m.name, 600);
  const first = area.y + m.name;
  pen.text(area.x, first, nameText, { size: m.name, weight: 600 });
  const style = { size: 14, tone, weight: tone === 'red' ? 600 : 400 } as const;
  const oneLine = textWidth(state, 14, style.weight) <= area.width - nameWidth - 8;
  const isTall = area.height >= 84;
  if (oneLine) pen.place(label(area.x + nameWidth + 8, first, state, style));
  else if (isTall) pen.place(label(area.x, first + 18, fitText(state, area.width, 14, style.weight), style));
  else pen.place(label(area.x + nameWidth + 8, first, fitText(state, Math.max(20, area.width - nameWidth - 8), 14, style.weight), style));
  const lineY = Math.round(first + (oneLine || !isTall ? 8 : 26) + m.slot / 2);
  const box = { x: area.x, y: area.y, width: area.width, height: lineY + m.slot / 2 - area.y };
  const reading = reads.map(({ address }) => displayName(address.split('/').at(-1) ?? address));
  const held = process.slots ? [words.saysHolds(process.slots.messages.map(({ face }) => face.label), process.slots.size)] : [];
  pen.item(`process/${process.address}`, [words.saysConsumer(name, reading, state), ...held].join(', '), box, at(process.address));
  if (process.environments) {
    drawEnvironments(draw, process, area, lineY);
    return { process, entry: { x: area.x, y: lineY }, tether: null, apply: null };
  }
  if (process.slots) return drawSlots(draw, process, area, lineY, reads);
  const apply = drawStops(draw, process, reads, area.x, area.x + area.width, lineY, true);
  return { process, entry: { x: area.x, y: lineY }, tether: null, apply };
} // prettier-ignore

function stateOf(draw: Draw, process: Process, reads: readonly Queue[]): string {
  const { words, captions } = draw;
  const { condition, current, step, brokeBefore, environments, slots, applied } = process;
  if (condition === 'down') return words.down(msSince(draw, process.conditionSince));
  if (condition === 'crashed') return words.crashed(brokeBefore);
  const trouble = condition === 'slow' ? words.slow : condition === 'paused' ? words.paused : null;
  if (environments) {
    const alive = environments.filter(({ state }) => state !== 'gone');
    const busy = alive.filter(({ state }) => state === 'busy' || state === 'cold');
    return alive.length === 0 ? words.noEnvironment : words.environments(busy.length, alive.length);
  }
  const polling = reads.flatMap((queue) => (queue.shape === 'pile' ? queue.polling : []));
  const asking = current ? undefined : polling.find((one) => one.process === process.address);
  if (asking) return [captions[process.address], trouble, words.waitsLong(msUntil(draw, asking.until))].filter(Boolean).join(', '); // prettier-ignore
  const doing =
    current && step
      ? `${words.step(step.name)} ${current.label}`
      : step
        ? words.step(step.name)
        : slots && slots.size !== null && slots.count >= slots.size
          ? words.full
          : applied > 0
            ? `${words.waiting}, ${words.handled(applied)}`
            : words.waiting;
  return [captions[process.address], trouble, doing].filter(Boolean).join(', ');
}

/** Prefetch slots on the worker's own line; a worker without a limit has an open row. */
function drawSlots(draw: Draw, process: Process, area: Box, y: number, reads: readonly Queue[]): Hand {
  const { pen, m, words } = draw;
  const { size, messages, count } = process.slots!;
  const gone = isGone(process);
  const stopsRoom = m.mode === 'phone' ? 40 : 84;
  const fitting = Math.max(1, Math.floor((area.width - stopsRoom) / m.slot));
  const wanted = size === null ? Math.max(1, Math.min(messages.length, slotsMax)) : Math.min(size, slotsMax);
  const shown = Math.min(wanted, fitting);
  const top = y - m.slot / 2;
  const right = area.x + shown * m.slot;
  const isOpen = size === null || size > shown;
  const look = gone ? 'stroke dashed' : 'stroke';
  pen.stroke(`M${area.x} ${top}H${right}M${area.x} ${top}V${top + m.slot}${isOpen ? '' : `M${right} ${top}V${top + m.slot}`}`, look);
  pen.stroke(`M${area.x} ${top + m.slot}H${right}`, gone ? 'stroke dashed' : 'stroke bold');
  for (let slot = 1; slot < shown; slot++)
    pen.stroke(`M${area.x + slot * m.slot} ${top}V${top + m.slot}`, gone ? 'stroke dashed' : 'stroke ink3');
  const held = messages.slice(0, shown);
  held.forEach((message, index) => drawSlot(draw, process, message, area.x + (index + 0.5) * m.slot, y, index));
  const rest = Math.max(0, count - held.length);
  if (rest > 0) pen.text(right + 4, top + 12, words.more(rest), { size: 14, weight: 600 });
  const apply = drawStops(draw, process, reads, right + (rest > 0 && m.mode === 'phone' ? 14 : 0), area.x + area.width, y, false);
  const tether = held.length === 0 ? null : { from: area.x + m.slot / 2, to: area.x + (held.length - 0.5) * m.slot, y: top + m.slot };
  return { process, entry: { x: area.x, y }, tether, apply };
} // prettier-ignore

function drawSlot(draw: Draw, process: Process, { face, queue, tag, redelivered }: SlotMessage, x: number, y: number, index: number): void {
  const { pen, m, words } = draw;
  const radius = Math.min(m.slot / 2 - 5, 15);
  const isCurrent = process.current?.message === face.message;
  pen.face(face, x, y, radius, { text: textOn(face, radius), edge: redelivered ? 'second' : 'plain' });
  if (isCurrent) pen.over(rect({ x: x - m.slot / 2 + 1.5, y: y - m.slot / 2 + 1.5, width: m.slot - 3, height: m.slot - 3 }), 'stroke bold');
  const box = { x: x - m.slot / 2, y: y - m.slot / 2, width: m.slot, height: m.slot };
  const name = words.saysSlot(face.label, displayName(queue.split('/').at(-1) ?? queue), tag);
  pen.item(`slot/${process.address}/${tag}/${index}`, name, box, of(face.message));
} // prettier-ignore

const usualStops: Readonly<Record<Queue['shape'], readonly string[]>> = {
  stack: ['apply', 'ack'],
  pile: ['apply', 'delete'],
  lane: ['apply', 'commit'],
};

/** The stops of the work on a line: apply, then what tells the broker. A crash breaks the line before the one it missed. */
function drawStops(draw: Draw, process: Process, reads: readonly Queue[], left: number, right: number, y: number, carries: boolean): Point | null {
  const { pen, m, words, model } = draw;
  const own = process.steps.filter((name) => name !== 'receive' && name !== 'read');
  const names = own.length > 0 ? own : usualStops[reads[0]?.shape ?? 'stack'];
  const gone = isGone(process);
  const start = left + (carries ? (m.mode === 'phone' ? 38 : 78) : m.mode === 'phone' ? 12 : 26);
  const step = Math.min(m.mode === 'phone' ? 30 : carries ? 58 : 46, Math.max(14, (right - 16 - start) / Math.max(1, names.length - 1)));
  const stops = names.map((name, index) => ({ name, x: start + index * step }));
  const end = stops.at(-1)?.x ?? start;
  const broken = process.condition === 'crashed' ? brokenAt(process, stops, step) : null;
  const line = gone ? 'stroke dashed' : 'stroke bold';
  pen.stroke(broken === null ? `M${left} ${y}H${end}` : `M${left} ${y}H${broken - 8}M${broken + 8} ${y}H${end}`, line);
  if (carries) drawCarried(draw, process, left, stops, y);
  for (const { name, x } of stops) {
    pen.over(circlePath(x, y, m.stop), gone ? 'outline thin' : 'outline bold');
    if (process.pins.includes(name) && !gone) pen.sign('pin', x - step / 2, y);
    const style = { size: 14, tone: 'ink2', anchor: 'middle' } as const;
    const above = label(x, y - m.stop - 7, words.stop(name), style);
    // A line may lead down from here to a store.
    const isBelow = carries && model.stores.length === 0;
    const base = y + m.stop + 17;
    const beside = name === 'apply' && model.stores.length > 0 ? [label(x + 6, base, words.stop(name), { ...style, anchor: 'start' }), label(x - 5, base, words.stop(name), { ...style, anchor: 'end' })] : [label(x, base, words.stop(name), style)];
    if (m.mode !== 'phone') pen.place(isBelow ? label(x, y + 30, words.stop(name), style) : above, ...beside);
  }
  if (broken !== null) pen.over(`M${broken - 8} ${y - 7}v14M${broken + 8} ${y - 7}v14${crossPath(broken, y, 4)}`, 'stroke bold red');
  if (process.condition === 'slow' || process.condition === 'paused') pen.sign(process.condition, end + 20, y);
  const apply = stops.find(({ name }) => name === 'apply') ?? stops[0];
  return apply ? { x: Math.round(apply.x), y } : null;
} // prettier-ignore

function brokenAt(
  { brokeBefore }: Process,
  stops: readonly { readonly name: string; readonly x: number }[],
  step: number,
): number {
  const stop = stops.find(({ name }) => name === brokeBefore) ?? stops[0];
  return (stop?.x ?? 0) - Math.min(step / 2, 20);
}

/** A copy of what it has in hand, before the stop it is at; what waits stands behind it. */
function drawCarried(draw: Draw, process: Process, left: number, stops: readonly { readonly name: string; readonly x: number }[], y: number): void {
  const { current, queued, step, address } = process;
  const at = stops.find(({ name }) => name === step?.name) ?? stops[0];
  if (current && at) drawCopy(draw, address, current, at.x - (draw.m.mode === 'phone' ? 15 : 29), y);
  const room = draw.m.mode === 'phone' ? 1 : 2;
  const waiting = queued.slice(0, room);
  waiting.forEach((face, index) => {
    const x = left + 14 + index * 14;
    draw.pen.face(face, x, y, 6, { plate: true });
  });
  const rest = queued.length - waiting.length;
  if (rest > 0) draw.pen.place(label(left + 4, y + 22, draw.words.more(rest), { size: 14, tone: 'ink2' }), label(left + 4, y - 12, draw.words.more(rest), { size: 14, tone: 'ink2' }));
} // prettier-ignore

function drawCopy(draw: Draw, address: string, face: Face, x: number, y: number): void {
  const { pen, m, words, model } = draw;
  const radius = m.mode === 'phone' ? 10 : 14;
  const receives = model.queues.flatMap((queue) => (queue.shape === 'pile' ? queue.cells : [])).find((cell) => cell.face.message === face.message)?.receives ?? 1;
  pen.face(face, x, y, radius, { text: textOn(face, radius), plate: true, edge: receives > 1 ? 'second' : 'plain' });
  if (receives > 1) pen.place(label(x + radius + 7, y - radius + 1, words.nth(receives), { size: 14, weight: 700 }), label(x, y - radius - 8, words.nth(receives), { size: 14, weight: 700, anchor: 'middle' }));
  const box = { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
  pen.item(`held/${address}/${face.message}`, words.saysHeld(face.label), box, of(face.message));
} // prettier-ignore

/** A box for each copy of the function: they come to be as they are needed, and fade. */
function drawEnvironments(draw: Draw, { address, environments = [] }: Process, area: Box, y: number): void {
  const { pen, m, words } = draw;
  const side = m.slot;
  const step = side + 8;
  const columns = Math.max(1, Math.floor((area.width - 14) / step));
  const rows = Math.max(1, Math.floor((area.y + area.height - (y - side / 2)) / step));
  const shown = environments.slice(0, columns * rows);
  shown.forEach((environment, index) => {
    const box = { x: area.x + 14 + (index % columns) * step, y: y - side / 2 + Math.floor(index / columns) * step, width: side, height: side };
    const [x, middle] = [box.x + side / 2, box.y + side / 2];
    const { state, faces } = environment;
    const fading = state === 'gone' ? Math.max(0.25, 1 - msSince(draw, environment.since) / 4000) : undefined;
    pen.stroke(rect(box), state === 'busy' ? 'outline bold' : state === 'cold' ? 'outline bold dashed' : state === 'gone' ? 'outline dotted' : 'outline thin', fading);
    pen.placer.block(box);
    const radius = faces.length > 1 ? Math.min(7, side / 5) : Math.min(side / 2 - 6, 14);
    faces.slice(0, 4).forEach((face, at) => {
      const spot = faces.length === 1 ? { x, y: middle } : { x: box.x + side * (at % 2 === 0 ? 0.3 : 0.7), y: box.y + side * (at < 2 ? 0.3 : 0.7) };
      pen.face(face, spot.x, spot.y, radius, { text: faces.length === 1 ? textOn(face, radius) : null, opacity: state === 'cold' ? 0.42 : 1 });
    });
    if (faces.length > 4) pen.text(box.x + side - 2, box.y + side - 2, words.more(faces.length - 4), { size: 14, anchor: 'end', halo: true });
    const name = words.saysEnvironment(environment.id, words.environment[state], faces.map(({ label }) => label));
    pen.item(`environment/${address}/${environment.id}`, name, box, faces[0] ? of(faces[0].message) : at(address));
  });
  const rest = environments.length - shown.length;
  if (rest > 0) pen.place(label(area.x + area.width, area.y + area.height, words.more(rest), { size: 14, weight: 600, anchor: 'end' }));
} // prettier-ignore
