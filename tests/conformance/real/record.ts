/** Runs scenarios on real brokers often enough to know what is always so. */
import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import type { Broker, ConformanceScenario, Observed, RabbitmqVersion, Recorded } from '../define';
import { compareAll, isExact, type Difference } from '../harness/compare';
import type { ScenarioFile } from '../harness/scenarios';
import { startKafka } from './kafka/running';
import { startRabbitmq } from './rabbitmq/running';
import { runReal, type RealRun } from './run';
import type { Running } from './running';

const REPETITIONS = 5;
const REPETITIONS_OF_EXACT = 2;
/** Runs at a time on one cluster, of scenarios that leave its nodes alone; most of each is waiting. */
const AT_A_TIME = 3;

export interface Repeated {
  readonly broker: string;
  readonly repetitions: number;
  readonly observed: Readonly<Record<string, Observed>>;
  readonly client: string;
  /** Between the first run and a later one; null when all were the same. */
  readonly difference: Difference | null;
}

type Start = (root: string, wanted: Wanted) => Promise<Running>;

const starts: Partial<Record<Broker, Start>> = {
  kafka: (root, { scenario: { cluster = {} } }) => startKafka(root, cluster),
  rabbitmq: (root, { scenario: { cluster = {} }, version }) => startRabbitmq(root, version, cluster),
};

/** What decides which cluster is needed. */
export interface Wanted {
  readonly scenario: Pick<ConformanceScenario, 'broker' | 'cluster'>;
  readonly version: RabbitmqVersion;
}

/** The clusters that scenarios ask for: one at a time, kept until one with another specification is asked for. */
export class Clusters {
  private current: { readonly spec: string; readonly running: Running } | null = null;

  constructor(private readonly root: string) {}

  async of(wanted: Wanted): Promise<Running> {
    const { broker, cluster = {} } = wanted.scenario;
    const spec = JSON.stringify([broker, wanted.version, cluster]);
    if (this.current?.spec === spec) return this.current.running;
    await this.stop();
    const start = starts[broker];
    if (!start) throw new Error(`There is no real ${broker} to run scenarios on.`);
    const running = await start(this.root, wanted);
    this.current = { spec, running };
    return running;
  }

  async stop(): Promise<void> {
    await this.current?.running.stop();
    this.current = null;
  }
}

/** Runs it five times (twice when all is compared exactly), or as often as said, and compares every run with the first. */
export async function repeat(
  { scenario, version }: ScenarioFile,
  clusters: Clusters,
  repetitions = isExact(scenario) ? REPETITIONS_OF_EXACT : REPETITIONS,
): Promise<Repeated> {
  const cluster = await clusters.of({ scenario, version });
  let alone = false;
  const run = async (): Promise<RealRun> => {
    try {
      return await runReal(scenario, version, cluster);
    } finally {
      alone ||= cluster.hurt;
      if (cluster.hurt) await cluster.heal();
    }
  };
  const { observed, client } = await run();
  // What one run shows has to satisfy the bounds and invariants too.
  let difference = compareAll(scenario, observed, observed);
  for (let left = repetitions - 1; left > 0 && !difference;) {
    const count = alone ? 1 : Math.min(left, AT_A_TIME);
    const further = await Promise.all(Array.from({ length: count }, run));
    for (const each of further) difference ??= compareAll(scenario, observed, each.observed);
    left -= count;
  }
  return { broker: cluster.label, repetitions, observed, client, difference };
}

/** Writes the recording beside the scenario; refuses what was not the same every time. */
export async function record(file: ScenarioFile, clusters: Clusters): Promise<Difference | null> {
  const { scenario, recording } = file;
  const { broker, repetitions, observed, client, difference } = await repeat(file, clusters);
  if (difference) return difference;
  const recorded: Recorded = {
    id: scenario.id,
    broker,
    client,
    date: new Date().toISOString().slice(0, 10),
    repetitions,
    observed,
  };
  const options = { ...(await resolveConfig(recording)), filepath: recording };
  writeFileSync(recording, await format(JSON.stringify(recorded), options));
  return null;
}
