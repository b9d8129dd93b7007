/** What was asked, and what row and log say to it: a table that is drawn with the picture it speaks of. */
import type { Question } from '../../kernel/shape';
import { baseline } from '../layout/placer';
import { fitText, textWidth } from '../layout/text-width';
import type { Account } from './model';
import type { Draw } from './parts';
import { at, horizontal, rect } from './scene';
import type { LedgerWords } from './words.en';

/** A line of the table: asked or, for the three that every account raises, not yet. */
export interface QuestionLine {
  readonly id: string;
  readonly title: string;
  readonly asked: Question | null;
  readonly isLast: boolean;
}

export function questionLines(account: Account, words: LedgerWords): QuestionLine[] {
  const { questions, stand } = account;
  const last = questions.at(-1) ?? null;
  const latest = (kind: Question['kind']) => questions.findLast((one) => one.kind === kind) ?? null;
  const after = latest('after');
  const lines: QuestionLine[] = [
    lineOf('today', words.question.today(), latest('today')),
    lineOf('after', words.question.after(after?.number ?? stand), after),
  ];
  const when = latest('at');
  if (when) lines.push(lineOf('at', words.question.at(words.date(when.time ?? 0)), when));
  lines.push(lineOf('how', words.question.how(), latest('how')));
  const rule = latest('rule');
  if (rule) lines.push(lineOf('rule', words.question.rule(rule.number ?? 0), rule));
  return lines;

  function lineOf(id: string, title: string, asked: Question | null): QuestionLine {
    return { id, title, asked, isLast: asked !== null && asked === last };
  }
}

/** What the row says, in words. */
export function rowSays({ asked }: QuestionLine, words: LedgerWords, short = false): string {
  if (!asked?.row) return asked ? words.waiting : words.notAsked;
  const { balance, says } = asked.row;
  if (balance === null) return words.unknown;
  if (says === 'cannot') return words.cannot;
  if (says === 'answered') return words.money(balance);
  if (asked.kind === 'how') return words.noTrace;
  return (short ? words.holdsShort : words.holds)(words.money(balance));
}

/** What the log says, in words: the whole of it, for those who hear it. */
export function logSays({ asked }: QuestionLine, words: LedgerWords): string {
  if (!asked?.log) return asked ? words.waiting : words.notAsked;
  const { balance, lines } = asked.log;
  if (balance === null) return words.unknown;
  const read = lines.map(({ amount, isRefused }) => words.amount(amount) + (isRefused ? ` ${words.refused}` : ''));
  if (asked.kind === 'how') return read.join(', ');
  if (asked.kind === 'rule') return `${words.money(balance)}, ${words.newRule}`;
  return read.length === 0 ? words.money(balance) : `${words.money(balance)} = ${read.join(', ')}`;
} // prettier-ignore

/** Draws the table from `y` on; where it ends. */
export function drawQuestions(draw: Draw, account: Account, y: number, height: number): number {
  const { pen, m, words, ledger } = draw;
  const phone = m.mode === 'phone';
  const all = questionLines(account, words);
  const heightOf = (line: QuestionLine) => (line.isLast ? m.lineBig : m.line);
  const full = all.reduce((sum, line) => sum + heightOf(line), 0);
  // With little room the question asked last stays large, the others give way.
  const lineHeight = (line: QuestionLine) =>
    full > height - y && line.isLast && !phone ? m.line + 6 : heightOf(line);
  pen.stroke(horizontal(m.pad, m.right, y));
  let top = y;
  for (const [index, line] of all.entries()) {
    const lineTall = lineHeight(line);
    const big = line.isLast && lineTall >= m.lineBig;
    drawOneLine(draw, line, top, lineTall, big);
    const name = words.saysQuestion(line.title, rowSays(line, words), logSays(line, words));
    const box = { x: m.pad, y: top + 1, width: m.right - m.pad, height: lineTall - 2 };
    pen.item(`question/${line.id}`, name, box, 3 + index, at(ledger.deskAddress));
    top += lineTall;
    if (index < all.length - 1) pen.stroke(horizontal(m.pad, m.right, top), 'stroke hair');
  }
  return top + 4;
}

