import { defineConformance } from '../define';
import { committedOffsets, connectProducer, createTopic } from './steps';

export default defineConformance({
  id: 'L-20',
  title: 'A batch handler that throws commits what it resolved, and is given the rest again.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, until }) {
    const [topic, groupId] = [name('orders'), name('billing')];
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: ['a', 'b', 'c', 'd'].map((value) => ({ value })) });
    const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 500 });
    let failed = false;
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachBatchAutoResolve: false,
      eachBatch: async ({ batch, resolveOffset, uncommittedOffsets }) => {
        const { highWatermark } = batch;
        observe('batch', {
          highWatermark,
          first: batch.firstOffset(),
          last: batch.lastOffset(),
          lag: batch.offsetLag(),
          offsets: batch.messages.map(({ offset }) => offset),
          committed: await committedOffsets(admin, groupId, topic),
        });
        for (const { offset } of batch.messages) {
          if (offset === '2' && !failed) {
            failed = true;
            observe('uncommitted', uncommittedOffsets());
            throw new Error('asked to fail');
          }
          resolveOffset(offset);
        }
      },
    });
    await until(async () => (await committedOffsets(admin, groupId, topic))[0] === 4);
  },
});
