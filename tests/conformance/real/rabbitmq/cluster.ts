/** A real RabbitMQ cluster of one node or three, in a folder that goes with it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import amqplib from 'amqplib';
import type { ClusterSpec } from '../../define';
import { freePorts } from '../ports';
import { SCRIPTS, type Installation } from './install';

const READY_MS = 120_000;
/** Of a node that is stopped in good order. */
const STOP_MS = 60_000;
/** Where a node finds the cluster's folder when it has a file system of its own. */
const MOUNTED = '/mnt';
/** A share of the memory that every node is above, and the usual one. */
const WATERMARK = { raised: '0.000001', usual: '0.6' } as const;

interface Node {
  /** "rabbit-1@localhost". */
  readonly name: string;
  readonly id: number;
  readonly port: number;
  readonly distributionPort: number;
  process: ChildProcess | null;
}

export class RabbitmqCluster {
  private readonly folder = mkdtempSync(join(tmpdir(), 'conformance-rabbitmq-'));
  private readonly onExit = () => this.remove();
  private portMapper: ChildProcess | null = null;
  private alarms = new Set<number>();
  private touched = false;

  private constructor(
    private readonly installation: Installation,
    private readonly nodes: readonly Node[],
    private readonly portMapperPort: number,
    private readonly config: NonNullable<ClusterSpec['config']>,
  ) {
    process.once('exit', this.onExit);
  }

