/** What an account shows at an instant, as somebody sees it who looks at its row and its log. */
import type { NameKnob } from '../../course/lesson';
import type { View } from '../../scenario/host';
import type { Trace } from '../../services/account-book';
import { shapesOf } from '../../stage/names';

export interface Shown {
  readonly balance: number;
  /** Of the withdrawal that moved nothing: no line at all, or a line that refuses it. */
  readonly trace: Trace;
}

/** null while there is nothing of that account. */
export function shownBy(view: View, { row, log }: Pick<NameKnob, 'row' | 'log'>, account: string): Shown | null {
  const store = shapesOf(view.shapes, 'store').find(({ address }) => address === row);
  const balance = store?.rows.find(({ key }) => key === account)?.fields['balance'];
  const lane = shapesOf(view.shapes, 'lane').find(({ address }) => address === `${log}/${account}`);
  if (!lane || typeof balance !== 'number') return null;
  const withdrawals = lane.cells.filter(({ entry }) => entry !== undefined && entry.amount < 0);
  if (withdrawals.length === 0) return { balance, trace: 'missing' };
  const isRefused = withdrawals.some(({ entry }) => entry?.isRefused === true);
  return { balance, trace: isRefused ? 'refused' : 'booked' };
} // prettier-ignore
