/** A real RabbitMQ cluster, and what a scenario is given of it: amqplib, by way of proxies. */
import { setTimeout as sleep } from 'node:timers/promises';
import amqplib, { type ChannelModel } from 'amqplib';
import type { AmqpTools, ClusterSpec, Faults, RabbitmqVersion, Tools } from '../../define';
import { unknownFault } from '../../harness/simulated';
import type { Opened, Run, Running } from '../running';
import { RabbitmqCluster } from './cluster';
import { installRabbitmq } from './install';
import { TcpProxy } from './proxy';
import { realRate } from './rate';

const AMQPLIB = 'amqplib 2.3.1';
const CLOSE_MS = 5000;

export async function startRabbitmq(
  root: string,
  version: RabbitmqVersion,
  spec: ClusterSpec,
): Promise<Running> {
  const installation = installRabbitmq(root, version);
  const cluster = await RabbitmqCluster.start(installation, spec);
  return {
    label: `RabbitMQ ${installation.version}`,
    get hurt() {
      return cluster.hurt;
    },
    heal: () => cluster.heal(),
    stop: () => cluster.stop(),
    open: (run) => new Session(cluster, run),
    rate: () => realRate(cluster),
  };
}

class Session implements Opened {
  readonly tools: Partial<Tools>;
  private readonly proxies = new Map<string, TcpProxy>();
  private readonly connected: ChannelModel[] = [];
  private readonly names: Run['names'];

  constructor(
    private readonly cluster: RabbitmqCluster,
    { names }: Run,
  ) {
    this.names = names;
    for (const list of [cluster.addresses, cluster.nodeNames])
      list.forEach((text, index) => names.set(text, `node-${index + 1}`));
    const connect: AmqpTools['connect'] = (name, options) => this.connect(name, options);
    this.tools = { amqp: { connect }, fault: this.faults() };
  }

  client(): string {
    return AMQPLIB;
  }

  /** Disconnects, and removes what the scenario declared under its names, so that the next one finds no leftovers. */
  async close(): Promise<void> {
    await Promise.all(this.connected.map((connection) => withinLimit(connection.close())));
    for (const proxy of this.proxies.values()) await proxy.close();
    if (!this.cluster.hurt) await withinLimit(this.removeNamed());
  }

  private async connect(
    name = 'client',
    { node = 1, heartbeat = 0 }: NonNullable<Parameters<AmqpTools['connect']>[1]> = {},
  ): Promise<ChannelModel> {
    const proxy = this.proxies.get(name) ?? new TcpProxy();
    this.proxies.set(name, proxy);
    const port = await proxy.portTo(this.cluster.addresses[node - 1]);
    const connection = await amqplib.connect(`amqp://127.0.0.1:${port}?heartbeat=${heartbeat}`, {
      clientProperties: { connection_name: name },
      noDelay: true,
    });
    this.connected.push(connection);
    return connection;
  }

  private async removeNamed(): Promise<void> {
    const connection = await amqplib.connect(`amqp://${this.cluster.addresses[0]}?heartbeat=0`);
    connection.on('error', () => undefined);
    const channel = await connection.createChannel();
    channel.on('error', () => undefined);
    for (const name of this.names.keys())
      if (!this.cluster.addresses.includes(name) && !this.cluster.nodeNames.includes(name)) {
        await channel.deleteQueue(name);
        await channel.deleteExchange(name);
      }
    await connection.close();
  }

  private faults(): Faults {
    return {
      cut: async (client = 'client') => this.proxies.get(client)?.cut(),
      dropResponse: unknownFault('dropResponse', 'rabbitmq'),
      crash: (node) => this.cluster.crash(node),
      start: (node) => this.cluster.start(node),
      pause: async (node, forMs) => this.cluster.pause(node, forMs),
      restart: (node) => this.cluster.restart(node),
      memoryAlarm: (node, raised) => this.cluster.memoryAlarm(node, raised),
    };
  }
}

/** Whatever becomes of it, but not for long. */
async function withinLimit(promise: Promise<unknown>): Promise<void> {
  const limit = new AbortController();
  const late = sleep(CLOSE_MS, undefined, { signal: limit.signal }).catch(() => undefined);
  await Promise.race([promise.catch(() => undefined), late]);
  limit.abort();
}
