import { defineConformance } from '../define';
import { committedOffsets, connectProducer, createTopic } from './steps';

export default defineConformance({
  id: 'L-39',
  title: 'A TypeError in a handler is no matter of trying again: the consumer crashes at once, for good.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, sleep, until }) {
    const [topic, groupId] = [name('orders'), name('billing')];
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: ['a', 'b'].map((value) => ({ value })) });
    const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200 });
    const handled: string[] = [];
    let crashes = 0;
    consumer.on('consumer.crash', ({ payload: { error, restart } }) => {
      crashes++;
      observe('crash', { name: error.name, message: error.message, restart });
    });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message: { offset } }) => {
        handled.push(offset);
        if (offset === '1') throw new TypeError('there is no such function');
      },
    });
    await until(() => crashes > 0);
    await sleep(3000);
    observe('handled', handled);
    observe('committed', await committedOffsets(admin, groupId, topic));
  },
});
