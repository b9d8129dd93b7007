/** Time axis, measures, journeys. A translation satisfies ChartWords. */
import { toMs, type Time } from '../../kernel/time';

const numbers = new Intl.NumberFormat('en');
const many = (count: number, one: string, other: string): string => `${count} ${count === 1 ? one : other}`;

/** "18.6 seconds", "1 minute 5 seconds", "2 days 3 hours": for those who hear it. */
function spoken(time: Time): string {
  const total = Math.floor(toMs(time) / 100) / 10;
  const parts = [
    { count: Math.floor(total / 86_400), one: 'day', other: 'days' },
    { count: Math.floor((total % 86_400) / 3600), one: 'hour', other: 'hours' },
    { count: Math.floor((total % 3600) / 60), one: 'minute', other: 'minutes' },
  ].filter(({ count }) => count > 0);
  const seconds = Math.round((total % 60) * 10) / 10;
  const said = parts.map(({ count, one, other }) => many(count, one, other));
  if (seconds > 0 || said.length === 0) said.push(many(seconds, 'second', 'seconds'));
  return said.join(' ');
}

export const chartWords = {
  axis: 'Time',
  spoken,
  spokenAfter: (time: Time, after: string | null) =>
    after === null ? spoken(time) : `${spoken(time)}, after: ${after}`,
  lagOf: (group: string) => `lag of ${group}`,
  queuedIn: (queue: string) => `in ${queue}`,
  /** A measure of an account. */
  track: (kind: 'lines' | 'row' | 'balance' | 'asked', key: string) =>
    ({
      lines: key === '' ? 'log lines' : `lines of ${key}`,
      row: 'row held',
      balance: 'balance',
      asked: 'asked',
    })[kind],
  /** Measures of calls; of several order APIs each says its name. */
  orders: (api: string) => (api === '' ? 'orders' : api),
  callTrack: (kind: 'stalls' | 'p99', api: string) =>
    ({ stalls: 'stalls', p99: api === '' ? 'p99' : `p99, ${api}` })[kind],
  count: (count: number) => numbers.format(count),
  took: (milliseconds: number) =>
    milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`,
  mark: (title: string, time: string) => `${title}, ${time}`,
  marks: (count: number, titles: readonly string[], time: string) =>
    `${many(count, 'mark', 'marks')} near ${time}: ${titles.join('; ')}`,
  zoomIn: 'Zoom the time axis in',
  zoomOut: 'Zoom the time axis out',
  kept: (run: string) => `${run}, kept`,
  forkedAt: (time: string) => `forked ${time}`,
  showRun: (run: string, until: string) => `Show ${run}, which reaches ${until}`,
} as const;

export type ChartWords = typeof chartWords;
