import { defineConformance } from '../define';
import { connectProducer, endsOf, rejectionOf } from './steps';

export default defineConformance({
  id: 'L-26',
  title: 'A topic is made by the first send to it, unless the client forbids that.',
  broker: 'kafka',
  compare: 'D',
  async run({ client, kafka, name, observe, until }) {
    const [made, refused] = [name('orders'), name('invoices')];
    const admin = kafka.admin();
    await admin.connect();
    const producer = await connectProducer(kafka);
    observe('sent', await producer.send({ topic: made, messages: [{ value: 'a' }] }));
    await until(async () => (await admin.listTopics()).includes(made));
    observe('ends', await endsOf(admin, made));
    const strict = await connectProducer(client('strict', { retry: { retries: 1 } }), {
      allowAutoTopicCreation: false,
    });
    observe('refused', await rejectionOf(strict.send({ topic: refused, messages: [{ value: 'a' }] })));
    observe('made all the same', (await admin.listTopics()).includes(refused));
    observe('metadata', await rejectionOf(admin.fetchTopicMetadata({ topics: [refused] })));
    observe('offsets', await rejectionOf(admin.fetchTopicOffsets(refused)));
  },
});
