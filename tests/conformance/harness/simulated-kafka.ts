/** One Kafka cluster, simulated, with kafkajs and the Java client. */
import { part as broker } from '../../../src/brokers/kafka/broker';
import { part as controller } from '../../../src/brokers/kafka/controller';
import { javaClients } from '../../../src/clients/kafka-java/facade';
import { kafkajs } from '../../../src/clients/kafkajs';
import type { Script } from '../../../src/clients/script';
import type { Kernel } from '../../../src/kernel/kernel';
import type { Tagged } from '../../../src/kernel/machine';
import { nodeNames, processesOfBroker } from '../../../src/scenario/nodes';
import type { BrokerSpec } from '../../../src/scenario/scenario';
import type { ConformanceScenario, Faults, Tools } from '../define';
import { breakable } from './breakable';
import { dropping } from './dropping';
import { stall, startMs, unknownFault, type SimulatedBrokers } from './simulated';
import { ms } from '../../../src/kernel/time';

/** As real/kafka/cluster.ts sets them. */
const usualInClusters = { 'offsets.topic.num.partitions': 4, 'transaction.state.log.num.partitions': 4 };

export function simulatedKafka(scenario: ConformanceScenario): SimulatedBrokers {
  const wires = breakable(broker.machine);
  const config = { 'group.initial.rebalance.delay.ms': 0, ...scenario.cluster?.config };
  const { nodes: count = 1 } = scenario.cluster ?? {};
  const spec: BrokerSpec = { name: 'kafka', kind: 'kafka', topics: [], nodes: count, options: { ...config, ...(count > 1 ? usualInClusters : {}) } }; // prettier-ignore
  const nodes = nodeNames(spec);
  return {
    processes: processesOfBroker(spec, (kind) =>
      kind === 'kafka.broker' ? wires.machine : controller.machine,
    ),
    names: new Map(nodes.map((node, index) => [`${node}:9092`, `node-${index + 1}`])),
    tools(script, kernel) {
      const library: Tools['kafkajs'] = kafkajs(script);
      const client: Tools['client'] = (name, options = {}) =>
        new library.Kafka({ clientId: name, ...options, brokers: nodes.map((node) => `${node}:9092`) });
      return {
        kafka: client('client'),
        client,
        kafkajs: library,
        java: javaClients(script, nodes),
        fault: faults(script, kernel, nodes, wires),
      };
    },
  };
}

function faults(
  script: Script,
  kernel: Kernel,
  nodes: readonly string[],
  wires: ReturnType<typeof breakable>,
): Faults {
  const node = (number: number) => kernel.process(nodes[number - 1])!;
  const now = (does: () => void): Promise<void> => {
    does();
    return Promise.resolve();
  };
  return {
    cut: (client = 'client') => now(() => wires.cut(kernel, client)),
    dropResponse: dropping((client, api, holdMs) => wires.dropResponse(client, api, holdMs)),
    crash: (number, { disk } = {}) =>
      now(() => {
        const part = kernel.part(`${nodes[number - 1]}/broker`)!;
        if (disk === 'lost') kernel.dispatch(part, { type: 'LoseDisk', recent: null } as Tagged, -1, 0, null);
        kernel.fates.crash(node(number), 'killed', null, -1);
      }),
    start: async (number) => {
      // a node is not there in the instant it is started
      await script.sleep(ms(startMs));
      kernel.fates.restart(node(number), -1);
    },
    pause: (number, forMs) => now(() => stall(kernel, nodes[number - 1], forMs)),
    restart: unknownFault('restart', 'kafka'),
    memoryAlarm: unknownFault('memoryAlarm', 'kafka'),
  };
}
