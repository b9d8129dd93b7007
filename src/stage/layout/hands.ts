/** What a consumer has in hand, and what it has fetched and not yet begun. */
import type { Face } from '../../kernel/shape';
import { displayName } from '../names';
import { baseline, label } from './placer';
import type { Plan } from './plan';
import type { Point, StationFigure } from './scene';
import type { Berth } from './stations';

/** What it has in hand stands at the stop of the present step. */
export function currentOf(plan: Plan, berth: Berth, entry: number): StationFigure['current'] {
  const { process, stops, y, row, home } = berth;
  const face: Face | null = process.current;
  if (!face || process.condition === 'crashed' || process.condition === 'down') return null;
  const radius = plan.metrics.token;
  const x = stops.find(({ name }) => name === process.step?.name)?.x ?? entry;
  const text = plan.metrics.mode === 'phone' ? null : face.label;
  const style = { size: 14, weight: 600, mono: true } as const;
  const candidates: Point[] = [
    { x: x + radius + 4, y: y - 7 },
    { x: x + radius + 4, y: y + 18 },
  ];
  const placed =
    text === null
      ? null
      : plan.placer.place(
          ...candidates.map((at) => label(at.x, at.y, text, { ...style, halo: home === null })),
        );
  const { words } = plan;
  return {
    face,
    x,
    y,
    label: placed,
    item: {
      id: `current/${process.address}`,
      name: `${words.saysHolds(face.label, words.step(process.step?.name ?? 'receive'))}, ${displayName(process.name)}`,
      selects: { kind: 'message', message: face.message },
      box: { x: x - 12, y: y - 12, width: 24, height: 24 },
      row,
    },
  };
}

/** Fetched and waiting: a row of small tokens on the line before the first stop. */
export function queueOf(
  plan: Plan,
  { process, home, y, stops }: Berth,
): Pick<StationFigure, 'queued' | 'queuedMore'> {
  if (process.queued.length === 0 || process.condition === 'crashed' || process.condition === 'down')
    return { queued: [], queuedMore: null };
  const shown = Math.min(process.queued.length, plan.metrics.mode === 'phone' ? 2 : 4);
  const spacing = 14;
  const direction = home ? 1 : -1;
  const faulty = plan.view.links.some(({ from, to }) => from === process.address || to === process.address);
  const start = home ? plan.x0 + (faulty ? 32 : 8) : stops[0].x - plan.metrics.stop - 12;
  const available = home ? shown : Math.min(shown, 2);
  const queued = process.queued
    .slice(0, available)
    .map((face, index) => ({ face, x: start + direction * index * spacing, y }));
  const last = queued.at(-1);
  const rest = process.queued.length - queued.length;
  for (const { x } of queued) plan.placer.block({ x: x - 6, y: y - 6, width: 12, height: 12 });
  if (rest === 0 || !last) return { queued, queuedMore: null };
  const text = plan.words.more(rest);
  const more = home
    ? plan.placer.place(
        label(last.x + 10, baseline(y, 14), text, { size: 14, halo: true }),
        label(plan.x0 + 2, y - 9, text, { size: 14, halo: true }),
      )
    : plan.placer.place(label(last.x, y - 10, text, { size: 14, anchor: 'middle', halo: true }));
  return { queued, queuedMore: more };
}
