import { defineConformance } from '../define';
import { createTopic, connectProducer, rejectionOf, startReading, committedOffsets } from './steps';
export default defineConformance({
  id: 'L-65',
  title:
    'An admin reads, sets and resets a group’s offsets, of one topic or of all, with what was said beside them.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, until }) {
    const topic = name('orders');
    const groupId = name('billing');
    const admin = await createTopic(kafka, topic, 2);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: [0, 0, 0, 1].map((partition) => ({ partition, value: 'v' })) });
    observe('unknown', await admin.fetchOffsets({ groupId, topics: [topic] }));
    observe('unknown all', await admin.fetchOffsets({ groupId }));
    const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 500 });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    let n = 0;
    await consumer.run({
      autoCommit: false,
      eachMessage: async () => {
        n++;
      },
    });
    await until(() => n === 4);
    await consumer.commitOffsets([{ topic, partition: 0, offset: '2', metadata: 'here' }]);
    observe(
      'partial',
      (await admin.fetchOffsets({ groupId, topics: [topic] })).map(({ topic: t, partitions }) => ({
        t,
        partitions: partitions.toSorted((a, b) => a.partition - b.partition),
      })),
    );
    observe('all', (await admin.fetchOffsets({ groupId })).length);
    observe('bad commit', await rejectionOf(consumer.commitOffsets([{ topic, partition: 9, offset: '2' }])));
    observe('negative', await rejectionOf(consumer.commitOffsets([{ topic, partition: 0, offset: '-3' }])));
    await consumer.disconnect();
    observe(
      'resolved',
      (await admin.fetchOffsets({ groupId, topics: [topic], resolveOffsets: true })).map(({ partitions }) =>
        partitions.toSorted((a, b) => a.partition - b.partition),
      ),
    );
    await admin.setOffsets({ groupId, topic, partitions: [{ partition: 1, offset: '0' }] });
    observe('set', await committedOffsets(admin, groupId, topic));
    await admin.resetOffsets({ groupId, topic, earliest: false });
    observe('reset to latest', await committedOffsets(admin, groupId, topic));
    observe(
      'set of an unknown partition',
      await rejectionOf(admin.setOffsets({ groupId, topic, partitions: [{ partition: 7, offset: '0' }] })),
    );
    observe('delete', await admin.deleteGroups([groupId]));
    observe('after', await committedOffsets(admin, groupId, topic));
    observe('delete again', await rejectionOf(admin.deleteGroups([groupId])));
    const again = await startReading(kafka, topic, { groupId });
    await until(() => again.taken.length === 4);
  },
});
