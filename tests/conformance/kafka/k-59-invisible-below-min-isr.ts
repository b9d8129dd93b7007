import { defineConformance } from '../define';
import { createReplicated, inSyncOf } from './replicas';
import { connectProducer, endsOf, startReading } from './steps';

export default defineConformance({
  id: 'K-59',
  title: 'With too few replicas in sync acks 1 is answered, and nobody reads it until there are enough.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run({ kafka, name, fault, observe, sleep, until }) {
    const topic = name('orders');
    const admin = await createReplicated(kafka, topic, [[1, 2]], { 'min.insync.replicas': '2' });
    const producer = await connectProducer(kafka);
    const { taken } = await startReading(kafka, topic, { groupId: name('billing') });
    await fault.crash(2);
    await until(async () => (await inSyncOf(admin, topic))[0].length === 1);
    observe('sent', await producer.send({ topic, acks: 1, messages: [{ value: 'a' }] }));
    await sleep(3000);
    observe('ends', await endsOf(admin, topic));
    observe('taken', taken);
    await fault.start(2);
    await until(() => taken.length > 0, 60_000);
    observe('taken', taken);
    observe('ends', await endsOf(admin, topic));
  },
});
