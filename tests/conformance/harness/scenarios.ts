/** Finds scenario files and their recordings in a folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConformanceScenario, RabbitmqVersion, Recorded, RecordedElsewhere } from '../define';

/** One scenario of a file, on one version of its broker. */
export interface ScenarioFile {
  readonly file: string;
  /** "<file>.recorded.json", or "<file>.3.10.recorded.json" on a version that is not the usual one; whether it is there or not. */
  readonly recording: string;
  readonly scenario: ConformanceScenario;
  /** Of RabbitMQ. */
  readonly version: RabbitmqVersion;
  /** "R-40", or "R-40 on 3.10". */
  readonly label: string;
}

const usualVersion: RabbitmqVersion = '4.0';

/** Imports a TypeScript file by its path. */
export type Load = (file: string) => Promise<Readonly<Record<string, unknown>>>;

/** Every scenario under the folder, by path, once for each version it is for. Throws when two have one id, and for a file that cannot be loaded, unless somebody listens. */
export async function scenariosIn(
  folder: string,
  load: Load,
  cannotLoad?: (file: string, error: unknown) => void,
): Promise<ScenarioFile[]> {
  return loadAll(scenarioFiles(folder), load, cannotLoad);
}

/** One of them, found by what its file says, so that no other is loaded. */
export async function scenarioCalled(folder: string, id: string, load: Load): Promise<ScenarioFile[]> {
  const says = new RegExp(`\\bid: '${id}'`);
  return loadAll(
    scenarioFiles(folder).filter((file) => says.test(readFileSync(file, 'utf8'))),
    load,
  );
}

async function loadAll(
  files: readonly string[],
  load: Load,
  cannotLoad?: (file: string, error: unknown) => void,
): Promise<ScenarioFile[]> {
  const found: ScenarioFile[] = [];
  for (const file of files) {
    const loaded = await load(file).catch((error: unknown) => {
      if (!cannotLoad) throw error;
      cannotLoad(file, error);
      return {};
    });
    const scenario = Object.values(loaded).find(isScenario);
    if (!scenario) continue;
    const same = found.find((other) => other.scenario.id === scenario.id);
    if (same) throw new Error(`${file} and ${same.file} both say that they are ${scenario.id}.`);
    found.push(...(scenario.versions ?? [usualVersion]).map((version) => onVersion(file, scenario, version)));
  }
  return found;
}

function onVersion(file: string, scenario: ConformanceScenario, version: RabbitmqVersion): ScenarioFile {
  const usual = version === usualVersion;
  return {
    file,
    recording: file.replace(/\.ts$/, usual ? '.recorded.json' : `.${version}.recorded.json`),
    scenario,
    version,
    label: usual ? scenario.id : `${scenario.id} on ${version}`,
  };
}

/** What was recorded; null when it was not. */
export function recordedOf({ recording }: ScenarioFile): Recorded | RecordedElsewhere | null {
  if (!existsSync(recording)) return null;
  return JSON.parse(readFileSync(recording, 'utf8')) as Recorded | RecordedElsewhere;
}

/** A file exports one, as its default or under a name. */
function isScenario(value: unknown): value is ConformanceScenario {
  const { id, run } = (value ?? {}) as Partial<ConformanceScenario>;
  return typeof id === 'string' && typeof run === 'function';
}

function scenarioFiles(folder: string): string[] {
  return (
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      // what was recorded ahead of the simulation is looked at only when its folder is asked for
      .filter((name) => /(?<!\.test|\.d)\.ts$/.test(name) && !/(^|\/)(node_modules|ahead)\//.test(name))
      .map((name) => join(folder, name))
      .filter((file) => /\bdefineConformance\(\s*\{/.test(readFileSync(file, 'utf8')))
      .sort()
  );
}
