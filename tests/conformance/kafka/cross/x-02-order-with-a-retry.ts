import { defineConformance } from '../../define';
import { connectProducer, createTopic } from '../steps';

export default defineConformance({
  id: 'X-02-kafka',
  title: 'A message that fails once keeps its place: those behind it wait, and the order is kept.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, until }) {
    const [topic, groupId] = [name('orders'), name('billing')];
    await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: ['a', 'b', 'c', 'd'].map((value) => ({ value })) });
    const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 500 });
    const handled: string[] = [];
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message: { value } }) => {
        const again = handled.includes('b');
        handled.push(String(value));
        if (String(value) === 'b' && !again) throw new Error('fails once');
      },
    });
    await until(() => handled.includes('d'));
    observe('handled', handled);
  },
});
