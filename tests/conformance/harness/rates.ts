/** How many messages a second a real broker and the simulated one take from end to end, on this machine, now. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { median } from '../../../src/cli/bench/measure';
import type { Clusters, Wanted } from '../real/record';

/** What `npm run bench` calls the rate of each broker, by number of nodes. */
const figures: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  kafka: { 1: 'kafkaMessagesPerSecond', 3: 'kafkaReplicatedMessagesPerSecond' },
  rabbitmq: { 1: 'rabbitMessagesPerSecond', 3: 'rabbitReplicatedMessagesPerSecond' },
};

/** Of this broker, by default Kafka, on as many nodes as its bench knows. */
export async function sayRates(clusters: Clusters, broker = 'kafka', root: string): Promise<void> {
  for (const nodes of Object.keys(figures[broker] ?? {}).map(Number) as (1 | 3)[]) {
    const scenario: Wanted['scenario'] = { broker: broker as 'kafka', cluster: { nodes } };
    await sayRate(clusters, { scenario, version: '4.0' }, root);
  }
}

/** Of the cluster that this scenario runs on. */
export async function sayRate(clusters: Clusters, wanted: Wanted, root: string): Promise<void> {
  const { broker, cluster: { nodes = 1 } = {} } = wanted.scenario;
  const figure = figures[broker]?.[nodes];
  if (figure === undefined) return;
  const cluster = await clusters.of(wanted);
  const reals: number[] = [];
  for (let run = 0; run < 3; run++) reals.push(await cluster.rate());
  const real = median(reals);
  const simulated = simulatedRate(broker, figure, root);
  const said = {
    broker: cluster.label,
    nodes,
    realMessagesPerSecond: Math.round(real),
    simulatedMessagesPerSecond: simulated,
    ratio: Number((simulated / real).toPrecision(3)),
  };
  console.error(JSON.stringify(said));
}

/** As `npm run bench` measures it: warm, built, with the whole history kept. */
function simulatedRate(broker: string, figure: string, root: string): number {
  const tool = [join(root, 'scripts', 'cli.mjs'), 'bench', '--json', '--only', broker];
  const stdout = execFileSync(process.execPath, tool, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return (JSON.parse(stdout) as Record<string, number>)[figure];
}
