/**
 * Kafka end to end: a producer sends batches of 100 through its driver, a consumer of one group takes every record
 * from three partitions, applies it and commits. One message is published, accepted, delivered, applied and, with
 * its batch, settled.
 */
import { part as broker } from '../../brokers/kafka/broker';
import { part as controller } from '../../brokers/kafka/controller';
import { part as kafkaConsumer } from '../../clients/kafka/consumer';
import { part as kafkaProducer } from '../../clients/kafka/producer';
import { latencyTable } from '../../kernel/distribution';
import type { FactSink } from '../../kernel/fact';
import { Kernel } from '../../kernel/kernel';
import { seconds } from '../../kernel/time';
import { nodeNames, processesOfBroker } from '../../scenario/nodes';
import type { KafkaSpec } from '../../scenario/scenario';
import { part as consumer } from '../../services/consumer';
import { bulk } from './bulk';

const replicated = { replicationFactor: 3, minInSyncReplicas: 2 };

function kafkaKernel(messages: number, sink: FactSink | null, nodes: number): Kernel {
  const latency = latencyTable(0.5);
  const spec: KafkaSpec = {
    ...{ name: 'kafka', kind: 'kafka', nodes },
    topics: [{ name: 'bench', partitions: 3, ...(nodes > 1 ? replicated : {}) }],
    options: { 'group.initial.rebalance.delay.ms': 0 },
  };
  const hosts = nodeNames(spec);
  const reached = { broker: hosts[0], ...(nodes > 1 ? { brokers: hosts.join(' ') } : {}) };
  return new Kernel({
    seed: 3,
    sink,
    latency: () => latency,
    act: () => undefined,
    processes: [
      ...processesOfBroker(spec, (kind) => (kind === 'kafka.broker' ? broker : controller).machine),
      {
        name: 'producer',
        restartAfter: null,
        parts: [
          { name: 'bulk', machine: bulk, options: { limit: messages, place: 'bench' } },
          { name: 'driver', machine: kafkaProducer.machine, options: { ...reached, acks: -1 } },
        ],
      },
      {
        name: 'consumer',
        restartAfter: null,
        parts: [
          {
            name: 'driver',
            machine: kafkaConsumer.machine,
            options: {
              ...reached,
              groupId: 'bench',
              topics: ['bench'],
              handler: 'handler',
              fromBeginning: true,
            },
          },
          { name: 'handler', machine: consumer.machine, options: { latencyMs: 0 } },
        ],
      },
    ],
  });
}

/**
 * Runs until every message has been applied; throws if that does not happen. With several `nodes` each record is on three,
 * and acknowledged when all in sync have it.
 */
export function kafkaRun(messages: number, sink: FactSink | null, nodes = 1): Kernel {
  const kernel = kafkaKernel(messages, sink, nodes);
  const { state } = kernel.part('consumer/handler')!;
  const applied = state as { applied: number };
  // a cluster never rests: its nodes fetch and say that they live
  while (applied.applied < messages && kernel.now < seconds(3600)) kernel.runUntil(kernel.now + seconds(1));
  if (applied.applied !== messages)
    throw new Error(`The consumer applied ${applied.applied} of ${messages} messages.`);
  return kernel;
}
