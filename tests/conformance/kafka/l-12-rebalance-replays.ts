import { defineConformance } from '../define';
import { connectProducer, createTopic } from './steps';

export default defineConformance({
  id: 'L-12',
  title: 'A rebalance brings back what was handled and not committed, to the new owner and to the old one.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, until }) {
    const [topic, groupId] = [name('orders'), name('billing')];
    await createTopic(kafka, topic, 2);
    const producer = await connectProducer(kafka);
    const messages = ['a', 'b'].flatMap((value) => [0, 1].map((partition) => ({ partition, value })));
    await producer.send({ topic, messages });
    const handled: string[] = [];
    const join = async () => {
      const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200, heartbeatInterval: 300 });
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachMessage: async ({ partition, message: { value } }) => {
          handled.push(`${partition} ${String(value)}`);
        },
      });
    };
    await join();
    await until(() => handled.length === 4);
    observe('handled by one', handled.toSorted());
    await join();
    await until(() => handled.length === 8);
    observe('handled by two', handled.slice(4).toSorted());
  },
});
