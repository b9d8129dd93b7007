import { defineConformance } from '../define';
import { connectProducer, createTopic } from './steps';

export default defineConformance({
  id: 'K-67',
  title:
    'Failures of all messages count together: two messages that fail three times each crash the consumer.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, until }) {
    const topic = name('orders');
    await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: ['a', 'b'].map((value) => ({ value })) });
    const consumer = kafka.consumer({ groupId: name('billing'), maxWaitTimeInMs: 500 });
    const handled: string[] = [];
    let crashed = false;
    consumer.on('consumer.crash', ({ payload: { error, restart } }) => {
      if (!crashed) observe('crash', { error, restart, handled });
      crashed = true;
    });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message: { offset } }) => {
        handled.push(offset);
        if (handled.filter((each) => each === offset).length <= 3) throw new Error('asked to fail');
      },
    });
    await until(() => crashed);
  },
});
