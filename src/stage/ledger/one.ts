/** One account: row beside log on one datum, the balance over time above each, what was asked below. */
import { baseline } from '../layout/placer';
import type { Size } from '../layout/size';
import { textWidth } from '../layout/text-width';
import { hatchPath } from '../shapes/paths';
import type { Account } from './model';
import { drawHandle, drawLog, drawRow, stripOf, type Draw, type Strip } from './parts';
import { drawQuestions } from './questions';
import { at, horizontal, rect, vertical } from './scene';

/** Draws the account and says how high it became. */
export function drawOne(draw: Draw, account: Account, { height }: Pick<Size, 'height'>): number {
  const { pen, m, words } = draw;
  const phone = m.mode === 'phone';
  const strip = stripOf(draw, account);
  drawHeads(draw, account);
  const chartTop = m.head + (phone ? 18 : 20);
  const chartBottom = chartTop + m.chart;
  const y = chartBottom + m.gap;
  drawRowChart(draw, account, chartTop, chartBottom);
  const scale = scaleOf(account, chartTop, chartBottom);
  drawLogChart(draw, account, strip, scale, chartBottom);
  drawRow(draw, account, y, 1);
  drawLog(draw, account, strip, y, 1);
  if (strip.hidden > 0 && !phone)
    pen.text(m.logX, y + m.strip + 18, words.older(strip.hidden), { size: 14, tone: 'ink2' });
  const rail = y + m.strip + (phone ? 18 : 26);
  drawRail(draw, account, strip, scale, rail);
  if (!phone) {
    const name = { size: m.name, weight: 600 } as const;
    pen.text(m.pad, baseline((chartTop + chartBottom) / 2, m.name), words.overTime, name);
    pen.text(m.pad, y + m.strip / 2 - 4, words.stored, name);
    pen.text(m.pad, y + m.strip / 2 + 15, words.account(account.key), { size: 14, tone: 'ink2' });
    pen.text(m.pad, baseline(rail, m.name), words.stand, name);
  }
  const table = y + m.strip + m.rail;
  return drawQuestions(draw, account, table, height);
}

export function drawHeads({ pen, m, ledger, words }: Draw, account: Account | null): void {
  const size = m.mode === 'phone' ? 14 : 18;
  const y = m.head - 6;
  pen.text(m.rowX, y, words.row, { size, weight: 700 });
  pen.text(m.logX, y, words.log, { size, weight: 700 });
  if (m.mode !== 'phone') {
    pen.text(m.rowX + 44, y, words.rowNote, { size, tone: 'ink2' });
    pen.text(m.logX + 42, y, words.logNote, { size, tone: 'ink2' });
  }
  const fields = account?.mails?.fields;
  if (!fields) return;
  const text = words.mails(Number(fields['sent']), Number(fields['held']));
  const width = textWidth(text, 14);
  // Beside the heads on a phone; above the names of the rows elsewhere, where no flag of a balance can come.
  const phone = m.mode === 'phone';
  const start = phone ? m.logX + 36 : m.pad + 18;
  pen.text(start, y, text, { size: 14, tone: 'ink2' });
  if (!phone) pen.face('notification', m.pad + 6, y - 5, 5.5);
  const box = { x: start - (phone ? 0 : 18), y: y - 14, width: width + (phone ? 0 : 18), height: 20 };
  pen.item(`mail/${account.key}`, words.saysMails(text), box, 0, at(ledger.mailAddress));
}

export type Scale = (balance: number) => number;

/** From zero at the bottom to the largest balance there is at the top. */
function scaleOf(account: Account, top: number, bottom: number): Scale {
  const balances = [...account.lines.map(({ entry }) => entry?.balance ?? 0), ...account.later.map(({ balance }) => balance)];
  const max = Math.max(1000, ...balances);
  return (balance) => bottom - ((bottom - top) * Math.max(0, balance)) / max;
} // prettier-ignore

/** The row's time: hatched up to its last change, because what it held then is gone. */
function drawRowChart({ pen, m, ledger, words }: Draw, { row, lines }: Account, top: number, bottom: number): void {
  const [left, right] = [m.rowX, m.rowX + m.rowWidth];
  pen.stroke(horizontal(left, right, bottom));
  if (!row) return;
  const since = lines[0]?.timestamp ?? row.changedAt;
  const share = (row.changedAt - since) / Math.max(1, ledger.now - since);
  const edge = row.writes < 2 ? left : left + (right - left) * Math.min(0.8, Math.max(0.35, share));
  if (row.writes >= 2) {
    const box = { x: left, y: top, width: edge - left, height: bottom - top };
    pen.stroke(hatchPath(box, 9), 'stroke ink3');
    pen.stroke(vertical(edge, top, bottom), 'stroke thin');
    if (box.width > 104) {
      pen.stroke(rect({ x: left + 12, y: (top + bottom) / 2 - 13, width: box.width - 24, height: 26 }), 'plate');
      const style = { size: m.mode === 'wide' ? 16 : 14, weight: 600, anchor: 'middle' } as const;
      pen.text(left + box.width / 2, baseline((top + bottom) / 2, 15), words.overwritten, style);
    }
  }
  pen.stroke(horizontal(edge, right, top), 'stroke bold');
  const text = words.money(Number(row.fields['balance']));
  pen.text(right, top - 8, text, { size: 14, weight: 600, anchor: 'end' });
} // prettier-ignore

