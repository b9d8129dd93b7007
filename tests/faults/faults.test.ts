import { describe, expect, test } from 'vitest';
import { latencyTable } from '../../src/kernel/distribution';
import type { Fact } from '../../src/kernel/fact';
import { Kernel } from '../../src/kernel/kernel';
import { ms } from '../../src/kernel/time';
import { Trace } from '../../src/kernel/trace';
import type { Fault, Later } from '../../src/kernel/world';
import { fault as crash } from '../../src/faults/crash';
import { fault as cut } from '../../src/faults/cut';
import { fault as delay } from '../../src/faults/delay';
import { fault as down } from '../../src/faults/down';
import { fault as heal } from '../../src/faults/heal';
import { fault as pin } from '../../src/faults/pin';
import { fault as restart } from '../../src/faults/restart';
import { fault as slow } from '../../src/faults/slow';
import { fault as start } from '../../src/faults/start';
import { fault as unpin } from '../../src/faults/unpin';
import { alone, echo, postman, worker } from '../helpers/machines';

const faults = new Map<string, Fault>(
  [crash, cut, delay, down, heal, pin, restart, slow, start, unpin].map((fault) => [fault.name, fault]),
);

type Planned = readonly [atMs: number, name: string, target: string, options?: Later['options']];

/**
 * Paul writes up to 200 letters to echo, one within every 10 ms, over links of 1 ms; smith does five jobs in steps of
 * 10 µs. Everybody who breaks comes back after 50 ms.
 */
function town(...planned: Planned[]): {
  kernel: Kernel;
  facts: (kind: Fact['kind'], process?: string) => Fact[];
} {
  const trace = new Trace();
  const latency = latencyTable(1);
  const kernel = new Kernel({
    seed: 1,
    processes: [
      alone('paul', postman, { to: 'echo', every: ms(10), count: 200 }, ms(50)),
      alone('echo', echo, undefined, ms(50)),
      alone('smith', worker, { jobs: 5 }, ms(50)),
    ],
    latency: () => latency,
    inputs: planned.map(([atMs, name, target, options = {}]) => ({
      time: ms(atMs),
      action: { name, target, options },
    })),
    act: (world, action) => {
      const { name, target, options } = action as Later;
      faults.get(name)!.apply(world, target, options);
    },
    sink: trace,
  });
  kernel.runUntil(ms(600));
  const facts = (kind: Fact['kind'], process?: string) =>
    [...trace.facts()].filter(
      (fact) => fact.kind === kind && (process === undefined || fact.process === process),
    );
  return { kernel, facts };
}

/** Milliseconds at which facts happened, rounded. */
const times = (facts: readonly Fact[]) => facts.map(({ time }) => Math.round(time / 1000));
const between = (facts: readonly Fact[], from: number, to: number) =>
  facts.filter(({ time }) => time >= ms(from) && time < ms(to)).length;

test('crash: down at once, back as the scenario says', () => {
  const { facts } = town([100, 'crash', 'echo']);
  expect(times(facts('crashed'))).toEqual([100]);
  expect(times(facts('restarted'))).toEqual([150]);
});

describe('down', () => {
  test('for a while: back after that, whatever the scenario says of crashes', () => {
    const { kernel, facts } = town([100, 'down', 'echo', { forMs: 200 }]);
    expect(times(facts('restarted'))).toEqual([300]);
    expect(kernel.process('echo')!.condition.up).toBe(true);
  });

  test('without an end: down until somebody starts it', () => {
    const { kernel, facts } = town([100, 'down', 'echo'], [400, 'start', 'echo']);
    expect(times(facts('restarted'))).toEqual([400]);
    expect(kernel.process('echo')!.condition.up).toBe(true);
  });

  test('leaves what the scenario says of crashes as it is', () => {
    const { facts } = town([100, 'down', 'echo', { forMs: 100 }], [300, 'crash', 'echo']);
    expect(times(facts('restarted'))).toEqual([200, 350]);
  });
});

