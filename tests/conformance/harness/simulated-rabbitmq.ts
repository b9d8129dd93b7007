/** One RabbitMQ cluster, simulated, with amqplib. */
import { part as broker } from '../../../src/brokers/rabbitmq/broker';
import { amqplib } from '../../../src/clients/amqplib';
import type { Script } from '../../../src/clients/script';
import type { Kernel } from '../../../src/kernel/kernel';
import type { Tagged } from '../../../src/kernel/machine';
import { ms } from '../../../src/kernel/time';
import { nodeNames, processesOfBroker } from '../../../src/scenario/nodes';
import type { BrokerSpec } from '../../../src/scenario/scenario';
import type { AmqpTools, ConformanceScenario, Faults, RabbitmqVersion } from '../define';
import { cut } from './cut';
import { stall, startMs, unknownFault, type SimulatedBrokers } from './simulated';

/** Simulated: until every node has heard of an alarm. */
const alarmMs = 50;

export function simulatedRabbitmq(scenario: ConformanceScenario, version: RabbitmqVersion): SimulatedBrokers {
  const { nodes: count = 1, config = {} } = scenario.cluster ?? {};
  const spec: BrokerSpec = { name: 'rabbit', kind: 'rabbitmq', version, nodes: count, options: config };
  const nodes = nodeNames(spec);
  return {
    processes: processesOfBroker(spec, () => broker.machine),
    names: new Map(
      nodes.flatMap((node, index) => [
        [`${node}:5672`, `node-${index + 1}`],
        [`rabbit@${node}`, `node-${index + 1}`],
      ]),
    ),
    tools(script, kernel) {
      const library = amqplib(script, spec.name);
      const connect: AmqpTools['connect'] = (name = 'client', { node = 1, heartbeat = 0 } = {}) =>
        library.connect(
          { protocol: 'amqp', hostname: nodes[node - 1], heartbeat },
          { clientProperties: { connection_name: name } },
        );
      return { amqp: { connect }, fault: faults(script, kernel, nodes) };
    },
  };
}

function faults(script: Script, kernel: Kernel, nodes: readonly string[]): Faults {
  const node = (number: number) => kernel.process(nodes[number - 1])!;
  const tell = (number: number, command: Tagged): void =>
    kernel.dispatch(kernel.part(`${nodes[number - 1]}/broker`)!, command, -1, 0, null);
  const crash = (number: number): void => void kernel.fates.crash(node(number), 'killed', null, -1);
  const start = async (number: number): Promise<void> => {
    // a node is not there in the instant it is started
    await script.sleep(ms(startMs));
    kernel.fates.restart(node(number), -1);
  };
  return {
    cut: (client = 'client') => Promise.resolve(cut(kernel, client)),
    dropResponse: unknownFault('dropResponse', 'rabbitmq'),
    crash: (number) => Promise.resolve(crash(number)),
    start,
    pause: (number, forMs) => Promise.resolve(stall(kernel, nodes[number - 1], forMs)),
    restart(number) {
      // it closes its connections, then it ends
      tell(number, { type: 'ShutDown' });
      crash(number);
      return start(number);
    },
    async memoryAlarm(number, raised) {
      tell(number, { type: 'SetMemoryAlarm', raised } as Tagged);
      await script.sleep(ms(alarmMs));
    },
  };
}
