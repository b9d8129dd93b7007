/** Every mistake of planted.ts is caught by at least one scenario. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { expect, test } from 'vitest';
import type { caughtBy } from './harness/command';
import { planted, type Planted } from './harness/planted';
import { plantedInAws } from './harness/planted-aws';
import { plantedInRabbitmq } from './harness/planted-rabbitmq';
import type { Load } from './harness/scenarios';

const root = fileURLToPath(new URL('../..', import.meta.url));

const all = [...planted, ...plantedInAws, ...plantedInRabbitmq];

test.each(all.map((one) => [one.rule, one.says, one] as const))('%s: “%s”', async (_rule, _says, one) => {
  const source = readFileSync(join(root, 'src', one.file), 'utf8');
  expect(source.split(one.replace), 'the source has the line that is to be replaced, once').toHaveLength(2);
  expect(await withPlanted(one)).not.toBeNull();
});

async function withPlanted({ file, replace, by, caught }: Planted): Promise<string | null> {
  const vite = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    appType: 'custom',
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    plugins: [
      {
        name: 'planted',
        enforce: 'pre',
        transform: (code, id) => (id.endsWith(`src/${file}`) ? code.replace(replace, by) : null),
      },
    ],
  });
  try {
    const load: Load = (path) => vite.ssrLoadModule(path);
    const command = (await load(join(root, 'tests/conformance/harness/command.ts'))) as {
      caughtBy: typeof caughtBy;
    };
    return await command.caughtBy(root, load, caught);
  } finally {
    await vite.close();
  }
}
