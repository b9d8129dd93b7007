/**
 * Share groups (KIP-932): between the flag (the group's start offset) and the outline flag (how far it has handed out)
 * every record has a fate of its own, said on the group's line beside it.
 */
import type { Address, Cell, Process, Shared } from '../../kernel/shape';
import { toMs } from '../../kernel/time';
import { displayName, shortName } from '../names';
import { baseline, label } from './placer';
import type { GroupPlan, LanePlan, Plan } from './plan';
import type { ShareMark } from './scene';
import { fitText, textWidth } from './text-width';

export function isShare({ shape }: Pick<GroupPlan, 'shape'>): boolean {
  return shape?.type === 'share';
}

/** Who is given records of a lane: its one owner, or all members of a share group that have it. */
export function readersOf(group: GroupPlan, lane: Address, owner: string | null): readonly Process[] {
  if (!isShare(group)) return group.processes.filter(({ address }) => address === owner);
  const members = new Set(
    (group.shape?.members ?? []).filter(({ owns }) => owns.includes(lane)).map(({ process }) => process),
  );
  return group.processes.filter(({ address, owns }) => members.has(address) || owns.includes(lane));
}

export function shareMarksOf(plan: Plan, lanePlan: LanePlan, group: GroupPlan, y: number): ShareMark[] {
  const { lane, first, end, x } = lanePlan;
  const { cell: width, placer } = plan;
  return lane.cells
    .filter(({ offset }) => offset >= first && offset < end)
    .flatMap(({ offset, shared = [] }): ShareMark[] => {
      const mine = shared.find((one) => one.group === group.name);
      const kind = mine ? kindOf(mine) : null;
      if (!mine || kind === null) return [];
      const at = { x: x(offset) + width / 2, y };
      placer.block({ x: at.x - width / 2 + 1, y: y - 9, width: width - 2, height: 18 });
      if (kind !== 'acquired') return [{ ...at, offset, kind, label: null, width: 0 }];
      const name = mine.process === null ? '' : shortName(mine.process, group.name);
      const again = mine.deliveries > 1 ? plan.words.times(mine.deliveries) : '';
      const texts = [[name, again].filter(Boolean).join(' '), again === '' ? name : again];
      const fitting = texts.find((text) => textWidth(text, 14, 600) <= width - 8);
      const text = fitting ?? fitText(texts[1], width - 8, 14, 600);
      const words = label(at.x, baseline(y, 14), text, { size: 14, weight: 600, anchor: 'middle' });
      return [{ ...at, offset, kind, label: words, width: textWidth(text, 14, 600) + 8 }];
    });
}

function kindOf({ is, deliveries }: Shared): ShareMark['kind'] | null {
  if (is === 'available') return deliveries > 0 ? 'again' : null;
  return is;
}

/** What share groups hold of a record, for those who hear it. */
export function saysShared({ words, view }: Plan, { shared = [] }: Cell): string[] {
  return shared.map(({ group, is, deliveries, process, until }) =>
    words.saysShared(
      group,
      is,
      deliveries,
      process === null ? null : displayName(process),
      until === null ? null : toMs(until - view.time),
    ),
  );
}
