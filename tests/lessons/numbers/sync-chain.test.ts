/**
 * The article's numbers, out of lesson 1's own scenario: what is measured is history, never a formula. The parameters
 * behind them are calibrated elsewhere; here the lesson's world must yield them, on several seeds.
 */
import { describe, expect, test } from 'vitest';
import { chain } from '../../../lessons/01-why/01-sync-chain/street';
import { sixCalls } from '../../../lessons/01-why/01-sync-chain/probes';
import type { FactSink } from '../../../src/kernel/fact';
import { ms } from '../../../src/kernel/time';
import { buildKernel } from '../../../src/scenario/build';
import { asDesigned, setAction } from '../../../src/scenario/design';
import { loadRegistry } from '../../../src/scenario/registry';
import type { Action, Scenario } from '../../../src/scenario/scenario';

const seeds = [1, 2, 3];
/** A run is over when every order has been answered; the browser stops after so many. */
const orders = 1200;
const registry = await loadRegistry(chain);

interface Measured {
  /** Milliseconds from placed to answered, sorted. */
  readonly took: readonly number[];
  readonly placed: number;
  readonly failed: number;
  /** Orders of which a call was carried out after its caller had given up. */
  readonly unheard: number;
  readonly calls: number;
}

/** Plays the lesson's world with some edits from the start, and other odds if a test is about those. */
function measure(seed: number, edits: readonly Action[] = [], scenario: Scenario = limited(chain)): Measured {
  const inputs = edits.map((action, order) => ({ time: 0, order, action }));
  const begun = new Map<number, number>();
  const took: number[] = [];
  const unheard = new Set<number>();
  let failed = 0;
  let calls = 0;
  const sink: FactSink = {
    write(_id, time, _process, _cause, is, _subject, message) {
      if (is.name === 'OrderPlaced') begun.set(message, time);
      else if (is.name === 'OrderAnswered') took.push((time - begun.get(message)!) / 1000);
      else if (is.name === 'OrderFailed') failed++;
      else if (is.name === 'CallSent') calls++;
      else if (is.name === 'RequestHandledUnheard') unheard.add(message);
    },
  };
  buildKernel(asDesigned({ engine: 'test', scenario, seed, inputs }), registry, sink).runUntil(ms(360_000));
  took.sort((a, b) => a - b);
  return { took, placed: begun.size, failed, unheard: unheard.size, calls };
}

function limited(scenario: Scenario, options: Readonly<Record<string, unknown>> = {}): Scenario {
  const services = scenario.services.map((service) => ({
    ...service,
    parts: service.parts.map((part) => {
      if (part.kind === 'browser') return { ...part, options: { ...part.options, limit: orders } };
      return part.kind === 'http-server' ? { ...part, options: { ...part.options, ...options } } : part;
    }),
  }));
  return { ...scenario, services };
}

/** Nearest rank. */
function percentile({ took }: Measured, percent: number): number {
  return took[Math.ceil((percent * took.length) / 100) - 1];
}

const design = (option: string, value: string | number): Action =>
  setAction('order-api', 'http-api', option, value);
const repaired = (timeoutMs: number) => [
  design('mode', 'parallel'),
  design('timeoutMs', timeoutMs),
  design('retries', 1),
];

describe.each(seeds)('seed %i', (seed) => {
  test('14 calls in series: p50 2.2 s, p99 12 s ± 5%, and no order fails', () => {
    const run = measure(seed);
    expect(run.took).toHaveLength(orders);
    expect(run.failed).toBe(0);
    expect(percentile(run, 50)).toBeGreaterThan(2150);
    expect(percentile(run, 50)).toBeLessThan(2300);
    expect(percentile(run, 99)).toBeGreaterThan(11_400);
    expect(percentile(run, 99)).toBeLessThan(12_600);
  });

  test('the same calls in parallel: the median is mended, the slowest 1% still wait about 10 s', () => {
    const run = measure(seed, [design('mode', 'parallel')]);
    expect(percentile(run, 50)).toBeGreaterThan(300);
    expect(percentile(run, 50)).toBeLessThan(360);
    expect(percentile(run, 99)).toBeGreaterThan(9500);
    expect(percentile(run, 99)).toBeLessThan(10_500);
  });

  test('parallel, 500 ms and one retry: p99 under 1 s, at least 99% succeed', () => {
    const run = measure(seed, repaired(500));
    expect(percentile(run, 99)).toBeLessThan(1000);
    expect(run.took.length / run.placed).toBeGreaterThanOrEqual(0.99);
  });

  test('14 services at 99.5% each: 93.2% ± 1 point of orders succeed', () => {
    // each order makes its calls until one fails: all of them at once would be the same share
    const run = measure(seed, [], manyOrders({ errorRate: 0.005, stallChance: 0 }));
    expect(run.placed).toBeGreaterThan(6000);
    expect(Math.abs(run.took.length / run.placed - 0.932)).toBeLessThan(0.01);
  });
});

test('parallel, 400 ms and one retry: of 27.6% ± 1.5 points of orders a call ran that was given up, for 2% more calls', () => {
  const run = measure(1, repaired(400), manyOrders({}));
  expect(run.placed).toBeGreaterThan(6000);
  expect(Math.abs(run.unheard / run.placed - 0.276)).toBeLessThan(0.015);
  expect(run.calls / (run.placed * 14)).toBeGreaterThan(1.015);
  expect(run.calls / (run.placed * 14)).toBeLessThan(1.03);
});

test('series never comes under a second, whatever its patience', () => {
  for (const timeoutMs of [300, 500]) {
    const run = measure(1, [design('timeoutMs', timeoutMs), design('retries', 1)]);
    expect(percentile(run, 50)).toBeGreaterThan(1900);
  }
});

test('six calls at 99.9%: about 99.4% of orders succeed', () => {
  const { scenario, tellAtMs } = sixCalls;
  let [placed, answered] = [0, 0];
  for (const seed of [1, 2, 3]) {
    const sink: FactSink = {
      write(_id, _time, _process, _cause, is) {
        if (is.name === 'OrderAnswered') answered++;
        if (is.name === 'OrderAnswered' || is.name === 'OrderFailed') placed++;
      },
    };
    buildKernel({ engine: 'test', scenario, seed, inputs: [] }, registry, sink).runUntil(ms(tellAtMs));
  }
  expect(placed).toBeGreaterThan(7000);
  expect(Math.abs(answered / placed - 0.994)).toBeLessThan(0.003);
});

/** The lesson's services with a crowd of browsers, so that a share is known to a point. */
function manyOrders(options: Readonly<Record<string, unknown>>): Scenario {
  const scenario = limited(chain, options);
  const services = scenario.services.map((service) => ({
    ...service,
    parts: service.parts.map((part) =>
      part.kind === 'browser'
        ? { ...part, options: { ...part.options, limit: 6500, ratePerSecond: 200 } }
        : part,
    ),
  }));
  return { ...scenario, services };
}
