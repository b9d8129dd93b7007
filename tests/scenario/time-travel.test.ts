import { describe, expect, test } from 'vitest';
import { checkBroker } from '../../src/brokers/kafka/invariants';
import { Hasher } from '../../src/kernel/hash';
import type { Kernel } from '../../src/kernel/kernel';
import { Streams } from '../../src/kernel/random';
import { ms } from '../../src/kernel/time';
import { Trace } from '../../src/kernel/trace';
import { buildKernel } from '../../src/scenario/build';
import { loadRegistry } from '../../src/scenario/registry';
import { Run } from '../../src/scenario/run';
import type { Recording } from '../../src/scenario/scenario';
import { action, at, faultyRecording, recordingOf, shopScenario } from '../helpers/recordings';
import { complaints } from '../swarm/check';

const end = ms(45_000);

function stateHash(kernel: Kernel): string {
  const hasher = new Hasher();
  kernel.hashInto(hasher);
  return hasher.hex();
}

async function runOf(recording: Recording): Promise<Run> {
  return new Run(recording, await loadRegistry(recording.scenario));
}

describe('going anywhere in a Kafka run with faults', () => {
  test('from every snapshot, replay equals the straight run', async () => {
    const recording = faultyRecording();
    const registry = await loadRegistry(recording.scenario);
    const trace = new Trace();
    const kernel = buildKernel(recording, registry, trace);
    const saved = [kernel.save()];
    while (!kernel.runUntil(end, kernel.eventCount + 60)) saved.push(kernel.save());
    const expected = stateHash(kernel);
    expect(saved.length).toBeGreaterThan(10);
    trace.verify = true;
    for (const snapshot of saved) {
      kernel.load(snapshot);
      kernel.runUntil(end);
      expect(stateHash(kernel)).toBe(expected);
    }
  });

  test('300 random seeks find the states of the straight run, without one difference', async () => {
    const random = new Streams(1).stream('seeks');
    const times = Array.from({ length: 300 }, () => random.below(end));
    const straight = await runOf(faultyRecording());
    const expected = new Map<number, string>();
    for (const time of [...times].sort((a, b) => a - b)) {
      straight.seek(time);
      expected.set(time, stateHash(straight.world));
    }
    const run = await runOf(faultyRecording());
    run.seek(end);
    run.trace.verify = true;
    const differences = times.filter((time) => {
      run.seek(time);
      return stateHash(run.world) !== expected.get(time);
    });
    expect(differences).toEqual([]);
  });

  test('going to a fact and on from there is the straight run too', async () => {
    const run = await runOf(faultyRecording());
    run.seek(end);
    const expected = run.hash(end);
    run.trace.verify = true;
    for (const fact of [0, 17, 100, run.trace.length - 1]) {
      run.seekFact(fact);
      expect(run.world.factCount).toBeGreaterThan(fact);
      expect(run.hash(end)).toBe(expected);
    }
  });

  test('a fork leaves its parent’s hash unchanged, and without acting it is its parent', async () => {
    const run = await runOf(faultyRecording());
    const before = run.hash(end);
    for (const time of [0, 3_000_000, 11_111_111, 30_000_000]) {
      const fork = run.fork(time);
      expect(fork.hash(time)).toBe(run.hash(time));
      fork.act(action('fault', 'crash', 'search-a'), time);
      fork.act(action('fault', 'crash', 'cache-1'), time);
      expect(fork.hash(end)).not.toBe(before);
      expect(run.hash(end)).toBe(before);
    }
  });

  test('the same recording played twice has one hash, another seed another', async () => {
    const hash = async (seed: number) => (await runOf(faultyRecording(seed))).hash(end);
    expect(await hash(4)).toBe(await hash(4));
    expect(await hash(4)).not.toBe(await hash(5));
  });
});

describe('a crash between any two steps', () => {
  const steps = ['apply', 'commit', 'committed'];
  for (const target of ['search-a', 'search-b', 'cache-1']) {
    for (const step of steps) {
      test(`of ${target} before ${step} leaves every machine valid and no record unaccounted for`, async () => {
        for (const nth of [1, 2, 5]) {
          const pinned = at(10, action('fault', 'pin', target, { step, nth }));
          const revived = at(30_000, action('operation', 'start', target));
          const recording = recordingOf(shopScenario(), 4, [pinned, revived]);
          const run = await runOf({ ...recording, scenario: { ...recording.scenario, endMs: 120_000 } });
          run.seek(ms(120_000));
          const facts = [...run.trace.facts()];
          expect(facts.filter(({ kind }) => kind === 'crashed').length).toBeGreaterThanOrEqual(1);
          checkBroker(run.world.part('kafka')!.state as Parameters<typeof checkBroker>[0]);
          expect(complaints(facts, run.recording)).toEqual([]);
        }
      });
    }
  }
});
