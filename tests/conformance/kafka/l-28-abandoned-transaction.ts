import { defineConformance } from '../define';
import { connectProducer, createTopic, rejectionOf, startReading } from './steps';

export default defineConformance({
  id: 'L-28',
  title: 'A transaction that nobody ends is aborted by the broker some time after its timeout.',
  broker: 'kafka',
  compare: {
    read: 'D',
    'its end': 'D',
    // The timeout, and up to ten seconds until the coordinator looks.
    'ms until others are read': { code: 'T', min: 4500, max: 18_000 },
  },
  async run({ kafka, name, now, observe, until }) {
    const topic = name('orders');
    await createTopic(kafka, topic, 1);
    const shop = { transactionalId: name('shop'), idempotent: true, transactionTimeout: 5000 };
    const transaction = await (await connectProducer(kafka, shop)).transaction();
    const began = now();
    await transaction.send({ topic, messages: [{ value: 'abandoned' }] });
    await (await connectProducer(kafka)).send({ topic, messages: [{ value: 'behind it' }] });
    const { taken } = await startReading(kafka, topic, { groupId: name('billing') });
    await until(() => taken.length > 0);
    observe('ms until others are read', now() - began);
    observe('read', taken);
    observe('its end', await rejectionOf(transaction.commit()));
  },
});
