import { defineConformance } from '../define';
import { createReplicated, inSyncOf } from './replicas';
import { connectProducer, rejectionOf, valuesIn } from './steps';

export default defineConformance({
  id: 'L-48',
  title:
    'A send that waits for a replica in vain fails, and its record is there all the same: a second one stands beside it.',
  broker: 'kafka',
  cluster: { nodes: 3, config: { 'replica.lag.time.max.ms': 30_000 } },
  compare: 'D',
  async run(tools) {
    const { kafka, name, fault, observe, until } = tools;
    const topic = name('orders');
    const admin = await createReplicated(kafka, topic, [[1, 2]], { 'min.insync.replicas': '2' });
    const producer = await connectProducer(kafka, { retry: { retries: 0 } });
    await producer.send({ topic, messages: [{ value: 'before' }] });
    await fault.pause(2, 8000);
    const failed = await rejectionOf(
      producer.send({ topic, acks: -1, timeout: 3000, messages: [{ value: 'a' }] }),
    );
    observe('error', failed);
    await until(async () => (await inSyncOf(admin, topic))[0]?.length === 2, 60_000);
    observe('sent again', await producer.send({ topic, acks: -1, messages: [{ value: 'a' }] }));
    observe('log', await valuesIn(tools, topic, 1, 3));
  },
});
