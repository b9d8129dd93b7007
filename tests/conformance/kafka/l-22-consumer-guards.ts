import { defineConformance } from '../define';
import { createTopic, rejectionOf } from './steps';

export default defineConformance({
  id: 'L-22',
  title: 'What a consumer refuses: no group, a topic after run, a seek before it, offsets that are none.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe }) {
    const topic = name('orders');
    await createTopic(kafka, topic, 1);
    const attempt = (act: () => unknown) => rejectionOf(Promise.resolve().then(act));
    observe('no group', await attempt(() => kafka.consumer({ groupId: '' })));
    const consumer = kafka.consumer({ groupId: name('billing'), maxWaitTimeInMs: 500 });
    const noted = { eachMessage: async () => {} };
    const seek = (offset: string, partition = 0) =>
      attempt(() => consumer.seek({ topic, partition, offset }));
    observe('a seek before run', await seek('0'));
    observe(
      'no topic',
      await attempt(() => consumer.subscribe({ topics: undefined as unknown as string[] })),
    );
    observe('a number as topic', await attempt(() => consumer.subscribe({ topic: 7 as unknown as string })));
    await consumer.connect();
    await consumer.subscribe({ topic });
    await consumer.run(noted);
    observe('a topic after run', await attempt(() => consumer.subscribe({ topic: 'other' })));
    observe('a seek to a text', await seek('soon'));
    observe('a seek to a negative offset', await seek('-5'));
    const commit = (offset: string) =>
      attempt(() => consumer.commitOffsets([{ topic, partition: 0, offset }]));
    observe('a commit of a text', await commit('soon'));
    observe('a commit of a negative offset', await commit('-5'));
    observe('a pause of no topic', await attempt(() => consumer.pause([{ topic: '' }])));
  },
});
