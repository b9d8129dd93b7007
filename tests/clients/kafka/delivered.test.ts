import { expect, test } from 'vitest';
import { fc, test as property } from '@fast-check/vitest';
import { deliveredBefore } from '../../../src/clients/kafka/delivered';

property.prop([fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 200 })])(
  'says of every position whether it was given out before',
  (positions) => {
    const notes = new Map<string, readonly number[]>();
    const given = new Set<number>();
    for (const position of positions) {
      expect(deliveredBefore(notes, 'p', position)).toBe(given.has(position));
      given.add(position);
      const ranges = notes.get('p')!;
      expect([...ranges].sort((a, b) => a - b)).toEqual(ranges);
      expect(new Set(ranges).size).toBe(ranges.length);
    }
  },
);

test('reading on keeps one range, however long', () => {
  const notes = new Map<string, readonly number[]>();
  for (let position = 5; position < 500; position++) deliveredBefore(notes, 'p', position);
  expect(notes.get('p')).toEqual([5, 500]);
});

test('what was skipped by a seek forward counts as new when it is read later', () => {
  const notes = new Map<string, readonly number[]>();
  for (const position of [0, 1, 10, 11]) deliveredBefore(notes, 'p', position);
  expect([1, 2, 3, 10].map((position) => deliveredBefore(notes, 'p', position))).toEqual([
    true,
    false,
    false,
    true,
  ]);
});
