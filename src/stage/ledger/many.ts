/** Several accounts, one band each: what its slips are, what its row holds, what its log says, what was found. */
import { baseline } from '../layout/placer';
import type { Size } from '../layout/size';
import { fitText, textWidth } from '../layout/text-width';
import type { Account } from './model';
import { drawHeads } from './one';
import { drawLog, drawRow, stripOf, type Draw } from './parts';
import { at } from './scene';

export function drawMany(draw: Draw, accounts: readonly Account[], { height }: Pick<Size, 'height'>): number {
  const { m } = draw;
  drawHeads(draw, null);
  const phone = m.mode === 'phone';
  const above = phone ? 24 : 0;
  const balances = 22;
  const wanted = m.strip + balances + above + (phone ? 8 : 18);
  const room = (height - m.head - 6) / accounts.length;
  const band = Math.max(wanted - 12, Math.min(wanted + 20, Math.floor(room)));
  let y = m.head + (phone ? 4 : 8);
  for (const [index, account] of accounts.entries()) {
    drawBand(draw, account, y + above, index + 1);
    y += band;
  }
  return y;
}

function drawBand(draw: Draw, account: Account, y: number, row: number): void {
  const { pen, m, words } = draw;
  drawRow(draw, account, y, row);
  const strip = stripOf(draw, account);
  drawLog(draw, account, strip, y, row);
  for (const { offset, entry } of strip.lines) {
    if (!entry) continue;
    pen.text(strip.x(offset), y + m.strip + 17, words.money(entry.balance), {
      size: 14,
      mono: true,
      tone: offset === account.lineCount ? 'ink' : 'ink2',
      anchor: 'end',
      weight: offset === account.lineCount ? 600 : 400,
    });
  }
  if (m.mode === 'phone') drawBandNamePhone(draw, account, y - 8, row);
  else drawBandName(draw, account, y, row);
}

function drawBandName({ pen, m, ledger, words }: Draw, account: Account, y: number, row: number): void {
  const room = m.rowX - m.pad - 14;
  pen.text(m.pad, y + 18, words.account(account.key), { size: 16, weight: 600 });
  const { slips } = account;
  const labels = slips.map(({ label }) => label.replace(/^[A-Za-z]+/, ''));
  const text = labels.join(' ');
  // The word gives way before a slip does.
  const word = textWidth(words.slips, 14) + 8;
  const start = word + textWidth(text, 14, 600) <= room ? word : 0;
  if (start > 0) pen.text(m.pad, y + 38, words.slips, { size: 14, tone: 'ink2' });
  pen.text(m.pad + start, y + 38, fitText(text, room - start, 14, 600), { size: 14, weight: 600 });
  pen.item(
    `slips/${account.key}`,
    words.saysSlips(account.key, labels),
    { x: m.pad, y: y + 2, width: room, height: 42 },
    row,
    at(ledger.deskAddress),
  );
  drawFinding({ pen, m, ledger, words }, account, m.pad, y + 62, room, row);
}

function drawBandNamePhone({ pen, m, ledger, words }: Draw, account: Account, y: number, row: number): void {
  const labels = account.slips.map(({ label }) => label.replace(/^[A-Za-z]+/, ''));
  const name = words.account(account.key);
  pen.text(m.pad, y, name, { size: 14, weight: 600 });
  const x = m.logX;
  if (account.finding) return drawFinding({ pen, m, ledger, words }, account, x, y, m.right - x, row);
  const text = `${words.slips} ${labels.join(' ')}`;
  pen.text(x, y, fitText(text, m.right - x, 14), { size: 14, tone: 'ink2' });
  const box = { x: m.pad, y: y - 14, width: m.right - m.pad, height: 20 };
  pen.item(`slips/${account.key}`, words.saysSlips(account.key, labels), box, row, at(ledger.deskAddress));
}

/** What was named as the cause, ticked or crossed. */
function drawFinding(
  { pen, ledger, words }: Draw,
  { finding, key }: Account,
  x: number,
  y: number,
  room: number,
  row: number,
): void {
  if (!finding) return;
  const cause = words.cause[finding.names] ?? finding.names;
  const text = finding.isFact ? words.found(cause) : words.notSo(cause);
  const sign = finding.isFact ? `M${x} ${y - 5}l4 4.5 8-10` : `M${x} ${y - 10}l9 9m0-9l-9 9`;
  pen.stroke(sign, `stroke bold${finding.isFact ? '' : ' red'}`);
  pen.text(x + 18, baseline(y - 5, 14), fitText(text, room - 18, 14, 600), {
    size: 14,
    weight: 600,
    tone: finding.isFact ? 'ink' : 'red',
  });
  const box = { x, y: y - 16, width: room, height: 24 };
  pen.item(`finding/${key}`, words.saysFinding(key, text), box, row, at(ledger.deskAddress));
}
