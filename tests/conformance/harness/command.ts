/**
 * The conformance command. Without a flag: replays every recording against the simulation.
 *   --record        run on real brokers and write what was seen
 *   --real          compare real brokers with the simulation; write nothing
 *   --fidelity      write FIDELITY.md from the recordings
 *   --rate          messages per second from end to end, real and simulated (of --broker, else of Kafka); also after recording
 *   --audit N       record N recorded ids again, picked at random, and demand the same
 *   --only ID[,ID]  --broker B  --dir FOLDER  --json
 */
import { relative, resolve } from 'node:path';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import type { Broker, ConformanceScenario, Observed, RabbitmqVersion } from '../define';
import { Clusters, record, repeat } from '../real/record';
import { compareAll, type Difference } from './compare';
import { writeFidelity } from './fidelity';
import { sayRate, sayRates } from './rates';
import { recordedOf, scenarioCalled, scenariosIn, type Load, type ScenarioFile } from './scenarios';

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
type Simulate = (
  scenario: ConformanceScenario,
  options?: { readonly version?: RabbitmqVersion },
) => Promise<Readonly<Record<string, Observed>>>;

/** Runs the command with these arguments and prints; false when something failed. `root` is the project's folder. */
export async function main(args: readonly string[], root: string, load: Load): Promise<boolean> {
  const { values: options } = parseArgs({
    args: [...args],
    options: {
      record: { type: 'boolean', default: false },
      real: { type: 'boolean', default: false },
      audit: { type: 'string' },
      fidelity: { type: 'boolean', default: false },
      rate: { type: 'boolean', default: false },
      only: { type: 'string' },
      broker: { type: 'string' },
      dir: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const folder = options.dir === undefined ? resolve(root, 'tests', 'conformance') : resolve(options.dir);
  if (options.fidelity) {
    writeFidelity(root, await scenariosIn(folder, load));
    return true;
  }
  const only = options.only?.split(',');
  const broken: Failure[] = [];
  const all = await scenariosIn(folder, load, (file, error) =>
    broken.push({
      ...{ id: relative(folder, file), where: 'load', expected: undefined },
      actual: stripVTControlCharacters(error instanceof Error ? error.message : String(error)),
    }),
  );
  const isOne = (file: ScenarioFile, id: string): boolean => file.scenario.id === id || file.label === id;
  const unknown = only?.filter((id) => !all.some((file) => isOne(file, id))) ?? [];
  if (unknown.length > 0) throw new Error(`No scenario under ${folder} is called ${unknown.join(', ')}.`);
  if (options.audit !== undefined && !(Number(options.audit) >= 1))
    throw new Error(`--audit takes a number of scenarios, not "${options.audit}".`);
  let files = all.filter(
    (file) =>
      (only?.some((id) => isOne(file, id)) ?? true) &&
      (options.broker ?? file.scenario.broker) === file.scenario.broker,
  );
  if (options.record || options.real || options.audit !== undefined) {
    const reachable = files.filter(({ scenario }) => scenario.broker !== 'aws');
    if (reachable.length < files.length)
      console.error(
        `${files.length - reachable.length} scenarios of AWS are left out: AWS cannot be reached from here, so nothing of it can be recorded or compared (tests/conformance/README.md).`,
      );
    files = reachable;
  }
  // Scenarios of one cluster after another: it is started once.
  const clusterOf = ({ scenario: { broker, cluster }, version }: ScenarioFile) =>
    JSON.stringify([broker, version, cluster ?? {}]);
  if (options.audit !== undefined) files = pick(files.filter(recordedOf), Number(options.audit));
  if (options.record || options.real || options.audit !== undefined)
    files.sort((a, b) => clusterOf(a).localeCompare(clusterOf(b)));

  const clusters = new Clusters(root);
  if (options.rate) {
    try {
      await sayRates(clusters, options.broker, root);
      return true;
    } finally {
      await clusters.stop();
    }
  }
  const simulated: Simulate = async (scenario, simulateOptions) => {
    const { simulate } = (await load(resolve(root, 'tests/conformance/harness/simulate.ts'))) as {
      simulate: Simulate;
    };
    return simulate(scenario, simulateOptions);
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
    // a file that cannot be loaded is looked at by nobody, which is a failure
    report.total += broken.length;
    report.failed.push(...broken);
    if (report.total === 0) console.error(`There is no scenario to be run under ${folder}.`);
    if (options.json) console.log(JSON.stringify(report));
    else print(report, root, files);
    if (options.record && report.passed > 0) await sayRate(clusters, files.at(-1)!, root);
    return report.failed.length === 0 && report.total > 0;
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
    const { broker, title } = file.scenario;
    const { label: id } = file;
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
  const { scenario, version } = file;
  return compareAll(scenario, recorded.observed, await simulate(scenario, { version }));
}

async function compareReal(
  file: ScenarioFile,
  clusters: Clusters,
  simulate: Simulate,
): Promise<Difference | null> {
  const { scenario, version } = file;
  const { observed, difference } = await repeat(file, clusters);
  return difference ?? compareAll(scenario, observed, await simulate(scenario, { version }));
}

/** What was recorded against what the real broker shows today. */
async function audit(file: ScenarioFile, clusters: Clusters): Promise<Difference | null> {
  const { observed, difference } = await repeat(file, clusters);
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
    const file = files.find(({ label }) => label === id)?.file ?? '';
    console.log(`${id} (${relative(root, file)}) at ${where}`);
    console.log(`  expected ${JSON.stringify(expected)}`);
    console.log(
      `  actual   ${where === 'run' && typeof actual === 'string' ? actual : JSON.stringify(actual)}`,
    );
  }
  console.log(`${passed} passed, ${failed.length} failed`);
}

/** The first scenario that fails under a mistake that was built in; null: none does. `likely` is tried before all others. */
export async function caughtBy(root: string, load: Load, likely?: string): Promise<string | null> {
  const folder = resolve(root, 'tests', 'conformance');
  const { simulate } = (await load(resolve(folder, 'harness/simulate.ts'))) as { simulate: Simulate };
  const failing = async (files: readonly ScenarioFile[]): Promise<string | null> => {
    for (const file of files) {
      if (!recordedOf(file)) continue;
      const difference = await replay(file, simulate).catch((error: unknown) => error);
      if (difference !== null) return file.label;
    }
    return null;
  };
  const first = likely === undefined ? null : await failing(await scenarioCalled(folder, likely, load));
  return first ?? failing(await scenariosIn(folder, load));
}
