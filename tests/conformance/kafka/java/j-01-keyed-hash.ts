import { defineConformance } from '../../define';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'J-01',
  title: 'K-01 from Java: the same keys land on the same partitions',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const producer = await tools.java.producer('producer');
    for (const partitions of [3, 6]) {
      const topic = await createTopic(tools, partitions);
      for (const key of ['user-1', 'user-2', 'user-3', 'order-42', 'abc', '']) {
        const { partition, offset } = await producer.send({ topic, key, value: 'x' });
        tools.observe(`of ${partitions}`, { key, partition, offset });
      }
    }
    await producer.close();
  },
});
