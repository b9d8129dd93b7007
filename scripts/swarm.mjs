// npm run swarm -- [--seed N] [--runs N]: random scenarios; with a seed, the one run that failed, again.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensurePackages, requireNode, root, run } from './install.mjs';

const { values } = parseArgs({ options: { seed: { type: 'string' }, runs: { type: 'string' } } });
requireNode();
ensurePackages();
const env = {
  ...(values.seed ? { SWARM_SEED: values.seed } : {}),
  ...(values.runs ? { SWARM_RUNS: values.runs } : {}),
};
const vitest = join(root, 'node_modules', '.bin', 'vitest');
process.exitCode = run(vitest, ['run', '--project', 'unit', 'tests/swarm'], { env }) ? 0 : 1;
