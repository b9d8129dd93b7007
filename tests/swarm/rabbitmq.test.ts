import { describe, expect, test } from 'vitest';
import { part as broker } from '../../src/brokers/rabbitmq/broker';
import { ms } from '../../src/kernel/time';
import { loadRegistry } from '../../src/scenario/registry';
import { Run } from '../../src/scenario/run';
import { rabbitComplaints } from './check-rabbitmq';
import { rabbitRecording } from './generate-rabbitmq';

/** `npm run swarm -- --seed N` replays one seed; test:long runs a thousand. */
const only = process.env['SWARM_SEED'];
const count = Number(process.env['SWARM_RUNS'] ?? (process.env['LONG'] ? 1000 : 60));
const seeds = only ? [Number(only)] : Array.from({ length: count }, (_, index) => index + 1);
const perTest = 20;

describe('random RabbitMQ scenarios with random faults', () => {
  for (let first = 0; first < seeds.length; first += perTest) {
    const some = seeds.slice(first, first + perTest);
    test(
      `seeds ${some[0]} to ${some[some.length - 1]}: what is confirmed is kept, and every copy goes once`,
      { timeout: 300_000 },
      async () => {
        for (const seed of some) {
          const recording = rabbitRecording(seed);
          const run = new Run(recording, await loadRegistry(recording.scenario));
          run.seek(ms(recording.scenario.endMs));
          const { nodes = 1 } = recording.scenario.brokers[0] as { nodes?: number };
          const names = nodes === 1 ? ['rabbit'] : [1, 2, 3].map((node) => `rabbit-${node}`);
          for (const name of names) broker.check!(run.world.part(name)!.state as never);
          const found = rabbitComplaints([...run.trace.facts()], recording);
          expect(found, `replay with: npm run swarm -- --seed ${seed}`).toEqual([]);
        }
      },
    );
  }
});
