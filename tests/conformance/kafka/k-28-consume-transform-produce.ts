import { defineConformance } from '../define';
import { committedOffsets, connectProducer, createTopic, startReading } from './steps';

export default defineConformance({
  id: 'K-28',
  title: 'Offsets sent in a transaction are committed with what it wrote, or not at all.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, sleep, until }) {
    const [input, output, groupId] = [name('orders'), name('invoices'), name('billing')];
    const admin = await createTopic(kafka, input, 1);
    await createTopic(kafka, output, 1);
    await (await connectProducer(kafka)).send({ topic: input, messages: [{ value: 'a' }, { value: 'b' }] });
    const { taken } = await startReading(kafka, input, { groupId }, { autoCommit: false });
    await until(() => taken.length === 2);
    const invoices = await startReading(kafka, output, { groupId: name('ledger') });
    const producer = await connectProducer(kafka, { transactionalId: name('shop'), idempotent: true });
    const attempt = async (offset: string, value: string) => {
      const transaction = await producer.transaction();
      await transaction.send({ topic: output, messages: [{ value }] });
      const topics = [{ topic: input, partitions: [{ partition: 0, offset }] }];
      await transaction.sendOffsets({ consumerGroupId: groupId, topics });
      return transaction;
    };
    const look = async (when: string) => {
      observe(`${when}: committed`, await committedOffsets(admin, groupId, input));
      observe(`${when}: invoices`, invoices.taken);
    };
    const first = await attempt('1', 'invoice a');
    await sleep(1000);
    await look('open');
    await first.commit();
    await until(async () => (await committedOffsets(admin, groupId, input))[0] === 1);
    await until(() => invoices.taken.length > 0);
    await look('committed');
    await (await attempt('2', 'invoice b')).abort();
    await sleep(1000);
    await look('aborted');
  },
});
