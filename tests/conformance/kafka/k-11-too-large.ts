import { defineConformance } from '../define';
import { connectProducer, createTopic, endsOf, rejectionOf } from './steps';

export default defineConformance({
  id: 'K-11',
  title: 'A batch larger than the broker takes is refused at once, and nothing is appended.',
  broker: 'kafka',
  compare: { error: 'D', ends: 'D', attempts: 'D' },
  async run({ kafka, name, observe }) {
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    let attempts = 0;
    producer.on('producer.network.request', ({ payload }) => {
      if (payload.apiName === 'Produce') attempts++;
    });
    const messages = [{ value: 'x'.repeat(2 * 1024 * 1024) }];
    observe('error', await rejectionOf(producer.send({ topic, messages })));
    observe('attempts', attempts);
    observe('ends', await endsOf(admin, topic));
  },
});
