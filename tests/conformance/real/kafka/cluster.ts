/** A real Kafka cluster of one node or three, every node broker and controller, in a folder that goes with it. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import type { ClusterSpec } from '../../define';
import { freePorts } from '../ports';

const READY_MS = 120_000;
/** Little memory, and a quick start rather than a fast broker. */
const JVM = ['-Xms128m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
const LOGGING = `appenders=out
appender.out.type=Console
appender.out.name=out
appender.out.layout.type=PatternLayout
appender.out.layout.pattern=%d %p %m (%c)%n
rootLogger.level=warn
rootLogger.appenderRefs=out
rootLogger.appenderRef.out.ref=out
`;

interface Node {
  readonly id: number;
  readonly port: number;
  readonly controllerPort: number;
  readonly directoryId: string;
  process: ChildProcess | null;
}

export class Cluster {
  private readonly folder = mkdtempSync(join(tmpdir(), 'conformance-kafka-'));
  private readonly onExit = () => this.remove();
  private touched = false;

  private constructor(
    private readonly classPath: string,
    private readonly nodes: readonly Node[],
    private readonly config: NonNullable<ClusterSpec['config']>,
  ) {
    process.once('exit', this.onExit);
  }

  /** Formats and starts the nodes; resolves when every one of them takes part. */
  static async start(classPath: string, { nodes = 1, config = {} }: ClusterSpec): Promise<Cluster> {
    const ports = await freePorts(2 * nodes);
    const list = Array.from({ length: nodes }, (_, index) => ({
      id: index + 1,
      port: ports[2 * index],
      controllerPort: ports[2 * index + 1],
      directoryId: uuid(),
      process: null,
    }));
    const cluster = new Cluster(classPath, list, config);
    try {
      cluster.format();
      for (const node of list) cluster.spawn(node);
      await cluster.ready();
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** "127.0.0.1:40001", in the order of the nodes' numbers. */
  get addresses(): readonly string[] {
    return this.nodes.map(({ port }) => `127.0.0.1:${port}`);
  }

  /** Whether a node was killed, started or stopped since the last `heal`. */
  get hurt(): boolean {
    return this.touched;
  }

  /** SIGKILL; and the files of its partitions are gone, those of the controller excepted, when `losesDisk`. */
  async crash(id: number, losesDisk = false): Promise<void> {
    const node = this.node(id);
    const { process: running } = node;
    if (!running) throw new Error(`Node ${id} is not running.`);
    this.touched = true;
    node.process = null;
    const exit = once(running, 'exit');
    running.kill('SIGKILL');
    await exit;
    if (!losesDisk) return;
    const data = join(this.folder, String(id), 'data');
    for (const entry of readdirSync(data, { withFileTypes: true }))
      if (entry.isDirectory() && !entry.name.startsWith('__cluster_metadata'))
        rmSync(join(data, entry.name), { recursive: true });
    for (const checkpoint of readdirSync(data).filter((name) => name.endsWith('-checkpoint')))
      rmSync(join(data, checkpoint));
  }

  /** Starts a node that was killed; resolves when it takes part. */
  async restart(id: number): Promise<void> {
    const node = this.node(id);
    if (node.process) throw new Error(`Node ${id} is running.`);
    this.spawn(node);
    await this.ready();
  }

  /** SIGSTOP now, and SIGCONT when the time is over. */
  pause(id: number, forMs: number): void {
    const { process: running } = this.node(id);
    if (!running) throw new Error(`Node ${id} is not running.`);
    this.touched = true;
    running.kill('SIGSTOP');
    setTimeout(() => running.kill('SIGCONT'), forMs);
  }

  /** Starts what was killed and lets go on what was stopped. */
  async heal(): Promise<void> {
    for (const node of this.nodes) {
      if (node.process) node.process.kill('SIGCONT');
      else this.spawn(node);
    }
    await this.ready();
    this.touched = false;
  }

  /** Kills every node and removes the folder. */
  async stop(): Promise<void> {
    process.off('exit', this.onExit);
    const running = this.nodes.flatMap(({ process }) => (process ? [process] : []));
    const exits = running.map((process) => once(process, 'exit'));
    this.remove();
    await Promise.all(exits);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private remove(): void {
    for (const node of this.nodes) {
      node.process?.kill('SIGKILL');
      node.process = null;
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private node(id: number): Node {
    const node = this.nodes.find((each) => each.id === id);
    if (!node) throw new Error(`There is no node ${id}.`);
    return node;
  }

  private format(): void {
    const clusterId = uuid();
    const controllers = this.nodes.map(
      ({ id, controllerPort, directoryId }) => `${id}@127.0.0.1:${controllerPort}:${directoryId}`,
    );
    writeFileSync(join(this.folder, 'log4j2.properties'), LOGGING);
    for (const node of this.nodes) {
      mkdirSync(join(this.folder, String(node.id)));
      writeFileSync(this.properties(node), this.propertiesOf(node));
      const tool = ['kafka.tools.StorageTool', 'format', '--cluster-id', clusterId];
      const args = [...tool, '--config', this.properties(node), '--initial-controllers', controllers.join()];
      const { status, stderr } = spawnSync('java', [...this.java(), ...args], { encoding: 'utf8' });
      if (status !== 0) throw new Error(`Node ${node.id} could not be formatted: ${stderr}`);
    }
  }

  private propertiesOf({ id, port, controllerPort }: Node): string {
    const copies = this.nodes.length;
    const inSync = Math.min(copies, 2);
    const controllers = this.nodes.map((node) => `127.0.0.1:${node.controllerPort}`);
    const properties = {
      'process.roles': 'broker,controller',
      'node.id': id,
      'controller.quorum.bootstrap.servers': controllers.join(),
      listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
      'advertised.listeners': `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
      'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      'controller.listener.names': 'CONTROLLER',
      'inter.broker.listener.name': 'PLAINTEXT',
      'log.dirs': join(this.folder, String(id), 'data'),
      'group.initial.rebalance.delay.ms': 0,
      'offsets.topic.replication.factor': copies,
      'transaction.state.log.replication.factor': copies,
      'transaction.state.log.min.isr': inSync,
      'share.coordinator.state.topic.replication.factor': copies,
      'share.coordinator.state.topic.min.isr': inSync,
      // Fewer than the 50 of the defaults, which take seconds to make; nothing that is observed hangs on it.
      'offsets.topic.num.partitions': 4,
      'transaction.state.log.num.partitions': 4,
      'share.coordinator.state.topic.num.partitions': 4,
      ...this.config,
    };
    return Object.entries(properties).map(([name, value]) => `${name}=${value}\n`).join(''); // prettier-ignore
  }

  private properties({ id }: Node): string {
    return join(this.folder, String(id), 'server.properties');
  }

  private java(): string[] {
    return [
      ...JVM,
      `-Dlog4j2.configurationFile=${join(this.folder, 'log4j2.properties')}`,
      '-cp',
      this.classPath,
    ];
  }

  private spawn(node: Node): void {
    const output = openSync(this.output(node), 'a');
    const args = [...this.java(), 'kafka.Kafka', this.properties(node)];
    node.process = spawn('java', args, { stdio: ['ignore', output, output] });
    closeSync(output);
  }

  private output({ id }: Node): string {
    return join(this.folder, String(id), 'output.txt');
  }

  /** Resolves when every node that runs is in the cluster's metadata. */
  private async ready(): Promise<void> {
    const deadline = Date.now() + READY_MS;
    for (const node of this.nodes.filter((each) => each.process)) {
      while (!(await this.sees(node))) {
        if (node.process?.exitCode !== null || Date.now() > deadline)
          throw new Error(`Node ${node.id} did not start:\n${readFileSync(this.output(node), 'utf8')}`);
        await sleep(200);
      }
    }
  }

  private async sees({ port }: Node): Promise<boolean> {
    const brokers = [`127.0.0.1:${port}`];
    const admin = new Kafka({ brokers, logLevel: logLevel.NOTHING, retry: { retries: 0 } }).admin();
    try {
      await admin.connect();
      const { brokers: known } = await admin.describeCluster();
      return this.nodes.every((node) => !node.process || known.some(({ nodeId }) => nodeId === node.id));
    } catch {
      return false;
    } finally {
      await admin.disconnect();
    }
  }
}

/** As Kafka writes them. One that began with a dash would be taken for an option. */
function uuid(): string {
  const text = randomBytes(16).toString('base64url');
  return text.startsWith('-') ? uuid() : text;
}
