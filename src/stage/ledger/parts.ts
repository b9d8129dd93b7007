/** The row and the log as figures: a box that is closed on four sides, and two rails that are open on the right. */
import { baseline } from '../layout/placer';
import type { Box } from '../layout/scene';
import { fitText, textWidth } from '../layout/text-width';
import { arrowPath } from '../shapes/paths';
import type { Account, Ledger } from './model';
import { at, horizontal, of, rect, vertical, type Measures, type Pen } from './scene';
import type { LedgerWords } from './words.en';

export interface Draw {
  readonly pen: Pen;
  readonly m: Measures;
  readonly ledger: Ledger;
  readonly words: LedgerWords;
}

/** Lines that have room, the newest of them, and their width. */
export interface Strip {
  readonly first: number;
  readonly lines: Account['lines'];
  readonly later: Account['later'];
  readonly cell: number;
  /** Left edge of the line after so many. */
  readonly x: (line: number) => number;
  readonly hidden: number;
}

export function stripOf({ m }: Draw, account: Account): Strip {
  const room = m.right - m.logX - (m.mode === 'phone' ? 14 : 40);
  const all = account.lineCount + account.later.length;
  const fitting = Math.max(2, Math.floor(room / m.cellMin));
  const shown = Math.min(Math.max(3, all), fitting);
  const cell = Math.min(m.cellMax, Math.floor(room / shown));
  // The next one to be written keeps its place; what is later goes before what is long past.
  const first = Math.max(0, all - shown);
  const lines = account.lines.filter(({ offset }) => offset > first);
  const later = account.later.filter(({ line }) => line > first);
  return { first, lines, later, cell, hidden: first, x: (line) => m.logX + (line - first) * cell };
}

export function drawRow({ pen, m, ledger, words }: Draw, account: Account, y: number, row: number): void {
  const box: Box = { x: m.rowX, y, width: m.rowWidth, height: m.strip };
  const { row: stored } = account;
  const isGone = ledger.rowCondition === 'down' || ledger.rowCondition === 'crashed';
  pen.stroke(rect(box), `stroke ${isGone || !stored ? 'thin dashed' : 'bold'}`);
  const phone = m.mode === 'phone';
  const text = stored ? words.money(Number(stored.fields['balance'])) : words.noRow;
  const size = stored ? Math.min(m.mode === 'wide' ? 40 : 28, ((m.rowWidth - 16) / textWidth(text, 10, 700)) * 10) : 14;
  const tall = m.strip >= 80 && !phone;
  if (tall && stored) pen.text(box.x + 7, y + 17, words.balance, { size: 14, tone: 'ink2' });
  // Under the number stands the date of its last change, where there is height for both.
  const dated = stored !== null && !isGone && m.strip >= 56;
  const middle = y + m.strip / 2 + (tall && stored ? 1 : dated || isGone ? -9 : 0);
  pen.text(box.x + m.rowWidth / 2, baseline(middle, size), text, {
    size,
    weight: stored ? 700 : 400,
    anchor: 'middle',
    tone: stored ? 'ink' : 'ink2',
  });
  const date = stored ? words.shortDate(stored.changedAt) : '';
  if (stored && dated) {
    const changed = phone ? date : words.changed(m.mode === 'wide' ? words.date(stored.changedAt) : date);
    const style = { size: 14, tone: 'ink2', anchor: 'end' } as const;
    pen.text(box.x + m.rowWidth - 7, y + m.strip - 6, changed, style);
  }
  const name = words.saysRow(account.key, stored ? text : null, stored?.writes ?? 0, stored ? words.date(stored.changedAt) : '');
  pen.item(`row/${account.key}`, withCondition(name, ledger.rowCondition, words), box, row, at(ledger.rowAddress));
  if (isGone) pen.text(box.x + 7, y + m.strip - 7, words.down[ledger.rowCondition], { size: 14, weight: 600, tone: 'red' });
} // prettier-ignore

