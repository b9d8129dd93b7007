import { defineConformance } from '../define';
import { connectProducer, createTopic, endsOf, rejectionOf } from './steps';

export default defineConformance({
  id: 'K-25',
  title: 'One transaction at a time, and none after its end; an empty one leaves nothing behind.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, sleep, until }) {
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka, { transactionalId: name('shop'), idempotent: true });
    const transaction = await producer.transaction();
    observe('second', await rejectionOf(producer.transaction()));
    await transaction.send({ topic, messages: [{ value: 'a' }] });
    await transaction.commit();
    observe('send after commit', await rejectionOf(transaction.send({ topic, messages: [{ value: 'b' }] })));
    observe('commit after commit', await rejectionOf(transaction.commit()));
    observe('abort after commit', await rejectionOf(transaction.abort()));
    observe('active', transaction.isActive());
    await until(async () => (await endsOf(admin, topic))[0][1] === 2);
    observe('ends', await endsOf(admin, topic));
    await (await producer.transaction()).commit();
    await sleep(1000);
    observe('ends after an empty one', await endsOf(admin, topic));
  },
});