  /** Starts the nodes; resolves when every one of them takes part. */
  static async start(
    installation: Installation,
    { nodes = 1, config = {} }: ClusterSpec,
  ): Promise<RabbitmqCluster> {
    const [portMapperPort, ...ports] = await freePorts(1 + 2 * nodes);
    const list = Array.from({ length: nodes }, (_, index) => ({
      name: `rabbit-${index + 1}@localhost`,
      id: index + 1,
      port: ports[2 * index],
      distributionPort: ports[2 * index + 1],
      process: null,
    }));
    const cluster = new RabbitmqCluster(installation, list, portMapperPort, config);
    try {
      cluster.writeFiles();
      cluster.portMapper = cluster.run('epmd', ['-port', String(portMapperPort), '-address', '127.0.0.1'], 'epmd'); // prettier-ignore
      for (const node of list) cluster.spawn(node);
      await cluster.allReady();
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

  /** What the nodes call themselves. */
  get nodeNames(): readonly string[] {
    return this.nodes.map(({ name }) => name);
  }

  /** Whether a node was killed, stopped or alarmed since the last `heal`. */
  get hurt(): boolean {
    return this.touched;
  }

  /** SIGKILL. */
  async crash(id: number): Promise<void> {
    const running = this.running(id);
    this.touched = true;
    this.node(id).process = null;
    const exit = once(running, 'exit');
    running.kill('SIGKILL');
    await exit;
  }

  /** Starts a node that was killed; resolves when it takes part. */
  async start(id: number): Promise<void> {
    const node = this.node(id);
    if (node.process) throw new Error(`Node ${id} is running.`);
    this.spawn(node);
    await this.allReady();
  }

  /** Stops it in good order and starts it again. */
  async restart(id: number): Promise<void> {
    const running = this.running(id);
    this.touched = true;
    const exit = once(running, 'exit', { signal: AbortSignal.timeout(STOP_MS) });
    running.kill('SIGTERM');
    await exit;
    this.node(id).process = null;
    await this.start(id);
  }

  /** SIGSTOP now, and SIGCONT when the time is over. */
  pause(id: number, forMs: number): void {
    const running = this.running(id);
    this.touched = true;
    running.kill('SIGSTOP');
    setTimeout(() => running.kill('SIGCONT'), forMs);
  }

  /** Raised, or over, when it resolves. */
  async memoryAlarm(id: number, raised: boolean): Promise<void> {
    this.touched = true;
    if (raised) this.alarms.add(id);
    else this.alarms.delete(id);
    const share = raised ? WATERMARK.raised : WATERMARK.usual;
    await this.control(this.node(id), ['set_vm_memory_high_watermark', share]);
  }

  /** Starts what was killed, lets go on what was stopped, and ends alarms. */
  async heal(): Promise<void> {
    for (const node of this.nodes) {
      if (node.process) node.process.kill('SIGCONT');
      else this.spawn(node);
    }
    await this.allReady();
    for (const id of [...this.alarms]) await this.memoryAlarm(id, false);
    this.touched = false;
  }

  /** Kills every node and removes the folder. */
  async stop(): Promise<void> {
    process.off('exit', this.onExit);
    const running = [this.portMapper, ...this.nodes.map((node) => node.process)].filter(
      (one) => one !== null,
    );
    const exits = running
      .filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
      .map((one) => once(one, 'exit'));
    this.remove();
    await Promise.all(exits);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private remove(): void {
    for (const node of this.nodes) {
      node.process?.kill('SIGKILL');
      node.process = null;
    }
    this.portMapper?.kill('SIGKILL');
    this.portMapper = null;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private node(id: number): Node {
    const node = this.nodes.find((each) => each.id === id);
    if (!node) throw new Error(`There is no node ${id}.`);
    return node;
  }

  private running(id: number): ChildProcess {
    const { process: running } = this.node(id);
    if (!running) throw new Error(`Node ${id} is not running.`);
    return running;
  }

  private writeFiles(): void {
    // What the nodes know one another by.
    writeFileSync(join(this.folder, '.erlang.cookie'), 'conformance', { mode: 0o400 });
    writeFileSync(join(this.folder, 'enabled_plugins'), '[].\n');
    for (const node of this.nodes) {
      mkdirSync(join(this.folder, String(node.id)));
      writeFileSync(join(this.folder, String(node.id), 'rabbitmq.conf'), this.configurationOf(node));
    }
  }

  private configurationOf({ port }: Node): string {
    const peers = this.nodes.map(
      ({ name, id }) => [`cluster_formation.classic_config.nodes.${id}`, name] as const,
    );
    const together = { 'cluster_formation.peer_discovery_backend': 'classic_config', ...Object.fromEntries(peers) }; // prettier-ignore
    const settings = {
      'listeners.tcp.1': `127.0.0.1:${port}`,
      'vm_memory_high_watermark.relative': WATERMARK.usual,
      ...(this.nodes.length > 1 ? together : {}),
      ...this.config,
    };
    return Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`).join(''); // prettier-ignore
  }

  private environmentOf(node: Node | null): Record<string, string> {
    const base = this.installation.root === '' ? this.folder : MOUNTED;
    const common = {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      LANG: 'C.UTF-8',
      HOME: base,
      ERL_EPMD_PORT: String(this.portMapperPort),
      ERL_EPMD_ADDRESS: '127.0.0.1',
      RABBITMQ_ENABLED_PLUGINS_FILE: join(base, 'enabled_plugins'),
    };
    if (!node) return common;
    const own = join(base, String(node.id));
    return {
      ...common,
      RABBITMQ_NODENAME: node.name,
      RABBITMQ_DIST_PORT: String(node.distributionPort),
      RABBITMQ_MNESIA_BASE: join(own, 'data'),
      RABBITMQ_LOG_BASE: join(own, 'log'),
      RABBITMQ_PID_FILE: join(own, 'pid'),
      RABBITMQ_CONFIG_FILE: join(own, 'rabbitmq.conf'),
      // Several share this machine: none waits by turning round and round.
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none', // prettier-ignore
      // The script makes way for Erlang, so that signals strike the node itself.
      RUNNING_UNDER_SYSTEMD: 'true',
    };
  }

  private spawn(node: Node): void {
    node.process = this.run(`${SCRIPTS}/rabbitmq-server`, [], String(node.id), node);
  }

  /** Starts it in its file system; what it prints goes to a file of this name. */
  private run(
    command: string,
    args: readonly string[],
    output: string,
    node: Node | null = null,
  ): ChildProcess {
    const file = openSync(this.output(output), 'a');
    const [program, ...rest] = this.inItsFileSystem([command, ...args]);
    const child = spawn(program, rest, { env: this.environmentOf(node), stdio: ['ignore', file, file] });
    closeSync(file);
    return child;
  }

  /** Mounts go with the process: they are in a namespace of its own. */
  private inItsFileSystem(command: readonly string[]): readonly string[] {
    const { root } = this.installation;
    if (root === '') return command;
    const script = 'mount -t proc proc "$1/proc" && mount --bind "$2" "$1$3" && root="$1" && shift 3 && exec chroot "$root" "$@"'; // prettier-ignore
    return ['unshare', '--mount', 'sh', '-c', script, 'sh', root, this.folder, MOUNTED, ...command];
  }

  private output(name: string): string {
    return join(this.folder, `${name}.txt`);
  }

  private async allReady(): Promise<void> {
    const running = this.nodes.filter((each) => each.process);
    for (const node of running) await this.ready(node);
    if (this.nodes.length > 1) await this.control(running[0], ['await_online_nodes', String(running.length)]);
  }

  /** Resolves when the node takes connections. */
  private async ready(node: Node): Promise<void> {
    const deadline = Date.now() + READY_MS;
    while (!(await answers(node))) {
      const { process: running } = node;
      if (!running || running.exitCode !== null || running.signalCode !== null || Date.now() > deadline)
        throw new Error(
          `Node ${node.id} did not start:\n${readFileSync(this.output(String(node.id)), 'utf8')}`,
        );
      await sleep(200);
    }
  }

  private async control(node: Node, args: readonly string[]): Promise<void> {
    const command = [`${SCRIPTS}/rabbitmqctl`, '--node', node.name, ...args];
    const [program, ...rest] = this.inItsFileSystem(command);
    const child = spawn(program, rest, { env: this.environmentOf(null), stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
    const [status] = (await once(child, 'exit')) as [number | null];
    if (status !== 0) throw new Error(`rabbitmqctl ${args.join(' ')} failed: ${said}`);
  }
}

async function answers({ port }: Node): Promise<boolean> {
  try {
    const connection = await amqplib.connect(`amqp://127.0.0.1:${port}?heartbeat=0`, { timeout: 5000 });
    connection.on('error', () => undefined);
    await connection.close();
    return true;
  } catch {
    return false;
  }
}