export function drawLog(draw: Draw, account: Account, strip: Strip, y: number, row: number): void {
  const { pen, m, ledger, words } = draw;
  const bottom = y + m.strip;
  const isGone = ledger.logCondition === 'down' || ledger.logCondition === 'crashed';
  const rail = `stroke bold${isGone ? ' dashed' : ''}`;
  pen.stroke(horizontal(m.logX, m.right, y), rail);
  pen.stroke(horizontal(m.logX, m.right, bottom), rail);
  const end = account.lineCount;
  const last = end + strip.later.length;
  for (let line = strip.first; line <= last; line++) {
    const edge = line === strip.first || line === end;
    pen.stroke(vertical(strip.x(line), y, bottom), edge ? 'stroke' : 'stroke ink3');
  }
  for (const cell of strip.lines) drawLine(draw, cell, strip, y, row);
  for (const later of strip.later) drawLater(draw, later, strip, y, row);
  const next = strip.x(last);
  if (next + 24 < m.right)
    pen.text(next + 6, y + 17, String(last + 1), { size: 14, tone: 'ink3', mono: true });
  // The end is what is left of it: the log as a whole.
  const box: Box = { x: next + 2, y, width: Math.max(24, m.right - next - 2), height: m.strip };
  const name = withCondition(words.saysLog(account.key, end), ledger.logCondition, words);
  pen.item(`log/${account.key}`, name, box, row, at(`${ledger.logAddress}/${account.key}`));
  if (isGone)
    pen.text(next + 8, bottom - 7, words.down[ledger.logCondition], { size: 14, weight: 600, tone: 'red' });
}

function drawLine({ pen, m, words }: Draw, cell: Account['lines'][number], strip: Strip, y: number, row: number): void {
  const { offset, face, timestamp, entry } = cell;
  if (!entry) return;
  const x = strip.x(offset - 1);
  const middle = x + strip.cell / 2;
  const text = words.amount(entry.amount);
  const radius = Math.min(m.hexagon, strip.cell / 2 - 6);
  const size = sizeOn(text, radius);
  const low = m.strip >= 56;
  const centre = y + m.strip / 2 - (low ? 6 : 0) + (m.mode === 'wide' ? 2 : 0);
  pen.text(x + 6, y + 17, String(offset), { size: 14, tone: 'ink2', mono: true });
  pen.face(face.domain, middle, centre, radius, text, size, entry.isRefused ? 'ghost' : 'plain');
  const date = strip.cell > 100 ? words.date(timestamp) : words.shortDate(timestamp);
  const below = entry.isRefused ? words.refused : date;
  if (low)
    pen.text(middle, y + m.strip - 7, fitText(below, strip.cell - 6, 14, entry.isRefused ? 600 : 400), {
      size: 14,
      anchor: 'middle',
      tone: entry.isRefused ? 'red' : 'ink2',
      weight: entry.isRefused ? 600 : 400,
    });
  const name = words.saysLine(offset, text, words.date(timestamp), words.money(entry.balance), entry.isRefused);
  pen.item(`line/${strip.first}/${offset}/${face.message}`, name, { x: x + 1, y, width: strip.cell - 2, height: m.strip }, row, of(face.message));
} // prettier-ignore

/** Recorded, and not yet so at this instant. */
function drawLater({ pen, m, words }: Draw, later: Account['later'][number], strip: Strip, y: number, row: number): void {
  const x = strip.x(later.line - 1);
  const middle = x + strip.cell / 2;
  const radius = Math.min(m.hexagon, strip.cell / 2 - 6);
  const low = m.strip >= 56;
  const centre = y + m.strip / 2 - (low ? 6 : 0) + (m.mode === 'wide' ? 2 : 0);
  const text = later.amount === 0 ? words.refused : words.amount(later.amount);
  pen.text(x + 6, y + 17, String(later.line), { size: 14, tone: 'ink3', mono: true });
  pen.face('ledger', middle, centre, radius, text, sizeOn(text, radius), 'ghost');
  if (low) pen.text(middle, y + m.strip - 7, words.shortDate(later.time), { size: 14, anchor: 'middle', tone: 'ink3' });
  const box = { x: x + 1, y, width: strip.cell - 2, height: m.strip };
  pen.item(`later/${later.line}`, words.saysLater(later.line, text), box, row, null, later.time);
} // prettier-ignore

/** As large as fits on the shape; never below 12. */
function sizeOn(text: string, radius: number): number {
  const room = radius * 1.8;
  return Math.max(12, Math.min(17, (room / textWidth(text, 10, 700)) * 10));
}

function withCondition(name: string, condition: Ledger['rowCondition'], words: LedgerWords): string {
  return condition === 'up' ? name : `${name}, ${words.down[condition]}`;
}

/** The black label at `x`: two arrowheads where it can be dragged. */
export function drawHandle(pen: Pen, x: number, y: number, text: string, size: number, drags: boolean): Box {
  const width = Math.ceil(textWidth(text, size, 700)) + 20;
  const height = size + 12;
  const box = { x: x - width / 2, y: y - height / 2, width, height };
  pen.over(rect(box));
  pen.overText(x, baseline(y, size), text, { size, weight: 700, anchor: 'middle', tone: 'on-ink' });
  if (drags) {
    pen.over(arrowPath(box.x - 11, y, 'left', 8, 6));
    pen.over(arrowPath(box.x + width + 11, y, 'right', 8, 6));
  }
  return box;
}
