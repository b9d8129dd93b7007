import { describe, expect, test } from 'vitest';
import { defineConformance, type Comparison, type Observed } from '../define';
import { compare, compareAll, isExact } from './compare';

const oneOf: Comparison = { code: 'S', oneOf: ['1', '2'], why: 'a race' };
const positive: Comparison = {
  code: 'I',
  invariant: 'above zero',
  holds: (value) => typeof value === 'number' && value > 0,
  why: 'it is random',
};

describe('what is the same', () => {
  const same: [string, Comparison, Observed, Observed][] = [
    ['exactly', 'D', { a: [1, 'x'], b: null }, { b: null, a: [1, 'x'] }],
    ['lanes in another order', 'P', [['a', 'b'], ['c']], [['c'], ['a', 'b']]],
    ['a list in another order', 'M', [{ a: 1, b: 2 }, 3, 3], [3, { b: 2, a: 1 }, 3]],
    ['another of the allowed ones', oneOf, '1', '2'],
    ['another of which the invariant holds', positive, 1, 2],
    ['another time within bounds', { code: 'T', min: 10, max: 20 }, 10, 20],
    ['times within bounds', { code: 'T', min: 10, max: 20 }, [12], [10, 20]],
  ];
  for (const [says, code, recorded, actual] of same)
    test(says, () => expect(compare(code, recorded, actual)).toBeNull());
});

describe('what differs, and where', () => {
  const different: [string, Comparison, Observed, Observed, string][] = [
    ['a field', 'D', { sent: [{ partition: 1 }] }, { sent: [{ partition: 2 }] }, 'seen.sent[0].partition'],
    ['a field that is missing', 'D', { a: 1, b: 2 }, { a: 1 }, 'seen.b'],
    ['a list that is longer', 'D', [1], [1, 2], 'seen[1]'],
    ['null and a missing object', 'D', null, {}, 'seen'],
    ['a number and its text', 'D', 1, '1', 'seen'],
    ['the order inside a lane', 'P', [['a', 'b']], [['b', 'a']], 'seen[*]'],
    ['a lane that is missing', 'P', [['a'], []], [['a']], 'seen[*]'],
    ['one more of the same', 'M', [1], [1, 1], 'seen[*]'],
    ['one that is not allowed', oneOf, '1', '3', 'seen'],
    ['a recording that is not allowed any more', oneOf, '3', '1', 'seen'],
    ['one of which the invariant does not hold', positive, 1, 0, 'seen'],
    ['a time out of bounds', { code: 'T', min: 10, max: 20 }, 15, 21, 'seen'],
    ['something that is no time', { code: 'T', min: 10, max: 20 }, 15, '15', 'seen'],
  ];
  for (const [says, code, recorded, actual, where] of different)
    test(says, () => expect(compare(code, recorded, actual, 'seen')?.where).toBe(where));
});

describe('a scenario', () => {
  const scenario = defineConformance({
    id: 'X-1',
    title: 'Nothing happens.',
    broker: 'kafka',
    compare: { log: 'D', members: 'M' },
    run: async () => undefined,
  });

  test('is exact when all of it is', () => {
    expect(isExact(scenario)).toBe(false);
    expect(isExact({ ...scenario, compare: 'D' })).toBe(true);
    expect(isExact({ ...scenario, compare: { log: 'D' } })).toBe(true);
  });

  test('is compared name by name', () => {
    const recorded = { log: [1, 2], members: [1, 2] };
    expect(compareAll(scenario, recorded, { log: [1, 2], members: [2, 1] })).toBeNull();
    expect(compareAll(scenario, recorded, { log: [2, 1], members: [2, 1] })?.where).toBe('log[0]');
  });

  test('differs by what is seen in one run only', () => {
    expect(compareAll(scenario, { log: [], members: [] }, { log: [] })?.where).toBe('members');
    expect(compareAll(scenario, { log: [] }, { log: [], members: [] })?.where).toBe('members');
  });

  test('that does not say how something is compared is refused', () => {
    expect(() => compareAll(scenario, { ends: 1 }, { ends: 1 })).toThrow('how "ends" is compared');
  });
});
