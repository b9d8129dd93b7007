/**
 * RabbitMQ end to end: a publisher with confirms keeps a hundred messages on their way to one queue, a consumer with a prefetch
 * of 100 takes each, applies it and acknowledges it. One message is published, routed, accepted, confirmed, delivered,
 * applied and settled.
 */
import { part as broker } from '../../brokers/rabbitmq/broker';
import { part as rabbitConsumer } from '../../clients/rabbitmq/consumer';
import { part as rabbitProducer } from '../../clients/rabbitmq/producer';
import { latencyTable } from '../../kernel/distribution';
import type { FactSink } from '../../kernel/fact';
import { Kernel } from '../../kernel/kernel';
import { seconds } from '../../kernel/time';
import { nodeNames, processesOfBroker } from '../../scenario/nodes';
import type { BrokerSpec } from '../../scenario/scenario';
import { part as consumer } from '../../services/consumer';
import { bulk } from './bulk';

const queue = 'bench';
const prefetch = 100;

function rabbitKernel(messages: number, sink: FactSink | null, nodes: number): Kernel {
  const latency = latencyTable(0.5);
  const type = { arguments: { 'x-queue-type': nodes > 1 ? 'quorum' : 'classic' } };
  const spec: BrokerSpec = { name: 'rabbit', kind: 'rabbitmq', nodes, queues: [{ name: queue, ...type }] };
  const reached = { broker: spec.name, nodes: nodeNames(spec).join(' '), heartbeat: 0 };
  return new Kernel({
    seed: 3,
    sink,
    latency: () => latency,
    act: () => undefined,
    processes: [
      ...processesOfBroker(spec, () => broker.machine),
      {
        name: 'producer',
        restartAfter: null,
        parts: [
          { name: 'bulk', machine: bulk, options: { limit: messages, place: queue } },
          { name: 'driver', machine: rabbitProducer.machine, options: reached },
        ],
      },
      {
        name: 'consumer',
        restartAfter: null,
        parts: [
          {
            name: 'driver',
            machine: rabbitConsumer.machine,
            options: { ...reached, queue, prefetch, handler: 'handler' },
          },
          { name: 'handler', machine: consumer.machine, options: { latencyMs: 0 } },
        ],
      },
    ],
  });
}

/**
 * Runs until every message has been applied; throws if that does not happen. With several `nodes` the queue is a quorum
 * queue, and each message is confirmed when most of them have it.
 */
export function rabbitRun(messages: number, sink: FactSink | null, nodes = 1): Kernel {
  const kernel = rabbitKernel(messages, sink, nodes);
  const { state } = kernel.part('consumer/handler')!;
  const applied = state as { applied: number };
  while (applied.applied < messages && kernel.now < seconds(3600)) kernel.runUntil(kernel.now + seconds(1));
  if (applied.applied !== messages)
    throw new Error(`The consumer applied ${applied.applied} of ${messages} messages.`);
  return kernel;
}
