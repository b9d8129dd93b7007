import { expect, test } from 'vitest';
import { ms, seconds } from '../../src/kernel/time';
import { clock, readTime } from '../../src/stage/clock';

test('times are written as a clock shows them', () => {
  expect(clock(0)).toBe('0:00.0');
  expect(clock(seconds(18.6), 3)).toBe('0:18.600');
  expect(clock(seconds(65), 0)).toBe('1:05');
  expect(clock(seconds(3600 + 2 * 60 + 3.45))).toBe('1:02:03.4');
  expect(clock(seconds(3 * 86_400 + 4 * 3600 + 5 * 60 + 6), 0)).toBe('3 d 04:05:06');
});

test('what was not reached is not shown', () => {
  expect(clock(seconds(18.5999))).toBe('0:18.5');
});

test.each([
  ['0:18.6', 18_600],
  ['18.6 s', 18_600],
  ['18,6', 18_600],
  ['18600 ms', 18_600],
  ['.5s', 500],
  ['1:02:03', 3_723_000],
  ['2 min', 120_000],
  ['1 h', 3_600_000],
  ['3 d 4:00:00', 3 * 86_400_000 + 4 * 3_600_000],
  ['2 days', 2 * 86_400_000],
])('“%s” is read as %d ms', (text, milliseconds) => {
  expect(readTime(text)).toBe(ms(milliseconds));
});

test.each(['', 'soon', '0:75', '1:75:00', '-5', '5 parsecs', '1:2:3:4'])('“%s” is no time', (text) => {
  expect(readTime(text)).toBe(null);
});

test('what is written can be read', () => {
  for (const time of [0, seconds(18.6), seconds(4000), seconds(200_000.123)]) {
    expect(readTime(clock(time, 3))).toBe(time);
  }
});
