import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Bodies, type Body } from '../../src/kernel/bodies';
import { factType } from '../../src/kernel/fact';
import { Hasher } from '../../src/kernel/hash';
import { Trace } from '../../src/kernel/trace';
import type { World } from '../../src/kernel/world';
import { alone, build, echo, postman, worker } from '../helpers/machines';

/** Letters, work, a crash, a cut and a heal: something of everything. */
function busy(seed: number) {
  const at = (time: number, action: (world: World) => void) => ({ time, action });
  return build({
    seed,
    latency: { kind: 'exponential', meanMs: 0.2 },
    processes: [
      alone('paul', postman, { to: 'echo', every: 700, count: 300 }),
      alone('mary', postman, { to: 'echo', every: 900, count: 200 }, 5000),
      alone('echo', echo, undefined, 3000),
      alone('smith', worker, { jobs: 5 }, 50),
    ],
    inputs: [
      at(15, (world) => world.crash('smith', 'tripped')),
      at(20_000, (world) => world.cut('mary', 'echo')),
      at(35_000, (world) => world.heal('mary', 'echo')),
      at(50_000, (world) => world.crash('echo', 'gone')),
      at(60_000, (world) => world.pin('mary', 'never', 1)),
    ],
  });
}

function hashAt({ kernel, trace }: ReturnType<typeof build>, count = trace.length): string {
  const hasher = new Hasher();
  trace.hashInto(hasher, count);
  kernel.hashInto(hasher);
  return hasher.hex();
}

describe('snapshots', () => {
  test('from every snapshot, replay equals the straight run', () => {
    const straight = busy(1);
    straight.kernel.runUntil(1e6);
    const expected = hashAt(straight);

    const run = busy(1);
    const saved = [run.kernel.save()];
    while (!run.kernel.runUntil(1e6, run.kernel.eventCount + 100)) saved.push(run.kernel.save());
    expect(saved.length).toBeGreaterThan(8);
    run.trace.verify = true;
    for (const snapshot of saved) {
      run.kernel.load(snapshot);
      run.kernel.runUntil(1e6);
      expect(hashAt(run)).toBe(expected);
    }
  });

  test('a snapshot also serves a fresh kernel', () => {
    const run = busy(2);
    run.kernel.runUntil(40_000);
    const saved = run.kernel.save();
    run.kernel.runUntil(1e6);
    const other = busy(2);
    other.kernel.sink = null;
    other.kernel.load(saved);
    other.kernel.runUntil(1e6);
    const states = (kernel: typeof run.kernel) => kernel.parts.map(({ state }) => state);
    expect(states(other.kernel)).toEqual(states(run.kernel));
  });

  test('a stray difference in a replayed past is found and named', () => {
    const run = busy(3);
    const start = run.kernel.save();
    run.kernel.runUntil(1e6);
    run.trace.verify = true;
    run.kernel.load(start);
    run.kernel.addInput({ time: 100, action: (world: World) => world.setSlowness('smith', 3) });
    expect(() => run.kernel.runUntil(1e6)).toThrow(/replay repeats fact/);
  });
});

const Noted = factType('applied', 'Noted');

describe('the trace', () => {
  const write = (trace: Trace, count: number, subject = 'here') => {
    for (let id = trace.length; id < count; id++) {
      trace.write(id, id * 10, 'p', id - 1, Noted, subject, -1, id, '', 0, id % 3 === 0 ? `d${id}` : '');
    }
  };

  test('reads back what was written, with stated values for what is absent', () => {
    const trace = new Trace();
    write(trace, 2);
    expect(trace.fact(1)).toEqual({
      id: 1, time: 10, process: 'p', kind: 'applied', type: 'Noted', subject: 'here', message: -1, position: 1, amount: 0, group: '', detail: '', cause: 0,
    }); // prettier-ignore
    expect(trace.fact(0).detail).toBe('d0');
    expect(() => trace.fact(2)).toThrow(RangeError);
  });

  test('a fork shares the past and goes its own way, across chunk borders', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9000 }), fc.nat(9000), (length, cut) => {
        const trace = new Trace();
        write(trace, length);
        const count = Math.min(cut, length);
        const fork = trace.fork(count);
        write(fork, length, 'there');
        expect(trace.length).toBe(length);
        if (count > 0) expect(fork.fact(count - 1)).toEqual(trace.fact(count - 1));
        if (count < length)
          expect([trace.fact(count).subject, fork.fact(count).subject]).toEqual(['here', 'there']);
      }),
      { numRuns: 30 },
    );
  });

  test('counts the facts up to a time', () => {
    const trace = new Trace();
    write(trace, 5000);
    expect([
      trace.countAt(-1),
      trace.countAt(0),
      trace.countAt(9),
      trace.countAt(40_000),
      trace.countAt(1e9),
    ]).toEqual([0, 1, 1, 4001, 5000]);
  });
});

describe('the hash', () => {
  const hash = (value: unknown) => {
    const hasher = new Hasher();
    hasher.value(value);
    return hasher.hex();
  };

  test('differs when any value differs, and ignores the order of object keys', () => {
    const value = { a: 1, b: [1, 2, null], c: new Map([['x', new Float64Array([1, 2])]]) };
    expect(hash(value)).toBe(hash({ c: value.c, b: value.b, a: 1 }));
    const others = [
      { ...value, a: 2 },
      { ...value, b: [1, 2] },
      { ...value, c: new Map([['x', new Float64Array([1, 3])]]) },
      { ...value, d: 0 },
    ];
    for (const other of others) expect(hash(other)).not.toBe(hash(value));
  });

  test('refuses what cannot be saved', () => {
    expect(() => hash({ run: () => 1 })).toThrow(/plain data/);
  });
});

describe('bodies', () => {
  const body = (label: string, version = 1): Body => ({
    domain: 'order', type: 'OrderPlaced', label, key: 'mug', version, correlation: 'c', data: { price: version },
  }); // prettier-ignore

  test('are composed again in the past without changing, and differ in a fork', () => {
    const bodies = new Bodies();
    const first = body('OC01');
    bodies.add(first);
    bodies.add(body('OC02'));
    const fork = bodies.fork();
    fork.rewind(1);
    fork.add(body('OC02', 9));
    bodies.rewind(0);
    bodies.add(body('OC01'));
    expect(bodies.get(0)).toBe(first);
    bodies.add(body('OC02'));
    expect([bodies.get(1).version, fork.get(1).version, fork.count]).toEqual([1, 9, 2]);
  });
});
