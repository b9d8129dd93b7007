import { defineConformance } from '../define';
import { connectProducer, createTopic, startReading } from './steps';

export default defineConformance({
  id: 'K-22',
  title: 'An open transaction hides what others wrote behind it, until it commits or aborts.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, sleep, until }) {
    const producer = await connectProducer(kafka);
    for (const end of ['commit', 'abort'] as const) {
      const topic = name('orders');
      await createTopic(kafka, topic, 1);
      const transactional = await connectProducer(kafka, { transactionalId: name('shop'), idempotent: true });
      const transaction = await transactional.transaction();
      await transaction.send({ topic, messages: [{ value: 'a' }] });
      await producer.send({ topic, messages: [{ value: 'b' }] });
      const { taken } = await startReading(kafka, topic, { groupId: name('billing') });
      await sleep(2000);
      observe(`before ${end}`, taken);
      await transaction[end]();
      await until(() => taken.some(({ value }) => value === 'b'));
      observe(`after ${end}`, taken);
    }
  },
});
