import { defineConformance } from '../define';
import { connectProducer, createTopic, endsOf, offsetsTaken, startReading } from './steps';

export default defineConformance({
  id: 'K-20',
  title: "A commit takes an offset: after a transaction of two records the next one's is 3.",
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, name, observe, until } = tools;
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 1);
    const transactional = await connectProducer(kafka, {
      transactionalId: name('shop'),
      idempotent: true,
      maxInFlightRequests: 1,
    });
    const transaction = await transactional.transaction();
    observe('in it', await transaction.send({ topic, messages: [{ value: 'a' }, { value: 'b' }] }));
    await transaction.commit();
    // The commit is answered before its marker is written.
    await until(async () => (await endsOf(admin, topic))[0][1] === 3);
    const producer = await connectProducer(kafka);
    observe('after it', await producer.send({ topic, messages: [{ value: 'c' }] }));
    const reading = await startReading(kafka, topic, { groupId: name('billing') });
    observe('taken', await offsetsTaken(tools, reading, 3));
    observe('ends', await endsOf(admin, topic));
  },
});
