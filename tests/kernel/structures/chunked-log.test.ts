import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChunkedLog } from '../../../src/kernel/structures/chunked-log';
import { hashOf } from '../../helpers/transition';

/** What it must equal: a plain array and how much of its front is gone. */
interface Model {
  items: number[];
  start: number;
}

type Step =
  | { do: 'push'; count: number }
  | { do: 'drop'; part: number }
  | { do: 'truncate'; part: number }
  | { do: 'clone' }
  | { do: 'switch'; to: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('push' as const), count: fc.integer({ min: 1, max: 700 }) }),
  fc.record({ do: fc.constant('drop' as const), part: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ do: fc.constant('truncate' as const), part: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ do: fc.constant('clone' as const) }),
  fc.record({ do: fc.constant('switch' as const), to: fc.nat() }),
);

function filled(count: number): ChunkedLog<number> {
  const log = new ChunkedLog<number>();
  for (let item = 0; item < count; item++) log.push(item);
  return log;
}

describe('the chunked log', () => {
  test('gives each item the next index, and finds it there again', () => {
    const log = new ChunkedLog<string>();
    expect([log.push('a'), log.push('b')]).toEqual([0, 1]);
    expect([log.at(0), log.at(1), log.at(2), log.at(-1)]).toEqual(['a', 'b', undefined, undefined]);
  });

  test('keeps the indexes of what is left when the front is dropped', () => {
    const log = filled(1000);
    log.dropBefore(700);
    expect([log.start, log.end, log.length]).toEqual([700, 1000, 300]);
    expect([log.at(699), log.at(700), log.at(999)]).toEqual([undefined, 700, 999]);
  });

  test('goes on at the same index after everything was dropped', () => {
    const log = filled(512);
    log.dropBefore(9999);
    expect([log.start, log.end, log.length]).toEqual([512, 512, 0]);
    expect(log.push(512)).toBe(512);
    expect([...log]).toEqual([512]);
  });

  test('never takes the front back', () => {
    const log = filled(10);
    log.dropBefore(5);
    log.dropBefore(2);
    expect(log.start).toBe(5);
  });

  test('gives the indexes of what was cut off again, and leaves its clones what they had', () => {
    const log = filled(600);
    const before = log.clone();
    log.truncate(512);
    log.truncate(9999);
    expect([log.end, log.at(511), log.at(512)]).toEqual([512, 511, undefined]);
    expect(log.push(-1)).toBe(512);
    expect([log.at(512), before.at(512)]).toEqual([-1, 512]);
    log.dropBefore(100);
    expect(() => log.truncate(99)).toThrow('There is nothing left to keep before 100.');
  });

  test('finds the first item for which a claim begins to hold', () => {
    const log = filled(600);
    log.dropBefore(100);
    expect(log.findFirst((item) => item >= 321)).toBe(321);
    expect(log.findFirst(() => true)).toBe(100);
    expect(log.findFirst(() => false)).toBe(600);
  });

  test('has one hash however it came to hold what it holds', () => {
    const dropped = filled(600);
    dropped.dropBefore(300);
    const cloned = filled(400).clone();
    cloned.dropBefore(300);
    for (let item = 400; item < 600; item++) cloned.push(item);
    expect(hashOf(cloned)).toBe(hashOf(dropped));
    cloned.push(600);
    expect(hashOf(cloned)).not.toBe(hashOf(dropped));
  });

  test('equals a plain array under random pushes, drops, truncations and clones that go separate ways', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const branches = [{ log: new ChunkedLog<number>(), model: { items: [], start: 0 } as Model }];
        let current = 0;
        let counter = 0;
        for (const command of steps) {
          const { log, model } = branches[current];
          if (command.do === 'push') {
            for (let i = 0; i < command.count; i++) {
              expect(log.push(counter)).toBe(model.items.length);
              model.items.push(counter++);
            }
          } else if (command.do === 'drop') {
            const index = Math.floor(command.part * model.items.length);
            log.dropBefore(index);
            model.start = Math.max(model.start, index);
          } else if (command.do === 'truncate') {
            const length = model.items.length - model.start;
            const index = model.start + Math.floor(command.part * length);
            log.truncate(index);
            model.items = model.items.slice(0, index);
          } else if (command.do === 'clone') {
            branches.push({ log: log.clone(), model: { items: model.items.slice(), start: model.start } });
          } else current = command.to % branches.length;
        }
        for (const { log, model } of branches) {
          expect([log.start, log.end]).toEqual([model.start, model.items.length]);
          expect([...log]).toEqual(model.items.slice(model.start));
        }
      }),
    );
  });
});
