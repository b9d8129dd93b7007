import { defineConformance } from '../define';
import { createTopic, connectProducer, rejectionOf, startReading } from './steps';
export default defineConformance({
  id: 'L-64',
  title:
    'Two transactions at a time in the same partitions end each by itself; a send that was refused ends none.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, client, name, observe, until, sleep }) {
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 2);
    const make = async (who: string) =>
      connectProducer(client(who), { transactionalId: name(who), idempotent: true, maxInFlightRequests: 1 });
    const a = await make('a');
    const b = await make('b');
    const ta = await a.transaction();
    const tb = await b.transaction();
    observe('active', [ta.isActive(), tb.isActive()]);
    await ta.send({
      topic,
      messages: [
        { partition: 0, value: 'a0' },
        { partition: 1, value: 'a1' },
      ],
    });
    await tb.send({
      topic,
      messages: [
        { partition: 0, value: 'b0' },
        { partition: 1, value: 'b1' },
      ],
    });
    observe(
      'too large',
      await rejectionOf(ta.send({ topic, messages: [{ partition: 0, value: 'x'.repeat(2_000_000) }] })),
    );
    observe('still active', ta.isActive());
    observe('commit of a', await rejectionOf(ta.commit()));
    if (ta.isActive()) observe('abort of a', await rejectionOf(ta.abort()));
    await tb.commit();
    observe('active at the end', [ta.isActive(), tb.isActive()]);
    observe('again', await rejectionOf(tb.commit()));
    const committed = await startReading(client('rc'), topic, { groupId: name('rc') });
    const all = await startReading(client('ru'), topic, { groupId: name('ru'), readUncommitted: true });
    await until(() => all.taken.length >= 4);
    await sleep(1500);
    const sorted = (taken: typeof all.taken) =>
      [0, 1].map((p) => taken.filter((t) => t.partition === p).map(({ offset, value }) => [offset, value]));
    observe('committed', sorted(committed.taken));
    observe('all', sorted(all.taken));
    const ends = await admin.fetchTopicOffsets(topic);
    observe(
      'ends',
      ends.map(({ high }) => high),
    );
    const tc = await b.transaction();
    observe(
      'sendOffsets',
      await rejectionOf(
        tc.sendOffsets({
          consumerGroupId: name('none'),
          topics: [{ topic, partitions: [{ partition: 0, offset: '1' }] }],
        }),
      ),
    );
    await tc.abort();
  },
});
