import { defineConformance } from '../../define';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'J-04',
  title:
    'Records without a key stay on one partition until a batch is full (kafkajs deals them out one by one)',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, observe } = tools;
    const topic = await createTopic(tools, 4);
    const partitionsOf = async (count: number, config: Record<string, number>) => {
      const producer = await java.producer('producer', config);
      const partitions = new Set<number>();
      for (let index = 0; index < count; index++)
        partitions.add((await producer.send({ topic, value: 'x'.repeat(60) })).partition);
      await producer.close();
      return partitions.size;
    };
    observe('partitions of 30 records', await partitionsOf(30, {}));
    observe('more than one with batches of 200 bytes', (await partitionsOf(60, { 'batch.size': 200 })) > 1);
  },
});
