import { defineConformance } from '../define';
import { connectProducer, createTopic } from './steps';

export default defineConformance({
  id: 'K-02',
  title: "kafkajs' legacy partitioner hashes keys to other partitions than Java does.",
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, kafkajs, name, observe }) {
    const topic = name('orders');
    await createTopic(kafka, topic, 6);
    const producer = await connectProducer(kafka, {
      createPartitioner: kafkajs.Partitioners.LegacyPartitioner,
    });
    for (const key of ['user-1', 'user-2', 'user-3', 'order-42', 'abc', '']) {
      const [{ partition }] = await producer.send({ topic, messages: [{ key, value: 'v' }] });
      observe('partition', partition);
    }
  },
});
