import { expect, test as it } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { NumberMap } from '../../../src/kernel/structures/number-map';

/** Numbers come one after the other, or after a gap; some go, some come back. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ is: fc.constant('next' as const), gap: fc.constantFrom(0, 0, 0, 1, 3, 70, 5000) }) },
  { weight: 6, arbitrary: fc.record({ is: fc.constant('delete' as const), of: fc.nat(300) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('set' as const), of: fc.nat(300) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('clear' as const) }) },
); // prettier-ignore

const steps = fc.array(step, { maxLength: 400 });

function sorted(model: ReadonlyMap<number, string>): [number, string][] {
  return [...model].sort(([a], [b]) => a - b);
}

test.prop([steps])('does what a Map in ascending order does', (all) => {
  const map = new NumberMap<string>();
  const model = new Map<number, string>();
  let next = 0;
  let word = 0;
  for (const one of all) {
    if (one.is === 'clear') {
      map.clear();
      model.clear();
    } else if (one.is === 'next') {
      next += one.gap;
      map.set(next, `${word}`);
      model.set(next++, `${word++}`);
    } else {
      const number = Math.max(0, next - one.of);
      if (one.is === 'delete') expect(map.delete(number)).toBe(model.delete(number));
      else if (number < next) {
        map.set(number, `${word}`);
        model.set(number, `${word++}`);
      }
    }
    expect(map.size).toBe(model.size);
    expect(map.firstNumber).toBe(Math.min(...model.keys()));
  }
  expect([...map]).toEqual(sorted(model));
  expect([...map.clone()]).toEqual(sorted(model));
  for (let number = 0; number < Math.min(next + 5, 2000); number++)
    expect(map.get(number)).toBe(model.get(number));
});

test.prop([steps, steps])('a clone and its original go on apart', (before, after) => {
  const map = new NumberMap<number>();
  const play = (all: typeof before, on: NumberMap<number>): void => {
    for (const one of all) {
      if (one.is === 'clear') on.clear();
      else if (one.is === 'next') on.set(one.gap + 300, one.gap);
      else if (one.is === 'delete') on.delete(one.of);
      else on.set(one.of, -one.of);
    }
  };
  play(before, map);
  const kept = [...map];
  const copy = map.clone();
  play(after, copy);
  expect([...map]).toEqual(kept);
  play(after, map);
  expect([...map]).toEqual([...copy]);
});

it('deletes as it is gone through', () => {
  const map = new NumberMap<string>();
  for (let number = 0; number < 1000; number++) map.set(number, `${number}`);
  for (let number = 100; number < 900; number++) map.delete(number);
  const seen: number[] = [];
  for (const [number] of map) {
    seen.push(number);
    map.delete(number);
  }
  expect(seen).toHaveLength(200);
  expect(map.size).toBe(0);
  expect(map.firstNumber).toBe(Infinity);
});

it('takes no more room than what it holds, however long one straggler stays', () => {
  const map = new NumberMap<number>();
  map.set(0, 0);
  for (let number = 1; number < 100_000; number++) {
    map.set(number, number);
    if (number > 10) map.delete(number - 10);
  }
  const window = (map as unknown as { items: unknown[] }).items;
  expect(window.length).toBeLessThan(500);
  expect(map.get(0)).toBe(0);
  expect(map.size).toBe(11);
});