function drawOneLine(draw: Draw, line: QuestionLine, top: number, height: number, big: boolean): void {
  const { pen, m, words } = draw;
  const phone = m.mode === 'phone';
  const size = phone ? 14 : m.name;
  const middle = phone ? top + 27 : top + height / 2;
  const titleY = phone ? top + 13 : baseline(middle, size);
  pen.text(m.pad, titleY, line.title, { size, weight: line.isLast ? 700 : 400 });
  const answer = rowSays(line, words, m.mode !== 'wide');
  const isPlain = !line.asked?.row;
  if (answer === words.cannot) {
    const tall = Math.min(big && !phone ? height - 18 : 22, height - 4);
    const box = { x: m.rowX, y: middle - tall / 2, width: m.rowWidth, height: tall };
    pen.stroke(rect(box), 'stroke thin');
    const style = { size: big && !phone && m.mode === 'wide' ? 18 : 14, weight: 700, anchor: 'middle' } as const;
    pen.text(m.rowX + m.rowWidth / 2, baseline(middle, style.size), answer, style);
  } else {
    const isAnswer = line.asked?.row?.says === 'answered';
    pen.text(m.rowX, baseline(middle, size), fitText(answer, m.rowWidth + 12, size, isAnswer ? 600 : 400), {
      size,
      weight: isAnswer ? 600 : 400,
      tone: isPlain ? 'ink3' : isAnswer ? 'ink' : 'ink2',
    });
  }
  drawAnswer(draw, line, middle, big);
} // prettier-ignore

function drawAnswer({ pen, m, words }: Draw, line: QuestionLine, middle: number, big: boolean): void {
  const size = m.mode === 'phone' ? 14 : m.name;
  const asked = line.asked;
  if (!asked?.log || asked.log.balance === null) {
    const text = logSays(line, words);
    return pen.text(m.logX, baseline(middle, size), text, { size, tone: 'ink3' });
  }
  const { balance, lines } = asked.log;
  let x = m.logX;
  if (asked.kind !== 'how') {
    const text = words.money(balance);
    const large = big ? m.big : size;
    pen.text(x - (big ? 1 : 0), baseline(middle, large), text, { size: large, weight: big ? 700 : 600 });
    x += textWidth(text, large, 700) + 10;
    if (asked.kind === 'rule') {
      const note = fitText(words.newRule, m.right - x, 14);
      return pen.text(x + 4, baseline(middle, 14), note, { size: 14, tone: 'ink2' });
    }
    if (lines.length === 0) return;
    pen.text(x, baseline(middle, size), '=', { size, tone: 'ink2' });
    x += 18;
  }
  const textSize = big && m.mode === 'wide' ? 18 : size;
  const shown: string[] = [];
  for (const { amount, isRefused } of lines) {
    const text = words.amount(amount);
    const wide = 24 + textWidth(text, textSize, 600) + (m.mode === 'phone' ? 6 : 18);
    if (x + wide > m.right) {
      pen.text(x, baseline(middle, size), '…', { size, tone: 'ink2' });
      return;
    }
    pen.face('ledger', x + 9, middle, big && m.mode === 'wide' ? 9 : 7.5, null, 14, isRefused ? 'ghost' : 'plain');
    pen.text(x + 21, baseline(middle, textSize), text, { size: textSize, weight: 600, tone: isRefused ? 'ink2' : 'ink' });
    shown.push(text);
    x += wide;
  }
  const note = words.read(lines.length);
  if (big && x + textWidth(note, 14) < m.right)
    pen.text(x + 4, baseline(middle, 14), note, { size: 14, tone: 'ink2' });
} // prettier-ignore
