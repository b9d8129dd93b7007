/** Copies of one partition, one below the other: a line of offsets, a strip for each node, a line for what concerns all. */
import type { Lane } from '../../kernel/shape';
import type { LanePlan } from './plan';
import type { Metrics } from './size';

export const foot = 24;
const gap = 5;

/** Height of the line of offsets: on a desk the state of a consumer hangs down to it. */
export const rulerOf = ({ mode }: Metrics): number => (mode === 'wide' ? 24 : 18);

/** How many copies have room, and the heights of all their strips together. */
export interface Rows {
  readonly count: number;
  readonly ruler: number;
  readonly cellHeightMin: number;
  readonly cellHeightGood: number;
  readonly cellHeightMax: number;
}

/** Null where every partition lies on one node. */
export function rowsOf(metrics: Metrics, lanes: readonly Lane[]): Rows | null {
  const count = Math.max(0, ...lanes.map(({ replicas }) => replicas?.length ?? 0));
  if (count === 0) return null;
  const { mode } = metrics;
  const [least, good, most] = mode === 'wide' ? [28, 34, 40] : mode === 'tight' ? [26, 30, 36] : [24, 26, 30];
  return {
    count,
    ruler: rulerOf(metrics),
    cellHeightMin: count * least,
    cellHeightGood: count * good,
    cellHeightMax: count * most,
  };
}

/** Height of all copies when a strip is `cell` high; of a partition without copies, that of its strip. */
export function blockHeight(rows: Rows | null, cell: number): number {
  return rows === null ? cell : rows.ruler + rows.count * cell + (rows.count - 1) * gap + foot;
}

/** Where the copies of a partition stand, from `top` on. The strip of the partition is the leader's. */
export function copiesIn(
  { replicas = [] }: Lane,
  top: number,
  cell: number,
  height: number,
  ruler = 0,
): Pick<LanePlan, 'y' | 'top' | 'bottom' | 'copies'> {
  const copies = replicas.map((_, index) => top + ruler + index * (cell + gap));
  const leader = replicas.findIndex(({ isLeader }) => isLeader);
  return { y: copies[Math.max(0, leader)] ?? top, top, bottom: top + height, copies };
}

/** End of the longest copy: a log that has diverged may be longer than its leader's. */
export function endOfCopies({ logEnd, replicas = [] }: Lane): number {
  return Math.max(logEnd, ...replicas.map((replica) => replica.logEnd));
}
