import type { Scenario } from '../../src/scenario/scenario';

/** As much of a scenario as measuring asks for: who reads for which group. */
export const storedScenario: Scenario = {
  version: 1,
  name: 'panels',
  latencyMs: 1,
  links: [],
  brokers: [],
  services: ['email', 'audit'].map((name) => ({
    name,
    role: name,
    restartAfterMs: null,
    parts: [{ kind: 'kafka.consumer', options: { groupId: name } }],
  })),
  schedule: [],
  endMs: 10_000,
};
