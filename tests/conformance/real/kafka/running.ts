/** A real Kafka cluster, and what a scenario is given of it: kafkajs and the Java client, by way of proxies. */
import { setTimeout as sleep } from 'node:timers/promises';
// The default has every export; not all of them can be imported by name.
import kafkajs, { type Kafka } from 'kafkajs';
import type { ClusterSpec, Faults, Tools } from '../../define';
import { dropping } from '../../harness/dropping';
import { unknownFault } from '../../harness/simulated';
import type { Opened, Run, Running } from '../running';
import { Cluster } from './cluster';
import { installJavaClient, installKafka, KAFKA_VERSION } from './install';
import { JavaProcesses } from './java';
import { ClientProxy } from './proxy';
import { realRate } from './rate';

const KAFKAJS = 'kafkajs 2.2.4';
const DISCONNECT_MS = 20_000;

export async function startKafka(root: string, spec: ClusterSpec): Promise<Running> {
  const cluster = await Cluster.start(installKafka(root), spec);
  return {
    label: `Apache Kafka ${KAFKA_VERSION}`,
    get hurt() {
      return cluster.hurt;
    },
    heal: () => cluster.heal(),
    stop: () => cluster.stop(),
    open: (run) => new Session(cluster, run, () => installJavaClient(root)),
    rate: () => realRate(cluster),
  };
}

class Session implements Opened {
  readonly tools: Partial<Tools>;
  private readonly proxies = new Map<string, ClientProxy>();
  private readonly connected: { disconnect(): Promise<void> }[] = [];
  private readonly java: JavaProcesses;

  /** `javaClassPath` is asked for when the scenario makes a Java client. */
  constructor(
    private readonly cluster: Cluster,
    { names }: Run,
    javaClassPath: () => string,
  ) {
    this.java = new JavaProcesses({
      classPath: javaClassPath,
      proxyOf: (clientId) => this.javaProxy(clientId),
    });
    cluster.addresses.forEach((address, index) => names.set(address, `node-${index + 1}`));
    this.tools = {
      kafka: this.kafka('client', {}),
      client: (name, options = {}) => this.kafka(name, options),
      kafkajs,
      java: this.java.clients,
      fault: this.faults(),
    };
  }

  client(): string {
    const libraries = [
      ...(this.connected.length > 0 || !this.java.used ? [KAFKAJS] : []),
      ...(this.java.used ? [`kafka-clients ${KAFKA_VERSION}`] : []),
    ];
    return libraries.join(', ');
  }

  async close(): Promise<void> {
    const goodbyes = this.connected.map((each) => each.disconnect().catch(() => undefined));
    const limit = new AbortController();
    await Promise.race([
      Promise.all(goodbyes),
      sleep(DISCONNECT_MS, undefined, { signal: limit.signal }).catch(() => undefined),
    ]);
    limit.abort();
    await this.java.stop();
    for (const proxy of this.proxies.values()) await proxy.close();
  }

  private kafka(name: string, options: Readonly<Record<string, unknown>>): Kafka {
    const kafka = new kafkajs.Kafka({
      clientId: name,
      ...options,
      brokers: [...this.cluster.addresses],
      socketFactory: this.proxy(name).socketFactory,
      logLevel: kafkajs.logLevel.NOTHING,
    });
    for (const kind of ['producer', 'consumer', 'admin'] as const) {
      const make = kafka[kind].bind(kafka) as (...args: unknown[]) => { disconnect(): Promise<void> };
      const tracked = (...args: unknown[]) => {
        const made = make(...args);
        this.connected.push(made);
        return made;
      };
      Object.assign(kafka, { [kind]: tracked });
    }
    return kafka;
  }

  private proxy(name: string): ClientProxy {
    const proxy = this.proxies.get(name) ?? new ClientProxy();
    this.proxies.set(name, proxy);
    return proxy;
  }

  private async javaProxy(clientId: string) {
    const { addresses } = this.cluster;
    const host = await this.proxy(clientId).listen(addresses);
    return { host, bootstrap: addresses.map((address) => address.replace(/^.*:/, `${host}:`)).join() };
  }

  private faults(): Faults {
    return {
      cut: async (client = 'client') => this.proxy(client).cut(),
      dropResponse: dropping((client, api, holdMs) => this.proxy(client).dropResponse(api, holdMs)),
      crash: (node, { disk } = {}) => this.cluster.crash(node, disk === 'lost'),
      start: (node) => this.cluster.restart(node),
      pause: async (node, forMs) => this.cluster.pause(node, forMs),
      restart: unknownFault('restart', 'kafka'),
      memoryAlarm: unknownFault('memoryAlarm', 'kafka'),
    };
  }
}
