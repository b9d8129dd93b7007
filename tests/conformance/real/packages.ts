/** Programs that real brokers need, from the machine's distribution. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Installs the package when the command is not there. */
export function requireCommand(command: string, packageName: string): void {
  if (spawnSync(command, ['--version']).status !== 0) installPackage(packageName);
}

/** From the distribution; throws when it cannot be installed from there. */
export function installPackage(name: string): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error(`${name} is missing: install it, or run this as root on a Debian.`);
  run('apt-get', ['update', '--quiet']);
  run('apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', name]);
}

/** Throws when it fails. Its output goes to standard error: standard output belongs to the result. */
export function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', process.stderr, process.stderr],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed.`);
}
