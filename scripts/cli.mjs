// Runs a command-line tool of src/cli: node scripts/cli.mjs NAME [arguments]
// The tools read lessons and brokers through import.meta.glob, which plain Node does not know, so each is a
// small Vite build. It is built anew every time (well under two seconds) and never goes stale.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackages, requireNode, root } from './install.mjs';

const [name = '', ...args] = process.argv.slice(2);
const entry = join(root, 'src', 'cli', `${name}.ts`);

if (!/^[a-z-]+$/.test(name) || !existsSync(entry)) {
  console.error(`There is no tool "${name}": src/cli/${name}.ts does not exist.`);
  process.exit(1);
}

requireNode();
ensurePackages();
const cache = join(root, 'node_modules', '.cache', 'cli');
mkdirSync(cache, { recursive: true });
// A folder of its own per run, so that two runs at a time do not overwrite each other.
const folder = mkdtempSync(join(cache, `${name}-`));
try {
  await build();
  const { status } = spawnSync(process.execPath, [join(folder, `${name}.js`), ...args], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Warnings go to standard error: with --json, standard output belongs to the tool alone. */
async function build() {
  const { build, createLogger } = await import('vite');
  const customLogger = createLogger('warn');
  customLogger.warn = customLogger.warnOnce = (message) => console.error(message);
  await build({
    root,
    customLogger,
    logLevel: 'warn',
    publicDir: false,
    build: { ssr: entry, outDir: folder, emptyOutDir: false, manifest: false, minify: false },
  });
}
