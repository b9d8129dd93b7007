/**
 * Kafka end to end: a producer sends batches of 100 through its driver, a consumer of one group takes every record
 * from three partitions, applies it and commits. One message is published, accepted, delivered, applied and, with
 * its batch, settled.
 */
import { part as broker } from '../../brokers/kafka/broker';
import { part as kafkaConsumer } from '../../clients/kafka/consumer';
import { part as kafkaProducer } from '../../clients/kafka/producer';
import type { Publish } from '../../kernel/delivery';
import { latencyTable } from '../../kernel/distribution';
import type { FactSink } from '../../kernel/fact';
import { Kernel } from '../../kernel/kernel';
import type { Machine, Tagged } from '../../kernel/machine';
import { seconds } from '../../kernel/time';
import { part as consumer } from '../../services/consumer';

const perSend = 100;

interface BulkState {
  readonly limit: number;
  sent: number;
  ticket: number;
}

/** Sends the next batch as soon as the one before is acknowledged, as `await producer.send(…)` in a loop does. */
const bulk: Machine<BulkState, Tagged, { readonly limit: number }> = {
  kind: 'bench.bulk',
  init: ({ limit }) => ({ limit, sent: 0, ticket: 0 }),
  apply(state, command, context) {
    if ((command.type !== 'Start' && command.type !== 'Published') || state.sent >= state.limit) return;
    const messages: number[] = [];
    for (let i = 0; i < perSend; i++) {
      const number = state.sent++;
      const key = `k${number % 97}`;
      const data = { number };
      messages.push(
        context.compose({
          domain: 'order',
          type: 'OrderPlaced',
          label: 'OC',
          key,
          version: number,
          correlation: '',
          data,
        }),
      );
    }
    const publish: Publish = {
      type: 'Publish',
      ticket: ++state.ticket,
      replyTo: 'bulk',
      place: 'bench',
      messages,
    };
    context.tell('driver', publish);
  },
  restart: () => undefined,
  clone: (state) => ({ ...state }),
};

function kafkaKernel(messages: number, sink: FactSink | null): Kernel {
  const latency = latencyTable(0.5);
  return new Kernel({
    seed: 3,
    sink,
    latency: () => latency,
    act: () => undefined,
    processes: [
      {
        name: 'kafka',
        restartAfter: null,
        parts: [
          {
            name: 'broker',
            machine: broker.machine,
            options: {
              name: 'kafka',
              kind: 'kafka',
              topics: [{ name: 'bench', partitions: 3 }],
              options: { 'group.initial.rebalance.delay.ms': 0 },
            },
          },
        ],
      },
      {
        name: 'producer',
        restartAfter: null,
        parts: [
          { name: 'bulk', machine: bulk, options: { limit: messages } },
          { name: 'driver', machine: kafkaProducer.machine, options: { broker: 'kafka' } },
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
              broker: 'kafka',
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

/** Runs until every message has been applied; throws if that does not happen. */
export function kafkaRun(messages: number, sink: FactSink | null): Kernel {
  const kernel = kafkaKernel(messages, sink);
  kernel.runUntil(seconds(3600));
  const applied = kernel.part('consumer/handler')!.state as { applied: number };
  if (applied.applied !== messages)
    throw new Error(`The consumer applied ${applied.applied} of ${messages} messages.`);
  return kernel;
}
