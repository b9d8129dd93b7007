import { describe, expect, test } from 'vitest';
import recorded from './kafka/recorded.json';
import scenarios from './kafka/scenarios.json';
import { SimulatedCluster, type Scenario } from './kafka/simulated';

/** Recorded with record.mjs on a real broker; replayed here. Where the two differ, the real broker is right. */
describe(`the simulation and ${recorded.broker} (${recorded.client}) see the same`, () => {
  const observed: Readonly<Record<string, unknown>> = recorded.observed;
  for (const [id, scenario] of Object.entries(scenarios as unknown as Record<string, Scenario>)) {
    test(`${id}: ${scenario.says}`, () => {
      const cluster = new SimulatedCluster(scenario);
      const seen = scenario.steps.map((step) => cluster.perform(step)).filter((entry) => entry !== null);
      expect(seen).toEqual(observed[id]);
    });
  }
});
