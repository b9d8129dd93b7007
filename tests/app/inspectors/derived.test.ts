import { describe, expect, test } from 'vitest';
import { sayDifference } from '../../../src/app/inspectors/differences';
import { clearing, ratesOf } from '../../../src/app/inspectors/lag-to-clear';
import { stepMachine } from '../../../src/app/inspectors/step-machine';
import { inspectors } from '../../../src/app/words/inspectors.en';
import { seconds } from '../../../src/kernel/time';
import type { TruthRow } from '../../../src/scenario/host';
import { face, processOf } from '../../../src/stage/fixture-shapes';
import { boxOf, overlap } from '../../../src/stage/layout/placer';

describe('when a group has caught up', () => {
  const progress = (settled: number, arrived: number, over = 5) => ({
    settled,
    arrived,
    over: seconds(over),
  });

  test('is lag over what it gains, both a second', () => {
    expect(ratesOf(progress(10, 5, 2.5))).toEqual({ settled: 4, arrived: 2 });
    expect(clearing(6, progress(20, 5))).toEqual({ how: 'in', milliseconds: 2000 });
  });

  test('is never while more arrives, not known while nothing is committed, and now without lag', () => {
    expect(clearing(6, progress(4, 6))).toEqual({ how: 'never' });
    expect(clearing(6, progress(5, 9))).toEqual({ how: 'never' });
    expect(clearing(6, progress(0, 0))).toEqual({ how: 'unknown' });
    expect(clearing(0, progress(0, 9))).toEqual({ how: 'now' });
  });
});

describe('a group that keeps pace', () => {
  test('has a lag that neither grows nor clears: one record more or less is the one in hand', () => {
    const of = (settled: number, arrived: number) => clearing(1, { settled, arrived, over: seconds(5) }).how;
    expect([of(5, 5), of(5, 6), of(6, 5)]).toEqual(['even', 'even', 'even']);
    expect([of(7, 5), of(5, 7), of(1, 0)]).toEqual(['in', 'never', 'in']);
  });
});

describe('how a row differs', () => {
  const known = { face: { ...face('OC5 mug'), version: 5 }, lane: 'kafka/shop-events/0', offset: 4 };
  const said = (more: Partial<TruthRow>) => {
    const seen = { key: 'mug', version: 3, fields: {}, changedAt: 0, writes: 3, face: null };
    const row: TruthRow = { key: 'mug', truth: known, seen, state: 'behind', since: seconds(8), ...more };
    return sayDifference(row, seconds(12), inspectors);
  };

  test('is said in versions and time', () => {
    expect(said({})).toBe('2 versions behind, for 4.0\u00a0s');
    expect(said({ state: 'missing', seen: null })).toBe('missing here, for 4.0\u00a0s');
    expect(said({ state: 'same', since: null })).toBe('the same');
    expect(said({ state: 'ahead', truth: { ...known, face: { ...known.face, version: 2 } } })).toBe(
      '1 write more than the log has records',
    );
    expect(said({ state: 'ahead', truth: null })).toBe('newer than the log: it was deleted there');
  });
});

describe('the steps of a service', () => {
  const step = (name: string) => ({ name, since: 0, until: null });

  test('stand in their order, and only the present one is lit', () => {
    const { stops } = stepMachine(processOf('search-a', { step: step('apply') }));
    expect(stops.map(({ name, lit }) => [name, lit])).toEqual([
      ['receive', false],
      ['apply', true],
      ['commit', false],
    ]);
    expect(stops.map(({ x }) => x)).toEqual(stops.map(({ x }) => x).toSorted((a, b) => a - b));
  });

  test('a crash stands between the step it never reached and the one before, and nothing is lit', () => {
    const machine = stepMachine(
      processOf('search-a', { condition: 'crashed', brokeBefore: 'commit', step: step('apply'), pins: ['commit'] }),
    ); // prettier-ignore
    const [, apply, commit] = machine.stops;
    expect(machine.brokeAt!.x).toBeGreaterThan(apply.x);
    expect(machine.brokeAt!.x).toBeLessThan(commit.x);
    expect(machine.stops.some(({ lit }) => lit)).toBe(false);
    expect(machine.pins).toEqual([]);
  });

  test('pins of the first step and after the last one stand on the way back, at their ends of it', () => {
    const { pins, stops } = stepMachine(processOf('search-a', { pins: ['receive', 'committed'] }));
    expect(pins.every(({ y }) => y > stops[0].y)).toBe(true);
    expect(pins[0].x - stops[0].x).toBeLessThan(stops[2].x - pins[0].x);
    expect(stops[2].x - pins[1].x).toBeLessThan(pins[1].x - stops[0].x);
  });

  test('one step is a stop without a way back; names never cover each other, however long', () => {
    expect(stepMachine(processOf('shop', { steps: ['send'] })).lines).toEqual([]);
    const { stops, width } = stepMachine(processOf('relay', { steps: ['read the outbox', 'publish', 'mark it as sent'] }));
    const boxes = stops.map(({ label }) => boxOf(label));
    boxes.forEach((box, index) => {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false);
    });
  }); // prettier-ignore
});
