/** Puts a real Kafka on this machine: Java from the distribution, Kafka's jars from Maven, in a folder git ignores. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export const KAFKA_VERSION = '4.3.1';
const JAVA_MIN = 17;

/**
 * The class path of Kafka's jars, which are fetched when they are not there yet (about 45 jars, 120 MB).
 * `root` is the project's folder. Throws when Java or Maven is missing and cannot be installed, or a download fails.
 */
export function installKafka(root: string): string {
  const folder = join(root, 'node_modules', '.cache', 'kafka');
  const jars = join(folder, KAFKA_VERSION);
  requireJava();
  if (!existsSync(jars)) {
    requireCommand('mvn', 'maven');
    mkdirSync(folder, { recursive: true });
    // Moved only when whole: an interrupted download is not taken for an installation.
    const partial = `${jars}.partial`;
    rmSync(partial, { recursive: true, force: true });
    run('mvn', [
      '--quiet',
      '--batch-mode',
      `--file=${join(root, 'tests', 'conformance', 'real', 'pom.xml')}`,
      `-Dkafka.version=${KAFKA_VERSION}`,
      `-DoutputDirectory=${partial}`,
      'dependency:copy-dependencies',
    ]);
    renameSync(partial, jars);
  }
  return join(jars, '*');
}

function requireJava(): void {
  if (javaVersion() >= JAVA_MIN) return;
  installPackage('openjdk-17-jre-headless');
  if (javaVersion() < JAVA_MIN) throw new Error(`Kafka ${KAFKA_VERSION} needs Java ${JAVA_MIN} or newer.`);
}

function javaVersion(): number {
  const { stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0);
}

function requireCommand(command: string, packageName: string): void {
  if (spawnSync(command, ['--version']).status !== 0) installPackage(packageName);
}

function installPackage(name: string): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error(`${name} is missing: install it, or run this as root on a Debian.`);
  run('apt-get', ['update', '--quiet']);
  run('apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', name]);
}

/** Its output goes to standard error: standard output belongs to the result. */
function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', process.stderr, process.stderr],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed.`);
}
