import { test as property, fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { factType, type FactKind, type NewFact } from '../../src/kernel/fact';
import { ms, seconds } from '../../src/kernel/time';
import { Trace } from '../../src/kernel/trace';
import type {
  BacklogReading,
  HistogramPanel,
  HistogramReading,
  MeterReading,
  Panel,
} from '../../src/scenario/panel';
import { Panels } from '../../src/scenario/panels';
import { storedScenario } from '../helpers/panels';
import { writeFact } from '../helpers/write-fact';

/** A history written by hand: `[milliseconds, process, kind, more]`. */
type Line = readonly [at: number, process: string, kind: FactKind, more?: Partial<NewFact>];

function traceOf(lines: readonly Line[]): Trace {
  const trace = new Trace();
  for (const [at, process, kind, more = {}] of lines) {
    const is = factType(kind, `Test${kind}`);
    writeFact(trace, trace.length, ms(at), process, -1, { is, subject: process, ...more });
  }
  return trace;
}

const panelsOver = () => new Panels(storedScenario, () => { throw new Error('no bodies are asked for'); }); // prettier-ignore
const atEnd = (trace: Trace, time = 0) => ({ factCount: trace.length, time });

const latency: HistogramPanel = {
  kind: 'histogram',
  id: 'latency',
  of: { from: { kind: 'requested' }, to: { kind: 'responded' } },
};

function orders(lengthsMs: readonly number[]): Trace {
  const lines = lengthsMs.flatMap((length, index): Line[] => [
    [index * 10, 'browser', 'requested', { message: index }],
    [index * 10 + length, 'browser', 'responded', { message: index }],
  ]);
  return traceOf([...lines].sort(([a], [b]) => a - b));
}

const read = (panels: Panels, panel: Panel, trace: Trace, factCount = trace.length) =>
  panels.read([panel], trace, { factCount, time: trace.length === 0 ? 0 : trace.timeOf(factCount - 1) })[0];

describe('a histogram', () => {
  test('has its needles at the nearest rank, as goals judge it', () => {
    const trace = orders(Array.from({ length: 100 }, (_, index) => (index + 1) * 7));
    const { series } = read(panelsOver(), latency, trace) as HistogramReading;
    expect(series).toMatchObject([{ count: 100, p50Ms: 350, p99Ms: 693, longestMs: 700 }]);
    expect(series[0].bins.reduce((sum, count) => sum + count, 0)).toBe(100);
  });

  test('measures no order that has not been answered', () => {
    const trace = traceOf([[0, 'browser', 'requested', { message: 1 }]]);
    expect(read(panelsOver(), latency, trace)).toMatchObject({
      series: [{ count: 0, p50Ms: null, p99Ms: null }],
    });
  });

  test('puts a span into the bin that holds it, edges included below', () => {
    const panel = { ...latency, axisMs: 1000 };
    const { edgesMs, series } = read(panelsOver(), panel, orders([0, 10, 19, 20, 999])) as HistogramReading;
    expect(edgesMs.slice(0, 3)).toEqual([0, 10, 20]);
    expect(edgesMs.at(-1)).toBe(1000);
    expect([0, 1, 2, 99].map((bin) => series[0].bins[bin])).toEqual([1, 2, 1, 1]);
  });

  test('lengthens its axis for what is longer', () => {
    const { edgesMs } = read(
      panelsOver(),
      { ...latency, axisMs: 1000 },
      orders([10, 1400]),
    ) as HistogramReading;
    expect(edgesMs.at(-1)).toBe(2000);
  });

  test('sets two designs side by side on one axis', () => {
    const after = { from: { kind: 'published' }, to: { kind: 'applied' } } as const;
    const trace = traceOf([
      [0, 'browser', 'requested', { message: 1 }],
      [0, 'api', 'published', { message: 1 }],
      [180, 'api', 'applied', { message: 1 }],
      [12_000, 'browser', 'responded', { message: 1 }],
    ]);
    const reading = read(panelsOver(), { ...latency, after, scale: 'log' }, trace) as HistogramReading;
    expect(reading.series.map(({ p99Ms }) => p99Ms)).toEqual([12_000, 180]);
    for (const [index, length] of [12_000, 180].entries()) {
      const bin = reading.series[index].bins.indexOf(1);
      expect(reading.edgesMs[bin]).toBeLessThanOrEqual(length);
      expect(reading.edgesMs[bin + 1]).toBeGreaterThan(length);
    }
  });

  property.prop([
    fc.array(fc.integer({ min: 0, max: 15_000 }), { maxLength: 300 }),
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }),
  ])('reads the same wherever one comes from, back and forth', (lengths, stops) => {
    const trace = orders(lengths);
    const panels = panelsOver();
    for (const stop of stops) {
      const factCount = Math.round(stop * trace.length);
      if (factCount === 0) continue;
      expect(read(panels, latency, trace, factCount)).toEqual(read(panelsOver(), latency, trace, factCount));
    }
  });
});

