/** Every recording from a real broker, replayed on the simulation. Where the two differ, the real broker is right. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { replay } from './harness/command';
import { fidelityFiles, fidelityOf, fidelityText } from './harness/fidelity';
import { recordedOf, scenariosIn, type Load } from './harness/scenarios';
import { simulate } from './harness/simulate';

const load: Load = (file) => import(/* @vite-ignore */ file) as ReturnType<Load>;
const root = fileURLToPath(new URL('../..', import.meta.url));
const files = await scenariosIn(fileURLToPath(new URL('.', import.meta.url)), load);

describe('the simulation and the real broker see the same', () => {
  test.each(files.map((file) => [file.label, file.scenario.title, file] as const))(
    '%s: %s',
    async (_id, _title, file) => {
      expect(recordedOf(file), 'it was recorded').not.toBeNull();
      expect(await replay(file, simulate)).toBeNull();
    },
  );

  test('FIDELITY.md says what is recorded', () => {
    const fidelity = fidelityOf(files);
    const read = (name: string): string => readFileSync(join(root, name), 'utf8');
    expect(read(fidelityFiles.text), 'npm run conformance -- --fidelity').toBe(fidelityText(fidelity));
    expect(JSON.parse(read(fidelityFiles.data))).toEqual(fidelity);
  });

  test('the same seed makes the same observations', async () => {
    for (const { scenario, version } of files)
      expect(await simulate(scenario, { seed: 7, version })).toEqual(
        await simulate(scenario, { seed: 7, version }),
      );
  });
});
