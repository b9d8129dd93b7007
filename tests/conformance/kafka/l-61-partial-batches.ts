import { defineConformance } from '../define';
import { createTopic, connectProducer, rejectionOf, committedOffsets } from './steps';
export default defineConformance({
  id: 'L-61',
  title: 'A part of a batch can be resolved and committed; after a seek the rest is stale.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, until, sleep }) {
    const topic = name('orders');
    const groupId = name('billing');
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: ['a', 'b', 'c', 'd', 'e'].map((value) => ({ value })) });
    const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 500 });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    let rounds = 0;
    await consumer.run({
      eachBatchAutoResolve: false,
      eachBatch: async (p) => {
        rounds++;
        observe('batch', {
          n: p.batch.messages.length,
          first: p.batch.firstOffset(),
          last: p.batch.lastOffset(),
          lag: p.batch.offsetLag(),
          lagLow: p.batch.offsetLagLow(),
          high: p.batch.highWatermark,
          empty: p.batch.isEmpty(),
          stale: p.isStale(),
          running: p.isRunning(),
          topic: p.batch.topic,
          part: p.batch.partition,
        });
        if (rounds === 1) {
          p.resolveOffset('0');
          p.resolveOffset('1');
          observe('uncommitted', p.uncommittedOffsets());
          await p.commitOffsetsIfNecessary();
          observe('after if necessary', p.uncommittedOffsets());
          await p.commitOffsetsIfNecessary({
            topics: [{ topic, partitions: [{ partition: 0, offset: '1' }] }],
          });
          await p.heartbeat();
        } else if (rounds === 2) {
          consumer.seek({ topic, partition: 0, offset: '4' });
          observe('stale after seek', p.isStale());
          p.resolveOffset('2');
        } else for (const m of p.batch.messages) p.resolveOffset(m.offset);
      },
    });
    await until(() => rounds >= 3);
    await sleep(1500);
    observe('committed', await committedOffsets(admin, groupId, topic));
    observe('paused', consumer.paused());
    observe(
      'described',
      await consumer.describeGroup().then(({ members, ...rest }) => ({ ...rest, members: members.length })),
    );
    await consumer.disconnect();
    observe('stop twice', await rejectionOf(consumer.stop()));
  },
});
