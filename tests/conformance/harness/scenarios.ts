/** Finds scenario files and their recordings in a folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConformanceScenario, Recorded, RecordedElsewhere } from '../define';

export interface ScenarioFile {
  readonly file: string;
  /** "<file>.recorded.json", whether it is there or not. */
  readonly recording: string;
  readonly scenario: ConformanceScenario;
}

/** Imports a TypeScript file by its path. */
export type Load = (file: string) => Promise<Readonly<Record<string, unknown>>>;

/** Every scenario under the folder, by path. Throws when two have one id, and for a file that cannot be loaded, unless somebody listens. */
export async function scenariosIn(
  folder: string,
  load: Load,
  cannotLoad?: (file: string, error: unknown) => void,
): Promise<ScenarioFile[]> {
  const found: ScenarioFile[] = [];
  for (const file of scenarioFiles(folder)) {
    const loaded = await load(file).catch((error: unknown) => {
      if (!cannotLoad) throw error;
      cannotLoad(file, error);
      return {};
    });
    const scenario = Object.values(loaded).find(isScenario);
    if (!scenario) continue;
    const same = found.find((other) => other.scenario.id === scenario.id);
    if (same) throw new Error(`${file} and ${same.file} both say that they are ${scenario.id}.`);
    found.push({ file, recording: file.replace(/\.ts$/, '.recorded.json'), scenario });
  }
  return found;
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
