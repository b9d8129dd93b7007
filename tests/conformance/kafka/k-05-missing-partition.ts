import { defineConformance } from '../define';
import { connectProducer, createTopic, endsOf } from './steps';

export default defineConformance({
  id: 'K-05',
  title: 'kafkajs drops a message for a partition that does not exist, and says nothing.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe }) {
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 3);
    const producer = await connectProducer(kafka);
    const lost = { key: 'x', value: 'v', partition: 9 };
    observe('alone', await producer.send({ topic, messages: [lost] }));
    observe('ends', await endsOf(admin, topic));
    const messages = [lost, { key: 'y', value: 'v', partition: 1 }];
    observe('with another', await producer.send({ topic, messages }));
    observe('ends', await endsOf(admin, topic));
  },
});
