import { describe, expect, test } from 'vitest';
import { checkBroker } from '../../src/brokers/kafka/invariants';
import type { BrokerState } from '../../src/brokers/kafka/state';
import { ms } from '../../src/kernel/time';
import { loadRegistry } from '../../src/scenario/registry';
import { Run } from '../../src/scenario/run';
import { clusterComplaints, lostRecords } from './check-cluster';
import { clusterRecording, type Risk } from './generate-cluster';

/** `npm run swarm -- --seed N` replays one seed; test:long runs a thousand. */
const only = process.env['SWARM_SEED'];
const count = Number(process.env['SWARM_RUNS'] ?? (process.env['LONG'] ? 1000 : 60));
const seeds = only ? [Number(only)] : Array.from({ length: count }, (_, index) => index + 1);
const perTest = 20;

describe('random clusters that lose nodes and links', () => {
  const lost: Record<Risk, number> = {
    none: 0,
    'acks 1': 0,
    'min ISR 1': 0,
    unclean: 0,
    'acks 0': 0,
    power: 0,
  };
  for (let first = 0; first < seeds.length; first += perTest) {
    const some = seeds.slice(first, first + perTest);
    test(
      `seeds ${some[0]} to ${some[some.length - 1]}: the nodes agree, and what all in sync had is kept`,
      { timeout: 300_000 },
      async () => {
        for (const seed of some) {
          const { recording, risk } = clusterRecording(seed);
          const run = new Run(recording, await loadRegistry(recording.scenario));
          run.seek(ms(recording.scenario.endMs));
          const states = [1, 2, 3].map((node) => run.world.part(`kafka-${node}`)!.state as BrokerState);
          for (const state of states) checkBroker(state, { clientsBehave: false });
          const facts = [...run.trace.facts()];
          const found = clusterComplaints(facts, states, risk);
          expect(found, `replay with: npm run swarm -- --seed ${seed}`).toEqual([]);
          lost[risk] += lostRecords(facts, states, risk).length;
        }
      },
    );
  }
  test('where a record may be lost some are, elsewhere none', () => {
    expect(lost.none).toBe(0);
    const provoked: readonly Risk[] = ['acks 1', 'acks 0', 'unclean', 'power'];
    if (!only) for (const risk of provoked) expect(lost[risk], risk).toBeGreaterThan(0);
  });
});
