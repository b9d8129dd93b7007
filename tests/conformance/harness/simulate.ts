/** Runs one scenario on the simulation: the same file, our facade of the library, simulated time. */
import { epochMs } from '../../../src/clients/kafkajs/messages';
import { Script, type ScriptAction } from '../../../src/clients/script';
import { latencyTable } from '../../../src/kernel/distribution';
import { Kernel } from '../../../src/kernel/kernel';
import { ms, toMs } from '../../../src/kernel/time';
import type { Broker, ConformanceScenario, Observed, RabbitmqVersion, Tools } from '../define';
import { Observations } from './normalise';
import type { SimulatedBrokers } from './simulated';
import { simulatedAws } from './simulated-aws';
import { simulatedKafka } from './simulated-kafka';
import { simulatedRabbitmq } from './simulated-rabbitmq';

/** Simulated. */
const scenarioMs = 3_600_000;
const untilMs = 30_000;
const pollMs = 20;

const brokers: Partial<
  Record<Broker, (scenario: ConformanceScenario, version: RabbitmqVersion) => SimulatedBrokers>
> = { kafka: simulatedKafka, rabbitmq: simulatedRabbitmq, aws: simulatedAws };

export interface SimulateOptions {
  readonly seed?: number;
  /** Of RabbitMQ. */
  readonly version?: RabbitmqVersion;
}

/** By name, normalised. Rejects when the scenario does, when it never ends, and for what is not simulated. */
export async function simulate(
  scenario: ConformanceScenario,
  { seed = 1, version = '4.0' }: SimulateOptions = {},
): Promise<Readonly<Record<string, Observed>>> {
  const make = brokers[scenario.broker];
  if (!make) throw new Error(`A simulated ${scenario.broker} has no facade yet.`);
  return new Session(scenario, make(scenario, version), seed, version).run();
}

class Session {
  private readonly scenario: ConformanceScenario;
  private readonly brokers: SimulatedBrokers;
  private readonly version: RabbitmqVersion;
  private readonly kernel: Kernel;
  private readonly script: Script;
  private readonly observations = new Observations();
  private readonly names: Map<string, string>;

  constructor(
    scenario: ConformanceScenario,
    brokers: SimulatedBrokers,
    seed: number,
    version: RabbitmqVersion,
  ) {
    this.scenario = scenario;
    this.brokers = brokers;
    this.version = version;
    this.names = new Map(brokers.names);
    const latency = latencyTable(1);
    this.kernel = new Kernel({
      seed,
      latency: () => latency,
      act: (world, action) => (action as ScriptAction)(world),
      processes: [...brokers.processes],
    });
    this.script = new Script(this.kernel, () => new Promise((resolve) => setImmediate(resolve)));
  }

  async run(): Promise<Readonly<Record<string, Observed>>> {
    await this.script.run(() => this.scenario.run(this.tools()), ms(scenarioMs));
    const clock = { from: epochMs, to: epochMs + scenarioMs };
    return this.observations.normalised({ names: this.names, clock });
  }

  /** Tools of other brokers are there for the types, and missing. */
  private tools(): Tools {
    const own: Partial<Tools> = {
      name: (base) => this.name(base),
      observe: (name, value) => this.observations.observe(name, value),
      sleep: (milliseconds) => this.script.sleep(ms(milliseconds)),
      until: (holds, timeoutMs) => this.until(holds, timeoutMs),
      now: () => toMs(this.kernel.now),
      version: this.version,
    };
    return { ...this.brokers.tools(this.script, this.kernel), ...own } as Tools;
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
}
