import { defineConformance } from '../define';
import { connectProducer, createTopic, endsOf } from './steps';

export default defineConformance({
  id: 'K-04',
  title: 'An explicit partition wins over the key.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe }) {
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 3);
    const producer = await connectProducer(kafka);
    observe('sent', await producer.send({ topic, messages: [{ key: 'user-1', value: 'v', partition: 0 }] }));
    observe('ends', await endsOf(admin, topic));
  },
});
