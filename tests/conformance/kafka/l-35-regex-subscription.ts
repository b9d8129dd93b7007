import { defineConformance } from '../define';
import { connectProducer, createTopic } from './steps';

export default defineConformance({
  id: 'L-35',
  title: 'A pattern stands for the topics that match when it is subscribed, and for no later one.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, sleep, until }) {
    const family = name('shop');
    const topicOf = (last: string) => `${family}.${last}`;
    for (const last of ['orders', 'invoices']) await createTopic(kafka, topicOf(last), 1);
    const consumer = kafka.consumer({ groupId: name('audit'), maxWaitTimeInMs: 200, metadataMaxAge: 1000 });
    const taken: string[] = [];
    await consumer.connect();
    await consumer.subscribe({ topic: new RegExp(`^${family}\\.`), fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ topic }) => {
        taken.push(topic);
      },
    });
    await createTopic(kafka, topicOf('refunds'), 1);
    const producer = await connectProducer(kafka);
    for (const last of ['refunds', 'orders', 'invoices'])
      await producer.send({ topic: topicOf(last), messages: [{ value: last }] });
    await until(() => taken.length >= 2);
    await sleep(3000);
    observe('taken', taken.toSorted());
  },
});