describe('a meter', () => {
  const meter: Panel = {
    kind: 'meter',
    id: 'success',
    good: { kind: 'responded' },
    among: { kind: ['responded', 'failed'] },
  };

  test('counts each order once, and none that is still open', () => {
    const trace = traceOf([
      [0, 'browser', 'requested', { message: 1 }],
      [1, 'browser', 'responded', { message: 2 }],
      [2, 'browser', 'failed', { message: 3 }],
      [3, 'browser', 'failed', { message: 3 }],
    ]);
    expect(read(panelsOver(), meter, trace)).toMatchObject({ decided: 2, good: 1, badWhileDown: [] });
  });

  test('says who was down, where it was one alone', () => {
    const trace = traceOf([
      [0, 'email', 'crashed'],
      [1, 'browser', 'failed', { message: 1 }],
      [2, 'browser', 'failed', { message: 2 }],
      [3, 'fraud', 'crashed'],
      [4, 'browser', 'failed', { message: 3 }],
      [5, 'email', 'restarted'],
      [6, 'browser', 'failed', { message: 4 }],
    ]);
    const reading = read(panelsOver(), meter, trace) as MeterReading;
    expect(reading.badWhileDown).toEqual([
      { process: 'email', count: 2 },
      { process: 'fraud', count: 1 },
    ]);
    expect(read(panelsOver(), meter, trace, 3)).toMatchObject({ decided: 2, good: 0 });
  });
});

describe('a backlog', () => {
  const lane = 'kafka/orders/0';
  const backlog: Panel = { kind: 'backlog', id: 'waiting', groups: ['email', 'audit'] };
  const everySecond = (from: number, to: number): Line[] =>
    Array.from({ length: (to - from) * 10 }, (_, index) => {
      const position = from * 10 + index;
      return [from * 1000 + index * 100, 'kafka', 'accepted', { subject: lane, position, message: position }];
    });
  /** email is down from 10 s to 70 s, then clears 15 a second; audit keeps up. */
  const outage = traceOf(
    [
      ...everySecond(0, 120),
      ...everySecond(0, 120).map(([at, , , more]): Line => [
        at,
        'audit',
        'settled',
        { subject: lane, group: 'audit', position: more!.position! + 1 },
      ]),
      ...everySecond(0, 10).map(([at, , , more]): Line => [
        at,
        'email',
        'settled',
        { subject: lane, group: 'email', position: more!.position! + 1 },
      ]),
      [10_000, 'email', 'crashed'] as Line,
      [70_000, 'email', 'restarted'] as Line,
      ...Array.from({ length: 750 }, (_, index): Line => [
        70_000 + (index * 1000) / 15,
        'email',
        'settled',
        { subject: lane, group: 'email', position: 101 + index },
      ]),
    ].sort(([a], [b]) => a - b),
  );
  const at = (time: number) => {
    const factCount = outage.countAt(seconds(time));
    return panelsOver().read([backlog], outage, { time: seconds(time), factCount })[0] as BacklogReading;
  };

  test('grows while its service is down and says so', () => {
    const { lines, outages } = at(69.95);
    expect(lines[0]).toMatchObject({
      group: 'email',
      waiting: 600,
      most: 600,
      leaving: 0,
      drainedInMs: null,
    });
    expect(lines[0].arriving).toBeCloseTo(10, 0);
    expect(lines[1]).toMatchObject({ group: 'audit', waiting: 0 });
    expect(outages).toEqual([{ process: 'email', group: 'email', from: seconds(10), to: null }]);
  });

  test('says how long it takes to clear at its present pace', () => {
    const { lines, outages } = at(90);
    expect(outages[0].to).toBe(seconds(70));
    expect(lines[0].leaving).toBeCloseTo(15, 0);
    expect(lines[0].drainedInMs! / 1000).toBeGreaterThan(90);
    expect(lines[0].drainedInMs! / 1000).toBeLessThan(110);
  });

  test('stays small however long the run is', () => {
    for (const { times, values } of at(120).lines) {
      expect(times.length).toBeLessThanOrEqual(241);
      expect(values.length).toBe(times.length);
    }
  });

  test('shows what was so at an earlier instant, on the same history', () => {
    const panels = panelsOver();
    panels.read([backlog], outage, atEnd(outage, seconds(120)));
    const factCount = outage.countAt(seconds(20));
    expect(panels.read([backlog], outage, { time: seconds(20), factCount })[0]).toEqual(at(20));
  });
});

test('two hundred thousand facts are measured once', () => {
  const trace = orders(Array.from({ length: 100_000 }, (_, index) => 100 + (index % 977)));
  const panels = panelsOver();
  read(panels, latency, trace);
  let asked = 0;
  const watched = new Proxy(trace, {
    get: (target, name) => {
      if (name === 'fact') asked++;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  for (let back = 0; back < 50; back++) read(panels, latency, watched, trace.length - back * 3);
  expect(asked).toBe(0);
});
