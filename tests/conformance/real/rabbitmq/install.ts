/**
 * Puts real RabbitMQs on this machine: each from the Debian that has it, with that Debian's Erlang, in a folder of its own that
 * git ignores, unless this machine's own RabbitMQ is the one. Packages come from where apt gets its own.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RabbitmqVersion } from '../../define';
import { requireCommand, run } from '../packages';

export const SCRIPTS = '/usr/lib/rabbitmq/bin';
const PROGRAMS = '/usr/lib/rabbitmq/lib';

/** The Debian whose RabbitMQ it is. */
const RELEASES: Readonly<Record<RabbitmqVersion, string>> = { '3.10': 'bookworm', '4.0': 'trixie' };

export interface Installation {
  /** Where its file system begins: "" is this machine's own. */
  readonly root: string;
  /** "4.0.5". */
  readonly version: string;
}

/** Fetched when it is not there yet (about 150 MB, a minute). `root` is the project's folder. */
export function installRabbitmq(root: string, version: RabbitmqVersion): Installation {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new Error(
      'A real RabbitMQ is run by root on Linux only: each version has a file system of its own.',
    );
  const own = installedIn('', version);
  if (own) return own;
  const cache = join(root, 'node_modules', '.cache', 'rabbitmq');
  const folder = join(cache, version);
  if (!existsSync(folder)) {
    requireCommand('debootstrap', 'debootstrap');
    mkdirSync(cache, { recursive: true });
    // Moved only when whole: an interrupted download is not taken for an installation.
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true });
    const packages = ['--variant=minbase', '--include=rabbitmq-server'];
    run('debootstrap', [...packages, RELEASES[version], partial, mirror()]);
    renameSync(partial, folder);
  }
  const installed = installedIn(folder, version);
  if (!installed) throw new Error(`${folder} has no RabbitMQ ${version}: remove the folder and try again.`);
  return installed;
}

function installedIn(folder: string, version: RabbitmqVersion): Installation | null {
  const programs = join(folder, '/', PROGRAMS);
  if (!existsSync(programs)) return null;
  const found = readdirSync(programs)
    .map((name) => name.replace(/^rabbitmq_server-/, ''))
    .find((name) => name.startsWith(`${version}.`));
  return found === undefined ? null : { root: folder, version: found };
}

/** Where this machine's Debian comes from. */
function mirror(): string {
  const format = '$(REPO_URI) $(COMPONENT)';
  const { stdout } = spawnSync('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'], {
    encoding: 'utf8',
  });
  const found = (stdout ?? '').split('\n').flatMap((line) => /^(\S+\/debian\/?) main$/.exec(line)?.[1] ?? []);
  if (found.length === 0)
    throw new Error('apt knows no Debian to fetch RabbitMQ from: on a Debian it is in its list of sources.');
  return found[0];
}
