import { defineConformance } from '../define';
import { connectProducer, createTopic } from './steps';

export default defineConformance({
  id: 'L-37',
  title: 'A consumer that stops leaves its group, and may run again from what it committed.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, sleep, until }) {
    const [topic, groupId] = [name('orders'), name('billing')];
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200 });
    const taken: string[] = [];
    const run = () =>
      consumer.run({
        eachMessage: async ({ message }) => {
          taken.push(String(message.value));
        },
      });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await run();
    await producer.send({ topic, messages: [{ value: 'a' }] });
    await until(() => taken.length === 1);
    await sleep(500);
    await consumer.stop();
    const { groups } = await admin.describeGroups([groupId]);
    observe('stopped', groups[0].state);
    await producer.send({ topic, messages: [{ value: 'b' }] });
    await sleep(1000);
    observe('taken while stopped', taken);
    await run();
    await until(() => taken.length === 2);
    observe('taken', taken);
  },
});
