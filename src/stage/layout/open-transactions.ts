/** Which transactions have a line of their own below the partitions. */
import type { Transaction } from '../../kernel/shape';
import type { View } from '../../scenario/host';
import { shapesOf } from '../names';

export const transactionRow = 26;
/** More than these are left to the table. */
const shownMax = 3;

/** Open, or on their way to an end. */
export function openTransactions({ shapes }: View): Transaction[] {
  return shapesOf(shapes, 'transaction')
    .filter(({ state }) => state === 'Ongoing' || state === 'PrepareCommit' || state === 'PrepareAbort')
    .slice(0, shownMax);
}
