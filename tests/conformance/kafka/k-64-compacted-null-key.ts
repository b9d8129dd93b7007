import { defineConformance } from '../define';
import { connectProducer, createTopic, endsOf, rejectionOf } from './steps';

export default defineConformance({
  id: 'K-64',
  title: 'A compacted topic refuses a record without a key, and the whole batch with it.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe }) {
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 1, { 'cleanup.policy': 'compact' });
    const producer = await connectProducer(kafka);
    observe('alone', await rejectionOf(producer.send({ topic, messages: [{ value: 'a' }] })));
    const messages = [{ key: 'k', value: 'b' }, { value: 'c' }];
    observe('with another', await rejectionOf(producer.send({ topic, messages })));
    observe('ends', await endsOf(admin, topic));
    observe('a tombstone', await producer.send({ topic, messages: [{ key: 'k', value: null }] }));
  },
});
