import { defineConformance } from '../define';
import { connectProducer, createTopic, endsOf } from './steps';

export default defineConformance({
  id: 'K-07',
  title: 'Base offsets count records; the end is the next offset.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe }) {
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    for (const values of [
      ['a', 'b', 'c'],
      ['d', 'e'],
    ])
      observe('sent', await producer.send({ topic, messages: values.map((value) => ({ value })) }));
    observe('ends', await endsOf(admin, topic));
  },
});
