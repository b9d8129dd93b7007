import { defineConformance } from '../define';
import { connectProducer, createTopic, endsOf, rejectionOf } from './steps';

export default defineConformance({
  id: 'L-24',
  title:
    'Records are deleted up to an offset, by an admin that knows the topic; -1 is all, beyond the end refused.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe }) {
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: ['a', 'b', 'c'].map((value) => ({ value })) });
    // It looks up the leaders before it asks for them, and so fails when this is the first it hears of the topic.
    for (const offset of ['2', '2', '1', '9', '-1']) {
      const partitions = [{ partition: 0, offset }];
      observe(`up to ${offset}`, await rejectionOf(admin.deleteTopicRecords({ topic, partitions })));
      observe(`up to ${offset}`, await endsOf(admin, topic));
    }
    observe('sent', await producer.send({ topic, messages: [{ value: 'd' }] }));
  },
});
