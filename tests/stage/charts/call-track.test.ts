import { describe, expect, test } from 'vitest';
import { ms, seconds } from '../../../src/kernel/time';
import { orderSigns, stallLines } from '../../../src/stage/charts/call-track';

/** 10 px a second from 0 on. */
const x = (time: number) => (time / 1e6) * 10;
const around = { now: seconds(10), frontier: seconds(20), x };

describe('orders on the time axis', () => {
  test('that lie closer together than can be told apart are one sign, and a failure among them shows', () => {
    const series = { name: 'orders', times: [1000, 1100, 1190, 4000].map(ms), values: [1, 0, 1, 1] };
    expect(orderSigns(series, around)).toEqual([
      { x: 6, low: true, failed: true, isLater: false },
      { x: 36, low: false, failed: false, isLater: false },
    ]);
  });

  test('what is recorded of later is told apart, and does not change what has been', () => {
    const series = { name: 'orders', times: [seconds(9), seconds(9.1), seconds(15)], values: [1, 0, 0] };
    const signs = (now: number) =>
      orderSigns(series, { ...around, now: seconds(now) }).map(({ failed, isLater }) => [failed, isLater]);
    expect(signs(9)).toEqual([[false, false], [true, true]]); // prettier-ignore
    expect(signs(10)).toEqual([[true, false], [true, true]]); // prettier-ignore
  });
});

describe('calls that hang', () => {
  test('lie side by side while they last, and in one row after each other', () => {
    const series = { name: 'stalls', times: [0, 1, 6].map(seconds), values: [4000, 3000, 2000] };
    expect(stallLines(series, around, 3)).toEqual([
      { from: 0, to: 40, row: 0, state: 'over' },
      { from: 10, to: 40, row: 1, state: 'over' },
      { from: 60, to: 80, row: 0, state: 'over' },
    ]);
  });

  test('at this instant end at the playhead, and those of later are told apart', () => {
    const series = { name: 'stalls', times: [8, 12].map(seconds), values: [8000, 3000] };
    expect(stallLines(series, around, 3).map(({ from, to, state }) => [from, to, state])).toEqual([
      [80, 100, 'now'],
      [120, 150, 'later'],
    ]);
  });
});
