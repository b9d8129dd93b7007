import type { Setting } from '../judge/fold';
import type { Match } from '../judge/goal';
import { storedMatcher } from '../judge/stored';
import type { Fact, FactId, FactKind } from '../kernel/fact';
import { toMs, type Duration, type Time } from '../kernel/time';
import type { HistogramPanel, HistogramReading, SpanReading, SpanSource } from './panel';

/** More than so many spans at once are sorted anew; fewer are put in or taken out one by one. */
const fewMax = 64;

/** Measures each `from` → first later `to` of one message, in the order in which they end. */
export class SpanFold {
  readonly kinds: ReadonlySet<FactKind> | null;
  private readonly begins: (fact: Fact) => boolean;
  private readonly ends: (fact: Fact) => boolean;
  private readonly open = new Map<number, Time[]>();
  private readonly endedBy: FactId[] = [];
  private readonly lengths: Duration[] = [];
  /** The first `sortedCount` lengths, shortest first: those of the instant that was asked for last. */
  private sorted: Duration[] = [];

  constructor({ from, to }: SpanSource, setting: Setting) {
    this.begins = storedMatcher(from, setting);
    this.ends = storedMatcher(to, setting);
    this.kinds = kindsOf([from, to]);
  }

  see(fact: Fact): void {
    if (fact.message < 0) return;
    const starts = this.open.get(fact.message);
    // In this order: a fact that is both ends the earlier span and begins the next.
    if (starts && this.ends(fact)) {
      for (const start of starts) {
        this.endedBy.push(fact.id);
        this.lengths.push(fact.time - start);
      }
      this.open.delete(fact.message);
    }
    if (!this.begins(fact)) return;
    const still = this.open.get(fact.message);
    if (still) still.push(fact.time);
    else this.open.set(fact.message, [fact.time]);
  }

  /** Every span that had ended by then, shortest first. Valid until the next call. */
  sortedAt(factCount: FactId): readonly Duration[] {
    const count = countBelow(this.endedBy, factCount);
    const { sorted, lengths } = this;
    if (Math.abs(count - sorted.length) > fewMax) {
      this.sorted = lengths.slice(0, count).sort((a, b) => a - b);
      return this.sorted;
    }
    while (sorted.length < count) {
      const length = lengths[sorted.length];
      sorted.splice(countBelow(sorted, length), 0, length);
    }
    while (sorted.length > count) sorted.splice(countBelow(sorted, lengths[sorted.length - 1]), 1);
    return sorted;
  }
}

/** How many of these ascending numbers are less than `bound`. */
export function countBelow(ascending: readonly number[], bound: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The kinds these can match; null: any. */
export function kindsOf(matches: readonly Match[]): ReadonlySet<FactKind> | null {
  const kinds = matches.map(({ kind }) => kind);
  return kinds.includes(undefined) ? null : new Set(kinds.flatMap((kind) => kind ?? []));
}

export function histogramOf(
  panel: HistogramPanel,
  spans: readonly (readonly Duration[])[],
): HistogramReading {
  const scale = panel.scale ?? 'linear';
  const longestMs = Math.max(0, ...spans.map((sorted) => toMs(sorted.at(-1) ?? 0)));
  const edgesMs = scale === 'log' ? logEdges(longestMs) : linearEdges(panel.axisMs ?? 0, longestMs);
  return {
    kind: 'histogram',
    id: panel.id,
    scale,
    edgesMs,
    series: spans.map((sorted) => seriesOf(sorted, edgesMs)),
  };
}

function seriesOf(sorted: readonly Duration[], edgesMs: readonly number[]): SpanReading {
  const bins = new Array<number>(edgesMs.length - 1).fill(0);
  let bin = 0;
  for (const length of sorted) {
    while (bin < bins.length - 1 && toMs(length) >= edgesMs[bin + 1]) bin++;
    bins[bin]++;
  }
  const rank = (percentile: number): number | null =>
    sorted.length === 0 ? null : toMs(sorted[Math.max(1, Math.ceil((percentile * sorted.length) / 100)) - 1]);
  return { count: sorted.length, bins, p50Ms: rank(50), p99Ms: rank(99), longestMs: rank(100) };
}

const bins = 150;
/** 1, 2, 5, 10 … milliseconds. */
const round = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];

function roundUp(wanted: number): number {
  return round.find((one) => one >= wanted) ?? wanted;
}

/** Ends of an axis, times a power of ten: closer together than bins are wide, so that little of it stays empty. */
const ends = [1, 2, 2.5, 3, 4, 5, 6, 8];

function axisEnd(wanted: number): number {
  let unit = 1;
  while (unit * 10 < wanted) unit *= 10;
  return (ends.find((one) => one * unit >= wanted) ?? 10) * unit;
}

/** About a hundred bins of one round width, to the end of the axis or of the longest span. */
function linearEdges(axisMs: number, longestMs: number): number[] {
  const end = longestMs < axisMs ? axisMs : axisEnd(Math.max(longestMs * 1.02, 1));
  const width = roundUp(end / bins);
  return Array.from({ length: Math.ceil(end / width) + 1 }, (_, index) => index * width);
}

/** Twenty bins to each power of ten, from 10 ms to 20 s or the longest span. The ratio is the twentieth root of ten. */
function logEdges(longestMs: number): number[] {
  const edges = [10];
  while (edges.at(-1)! < Math.max(20_000, longestMs * 1.02)) edges.push(edges.at(-1)! * 1.1220184543019633);
  // What is quicker than the first edge belongs to the first bin.
  return edges;
}
