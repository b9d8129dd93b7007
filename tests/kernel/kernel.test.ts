import { describe, expect, test } from 'vitest';
import type { World } from '../../src/kernel/world';
import { alone, build, echo, postman, worker } from '../helpers/machines';

const pair = (count: number, every = 100) => [
  alone('paul', postman, { to: 'echo', every, count }),
  alone('echo', echo),
];
const at = (time: number, action: (world: World) => void) => ({ time, action });
const types = (trace: ReturnType<typeof build>['trace']) => [...trace.facts()].map(({ type }) => type);

describe('messages', () => {
  test('arrive after the link’s latency and are answered on their connection', () => {
    const { kernel, trace } = build({ processes: pair(1), latency: 3 });
    kernel.runUntil(1e6);
    const [sent, got] = [...trace.facts()];
    expect([sent.time, got.time]).toEqual([0, 3000]);
    expect(kernel.part('paul')!.state).toMatchObject({ answers: [0] });
  });

  test('never overtake one another on a connection, however their latencies fall', () => {
    const { kernel, trace } = build({
      processes: pair(200, 50),
      latency: { kind: 'exponential', meanMs: 5 },
    });
    kernel.runUntil(1e8);
    const got = [...trace.facts()]
      .filter(({ type }) => type === 'LetterReceived')
      .map(({ position }) => position);
    expect(got).toEqual(Array.from({ length: 200 }, (_, index) => index));
  });

  test('a fact is caused by the fact that led to its command', () => {
    const { kernel, trace } = build({ processes: pair(3) });
    kernel.runUntil(1e6);
    for (const fact of trace.facts()) {
      if (fact.type === 'LetterReceived')
        expect(trace.fact(fact.cause)).toMatchObject({ type: 'LetterSent', position: fact.position });
    }
  });
});

describe('a cut link', () => {
  test('is silence, and healing delivers what was held, in order', () => {
    const inputs = [
      at(500, (world) => world.cut('paul', 'echo')),
      at(50_000, (world) => world.heal('echo', 'paul')),
    ];
    const { kernel, trace } = build({ processes: pair(20), inputs });
    kernel.runUntil(49_999);
    const before = types(trace).filter((type) => type === 'LetterReceived').length;
    kernel.runUntil(1e6);
    const got = [...trace.facts()].filter(({ type }) => type === 'LetterReceived');
    expect(before).toBeLessThan(20);
    expect(got.map(({ position }) => position)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });
});

describe('a crash', () => {
  test('closes connections: the peer hears, after what was still under way', () => {
    const inputs = [at(10_000, (world) => world.crash('echo', 'pulled the plug'))];
    const { kernel, trace } = build({ processes: pair(1), inputs });
    kernel.runUntil(1e6);
    expect(types(trace)).toEqual(['LetterSent', 'LetterReceived', 'ProcessCrashed', 'ConnectionLost']);
  });

  test('what the crashed process had sent still arrives; what was sent to it does not', () => {
    const { kernel, trace } = build({
      processes: pair(1),
      inputs: [at(500, (world) => world.crash('paul', 'gone'))],
    });
    kernel.runUntil(1e6);
    expect(types(trace)).toEqual(['LetterSent', 'ProcessCrashed', 'LetterReceived']);
    const other = build({ processes: pair(1), inputs: [at(500, (world) => world.crash('echo', 'gone'))] });
    other.kernel.runUntil(1e6);
    expect(types(other.trace)).toEqual(['LetterSent', 'ProcessCrashed', 'ConnectionLost']);
  });

  test('a process that is down refuses connections', () => {
    const inputs = [at(0, (world) => world.crash('echo', 'gone'))];
    const { kernel, trace } = build({ processes: pair(2, 5000), inputs });
    kernel.runUntil(1e6);
    expect(types(trace).filter((type) => type === 'ConnectionLost').length).toBe(2);
  });

  test('forgets timers and restarts in a new incarnation after the stated delay', () => {
    const inputs = [at(25, (world) => world.crash('smith', 'tripped'))];
    const { kernel, trace } = build({ processes: [alone('smith', worker, { jobs: 5 }, 100)], inputs });
    kernel.runUntil(1e6);
    const facts = [...trace.facts()];
    expect(facts.map(({ type, position }) => (type === 'WorkDone' ? position : type))).toEqual([
      0, 'ProcessCrashed', 'ProcessRestarted', 0, 1, 2, 3, 4,
    ]); // prettier-ignore
    expect(facts[2]).toMatchObject({ time: 125, amount: 1 });
  });

  test('a pin breaks the process between two steps and never inside one', () => {
    for (const [step, done] of [
      ['take', []],
      ['apply', []],
      ['settle', [0]],
    ] as const) {
      const { kernel, trace } = build({
        processes: [alone('smith', worker, { jobs: 5 })],
        inputs: [at(0, (world) => world.pin('smith', step, 1))],
      });
      kernel.runUntil(1e6);
      expect(
        [...trace.facts()].filter(({ type }) => type === 'WorkDone').map(({ position }) => position),
      ).toEqual(done);
      expect(kernel.process('smith')!.condition).toMatchObject({ up: false, brokeBefore: step, pins: [] });
      expect(kernel.part('smith')!.state).toEqual({ done: [], doing: null });
    }
  });

  test('the nth pin waits for the nth time', () => {
    const { kernel, trace } = build({
      processes: [alone('smith', worker, { jobs: 5 })],
      inputs: [at(0, (world) => world.pin('smith', 'settle', 3))],
    });
    kernel.runUntil(1e6);
    expect([...trace.facts()].filter(({ type }) => type === 'WorkDone').length).toBe(3);
  });

  test('a slow process takes its factor longer', () => {
    const times = [1, 4].map((factor) => {
      const { kernel, trace } = build({
        processes: [alone('smith', worker, { jobs: 5 })],
        inputs: [at(0, (world) => world.setSlowness('smith', factor))],
      });
      kernel.runUntil(1e6);
      return trace.fact(4).time;
    });
    expect(times[1] / times[0]).toBeGreaterThan(3.5);
  });
});

describe('a run', () => {
  test('gives equal histories for equal seeds and different ones for different seeds', () => {
    const history = (seed: number) => {
      const { kernel, trace } = build({
        processes: pair(50),
        seed,
        latency: { kind: 'uniform', minMs: 1, maxMs: 9 },
      });
      kernel.runUntil(1e7);
      return [...trace.facts()];
    };
    expect(history(4)).toEqual(history(4));
    expect(history(4)).not.toEqual(history(5));
  });

  test('has the same fact ids with and without a trace', () => {
    const traced = build({ processes: pair(50) });
    const untraced = build({ processes: pair(50) });
    untraced.kernel.sink = null;
    traced.kernel.runUntil(1e7);
    untraced.kernel.runUntil(1e7);
    expect(untraced.kernel.factCount).toBe(traced.trace.length);
  });

  test('does not take an event that is due later, and stops at its event limit', () => {
    const { kernel } = build({ processes: pair(50) });
    expect(kernel.runUntil(1000, 5)).toBe(false);
    expect(kernel.eventCount).toBe(5);
    expect(kernel.runUntil(1000)).toBe(true);
    expect(kernel.nextTime).toBeGreaterThan(1000);
  });
});
