import { describe, expect, test } from 'vitest';
import { checkBroker } from '../../src/brokers/kafka/invariants';
import type { BrokerState } from '../../src/brokers/kafka/state';
import { ms } from '../../src/kernel/time';
import { loadRegistry } from '../../src/scenario/registry';
import { Run } from '../../src/scenario/run';
import { clusterComplaints, lostRecords } from './check-cluster';
import { clusterRecording } from './generate-cluster';

/** `npm run swarm -- --seed N` replays one seed; test:long runs a thousand. */
const only = process.env['SWARM_SEED'];
const count = Number(process.env['SWARM_RUNS'] ?? (process.env['LONG'] ? 1000 : 60));
const seeds = only ? [Number(only)] : Array.from({ length: count }, (_, index) => index + 1);
const perTest = 20;

describe('random clusters that lose nodes and links', () => {
  const lost = { all: 0, leader: 0 };
  for (let first = 0; first < seeds.length; first += perTest) {
    const some = seeds.slice(first, first + perTest);
    test(
      `seeds ${some[0]} to ${some[some.length - 1]}: the nodes agree, and what all in sync had is kept`,
      { timeout: 300_000 },
      async () => {
        for (const seed of some) {
          const { recording, acks } = clusterRecording(seed);
          const run = new Run(recording, await loadRegistry(recording.scenario));
          run.seek(ms(recording.scenario.endMs));
          const states = [1, 2, 3].map((node) => run.world.part(`kafka-${node}`)!.state as BrokerState);
          for (const state of states) checkBroker(state, { clientsBehave: false });
          const facts = [...run.trace.facts()];
          const found = clusterComplaints(facts, states, acks);
          expect(found, `replay with: npm run swarm -- --seed ${seed}`).toEqual([]);
          lost[acks === -1 ? 'all' : 'leader'] += lostRecords(facts, states).length;
        }
      },
    );
  }
  test('what only a leader had acknowledged is lost now and then, what all in sync had never', () => {
    expect(lost.all).toBe(0);
    if (!only) expect(lost.leader).toBeGreaterThan(0);
  });
});
