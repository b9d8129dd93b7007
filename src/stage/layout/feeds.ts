/** Roads inside a cluster: from the leader's open end to that of each follower that fetches from it. */
import type { Replica } from '../../kernel/shape';
import { endOfCopies } from './block';
import { label } from './placer';
import type { LanePlan, Plan } from './plan';
import type { CopyFigure, GapFigure, Point } from './scene';

export function feedOf(
  plan: Plan,
  lanePlan: LanePlan,
  replica: Replica,
  index: number,
): Pick<CopyFigure, 'feed' | 'gap'> {
  const { lane, following } = lanePlan;
  const leader = lane.replicas?.find(({ isLeader }) => isLeader);
  if (!leader?.isUp || !replica.isUp || replica.isLeader || !following) return { feed: null, gap: null };
  const feed = feedPath(plan, lanePlan, replica, index);
  return { feed, gap: gapIn(plan, leader.process, replica.process, feed) };
}

/** Road from the leader's copy to another one; null where one of them is not there. */
export function roadInside(plan: Plan, from: string, to: string): readonly Point[] | null {
  for (const lanePlan of plan.lanes) {
    const replicas = lanePlan.lane.replicas ?? [];
    const index = replicas.findIndex(({ address }) => address === to);
    if (index >= 0 && replicas.some(({ address }) => address === from))
      return feedPath(plan, lanePlan, replicas[index], index);
  }
  return null;
}

function feedPath(plan: Plan, lanePlan: LanePlan, { logEnd }: Replica, index: number): Point[] {
  const { lane, x, copies, y } = lanePlan;
  const { cell, cellHeight } = plan;
  const [first, last] = x.domain() as [number, number];
  const trunk = x(Math.min(last, endOfCopies(lane))) + Math.max(16, Math.min(cell * 0.5, 26));
  const middle = copies[index] + cellHeight / 2;
  const isBelow = copies[index] > y;
  const from = isBelow ? y + cellHeight : y;
  const turn = isBelow ? -7 : 7;
  const end = x(Math.max(first, Math.min(last, logEnd))) + 5;
  return [
    { x: trunk, y: from },
    { x: trunk, y: middle + turn },
    { x: trunk - 7, y: middle },
    { x: Math.min(end, trunk - 8), y: middle },
  ];
}

/** What keeps a follower from its leader, on the last of the way. */
function gapIn(plan: Plan, leader: string, follower: string, feed: readonly Point[]): GapFigure | null {
  const faulty = plan.view.links.filter(
    ({ from, to }) => (from === leader && to === follower) || (from === follower && to === leader),
  );
  if (faulty.length === 0) return null;
  const { words, placer } = plan;
  const cut = faulty.some((link) => link.cut);
  const text = cut ? words.cut : words.delay(Math.max(...faulty.map(({ extraMs }) => extraMs)));
  const at = { x: feed[0].x, y: feed[1].y + Math.sign(feed[0].y - feed[1].y) * 4 };
  const style = { size: 14, weight: 600, tone: 'red', halo: true } as const;
  return { ...at, upright: true, cut, label: placer.place(label(at.x + 12, at.y + 5, text, style)) };
}
