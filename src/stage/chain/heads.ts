/** Who asks and who is asked: the two stops every design begins with. */
import type { Process } from '../../kernel/shape';
import { label } from '../layout/placer';
import type { Label, Point } from '../layout/scene';
import { displayName } from '../names';
import { isGone, sinceMs, type Block, type ChainPlan } from './plan';
import type { StopFigure } from './scene';
import { around, boxWith, conditionOf, signOf } from './stops';

const text = 14;

interface Places {
  /** Candidates for the name, and for each line below it. */
  readonly name: readonly (Point & { readonly anchor: Label['anchor'] })[];
  readonly lines: readonly (Point & { readonly anchor: Label['anchor'] })[];
}

export function clientOf(
  plan: ChainPlan,
  { design, row }: Block,
  at: Point,
  places: Places,
): StopFigure | null {
  const { client } = design;
  if (!client) return null;
  const { words, options } = plan;
  const name = displayName(client.name);
  const caption =
    options.captions?.[client.address] ??
    (client.ratePerSecond === undefined ? null : words.rate(client.ratePerSecond));
  const failed = client.failedBy ? (client.failedBy[design.head.address] ?? 0) : (client.failed ?? 0);
  const state =
    client.condition === 'up' ? null : conditionOf(plan, client, sinceMs(plan, client.conditionSince));
  return headStop(plan, client, at, places, {
    ...{ name, row },
    says: words.saysClient(name, caption, client.inHand ?? 0, failed),
    lines: [
      state === null ? null : { text: state, tone: 'red' },
      caption === null ? null : { text: caption, tone: 'ink2' },
      failed === 0 ? null : { text: words.failed(failed), tone: 'red' },
    ],
  });
}

export function apiOf(plan: ChainPlan, { design, row }: Block, at: Point, places: Places): StopFigure {
  const { head, stations, mode } = design;
  const { words } = plan;
  const name = displayName(head.name);
  const open = head.inHand ?? head.serving?.length ?? 0;
  const again = (head.calls ?? []).filter(({ attempt }) => attempt > 1).length;
  const state = head.condition === 'up' ? null : conditionOf(plan, head, sinceMs(plan, head.conditionSince));
  return headStop(plan, head, at, places, {
    ...{ name, row },
    says: words.saysHead(name, open, stations.length, mode === 'parallel'),
    lines: [
      state === null ? null : { text: state, tone: isGone(head) ? 'red' : 'ink' },
      { text: words.waitingFor(open), tone: 'ink2' },
      again === 0 ? null : { text: words.again(again), tone: 'ink2' },
    ],
  });
}

interface HeadTexts {
  readonly name: string;
  readonly says: string;
  readonly row: number;
  readonly lines: readonly ({ readonly text: string; readonly tone: Label['tone'] } | null)[];
}

function headStop(
  plan: ChainPlan,
  process: Process,
  at: Point,
  places: Places,
  texts: HeadTexts,
): StopFigure {
  const { placer, radius } = plan;
  const own = radius + 3;
  const { row } = texts;
  placer.block(around(at, own + 2));
  const size = plan.size.mode === 'wide' ? 16 : text;
  const name = placer.place(
    ...places.name.map(({ x, y, anchor }) =>
      label(x, y, texts.name, { size, weight: 600, anchor, halo: true }),
    ),
  );
  const labels: Label[] = name ? [name] : [];
  const free = [...places.lines];
  for (const line of texts.lines) {
    if (line === null) continue;
    const weight = line.tone === 'red' ? 600 : 400;
    const placed = placer.place(
      ...free.map(({ x, y, anchor }) =>
        label(x, y, line.text, { size: text, tone: line.tone, weight, anchor, halo: true }),
      ),
    );
    if (placed) labels.push(placed);
  }
  return {
    item: {
      id: `process/${process.address}`,
      name: texts.says,
      selects: { kind: 'address', address: process.address },
      box: boxWith(at, labels, own + 3),
      row,
    },
    process,
    ...{ x: at.x, y: at.y, radius: own, labels, gap: null, stalled: null, bar: null },
    sign: signOf(process, labels[0]),
  };
}
