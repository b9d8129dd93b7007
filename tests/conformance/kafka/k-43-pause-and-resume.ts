import { defineConformance } from '../define';
import { connectProducer, createTopic } from './steps';

export default defineConformance({
  id: 'K-43',
  title: 'What is paused in a handler comes after the resume, and none of it is lost.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, sleep, until }) {
    const topic = name('orders');
    await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: ['a', 'b', 'c', 'd', 'e'].map((value) => ({ value })) });
    const consumer = kafka.consumer({ groupId: name('billing'), maxWaitTimeInMs: 500 });
    const handled: string[] = [];
    let resume = () => {};
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message: { offset }, pause }) => {
        handled.push(offset);
        if (offset === '1') resume = pause();
      },
    });
    await until(() => handled.length === 2);
    await sleep(2000);
    observe('before', handled);
    observe('paused', consumer.paused());
    resume();
    await until(() => handled.length === 5);
    observe('after', handled);
    observe('paused', consumer.paused());
  },
});
