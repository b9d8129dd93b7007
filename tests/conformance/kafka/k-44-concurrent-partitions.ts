import { defineConformance } from '../define';
import { connectProducer, createTopic } from './steps';

export default defineConformance({
  id: 'K-44',
  title: 'With three partitions at a time a slow one holds up only itself; in each, order is kept.',
  broker: 'kafka',
  compare: { 'while the first of partition 0 was slow': 'D', 'with one at a time': 'D', lanes: 'P' },
  async run({ kafka, name, observe, sleep, until }) {
    for (const partitionsConsumedConcurrently of [3, 1]) {
      const topic = name('orders');
      await createTopic(kafka, topic, 3);
      const producer = await connectProducer(kafka);
      const messages = ['a', 'b', 'c'].flatMap((value) =>
        [0, 1, 2].map((partition) => ({ partition, value: `${value}${partition}` })),
      );
      await producer.send({ topic, messages });
      const consumer = kafka.consumer({ groupId: name('billing'), maxWaitTimeInMs: 500 });
      const lanes: string[][] = [[], [], []];
      let slow = false;
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await consumer.run({
        partitionsConsumedConcurrently,
        eachMessage: async ({ partition, message: { offset } }) => {
          if (slow && partitionsConsumedConcurrently === 1) observe('with one at a time', 'two at a time');
          if (partition === 0 && offset === '0') {
            slow = true;
            await sleep(3000);
            slow = false;
            if (partitionsConsumedConcurrently === 3)
              observe('while the first of partition 0 was slow', [lanes[1].length, lanes[2].length]);
            else observe('with one at a time', 'one');
          }
          lanes[partition].push(offset);
        },
      });
      await until(() => lanes.flat().length === messages.length);
      observe('lanes', lanes);
      await consumer.disconnect();
    }
  },
});
