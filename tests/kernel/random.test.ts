import { describe, expect, test } from 'vitest';
import { exponential, latencyTable, logarithm, normalQuantile } from '../../src/kernel/distribution';
import { Streams } from '../../src/kernel/random';

const draw = (streams: Streams, name: string, count: number) =>
  Array.from({ length: count }, () => streams.stream(name).bits());

describe('named random streams', () => {
  test('a seed and a name give the same numbers for ever', () => {
    expect(draw(new Streams(1), 'pace', 3)).toEqual(draw(new Streams(1), 'pace', 3));
    expect(draw(new Streams(1), 'pace', 3)).not.toEqual(draw(new Streams(2), 'pace', 3));
  });

  test('drawing from one stream never shifts another', () => {
    const alone = draw(new Streams(9), 'b', 5);
    const streams = new Streams(9);
    draw(streams, 'a', 1000);
    expect(draw(streams, 'b', 5)).toEqual(alone);
  });

  test('loading goes back, also for streams first used later and in another order', () => {
    const streams = new Streams(3);
    draw(streams, 'a', 4);
    const saved = streams.save();
    const future = [draw(streams, 'a', 3), draw(streams, 'z', 3)];
    streams.load(saved);
    expect([draw(streams, 'a', 3), draw(streams, 'z', 3)]).toEqual(future);
    const other = new Streams(3);
    other.stream('z');
    other.load(saved);
    expect([draw(other, 'a', 3), draw(other, 'z', 3)]).toEqual(future);
  });

  test('is uniform: 100,000 draws fall evenly into ten bins', () => {
    const random = new Streams(5).stream('bins');
    const bins = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) bins[random.below(10)]++;
    for (const bin of bins) expect(Math.abs(bin - 10_000)).toBeLessThan(400);
  });
});

describe('latency tables', () => {
  test('own exp and log agree with the engine’s to 12 digits', () => {
    for (let x = -8; x <= 8; x += 0.37) expect(exponential(x) / Math.exp(x)).toBeCloseTo(1, 12);
    for (const x of [1e-6, 0.01, 0.5, 1, 2, 10, 12345.678]) expect(logarithm(x)).toBeCloseTo(Math.log(x), 12);
  });

  test('normal quantiles are those of the tables in any statistics book', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 5);
    expect(normalQuantile(0.01)).toBeCloseTo(-2.326348, 5);
    expect(normalQuantile(0.5)).toBe(0);
  });

  test('a lognormal sample has its median and its 99th percentile', () => {
    const table = latencyTable({ kind: 'lognormal', medianMs: 140, sigma: 0.5 });
    const random = new Streams(11).stream('calls');
    const samples = Array.from({ length: 40_000 }, () => random.sample(table)).sort((a, b) => a - b);
    expect(samples[20_000] / 140_000).toBeCloseTo(1, 1);
    expect(samples[39_600] / (140_000 * Math.exp(0.5 * 2.326))).toBeCloseTo(1, 1);
    expect(samples.every(Number.isInteger)).toBe(true);
  });

  test('a constant is exact and draws nothing', () => {
    const streams = new Streams(1);
    const before = streams.save();
    expect(streams.stream('x').sample(latencyTable(2.5))).toBe(2500);
    expect(draw(streams, 'x', 1)).toEqual(draw(new Streams(1), 'x', 1));
    expect(before.names).toEqual([]);
  });
});
