/** Readings as tables of words: one of the three equal views of what was measured. */
import type { BacklogReading, HistogramReading, MeterReading, Reading } from '../../scenario/host';
import { displayName } from '../names';
import { panelWords, type PanelWords } from './words.en';

export interface PanelTable {
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first of a row is its name. */
  readonly rows: readonly (readonly string[])[];
}

export function panelTables(readings: readonly Reading[], words: PanelWords = panelWords): PanelTable[] {
  return readings.map((reading) => {
    if (reading.kind === 'histogram') return spansTable(reading, words);
    return reading.kind === 'meter' ? meterTable(reading, words) : backlogTable(reading, words);
  });
}

function spansTable({ id, series }: HistogramReading, words: PanelWords): PanelTable {
  const { table, took } = words;
  const told = (milliseconds: number | null): string =>
    milliseconds === null ? table.none : took(milliseconds);
  return {
    id,
    caption: words.latency,
    columns: [table.series, table.answered, table.half, table.most, table.slowest],
    rows: series.map(({ count, p50Ms, p99Ms, longestMs }, index) => [
      series.length > 1 ? (words.sides[index] ?? table.none) : table.only,
      table.number(count),
      ...[p50Ms, p99Ms, longestMs].map(told),
    ]),
  };
}

function meterTable({ id, side, good, decided, badWhileDown }: MeterReading, words: PanelWords): PanelTable {
  const { table } = words;
  return {
    id,
    caption: side === null ? words.success : words.successOf(side),
    columns: [table.share, table.succeeded, table.decided, table.down],
    rows: [
      [
        decided === 0 ? table.none : `${words.percent(good, decided)}${words.percentSign}`,
        table.number(good),
        table.number(decided),
        badWhileDown.map(({ process, count }) => table.pair(displayName(process), count)).join(', ') ||
          table.none,
      ],
    ],
  };
}

function backlogTable({ id, lines }: BacklogReading, words: PanelWords): PanelTable {
  const { table } = words;
  return {
    id,
    caption: words.backlog,
    columns: [table.group, table.waiting, table.peak, table.arriving, table.leaving, table.clear],
    rows: lines.map(({ group, waiting, most, arriving, leaving, drainedInMs }) => [
      displayName(group),
      table.number(waiting),
      table.number(most),
      table.pace(arriving),
      table.pace(leaving),
      drainedInMs === null ? table.none : words.soon(drainedInMs),
    ]),
  };
}
