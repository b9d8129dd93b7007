/** How many messages a second a real broker and the simulated one take from end to end, on this machine, now. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Clusters, Wanted } from '../real/record';
import type { Load } from './scenarios';

/** Runs the broker's bench once with so many messages on so many nodes. */
type Bench = (messages: number, sink: null, nodes: number) => unknown;

const simulatedMessages = 100_000;

/** Where the bench of each broker is, and on how many nodes it is run. */
const benches: Readonly<
  Record<string, { readonly file: string; readonly name: string; readonly nodes: readonly (1 | 3)[] }>
> = {
  kafka: { file: 'src/cli/bench/kafka.ts', name: 'kafkaRun', nodes: [1, 3] },
  rabbitmq: { file: 'src/cli/bench/rabbitmq.ts', name: 'rabbitRun', nodes: [1, 3] },
};

/** Of this broker, by default Kafka, on as many nodes as its bench knows. */
export async function sayRates(
  clusters: Clusters,
  broker = 'kafka',
  root: string,
  load: Load,
): Promise<void> {
  for (const nodes of benches[broker]?.nodes ?? []) {
    const scenario: Wanted['scenario'] = { broker: broker as 'kafka', cluster: { nodes } };
    await sayRate(clusters, { scenario, version: '4.0' }, root, load);
  }
}

/** Of the cluster that this scenario runs on. */
export async function sayRate(clusters: Clusters, wanted: Wanted, root: string, load: Load): Promise<void> {
  const { broker, cluster: { nodes = 1 } = {} } = wanted.scenario;
  const bench = benches[broker];
  if (!bench) return;
  const cluster = await clusters.of(wanted);
  const real = await cluster.rate();
  const file = resolve(root, bench.file);
  const figures = {
    broker: cluster.label,
    nodes,
    realMessagesPerSecond: Math.round(real),
    simulatedMessagesPerSecond: existsSync(file) ? await simulatedRate(file, bench.name, nodes, load) : null,
  };
  console.error(JSON.stringify(figures));
}

async function simulatedRate(file: string, name: string, nodes: number, load: Load): Promise<number> {
  const run = ((await load(file)) as Readonly<Record<string, Bench>>)[name];
  run(simulatedMessages, null, nodes);
  const began = performance.now();
  run(simulatedMessages, null, nodes);
  return Math.round(simulatedMessages / ((performance.now() - began) / 1000));
}
