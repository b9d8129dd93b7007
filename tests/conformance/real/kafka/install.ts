/** Puts a real Kafka on this machine: Java from the distribution, Kafka's jars from Maven, in a folder git ignores. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installPackage, requireCommand, run } from '../packages';

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
      `--file=${join(root, 'tests', 'conformance', 'real', 'kafka', 'pom.xml')}`,
      `-Dkafka.version=${KAFKA_VERSION}`,
      `-DoutputDirectory=${partial}`,
      'dependency:copy-dependencies',
    ]);
    renameSync(partial, jars);
  }
  return join(jars, '*');
}

/** What the Java client needs of Kafka's jars: fewer make a quicker start. */
const CLIENT_JARS =
  /^(kafka-clients|slf4j-api|jackson-(core|databind|annotations)|lz4-java|snappy-java|zstd-jni)-/;

/**
 * The class path of the program that runs one Java client (../../java), compiled when it is not yet, into the folder of
 * the jars. Its classes come first: one of them stands for a class of the library.
 */
export function installJavaClient(root: string): string {
  const jars = join(installKafka(root), '..');
  const source = join(root, 'tests', 'conformance', 'java', 'src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.java'))
    .map((name) => join(source, name))
    .sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  const classes = join(jars, '..', `java-client-${KAFKA_VERSION}-${hash.digest('hex').slice(0, 12)}`);
  if (!existsSync(classes)) {
    requireCommand('javac', 'openjdk-17-jdk-headless');
    const partial = `${classes}.${process.pid}`;
    rmSync(partial, { recursive: true, force: true });
    run('javac', ['-nowarn', '-d', partial, '-cp', join(jars, '*'), ...files]);
    renameSync(partial, classes);
  }
  const needed = readdirSync(jars).filter((name) => CLIENT_JARS.test(name));
  return [classes, ...needed.map((name) => join(jars, name))].join(':');
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
