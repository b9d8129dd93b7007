/** Runs scenarios on real brokers often enough to know what is always so. */
import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import type { ConformanceScenario, Observed, Recorded } from '../define';
import { compareAll, isExact, type Difference } from '../harness/compare';
import type { ScenarioFile } from '../harness/scenarios';
import { Cluster } from './cluster';
import { installJavaClient, installKafka, KAFKA_VERSION } from './install';
import { runReal, type RealRun } from './run';

const REPETITIONS = 5;
const REPETITIONS_OF_EXACT = 2;
/** Runs at a time on one cluster, of scenarios that leave its nodes alone; most of each is waiting. */
const AT_A_TIME = 3;

export interface Repeated {
  readonly repetitions: number;
  readonly observed: Readonly<Record<string, Observed>>;
  readonly client: string;
  /** Between the first run and a later one; null when all were the same. */
  readonly difference: Difference | null;
}

/** The clusters that scenarios ask for: one at a time, kept until one with another specification is asked for. */
export class Clusters {
  private current: { readonly spec: string; readonly cluster: Cluster } | null = null;

  constructor(private readonly root: string) {}

  /** Of the program that runs one Java client; made when it is not there. */
  readonly javaClassPath = (): string => installJavaClient(this.root);

  async of({ cluster: spec = {} }: Pick<ConformanceScenario, 'cluster'>): Promise<Cluster> {
    const text = JSON.stringify(spec);
    if (this.current?.spec === text) return this.current.cluster;
    await this.stop();
    const cluster = await Cluster.start(installKafka(this.root), spec);
    this.current = { spec: text, cluster };
    return cluster;
  }

  async stop(): Promise<void> {
    await this.current?.cluster.stop();
    this.current = null;
  }
}

/** Runs it five times (twice when all is compared exactly), or as often as said, and compares every run with the first. */
export async function repeat(
  scenario: ConformanceScenario,
  clusters: Clusters,
  repetitions = isExact(scenario) ? REPETITIONS_OF_EXACT : REPETITIONS,
): Promise<Repeated> {
  const cluster = await clusters.of(scenario);
  let alone = false;
  const run = async (): Promise<RealRun> => {
    try {
      return await runReal(scenario, cluster, clusters.javaClassPath);
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
  return { repetitions, observed, client, difference };
}

/** Writes the recording beside the scenario; refuses what was not the same every time. */
export async function record(
  { scenario, recording }: ScenarioFile,
  clusters: Clusters,
): Promise<Difference | null> {
  const { repetitions, observed, client, difference } = await repeat(scenario, clusters);
  if (difference) return difference;
  const recorded: Recorded = {
    id: scenario.id,
    broker: `Apache Kafka ${KAFKA_VERSION}`,
    client,
    date: new Date().toISOString().slice(0, 10),
    repetitions,
    observed,
  };
  const options = { ...(await resolveConfig(recording)), filepath: recording };
  writeFileSync(recording, await format(JSON.stringify(recorded), options));
  return null;
}