test('restart: a running process goes down and comes up in the same instant', () => {
  const { facts } = town([100, 'restart', 'echo']);
  expect(times(facts('crashed'))).toEqual([100]);
  expect(times(facts('restarted'))).toEqual([100]);
});

test('start: a running process is left alone', () => {
  expect(town([100, 'start', 'echo']).facts('restarted')).toEqual([]);
});

describe('pin', () => {
  test('breaks before the step it names, and says that it was set', () => {
    const { facts } = town([0, 'pin', 'smith', { step: 'settle' }]);
    expect(facts('changed')[0]).toMatchObject({ type: 'PinSet', subject: 'smith', detail: 'settle' });
    expect(facts('crashed', 'smith')[0].detail).toBe('before settle');
    expect(facts('applied').map(({ position }) => position)).toEqual([0, 0, 1, 2, 3, 4]);
  });

  test('nth waits for the nth time', () => {
    const { facts } = town([0, 'pin', 'smith', { step: 'settle', nth: 3 }]);
    expect(facts('applied').map(({ position }) => position)).toEqual([0, 1, 2, 2, 3, 4]);
  });

  test('unpin takes it out again', () => {
    const { facts } = town(
      [0, 'pin', 'smith', { step: 'settle', nth: 3 }],
      [0.04, 'unpin', 'smith', { step: 'settle' }],
    );
    expect(facts('crashed')).toEqual([]);
    expect(facts('changed').map(({ type }) => type)).toEqual(['PinSet', 'PinRemoved']);
  });
});

describe('cut', () => {
  test('holds what is sent for a while, then all of it arrives in order', () => {
    const { facts } = town([100, 'cut', 'paul', { to: 'echo', forMs: 150 }]);
    const received = facts('delivered', 'echo');
    expect(between(received, 102, 250)).toBe(0);
    expect(between(received, 250, 253)).toBeGreaterThan(10);
    expect(received.map(({ position }) => position)).toEqual(received.map((_, index) => index));
    expect(times(facts('cut'))).toEqual([100]);
    expect(times(facts('healed'))).toEqual([250]);
  });

  test('without an end it stays until healed', () => {
    const { facts } = town([100, 'cut', 'paul', { to: 'echo' }], [400, 'heal', 'paul', { to: 'echo' }]);
    expect(between(facts('delivered', 'echo'), 102, 400)).toBe(0);
    expect(between(facts('delivered', 'echo'), 400, 600)).toBeGreaterThan(10);
  });

  test('of a process that does not exist does nothing', () => {
    expect(town([100, 'cut', 'paul', { to: 'nobody' }]).facts('cut')).toEqual([]);
  });
});

test('delay: every message takes longer for a while', () => {
  const { facts } = town([100, 'delay', 'paul', { to: 'echo', extraMs: 40, forMs: 100 }]);
  const sent = facts('published', 'paul');
  const received = facts('delivered', 'echo');
  const way = (index: number) => Math.round((received[index].time - sent[index].time) / 1000);
  const during = sent.findIndex(({ time }) => time > ms(110));
  const after = sent.findIndex(({ time }) => time > ms(250));
  expect([way(0), way(during), way(after)]).toEqual([1, 41, 1]);
  expect(facts('delayed')[0]).toMatchObject({ subject: 'paul', detail: 'echo', amount: 40 });
  expect(times(facts('healed'))).toEqual([200]);
});

test('slow: work takes its factor longer for a while', () => {
  const usual = times(town().facts('applied')).length;
  const { kernel, facts } = town([0, 'slow', 'smith', { factor: 1000, forMs: 100 }]);
  expect(usual).toBe(5);
  expect(between(facts('applied'), 0, 100)).toBeLessThan(5);
  expect(facts('delayed')[0]).toMatchObject({ type: 'ProcessSlowed', subject: 'smith', amount: 1000 });
  expect(times(facts('healed'))).toEqual([100]);
  expect(kernel.process('smith')!.condition.slowness).toBe(1);
});
