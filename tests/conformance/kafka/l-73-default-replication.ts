import { defineConformance } from '../define';
import { createTopic, connectProducer, startReading, rejectionOf } from './steps';
export default defineConformance({
  id: 'L-73',
  title:
    'Topics that nobody asked for by name are replicated as the cluster’s defaults say; nobody writes to the brokers’ own.',
  broker: 'kafka',
  cluster: { nodes: 3, config: { 'default.replication.factor': 2, 'num.partitions': 2 } },
  compare: 'D',
  async run({ kafka, name, observe, until }) {
    const admin = await createTopic(kafka, name('first'), 1);
    const auto = name('auto');
    const producer = await connectProducer(kafka);
    await producer.send({ topic: auto, messages: [{ key: 'user-1', value: 'v' }] });
    const { topics } = await admin.fetchTopicMetadata({ topics: [auto] });
    observe(
      'auto',
      topics[0].partitions.map(({ replicas, isr }) => [replicas.length, isr.length]),
    );
    const reading = await startReading(kafka, auto, { groupId: name('g') });
    await until(() => reading.taken.length === 1);
    const internal = await admin.fetchTopicMetadata({ topics: ['__consumer_offsets'] });
    observe(
      'internal',
      internal.topics[0].partitions.map(({ replicas }) => replicas.length),
    );
    observe(
      'listed',
      (await admin.listTopics()).filter((t) => t.startsWith('__')),
    );
    observe(
      'write',
      await rejectionOf(producer.send({ topic: '__consumer_offsets', messages: [{ value: 'x' }] })),
    );
    observe('delete', await rejectionOf(admin.deleteTopics({ topics: ['__consumer_offsets'] })));
  },
});
