/** The line above the lanes: whose log it is, how much it holds, what the shapes mean; and the line below. */
import { domains } from '../../kernel/bodies';
import { toMs } from '../../kernel/time';
import { baseline, label } from './placer';
import type { Plan } from './plan';
import { headerY } from './producers';
import type { HeaderFigure, Label } from './scene';
import { fitText, textWidth } from './text-width';

const legendOrder = domains;

export function headersOf(plan: Plan): HeaderFigure[] {
  const places = [...new Set(plan.lanes.map(({ lane }) => lane.place))];
  return places.map((place, index) => headerOf(plan, place, index));
}

function headerOf(plan: Plan, place: string, index: number): HeaderFigure {
  const { metrics, words, placer, lanes, size } = plan;
  const own = lanes.filter(({ lane }) => lane.place === place);
  const first = own[0];
  const above = Math.ceil(plan.groups.length / 2) * plan.track;
  const y = index === 0 ? headerY(metrics.mode) : first.top - Math.max(8, above) - 12;
  const textSize = metrics.mode === 'wide' ? 15 : 14;
  const base = baseline(y, textSize);
  const count = own.reduce((sum, { lane }) => sum + lane.logEnd - lane.logStart, 0);
  const limit = size.width * (metrics.mode === 'phone' ? 0.42 : 0.5);
  const name = placer.put(
    label(metrics.pad, base, fitText(place, limit, textSize, 600), { size: textSize, weight: 600 }),
  );
  const seen = new Set(own.flatMap(({ lane }) => lane.cells.map(({ face }) => face.domain)));
  const shown = legendOrder.filter((domain) => seen.has(domain));
  const nameEnd = metrics.pad + textWidth(name.text, textSize, 600) + 10;
  const legendWidth = shown.reduce((sum, domain) => sum + legendStep(words.domain[domain], textSize), 0);
  const full =
    count === 0 ? words.noRecords : shown.length > 0 ? words.recordsOf(count) : words.records(count);
  const withLegend = metrics.mode !== 'phone' && shown.length > 0;
  const style = { size: textSize, tone: 'ink2' } as const;
  const records = label(nameEnd, base, full, style);
  const legendX = nameEnd + textWidth(full, textSize) + 10;
  const legendBox = {
    x: nameEnd,
    y: base - textSize,
    width: legendX - nameEnd + legendWidth,
    height: textSize + 4,
  };
  if (!withLegend || !placer.isFree(legendBox)) {
    const short = placer.place(
      label(nameEnd, base, count === 0 ? words.noRecords : words.records(count), style),
    );
    return { labels: short ? [name, short] : [name], legend: [] };
  }
  let x = legendX;
  const legend = shown.map((domain) => {
    const text = placer.put(label(x + 17, base, words.domain[domain], style));
    const entry = { domain, x: x + 6, y, label: text };
    x += legendStep(text.text, textSize);
    return entry;
  });
  return { labels: [name, placer.put(records)], legend };
}

function legendStep(text: string, size: number): number {
  return 17 + textWidth(text, size) + 14;
}

/** How long records are kept; only where there is room for it. */
export function footerOf(plan: Plan): Label[] {
  const { metrics, words, placer, lanes, size, height } = plan;
  const lane = lanes[0]?.lane;
  // Where the log is longer than the screen, the zoom's buttons stand there.
  const deep = lanes.some(({ first, end, lane }) => first > lane.logStart || end < lane.logEnd);
  if (!lane || deep || (plan.options.zoom ?? 1) !== 1 || metrics.mode === 'phone') return [];
  const y = baseline(
    height - metrics.bottom - metrics.stationRow / 2 + (metrics.mode === 'wide' ? 4 : 0),
    14,
  );
  const texts =
    lane.retention === null
      ? [words.keptForEver, words.keptForEverShort]
      : [words.keptFor(toMs(lane.retention)), words.keptForShort(toMs(lane.retention))];
  const placed = placer.place(
    ...texts.map((text) =>
      label(size.width - metrics.pad, y, text, { size: 14, tone: 'ink2', anchor: 'end' }),
    ),
  );
  return placed ? [placed] : [];
}
