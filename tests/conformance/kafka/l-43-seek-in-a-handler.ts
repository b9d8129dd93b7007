import { defineConformance } from '../define';
import { connectProducer, createTopic } from './steps';

export default defineConformance({
  id: 'L-43',
  title: 'A seek from within a handler drops the rest of the batch and goes on from there.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, sleep, until }) {
    const topic = name('orders');
    await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: ['a', 'b', 'c', 'd'].map((value) => ({ value })) });
    const consumer = kafka.consumer({ groupId: name('billing'), maxWaitTimeInMs: 200 });
    const handled: string[] = [];
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message: { offset } }) => {
        handled.push(offset);
        if (offset === '1' && handled.length === 2) consumer.seek({ topic, partition: 0, offset: '0' });
      },
    });
    await until(() => handled.includes('3'));
    await sleep(1000);
    observe('handled', handled);
  },
});
