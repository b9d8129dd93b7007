import { defineConformance } from '../define';
import { connectProducer, createTopic, endsOf, offsetsTaken, startReading } from './steps';

export default defineConformance({
  id: 'K-08',
  title: 'acks 0 resolves to nothing, and the record is there all the same.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, name, observe } = tools;
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    observe('sent', await producer.send({ topic, acks: 0, messages: [{ key: 'a', value: 'v' }] }));
    const reading = await startReading(kafka, topic, { groupId: name('billing') });
    observe('taken', await offsetsTaken(tools, reading, 1));
    observe('ends', await endsOf(admin, topic));
  },
});
