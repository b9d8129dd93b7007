import { defineConformance } from '../../define';
import { createTopic, take } from './steps';

export const scenario = defineConformance({
  id: 'J-09',
  title: 'By default the Java consumer reads what is not committed; read_committed has to be asked for',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const producer = await java.producer('producer', { 'transactional.id': name('tx') });
    await producer.initTransactions();
    const transaction = async (value: string, end: 'commitTransaction' | 'abortTransaction' | null) => {
      await producer.beginTransaction();
      await producer.send({ topic, value });
      if (end) await producer[end]();
    };
    await transaction('committed', 'commitTransaction');
    await transaction('aborted', 'abortTransaction');
    await transaction('open', null);
    for (const [isolation, count] of [
      [{}, 3],
      [{ 'isolation.level': 'read_committed' }, 1],
    ] as const) {
      const consumer = await java.consumer('a', {
        ...isolation,
        'group.id': name('group'),
        'auto.offset.reset': 'earliest',
      });
      await consumer.subscribe([topic]);
      const seen = [...(await take(consumer, count)), ...(await consumer.poll(1500))];
      observe(
        count === 3 ? 'by default' : 'read_committed',
        seen.map(({ offset, value }) => [offset, value]),
      );
      observe('position', await consumer.position({ topic, partition: 0 }));
    }
  },
});
