// Installs what is missing on a fresh machine. Imports nothing from node_modules at the top: it may not be there yet.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a command in the project's folder with its output shown; true when it succeeded. */
export function run(command, args, { env = {}, timeoutMs } = {}) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    // Windows finds npm only through a shell; nowhere else is one needed.
    shell: process.platform === 'win32',
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    timeout: timeoutMs,
  });
  return status === 0;
}

/** Throws a readable error when Node is older than package.json asks for. */
export function requireNode() {
  const wanted = readJson('package.json').engines.node.replace(/^\D+/, '');
  const [wantedMajor, wantedMinor] = wanted.split('.').map(Number);
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= (wantedMinor ?? 0))) return;
  throw new Error(`Node ${wanted} or newer is needed; this is Node ${process.versions.node}.`);
}

/** Runs npm ci, but only when node_modules is absent or differs from the lock file. */
export function ensurePackages() {
  const reason = whyStale();
  if (!reason) return;
  console.log(`Installing packages (${reason}) ...`);
  if (!run('npm', ['ci'])) throw new Error('npm ci failed: the packages could not be installed.');
}

/** npm keeps its own copy of the lock file inside node_modules, so no stamp of ours is needed. */
function whyStale() {
  const installedLock = join('node_modules', '.package-lock.json');
  if (!existsSync(join(root, installedLock))) return 'node_modules is absent';
  const installed = readJson(installedLock).packages;
  for (const [path, { version, optional, peer }] of Object.entries(readJson('package-lock.json').packages)) {
    // Optional ones are for other platforms; the empty path is this project itself.
    if (path === '' || optional || peer) continue;
    if (installed[path]?.version !== version) return `${path} is not at ${version}`;
  }
  return undefined;
}

/**
 * Finds a Chromium that starts, installing one if need be: Playwright's, else the distribution's.
 * Returns its path, or undefined when there is none and none could be installed.
 */
export async function ensureChromium() {
  const { findStartingChromium: find } = await import('./browsers.mjs');
  return find() ?? (installFromPlaywright() && find()) ?? (installFromDistribution() && find());
}

function installFromPlaywright() {
  console.log('No Chromium found. Asking Playwright to install one ...');
  const cli = join('node_modules', 'playwright', 'cli.js');
  return (
    run(process.execPath, [cli, 'install', '--no-shell', 'chromium'], { timeoutMs: 300_000 }) || undefined
  );
}

function installFromDistribution() {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return undefined;
  console.log("Installing the distribution's Chromium ...");
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update'], { env });
  return run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env }) || undefined;
}

const readJson = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
