/** Where what is on the screen of a lane ends: torn where it goes on, a heavy line where the rest is deleted. */
import { label } from './placer';
import type { LanePlan, Plan } from './plan';
import { nameX, rowsPerLane, stripRow } from './rows';
import type { Item, Label, LaneFigure } from './scene';

/** The torn ends of a strip can be pressed: they bring what lies beyond. */
export function edgeItemsOf(plan: Plan, lanes: readonly LaneFigure[]): Item[] {
  const { words } = plan;
  const by = Math.max(1, Math.floor(plan.cells / 3));
  return lanes.flatMap(({ address, index, older, newer, left, right, y, height }, row): Item[] => {
    const at = row * rowsPerLane + stripRow;
    const end = { selects: null, row: at };
    const name = words.partition(index);
    return [
      ...(older > 0
        ? [
            {
              ...end,
              id: `older/${address}`,
              name: `${name}, ${words.older(older)}`,
              scrolls: { lane: address, by: -by },
              box: { x: left - 24, y, width: 26, height },
            },
          ]
        : []),
      ...(newer > 0
        ? [
            {
              ...end,
              id: `newer/${address}`,
              name: `${name}, ${words.newer(newer)}`,
              scrolls: { lane: address, by },
              box: { x: right - 8, y, width: 26, height },
            },
          ]
        : []),
    ];
  });
}

export function edgeLabel(plan: Plan, y: number, height: number, text: string): Label | null {
  if (plan.metrics.mode === 'phone') return null;
  const style = { size: 14, tone: 'ink2', halo: true } as const;
  return plan.placer.place(
    label(nameX(plan), y + height / 2 + 22, text, style),
    label(plan.x0 - 12, y + height - 4, text, { ...style, anchor: 'end' }),
  );
}

export function retentionOf(
  plan: Plan,
  { lane, first, x }: LanePlan,
  y: number,
  height: number,
): LaneFigure['retention'] {
  const { logStart } = lane;
  if (logStart === 0 || logStart < first) return null;
  const edge = x(logStart);
  const { metrics, words } = plan;
  const text = words.deletedBefore(logStart);
  const placed =
    metrics.mode === 'phone'
      ? null
      : plan.placer.place(label(nameX(plan), y + height / 2 + 22, text, { size: 14, tone: 'ink2' }));
  const deleted = { x: x(first), y, width: edge - x(first), height };
  return { x: edge, label: placed, deleted: deleted.width > 0 ? deleted : null };
}
