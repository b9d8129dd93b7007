import { expect, test } from 'vitest';
import { part as broker } from '../../../../src/brokers/kafka/broker';
import { part as controller } from '../../../../src/brokers/kafka/controller';
import type { BrokerState } from '../../../../src/brokers/kafka/state';
import { kafkajs } from '../../../../src/clients/kafkajs';
import { Script, type ScriptAction } from '../../../../src/clients/script';
import { latencyTable } from '../../../../src/kernel/distribution';
import { Kernel } from '../../../../src/kernel/kernel';
import { ms, seconds } from '../../../../src/kernel/time';
import { nodeNames, processesOfBroker } from '../../../../src/scenario/nodes';
import type { BrokerSpec } from '../../../../src/scenario/scenario';

const spec: BrokerSpec = {
  ...{ name: 'kafka', kind: 'kafka', nodes: 3 },
  topics: [{ name: 'orders', partitions: 2, replicationFactor: 3 }],
  options: { 'transaction.state.log.num.partitions': 4 },
};

test.each([1, 200, 400])(
  'with %i ms between all, each transaction ends with one marker',
  async (latencyMs) => {
    const latency = latencyTable(latencyMs);
    const kernel = new Kernel({
      seed: 1,
      latency: () => latency,
      act: (world, action) => (action as ScriptAction)(world),
      processes: processesOfBroker(spec, (kind) => (kind === 'kafka.broker' ? broker : controller).machine),
    });
    const script = new Script(kernel, () => new Promise((resolve) => setImmediate(resolve)));
    const { Kafka } = kafkajs(script);
    const brokers = nodeNames(spec).map((node) => `${node}:9092`);
    await script.run(async () => {
      const producer = new Kafka({ clientId: 'shop', brokers }).producer({ transactionalId: 'tx' });
      await producer.connect();
      for (const value of ['a', 'b']) {
        const transaction = await producer.transaction();
        const messages = [0, 1].map((partition) => ({ partition, value }));
        await transaction.send({ topic: 'orders', messages });
        await transaction.commit();
        await script.sleep(ms(10_000));
      }
    }, seconds(300));
    const { topics } = kernel.part('kafka-1/broker')!.state as BrokerState;
    expect(topics.get('orders')!.partitions.map(({ logEnd }) => logEnd)).toEqual([4, 4]);
  },
);
