/** The name of a queue and what it is, above it; below its mouth comes what is sent to it. */
import { label } from '../layout/placer';
import type { Box } from '../layout/scene';
import { fitText, textWidth } from '../layout/text-width';
import type { Draw } from './draw';

/** Height of a title of one line, and of two. */
const oneLine = 22;
const twoLines = 39;

/** Writes it, in one line where it fits; how much height it took. */
export function drawTitle(
  { pen, m, upright }: Draw,
  area: Box,
  name: string,
  kind: string,
  counts: string,
): number {
  const size = m.name;
  const start = area.x + Math.min(30, area.width / 4);
  // A title may stand out into the space between the queues and the workers.
  const beyond = upright ? 120 : m.mode === 'wide' ? 52 : 38;
  const end = area.x + area.width + beyond;
  const room = end - start;
  const title = fitText(name, room, size, 600);
  const nameEnd = start + textWidth(title, size, 600) + 7;
  const whole = [kind, counts].filter(Boolean).join(', ');
  const fitsWhole = textWidth(whole, 14) <= end - nameEnd;
  const isLow = area.height < m.bandMin - 8;
  const height = fitsWhole || isLow || kind === '' ? oneLine : twoLines;
  const base = area.y + height - 10;
  const first = height === twoLines ? base - 17 : base;
  pen.text(start, first, title, { size, weight: 600 });
  const beside = fitsWhole ? [whole] : isLow || kind === '' ? [counts] : [kind];
  for (const text of beside)
    pen.place(label(nameEnd, first, fitText(text, Math.max(12, end - nameEnd + 4), 14), { size: 14, tone: 'ink2' })); // prettier-ignore
  if (height === twoLines) pen.text(start, base, fitText(counts, room, 14), { size: 14, tone: 'ink2' });
  return height;
}
