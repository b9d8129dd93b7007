import { defineConformance } from '../define';
import { connectProducer, createTopic, endsOf, startReading } from './steps';

export default defineConformance({
  id: 'L-32',
  title: 'A transaction over two topics ends in each of its partitions, and in no other.',
  broker: 'kafka',
  compare: { ends: 'D', read: 'M' },
  async run({ kafka, name, observe, sleep, until }) {
    const topics = [name('orders'), name('invoices')];
    const admin = await createTopic(kafka, topics[0], 2);
    await createTopic(kafka, topics[1], 1);
    const producer = await connectProducer(kafka, { transactionalId: name('shop'), idempotent: true });
    for (const end of ['abort', 'commit', 'commit'] as const) {
      const transaction = await producer.transaction();
      for (const topic of topics)
        await transaction.send({ topic, messages: [{ partition: 0, value: `to ${end}` }] });
      await transaction[end]();
    }
    await until(async () => (await endsOf(admin, topics[1]))[0][1] === 6);
    await sleep(500);
    for (const topic of topics) {
      observe('ends', await endsOf(admin, topic));
      const { taken } = await startReading(kafka, topic, { groupId: name('billing') });
      await until(() => taken.length === 2);
      for (const record of taken) observe('read', record);
    }
  },
});
