/** Runs one scenario on the simulation: the same file, our facade of the library, simulated time. */
import { part as broker } from '../../../src/brokers/kafka/broker';
import { part as controller } from '../../../src/brokers/kafka/controller';
import { javaClients } from '../../../src/clients/kafka-java/facade';
import { kafkajs } from '../../../src/clients/kafkajs';
import { epochMs } from '../../../src/clients/kafkajs/messages';
import { Script, type ScriptAction } from '../../../src/clients/script';
import { latencyTable } from '../../../src/kernel/distribution';
import { Kernel } from '../../../src/kernel/kernel';
import type { Tagged } from '../../../src/kernel/machine';
import { ms, toMs } from '../../../src/kernel/time';
import type { ConformanceScenario, Faults, Observed, Tools } from '../define';
import { nodeNames, processesOfBroker } from '../../../src/scenario/nodes';
import type { BrokerSpec } from '../../../src/scenario/scenario';
import { breakable } from './breakable';
import { dropping } from './dropping';
import { Observations } from './normalise';

/** Simulated. */
const scenarioMs = 3_600_000;
const untilMs = 30_000;
const pollMs = 20;
const startMs = 3000;
/** As real/cluster.ts sets them. */
const usualInClusters = { 'offsets.topic.num.partitions': 4, 'transaction.state.log.num.partitions': 4 };

/** By name, normalised. Rejects when the scenario does, when it never ends, and for what is not simulated. */
export async function simulate(
  scenario: ConformanceScenario,
  seed = 1,
): Promise<Readonly<Record<string, Observed>>> {
  if (scenario.broker !== 'kafka') throw new Error(`A simulated ${scenario.broker} has no facade yet.`);
  return new Session(scenario, seed).run();
}

class Session {
  private readonly scenario: ConformanceScenario;
  private readonly kernel: Kernel;
  private readonly script: Script;
  private readonly wires = breakable(broker.machine);
  private readonly observations = new Observations();
  private readonly names = new Map<string, string>();
  private readonly library: Tools['kafkajs'];
  private readonly java: Tools['java'];
  private readonly nodes: readonly string[];

  constructor(scenario: ConformanceScenario, seed: number) {
    this.scenario = scenario;
    const latency = latencyTable(1);
    const config = { 'group.initial.rebalance.delay.ms': 0, ...scenario.cluster?.config };
    const { nodes = 1 } = scenario.cluster ?? {};
    const spec: BrokerSpec = { name: 'kafka', kind: 'kafka', topics: [], nodes, options: { ...config, ...(nodes > 1 ? usualInClusters : {}) } }; // prettier-ignore
    this.nodes = nodeNames(spec);
    this.kernel = new Kernel({
      seed,
      latency: () => latency,
      act: (world, action) => (action as ScriptAction)(world),
      processes: processesOfBroker(spec, (kind) =>
        kind === 'kafka.broker' ? this.wires.machine : controller.machine,
      ),
    });
    this.script = new Script(this.kernel, () => new Promise((resolve) => setImmediate(resolve)));
    this.library = kafkajs(this.script);
    this.java = javaClients(this.script, this.nodes);
    this.nodes.forEach((node, index) => this.names.set(`${node}:9092`, `node-${index + 1}`));
  }

  async run(): Promise<Readonly<Record<string, Observed>>> {
    await this.script.run(() => this.scenario.run(this.tools()), ms(scenarioMs));
    const clock = { from: epochMs, to: epochMs + scenarioMs };
    return this.observations.normalised({ names: this.names, clock });
  }

  private tools(): Tools {
    return {
      kafka: this.client('client', {}),
      client: (name, options = {}) => this.client(name, options),
      kafkajs: this.library,
      java: this.java,
      name: (base) => this.name(base),
      fault: this.faults(),
      observe: (name, value) => this.observations.observe(name, value),
      sleep: (milliseconds) => this.script.sleep(ms(milliseconds)),
      until: (holds, timeoutMs) => this.until(holds, timeoutMs),
      now: () => toMs(this.kernel.now),
    };
  }

  private client(name: string, options: Readonly<Record<string, unknown>>): Tools['kafka'] {
    return new this.library.Kafka({
      clientId: name,
      ...options,
      brokers: this.nodes.map((node) => `${node}:9092`),
    });
  }

  /** A second name of one base is another, and "orders-2" in what is observed: as on the real broker. */
  private name(base: string): string {
    const count = [...this.names.values()].filter((known) => known.replace(/-\d+$/, '') === base).length;
    const unique = `${base}-simulated${this.names.size}`;
    this.names.set(unique, count === 0 ? base : `${base}-${count + 1}`);
    return unique;
  }

  private async until(holds: () => boolean | Promise<boolean>, timeoutMs = untilMs): Promise<void> {
    const deadline = this.kernel.now + ms(timeoutMs);
    while (!(await holds())) {
      if (this.kernel.now > deadline)
        throw new Error(`until: it did not hold within ${timeoutMs} ms: ${String(holds)}`);
      await this.script.sleep(ms(pollMs));
    }
  }

  /** What a stopped process looks like from outside: nothing goes in or out, connections stay. */
  private stall(node: string, forMs: number): void {
    const others = this.kernel.processes.map(({ name }) => name).filter((name) => name !== node);
    const all =
      (verb: 'cut' | 'heal'): ScriptAction =>
      (world) =>
        others.forEach((other) => world[verb](node, other));
    this.kernel.addInput({ time: this.kernel.now, action: all('cut') });
    this.kernel.addInput({ time: this.kernel.now + ms(forMs), action: all('heal') });
  }

  private faults(): Faults {
    const node = (number: number) => this.kernel.process(this.nodes[number - 1])!;
    const now = (does: () => void): Promise<void> => {
      does();
      return Promise.resolve();
    };
    return {
      cut: (client = 'client') => now(() => this.wires.cut(this.kernel, client)),
      dropResponse: dropping((client, api, holdMs) => this.wires.dropResponse(client, api, holdMs)),
      crash: (number, { disk } = {}) =>
        now(() => {
          const part = this.kernel.part(`${this.nodes[number - 1]}/broker`)!;
          if (disk === 'lost')
            this.kernel.dispatch(part, { type: 'LoseDisk', recent: null } as Tagged, -1, 0, null);
          this.kernel.crash(node(number), 'killed', null, -1);
        }),
      start: async (number) => {
        // a node is not there in the instant it is started
        await this.script.sleep(ms(startMs));
        this.kernel.restart(node(number), -1);
      },
      pause: (number, forMs) => now(() => this.stall(this.nodes[number - 1], forMs)),
    };
  }
}
