import { defineConformance } from '../define';
import { createReplicated, leadersOf } from './replicas';
import { connectProducer, endsOf, valuesIn } from './steps';

export default defineConformance({
  id: 'L-57',
  title: 'Records that were deleted are deleted at the next leader too.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { kafka, name, fault, observe, until } = tools;
    const topic = name('orders');
    const admin = await createReplicated(kafka, topic, [[1, 2, 3]]);
    const producer = await connectProducer(kafka);
    const messages = ['a', 'b', 'c', 'd'].map((value) => ({ value }));
    await producer.send({ topic, messages });
    await admin.fetchTopicMetadata({ topics: [topic] });
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '2' }] });
    observe('ends', await endsOf(admin, topic));
    await fault.crash(1);
    await until(async () => (await leadersOf(admin, topic))[0] === 2, 60_000);
    observe('ends at the next leader', await endsOf(admin, topic));
    observe('log', await valuesIn(tools, topic, 1, 2));
  },
});
