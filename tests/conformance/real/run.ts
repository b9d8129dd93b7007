/** Runs one scenario on a real cluster with the real library, in real time. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
// The default has every export; not all of them can be imported by name.
import kafkajs, { type Kafka } from 'kafkajs';
import type { ConformanceScenario, Faults, Observed, Tools } from '../define';
import { dropping } from '../harness/dropping';
import { Observations } from '../harness/normalise';
import type { Cluster } from './cluster';
import { KAFKA_VERSION } from './install';
import { JavaProcesses } from './java';
import { ClientProxy } from './proxy';

const KAFKAJS = 'kafkajs 2.2.4';
const SCENARIO_MS = 600_000;
const DISCONNECT_MS = 20_000;
const UNTIL_MS = 30_000;
const CLOCK_SLACK_MS = 60_000;

/** What was seen, and with which library or libraries. */
export interface RealRun {
  readonly observed: Readonly<Record<string, Observed>>;
  /** "kafkajs 2.2.4", "kafka-clients 4.3.1", or both. */
  readonly client: string;
}

/**
 * Rejects when the scenario does, or takes longer than ten minutes. What it connected is disconnected again.
 * `javaClassPath` is asked for when the scenario makes a Java client.
 */
export async function runReal(
  scenario: ConformanceScenario,
  cluster: Cluster,
  javaClassPath: () => string,
): Promise<RealRun> {
  const session = new Session(cluster, javaClassPath);
  const limit = new AbortController();
  try {
    const late = sleep(SCENARIO_MS, undefined, { signal: limit.signal }).then(() => {
      throw new Error(`${scenario.id} took longer than ${SCENARIO_MS / 1000} s.`);
    });
    late.catch(() => undefined);
    await Promise.race([scenario.run(session.tools()), late]);
    return session.result();
  } finally {
    limit.abort();
    await session.close();
  }
}

/** AWS cannot be reached from here (harness/command.ts leaves its scenarios out). */
const unreachable = new Proxy({} as Tools['aws'], {
  get: () => {
    throw new Error('AWS cannot be reached from here.');
  },
});

class Session {
  private readonly from = Date.now();
  private readonly observations = new Observations();
  private readonly names = new Map<string, string>();
  private readonly proxies = new Map<string, ClientProxy>();
  private readonly connected: { disconnect(): Promise<void> }[] = [];
  private readonly java: JavaProcesses;

  constructor(
    private readonly cluster: Cluster,
    javaClassPath: () => string,
  ) {
    this.java = new JavaProcesses({
      classPath: javaClassPath,
      proxyOf: (clientId) => this.javaProxy(clientId),
    });
    cluster.addresses.forEach((address, index) => this.names.set(address, `node-${index + 1}`));
  }

  tools(): Tools {
    return {
      kafka: this.client('client', {}),
      client: (name, options = {}) => this.client(name, options),
      kafkajs,
      java: this.java.clients,
      amqp: { connect: onlyRabbitmq },
      aws: unreachable,
      version: '4.0',
      name: (base) => this.name(base),
      fault: this.faults(),
      observe: (name, value) => this.observations.observe(name, value),
      sleep: (milliseconds) => sleep(milliseconds),
      until,
      now: () => Date.now() - this.from,
    };
  }

  result(): RealRun {
    const clock = { from: this.from - CLOCK_SLACK_MS, to: Date.now() + CLOCK_SLACK_MS };
    const libraries = [
      ...(this.connected.length > 0 || !this.java.used ? [KAFKAJS] : []),
      ...(this.java.used ? [`kafka-clients ${KAFKA_VERSION}`] : []),
    ];
    const observed = this.observations.normalised({ names: this.names, clock });
    return { observed, client: libraries.join(', ') };
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

  private client(name: string, options: Readonly<Record<string, unknown>>): Kafka {
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

  /** Two names of one base stay two: the second is "orders-2" in what is observed. */
  private name(base: string): string {
    const unique = `${base}-${randomBytes(5).toString('hex')}`;
    const count = [...this.names.values()].filter((known) => known.replace(/-\d+$/, '') === base).length;
    this.names.set(unique, count === 0 ? base : `${base}-${count + 1}`);
    return unique;
  }

  private faults(): Faults {
    return {
      cut: async (client = 'client') => this.proxy(client).cut(),
      dropResponse: dropping((client, api, holdMs) => this.proxy(client).dropResponse(api, holdMs)),
      crash: (node, { disk } = {}) => this.cluster.crash(node, disk === 'lost'),
      start: (node) => this.cluster.restart(node),
      pause: async (node, forMs) => this.cluster.pause(node, forMs),
      restart: onlyRabbitmq,
      memoryAlarm: onlyRabbitmq,
    };
  }
}

function onlyRabbitmq(): Promise<never> {
  return Promise.reject(new Error('This is for scenarios of RabbitMQ.'));
}

async function until(holds: () => boolean | Promise<boolean>, timeoutMs = UNTIL_MS): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline)
      throw new Error(`until: it did not hold within ${timeoutMs} ms: ${String(holds)}`);
    await sleep(20);
  }
}
