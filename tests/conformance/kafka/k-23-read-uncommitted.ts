import { defineConformance } from '../define';
import { connectProducer, createTopic, endsOf, startReading } from './steps';

export default defineConformance({
  id: 'K-23',
  title: 'A read_uncommitted reader sees what is aborted afterwards; a read_committed one never does.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, sleep, until }) {
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka, { transactionalId: name('shop'), idempotent: true });
    const dirty = await startReading(kafka, topic, { groupId: name('dirty'), readUncommitted: true });
    const clean = await startReading(kafka, topic, { groupId: name('clean') });
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: [{ value: 'a' }] });
    await until(() => dirty.taken.length === 1);
    await transaction.abort();
    await sleep(1500);
    observe('read_uncommitted', dirty.taken);
    observe('read_committed', clean.taken);
    observe('ends', await endsOf(admin, topic));
  },
});
