import { describe, expect, test } from 'vitest';
import { ms } from '../../src/kernel/time';
import { loadRegistry } from '../../src/scenario/registry';
import { Run } from '../../src/scenario/run';
import { mixedComplaints } from './check-mixed';
import { mixedRecording, mixtures } from './generate-mixed';

/** `npm run swarm -- --seed N` replays one seed; test:long runs a thousand. */
const only = process.env['SWARM_SEED'];
const count = Number(process.env['SWARM_RUNS'] ?? (process.env['LONG'] ? 1000 : 40));
const seeds = only ? [Number(only)] : Array.from({ length: count }, (_, index) => index + 1);
const perTest = 20;

describe.each(mixtures)('random mixtures of brokers with random faults: %s', (mixture) => {
  for (let first = 0; first < seeds.length; first += perTest) {
    const some = seeds.slice(first, first + perTest);
    test(
      `seeds ${some[0]} to ${some[some.length - 1]}: nothing that was taken is lost on the way`,
      { timeout: 300_000 },
      async () => {
        for (const seed of some) {
          const recording = mixedRecording(mixture, seed);
          const run = new Run(recording, await loadRegistry(recording.scenario));
          run.seek(ms(recording.scenario.endMs));
          const found = mixedComplaints(mixture, [...run.trace.facts()]);
          expect(found, `replay with: npm run swarm -- --seed ${seed}`).toEqual([]);
        }
      },
    );
  }
});
