import { describe, expect, test } from 'vitest';
import { checkBroker } from '../../src/brokers/kafka/invariants';
import { ms } from '../../src/kernel/time';
import { loadRegistry } from '../../src/scenario/registry';
import { Run } from '../../src/scenario/run';
import { complaints } from './check';
import { swarmRecording } from './generate';

/** `npm run swarm -- --seed N` replays one seed; test:long runs a thousand. */
const only = process.env['SWARM_SEED'];
const count = Number(process.env['SWARM_RUNS'] ?? (process.env['LONG'] ? 1000 : 100));
const seeds = only ? [Number(only)] : Array.from({ length: count }, (_, index) => index + 1);
const perTest = 25;

describe('random Kafka scenarios with random faults', () => {
  for (let first = 0; first < seeds.length; first += perTest) {
    const some = seeds.slice(first, first + perTest);
    test(
      `seeds ${some[0]} to ${some[some.length - 1]}: nothing is reordered, reused or unaccounted for`,
      { timeout: 120_000 },
      async () => {
        for (const seed of some) {
          const recording = swarmRecording(seed);
          const registry = await loadRegistry(recording.scenario);
          const run = new Run(recording, registry);
          run.seek(ms(recording.scenario.endMs));
          checkBroker(run.world.part('kafka')!.state as Parameters<typeof checkBroker>[0]);
          const found = complaints([...run.trace.facts()], recording);
          expect(found, `replay with: npm run swarm -- --seed ${seed}`).toEqual([]);
        }
      },
    );
  }
});
