/** Three nodes over the kernel's network, and programs with amqplib against them. */
import { part as broker } from '../../../../src/brokers/rabbitmq/broker';
import type { QuorumState } from '../../../../src/brokers/rabbitmq/quorum/queue-state';
import type { BrokerState } from '../../../../src/brokers/rabbitmq/state';
import { amqplib } from '../../../../src/clients/amqplib';
import { Script, type ScriptAction } from '../../../../src/clients/script';
import { latencyTable } from '../../../../src/kernel/distribution';
import { Kernel } from '../../../../src/kernel/kernel';
import { ms } from '../../../../src/kernel/time';
import { processesOfBroker } from '../../../../src/scenario/nodes';
import type { BrokerSpec } from '../../../../src/scenario/scenario';

export class ClusterWorld {
  readonly kernel: Kernel;
  readonly script: Script;
  private readonly library: ReturnType<typeof amqplib>;

  constructor(seed = 1, version: '4.0' | '3.10' = '4.0', nodes = 3) {
    const spec: BrokerSpec = { name: 'rabbit', kind: 'rabbitmq', version, nodes };
    const latency = latencyTable(1);
    this.kernel = new Kernel({
      seed,
      latency: () => latency,
      act: (world, action) => (action as ScriptAction)(world),
      processes: processesOfBroker(spec, (kind) => (kind === 'rabbitmq.broker' ? broker.machine : undefined)),
    });
    this.script = new Script(this.kernel, () => new Promise((resolve) => setImmediate(resolve)));
    this.library = amqplib(this.script, 'rabbit');
  }

  /** Runs a program to its end. */
  run(program: () => Promise<void>): Promise<void> {
    return this.script.run(program, ms(3_600_000));
  }

  sleep(milliseconds: number): Promise<void> {
    return this.script.sleep(ms(milliseconds));
  }

  /** Of one node. */
  connectAlone() {
    return this.library.connect({ protocol: 'amqp', hostname: 'rabbit', heartbeat: 0 });
  }

  /** Its node may be lost, which is no mistake of the program. */
  async connect(node: number, name = `client-${node}`) {
    const connection = await this.library.connect(
      { protocol: 'amqp', hostname: `rabbit-${node}`, heartbeat: 0 },
      { clientProperties: { connection_name: name } },
    );
    connection.on('error', () => {});
    return connection;
  }

  crash(node: number): void {
    this.kernel.fates.crash(this.process(node), 'killed', null, -1);
  }

  start(node: number): void {
    this.kernel.fates.restart(this.process(node), -1);
  }

  /** Nothing goes between the two until they are healed. */
  cut(from: number, to: number): void {
    this.act((world) => world.cut(`rabbit-${from}`, `rabbit-${to}`));
  }

  heal(from: number, to: number): void {
    this.act((world) => world.heal(`rabbit-${from}`, `rabbit-${to}`));
  }

  private act(action: ScriptAction): void {
    this.kernel.addInput({ time: this.kernel.now, action });
  }

  /** What a node's copy of a quorum queue holds: how much was applied, and messages. */
  quorum(node: number, queue: string) {
    const { fifo, raft } = this.state(node).held.get(queue) as QuorumState;
    const ready = [...fifo.returns, ...fifo.messages.normal].map(({ publication: { message } }) => message);
    return { applied: raft!.applied, ready };
  }

  state(node: number): BrokerState {
    return this.kernel.part(`rabbit-${node}/broker`)!.state as BrokerState;
  }

  check(): void {
    for (const node of [1, 2, 3]) broker.check!(this.state(node));
  }

  private process(node: number) {
    return this.kernel.process(`rabbit-${node}`)!;
  }
}
