import { defineConformance } from '../define';
import { committedOffsets, connectProducer, createTopic } from './steps';

export default defineConformance({
  id: 'K-34',
  title: 'A handler that throws once sees the same record again; what came before it is committed.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, until }) {
    const [topic, groupId] = [name('orders'), name('billing')];
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: ['a', 'b', 'c'].map((value) => ({ value })) });
    const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 500 });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    const handled: string[] = [];
    await consumer.run({
      eachMessage: async ({ message: { offset } }) => {
        handled.push(offset);
        if (offset !== '2') return;
        if (handled.length === 3) throw new Error('asked to fail');
        observe('committed when it comes again', await committedOffsets(admin, groupId, topic));
      },
    });
    await until(async () => (await committedOffsets(admin, groupId, topic))[0] === 3);
    observe('handled', handled);
  },
});