function drawLogChart({ pen, m, words }: Draw, account: Account, strip: Strip, scale: Scale, bottom: number): void {
  const end = Math.min(m.right, strip.x(account.lineCount + strip.later.length) + (m.mode === 'phone' ? 6 : 40));
  const lines = [
    ...strip.lines.map(({ offset, entry }) => ({ line: offset, balance: entry?.balance ?? 0 })),
    ...strip.later.map(({ line, balance }) => ({ line, balance })),
  ];
  const levels = [...new Set(lines.map(({ balance }) => balance))];
  for (const level of levels) pen.stroke(horizontal(m.logX, end, scale(level)), 'stroke hair');
  pen.stroke(horizontal(m.logX, end, bottom));
  if (lines.length === 0) return;
  const before = account.lines.find(({ offset }) => offset === strip.first)?.entry?.balance ?? 0;
  const start = strip.x(strip.first);
  let past = `M${start} ${scale(before)}`;
  let after = '';
  for (const [index, { line, balance }] of lines.entries()) {
    const to = index === lines.length - 1 ? end : strip.x(line);
    const step = `V${scale(balance)}H${to}`;
    if (line <= account.stand) past += index === lines.length - 1 && account.stand < line + 1 && account.later.length === 0 ? `V${scale(balance)}H${end}` : step;
    else after += step;
  }
  const at = scale(balanceAt(account, account.stand));
  pen.stroke(past, 'stroke bold');
  if (after !== '') pen.stroke(`M${strip.x(account.stand)} ${at}${after}`, 'stroke thin later');
  const tagged = (line: number) => line === account.stand;
  for (const { line, balance } of lines) {
    const gone = line > account.stand;
    const middle = strip.x(line) - strip.cell / 2;
    if (tagged(line)) continue;
    pen.text(middle, scale(balance) - 7, words.money(balance), {
      size: m.mode === 'wide' ? 16 : 14,
      weight: gone ? 400 : 600,
      tone: gone ? 'ink2' : 'ink',
      anchor: 'middle',
    });
  }
} // prettier-ignore

export function balanceAt(account: Account, line: number): number {
  return account.lines.find(({ offset }) => offset === line)?.entry?.balance ?? 0;
}

/** Stops under the edges of the lines, and the handle where one stands, with a pole up to the balance there. */
function drawRail({ pen, m, words }: Draw, account: Account, strip: Strip, scale: Scale, y: number): void {
  const total = account.lineCount + strip.later.length;
  if (total === 0) return;
  const here = strip.x(account.stand);
  const [from, to] = [strip.x(strip.first), strip.x(total)];
  pen.stroke(horizontal(from, Math.max(from, here), y), 'stroke bold');
  pen.stroke(horizontal(Math.max(from, here), to, y), 'stroke');
  const stops = [];
  for (let line = strip.first; line <= total; line++) {
    const x = strip.x(line);
    const time = timeOf(account, line);
    stops.push({ x, time });
    const balance = line <= account.lineCount ? balanceAt(account, line) : (account.later.find((one) => one.line === line)?.balance ?? 0);
    pen.item(`stand/${line}`, words.saysStand(line, words.money(balance), line === account.stand), { x: x - 14, y: y - 14, width: 28, height: 28 }, 2, null, time);
    if (line === account.stand) continue;
    pen.stroke(`M${x - 5} ${y}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z`, `outline ${line < account.stand ? 'bold' : ''}`);
    if (m.mode !== 'phone' || y > 0) pen.text(x, y + 23, String(line), { size: 14, mono: true, tone: 'ink2', anchor: 'middle' });
  }
  pen.rail = { y, stops };
  const level = scale(balanceAt(account, account.stand));
  const text = m.mode === 'phone' ? String(account.stand) : words.afterLine(account.stand);
  const size = m.mode === 'wide' ? 16 : 14;
  pen.over(vertical(here, level, y), 'stroke bold');
  pen.over(`M${here - 5.5} ${level}a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0Z`, 'outline bold');
  const money = words.money(balanceAt(account, account.stand));
  const width = Math.ceil(money.length * size * 0.68) + 14;
  const tag = drawTag(here, level, width, m);
  pen.over(rect(tag));
  pen.overText(tag.x + width / 2, baseline(tag.y + tag.height / 2, size), money, { size, weight: 700, anchor: 'middle', tone: 'on-ink' });
  drawHandle(pen, Math.min(here, m.right - 56), y, text, size, true);
} // prettier-ignore

/** The tag of the balance stands left of the pole and above its level, or right of it at the very left. */
function drawTag(x: number, level: number, width: number, m: Draw['m']) {
  const height = m.mode === 'wide' ? 28 : 22;
  const left = x - width < m.logX - 30 ? x : x - width;
  return { x: left, y: level - height - 7, width, height };
}

/** When a line was written; before the first, just before it. */
function timeOf(account: Account, line: number): number {
  const cell = account.lines.find(({ offset }) => offset === line);
  if (cell) return cell.timestamp;
  const later = account.later.find((one) => one.line === line);
  if (later) return later.time;
  const first = account.lines[0]?.timestamp ?? account.later[0]?.time ?? 0;
  return Math.max(0, first - 1000);
}
