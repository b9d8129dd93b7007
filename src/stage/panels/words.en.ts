/** Every word of the panels beside a picture. A translation satisfies PanelWords. */
const numbers = new Intl.NumberFormat('en');
const n = (value: number): string => numbers.format(value);
const lists = new Intl.ListFormat('en', { type: 'conjunction' });

/** "180 ms", "2.2 s", "12.2 s". */
function took(milliseconds: number): string {
  if (milliseconds < 1000) return `${n(Math.round(milliseconds))} ms`;
  return `${(Math.round(milliseconds / 100) / 10).toFixed(1)} s`;
}

/** "34 s", "2:05". */
function soon(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 100
    ? `${seconds} s`
    : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function percent(good: number, decided: number): string {
  const share = (100 * good) / decided;
  // 999 of 1,000 is not 100%.
  return good < decided && share > 99.9
    ? '99.9'
    : (Math.floor(share * 10) / 10).toFixed(share === 100 ? 0 : 1);
}

export const panelWords = {
  took,
  soon,
  percent,
  region: 'Measured',
  latency: 'Latency of answered orders',
  logScale: 'each step to the right is longer than the one before',
  square: (orders: number) => `1 square = ${orders === 1 ? '1 order' : `${n(orders)} orders`}`,
  noSpans: 'No order has been answered yet.',
  sides: ['before', 'after'] as readonly string[],
  needle: (percentile: number, milliseconds: number) => `p${percentile} ${took(milliseconds)}`,
  /** In the key of several series: "before p50 2.2 s, p99 13 s". */
  sideNeedles: (side: string, p50: number | null, p99: number | null) =>
    p50 === null || p99 === null ? side : `${side} p50 ${took(p50)}, p99 ${took(p99)}`,
  goal: 'goal',
  goalRange: (min: number | undefined, max: number | undefined) => {
    const written = (milliseconds: number): string => n(milliseconds / 1000);
    if (min === undefined) return `under ${took(max!)}`;
    if (max === undefined) return `over ${took(min)}`;
    return `${written(min)}–${written(max)} s`;
  },
  tail: (count: number) => `${n(count)} waited far longer`,
  seconds: 's',
  saysHistogram: (count: number, p50: number | null, p99: number | null, longest: number | null) =>
    p50 === null || p99 === null || longest === null
      ? 'No order has been answered yet.'
      : `${n(count)} answered: half within ${took(p50)}, 99 in 100 within ${took(p99)}, the slowest in ${took(longest)}.`,
  saysSide: (side: string, sentence: string) => `${side}: ${sentence}`,

  success: 'Orders that succeed',
  successOf: (side: string) => `Orders that succeed, ${side}`,
  nothingDecided: 'None is decided yet.',
  percentSign: '%',
  failed: (count: number, process: string | null, all: boolean) =>
    `${n(count)} failed${process === null ? '' : all ? `, all while ${process} was down` : ''}`,
  failedWhile: (count: number, process: string) => `${n(count)} of them while ${process} was down`,
  noneFailed: 'none failed',
  ofDecided: (good: number, decided: number) => `${n(good)} of ${n(decided)}`,
  saysMeter: (good: number, decided: number) =>
    decided === 0
      ? 'No order is decided yet.'
      : `${n(good)} of ${n(decided)} orders succeeded, ${percent(good, decided)}%.`,

  backlog: 'Waiting',
  waits: (group: string, count: number) => `${group} ${n(count)}`,
  clears: (milliseconds: number) => `clear in ${soon(milliseconds)}`,
  down: (process: string) => `${process} down`,
  allClear: 'nothing waits',
  saysBacklog: (lines: readonly string[]) =>
    lines.length === 0 ? 'Nothing waits anywhere.' : `${lists.format(lines)}.`,
  saysWaiting: (group: string, count: number, clears: number | null) =>
    `${n(count)} waiting for ${group}${clears === null ? '' : `, clear in ${soon(clears)}`}`,

  table: {
    series: 'Series',
    answered: 'Answered',
    half: 'Half within',
    most: '99 in 100 within',
    slowest: 'Slowest',
    succeeded: 'Succeeded',
    decided: 'Decided',
    share: 'Share',
    down: 'Failed while down',
    group: 'Group',
    waiting: 'Waiting',
    peak: 'At most so far',
    arriving: 'Arriving a second',
    leaving: 'Done a second',
    clear: 'Clear in',
    only: 'all',
    none: '–',
    pair: (name: string, count: number) => `${name} ${n(count)}`,
    pace: (perSecond: number) => n(Math.round(perSecond * 10) / 10),
    number: n,
  },
} as const;

export type PanelWords = typeof panelWords;
