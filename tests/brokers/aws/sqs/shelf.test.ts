import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Shelf } from '../../../../src/brokers/aws/sqs/shelf';

/** Two shelves of one past go on by themselves: each must stay what a Map of its own is. */
test('a shelf holds what a map holds, and so does its clone, whatever happens to the other', () => {
  const step = fc.record({
    does: fc.constantFrom(
      'add',
      'add',
      'add many',
      'change',
      'delete',
      'delete',
      'delete first',
      'clone',
      'clear',
    ),
    which: fc.nat({ max: 2000 }),
    other: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120, size: 'max' }), (steps) => {
      const sides = [new Shelf<number>(), new Shelf<number>()].map((shelf) => ({
        shelf,
        map: new Map<number, number>(),
        next: 0,
      }));
      for (const { does, which, other } of steps) {
        const side = sides[other ? 1 : 0];
        const add = () => {
          side.map.set(side.next, which);
          side.shelf.set(side.next++, which);
        };
        const one = [...side.map.keys()][which % Math.max(side.map.size, 1)];
        if (does === 'add') add();
        else if (does === 'add many') for (let i = 0; i < 300; i++) add();
        else if (does === 'change' && one !== undefined) {
          side.map.set(one, -which);
          side.shelf.set(one, -which);
        } else if (does === 'delete' && one !== undefined) {
          side.map.delete(one);
          side.shelf.delete(one);
        } else if (does === 'delete first') {
          for (const key of [...side.map.keys()].slice(0, 280)) {
            side.map.delete(key);
            side.shelf.delete(key);
          }
        } else if (does === 'clone') {
          sides[other ? 0 : 1] = { shelf: side.shelf.clone(), map: new Map(side.map), next: side.next };
        } else if (does === 'clear') {
          side.map.clear();
          side.shelf.clear();
        }
        for (const { shelf, map } of sides) {
          expect(shelf.size).toBe(map.size);
          expect([...shelf.values()]).toEqual([...map.values()]);
          expect(shelf.ranked(which)).toBe([...map.values()][which]);
        }
        expect(side.shelf.get(which)).toBe(side.map.get(which));
        expect(side.shelf.first()).toBe([...side.map.values()][0]);
      }
    }),
    { numRuns: 40 },
  );
});
