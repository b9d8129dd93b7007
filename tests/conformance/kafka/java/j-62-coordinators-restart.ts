import { defineConformance } from '../../define';
import { assignments, fill, keepPolling, refusal } from './steps';

export const scenario = defineConformance({
  id: 'J-62',
  title:
    'Every node is killed and started in turn: the group goes on in the same generation, wherever its coordinator is',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { fault, java, name, observe, until } = tools;
    const topic = name('orders');
    const admin = tools.kafka.admin();
    await admin.connect();
    await admin.createTopics({
      topics: [{ topic, numPartitions: 3, replicationFactor: 3 }],
      waitForLeaders: true,
    });
    await admin.disconnect();
    const producer = await java.producer('producer');
    const group = name('group');
    const start = async (id: string) => {
      const consumer = await java.consumer(id, {
        'group.id': group,
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
      });
      await consumer.subscribe([topic]);
      return keepPolling(consumer);
    };
    const pollings = [await start('a'), await start('b')];
    const consumers = pollings.map(({ consumer }) => consumer);
    observe('assignments', await assignments(tools, consumers, [2, 1]));
    const { generationId } = await consumers[0].groupMetadata();
    for (const consumer of consumers) await consumer.rebalances();
    let sent = 0;
    const taken = () => pollings.reduce((sum, polling) => sum + polling.taken.length, 0);
    for (const node of [1, 2, 3]) {
      await fault.crash(node);
      await fill(producer, topic, 3, 2);
      sent += 6;
      await until(() => taken() === sent, 60_000);
      observe('commit', await refusal(consumers[0].commitSync()));
      await fault.start(node);
    }
    observe('assignments', await assignments(tools, consumers, [2, 1]));
    observe('generations on', (await consumers[0].groupMetadata()).generationId - generationId);
    observe('told meanwhile', await Promise.all(consumers.map((consumer) => consumer.rebalances())));
    for (const polling of pollings) await polling.stop();
    observe(
      'values by partition',
      [0, 1, 2].map((partition) =>
        pollings
          .flatMap((polling) => polling.taken)
          .filter((record) => record.partition === partition)
          .map(({ value }) => value),
      ),
    );
  },
});
