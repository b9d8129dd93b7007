/** Transactions: in the log how far each has come, where it ended and what still waits; below it a line for each that is open. */
import type { Cell, Lane, Transaction } from '../../kernel/shape';
import { toMs } from '../../kernel/time';
import { displayName } from '../names';
import type { Edge } from '../shapes/paths';
import { openTransactions, transactionRow } from './open-transactions';
import { baseline, label } from './placer';
import { rightLimit, type LanePlan, type Plan } from './plan';
import { nameX, rowsPerLane } from './rows';
import type { LaneFigure, MarkerFigure, StrokeFigure, TransactionFigure } from './scene';
import { fitText, textWidth } from './text-width';

const faint = 0.4;

/** How a record looks by what became of its transaction: an open one's is faint, an aborted one's only an outline. */
export function lookOf({ transaction }: Cell): { readonly edge: Edge; readonly opacity: number } {
  if (transaction?.is === 'aborted') return { edge: 'ghost', opacity: 1 };
  return { edge: 'plain', opacity: transaction?.is === 'open' ? faint : 1 };
}

/** Runs of records of one transaction, as strokes at the bottom of their cells. */
export function strokesOf({ first, end, x }: LanePlan, cells: readonly Cell[], y: number): StrokeFigure[] {
  const strokes: StrokeFigure[] = [];
  let previous = NaN;
  for (const { offset, transaction } of cells) {
    if (!transaction || offset < first || offset >= end) continue;
    const last = strokes.at(-1);
    const joins = last?.producer === transaction.producer && last.is === transaction.is && offset === previous + 1;
    if (joins) strokes[strokes.length - 1] = { ...last, to: x(offset + 1) - 3 };
    else strokes.push({ ...transaction, from: x(offset) + 3, to: x(offset + 1) - 3, y });
    previous = offset;
  }
  return strokes;
} // prettier-ignore

/** Control records within the window: each takes an offset like any other. */
export function markersOf(plan: Plan, { lane, first, end, x }: LanePlan, box: { y: number; height: number }, focusRow: number): MarkerFigure[] {
  const { cell: width, words } = plan;
  return (lane.markers ?? [])
    .filter(({ offset }) => offset >= first && offset < end)
    .map(({ offset, is, producer }): MarkerFigure => {
      const caption =
        width >= 48 && box.height >= 57
          ? plan.placer.place(label(x(offset) + width / 2, box.y + box.height - 5, words.marker[is], { size: 14, anchor: 'middle', tone: 'ink2' }))
          : null;
      return {
        ...{ offset, is, caption, x: x(offset) + width / 2, y: box.y + box.height / 2, radius: Math.min(8, width / 3) },
        item: {
          id: `marker/${focusRow}/${offset}`,
          name: words.saysMarker(is, producer, offset),
          selects: { kind: 'address', address: lane.address },
          box: { x: x(offset), y: box.y, width, height: box.height },
          row: focusRow,
        },
      };
    });
} // prettier-ignore

/** Where readers of committed records have to stop, while an open transaction holds them back. */
export function stableOf(plan: Plan, lanePlan: LanePlan, y: number, height: number): LaneFigure['stable'] {
  const { lane, x, first } = lanePlan;
  const offset = heldAt(lane);
  if (offset === null || offset < first || offset > x.domain()[1]) return null;
  const at = x(offset);
  const { words, placer, size } = plan;
  const style = { size: 14, tone: 'ink2', halo: true } as const;
  const limit = rightLimit(plan, size.width);
  const texts = [words.lastStable(offset), words.lastStableShort(offset)];
  const places = [y + height + 15, y - 5].flatMap((base) =>
    texts.flatMap((text) => [
      at + 7 + textWidth(text, 14) <= limit ? label(at + 7, base, text, style) : null,
      label(at - 7, base, text, { ...style, anchor: 'end' }),
    ]),
  );
  return { x: at, from: y - 2, to: y + height + 6, label: placer.place(...places) };
}

/** The last stable offset where it holds somebody back; null where everything before the end is settled. */
export function heldAt({ lastStable, logEnd }: Lane): number | null {
  return lastStable !== undefined && lastStable < logEnd ? lastStable : null;
}

/** A line below the partitions for each transaction that has not ended. */
export function transactionsOf(plan: Plan): TransactionFigure[] {
  return openTransactions(plan.view).map((transaction, index) => transactionOf(plan, transaction, index));
}

function transactionOf(plan: Plan, transaction: Transaction, index: number): TransactionFigure {
  const { words, placer, lanes, metrics, size, x0, transactionsTop } = plan;
  const y = transactionsTop + (index + 0.5) * transactionRow;
  const base = baseline(y, 14);
  const left = nameX(plan);
  const isPhone = metrics.mode === 'phone';
  const sign = { x: left + 5, y };
  const room = isPhone ? 90 : x0 - left - 30;
  const name = placer.put(label(left + 18, base, fitText(transaction.transactionalId, room, 14, 600), { size: 14, weight: 600 }));
  const start = isPhone ? name.x + textWidth(name.text, 14, 600) + 10 : x0;
  const { partitions, state } = saidOf(plan, transaction);
  const long = words.transactionLine(state, partitions);
  const style = { size: 14, tone: 'ink2' } as const;
  const limit = size.width - metrics.pad - start;
  const text = [long, state].find((candidate) => textWidth(candidate, 14) <= limit) ?? fitText(state, limit, 14);
  const line = placer.place(label(start, base, text, style));
  return {
    ...{ sign, transaction },
    labels: line ? [name, line] : [name],
    item: {
      id: `transaction/${transaction.address}`,
      name: words.saysTransaction(transaction.transactionalId, displayName(transaction.process), state, partitions),
      selects: { kind: 'address', address: transaction.address },
      box: { x: left - 3, y: y - 12, width: Math.max(60, start + textWidth(line?.text ?? '', 14) - left + 6), height: 24 },
      row: lanes.length * rowsPerLane - 1 + index * 0.1,
    },
  };
} // prettier-ignore

function saidOf(plan: Plan, { state, since, until, lanes: written }: Transaction) {
  const { words, lanes, view } = plan;
  const partitions = lanes
    .filter(({ lane }) => written.includes(lane.address))
    .map(({ lane }) => words.partition(lane.index));
  const said =
    state === 'Ongoing'
      ? words.openFor(
          since === null ? 0 : toMs(view.time - since),
          until === null ? null : toMs(until - view.time),
        )
      : words.ending[state === 'PrepareCommit' ? 'commit' : 'abort'];
  return { partitions, state: said };
}
