import { defineConformance } from '../define';
import { connectProducer, createTopic, startReading } from './steps';

export default defineConformance({
  id: 'K-61',
  title: 'More partitions send a key elsewhere; who holds old metadata goes on as before.',
  broker: 'kafka',
  compare: { partition: 'D', 'known later': 'D', read: 'M' },
  async run({ kafka, client, name, observe, until }) {
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 3);
    const old = await connectProducer(kafka);
    const partitionOf = async (producer: typeof old, value: string) =>
      (await producer.send({ topic, messages: [{ key: 'abc', value }] }))[0].partition;
    const reader = { groupId: name('billing'), metadataMaxAge: 1000 };
    const { taken } = await startReading(client('reader'), topic, reader);
    observe('partition', await partitionOf(old, 'before'));
    await until(() => taken.length === 1);
    await admin.createPartitions({ topicPartitions: [{ topic, count: 6 }] });
    observe('known later', await partitionOf(old, 'old metadata'));
    observe('partition', await partitionOf(await connectProducer(kafka), 'after'));
    await until(() => taken.length === 3);
    observe('read', taken);
  },
});
