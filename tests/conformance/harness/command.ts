/**
 * The conformance command. Without a flag: replays every recording against the simulation.
 *   --record        run on real brokers and write what was seen
 *   --real          compare real brokers with the simulation; write nothing
 *   --audit N       record N recorded ids again, picked at random, and demand the same
 *   --only ID[,ID]  --broker B  --dir FOLDER  --json
 */
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Broker, ConformanceScenario, Observed } from '../define';
import { Clusters, record, repeat } from '../real/record';
import { compareAll, type Difference } from './compare';
import { recordedOf, scenariosIn, type Load, type ScenarioFile } from './scenarios';

interface Failure {
  readonly id: string;
  readonly where: string;
  readonly expected: Observed | undefined;
  readonly actual: Observed | undefined;
}

interface Tally {
  total: number;
  passed: number;
}

export interface Report extends Tally {
  readonly failed: Failure[];
  readonly byBroker: Partial<Record<Broker, Tally>>;
}

/** Says null when the scenario passes. */
type Check = (file: ScenarioFile) => Promise<Difference | null>;
type Simulate = (scenario: ConformanceScenario) => Promise<Readonly<Record<string, Observed>>>;

/** Runs the command with these arguments and prints; false when something failed. `root` is the project's folder. */
export async function main(args: readonly string[], root: string, load: Load): Promise<boolean> {
  const { values: options } = parseArgs({
    args: [...args],
    options: {
      record: { type: 'boolean', default: false },
      real: { type: 'boolean', default: false },
      audit: { type: 'string' },
      only: { type: 'string' },
      broker: { type: 'string' },
      dir: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const folder = options.dir === undefined ? resolve(root, 'tests', 'conformance') : resolve(options.dir);
  const only = options.only?.split(',');
  let files = (await scenariosIn(folder, load)).filter(
    ({ scenario }) =>
      (only?.includes(scenario.id) ?? true) && (options.broker ?? scenario.broker) === scenario.broker,
  );
  // Scenarios of one cluster after another: it is started once.
  const clusterOf = ({ scenario }: ScenarioFile) => JSON.stringify(scenario.cluster ?? {});
  if (options.record || options.real || options.audit !== undefined)
    files.sort((a, b) => clusterOf(a).localeCompare(clusterOf(b)));
  if (options.audit !== undefined) files = pick(files.filter(recordedOf), Number(options.audit));

  const clusters = new Clusters(root);
  const simulated = async (scenario: ConformanceScenario) => {
    const { simulate } = (await load(resolve(root, 'tests/conformance/harness/simulate.ts'))) as {
      simulate: Simulate;
    };
    return simulate(scenario);
  };
  const check: Check = options.record
    ? (file) => record(file, clusters)
    : options.audit !== undefined
      ? (file) => audit(file, clusters)
      : options.real
        ? (file) => compareReal(file, clusters, simulated)
        : (file) => replay(file, simulated);
  try {
    const report = await checkAll(files, check, (line) => console.error(line));
    if (options.json) console.log(JSON.stringify(report));
    else print(report, root, files);
    return report.failed.length === 0;
  } finally {
    await clusters.stop();
  }
}

/** Checks one after the other. A scenario that throws has failed. */
export async function checkAll(
  files: readonly ScenarioFile[],
  check: Check,
  say: (line: string) => void,
): Promise<Report> {
  const report: Report = { total: 0, passed: 0, failed: [], byBroker: {} };
  for (const file of files) {
    const { id, broker, title } = file.scenario;
    const tally = (report.byBroker[broker] ??= { total: 0, passed: 0 });
    const began = Date.now();
    const difference = await check(file).catch((error: unknown) => ({
      where: 'run',
      expected: undefined,
      actual: String(error instanceof Error ? (error.stack ?? error.message) : error),
    }));
    for (const each of [report, tally]) {
      each.total++;
      if (!difference) each.passed++;
    }
    if (difference) report.failed.push({ id, ...difference });
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    say(`${difference ? 'FAILED' : 'passed'} ${id} (${seconds} s) ${title}`);
  }
  return report;
}

/** What was recorded against what the simulation shows. */
export async function replay(file: ScenarioFile, simulate: Simulate): Promise<Difference | null> {
  const recorded = recordedOf(file);
  if (!recorded) return { where: 'recording', expected: file.recording, actual: undefined };
  return compareAll(file.scenario, recorded.observed, await simulate(file.scenario));
}

async function compareReal(
  { scenario }: ScenarioFile,
  clusters: Clusters,
  simulate: Simulate,
): Promise<Difference | null> {
  const { observed, difference } = await repeat(scenario, clusters);
  return difference ?? compareAll(scenario, observed, await simulate(scenario));
}

/** What was recorded against what the real broker shows today. */
async function audit(file: ScenarioFile, clusters: Clusters): Promise<Difference | null> {
  const { observed, difference } = await repeat(file.scenario, clusters);
  return difference ?? compareAll(file.scenario, recordedOf(file)?.observed ?? {}, observed);
}

/** So many of them, at random. */
function pick<T>(list: readonly T[], count: number): T[] {
  const rest = [...list];
  const picked: T[] = [];
  while (picked.length < count && rest.length > 0)
    picked.push(...rest.splice(Math.floor(Math.random() * rest.length), 1));
  return picked;
}

function print({ passed, failed }: Report, root: string, files: readonly ScenarioFile[]): void {
  for (const { id, where, expected, actual } of failed) {
    const file = files.find(({ scenario }) => scenario.id === id)?.file ?? '';
    console.log(`${id} (${relative(root, file)}) at ${where}`);
    console.log(`  expected ${JSON.stringify(expected)}`);
    console.log(`  actual   ${where === 'run' ? String(actual) : JSON.stringify(actual)}`);
  }
  console.log(`${passed} passed, ${failed.length} failed`);
}
