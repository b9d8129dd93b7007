import { defineConformance } from '../define';
import { committedOffsets, connectProducer, createTopic, endsOf } from './steps';

export default defineConformance({
  id: 'K-29',
  title: 'eachMessage does not commit past a trailing commit marker; eachBatch does.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, sleep, until }) {
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka, { transactionalId: name('shop'), idempotent: true });
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: [{ value: 'a' }, { value: 'b' }] });
    await transaction.commit();
    await until(async () => (await endsOf(admin, topic))[0][1] === 3);
    const handlers = {
      eachMessage: (take: () => void) => ({ eachMessage: async () => take() }),
      eachBatch: (take: () => void) => ({
        eachBatch: async ({ batch }: { batch: { messages: readonly unknown[] } }) =>
          batch.messages.forEach(take),
      }),
    };
    for (const [how, handler] of Object.entries(handlers)) {
      const groupId = name(how);
      const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 500 });
      let taken = 0;
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await consumer.run(handler(() => taken++));
      await until(() => taken >= 2);
      await sleep(2000);
      observe(how, { taken, committed: await committedOffsets(admin, groupId, topic) });
    }
  },
});
