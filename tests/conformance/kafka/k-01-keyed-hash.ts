import { defineConformance } from '../define';
import { connectProducer, createTopic } from './steps';

const KEYS = ['user-1', 'user-2', 'user-3', 'order-42', 'abc', ''];

export default defineConformance({
  id: 'K-01',
  title: 'A key goes to murmur2(key) modulo partitions, over 3 and over 6 partitions.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe }) {
    const producer = await connectProducer(kafka);
    for (const partitions of [3, 6]) {
      const topic = name('orders');
      await createTopic(kafka, topic, partitions);
      for (const key of KEYS)
        observe(`of ${partitions}`, await producer.send({ topic, messages: [{ key, value: 'v' }] }));
    }
  },
});
