import { defineConformance } from '../../define';
import { createTopic, fill, take } from './steps';

export const scenario = defineConformance({
  id: 'J-64',
  title:
    'Records that are deleted before they are read: reading goes on at the start of the log, or at its end, by the policy',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, kafka, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const producer = await java.producer('producer');
    const partition = { topic, partition: 0 };
    await fill(producer, topic, 1, 6);
    const groups = { earliest: name('group'), latest: name('group') };
    for (const reset of ['earliest', 'latest'] as const) {
      const consumer = await java.consumer('a', { 'group.id': groups[reset], 'auto.offset.reset': reset });
      await consumer.assign([partition]);
      await consumer.commitSync([{ ...partition, offset: 1 }]);
      await consumer.close();
    }
    const admin = kafka.admin();
    await admin.connect();
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '4' }] });
    for (const reset of ['earliest', 'latest'] as const) {
      const consumer = await java.consumer('b', {
        'group.id': groups[reset],
        'auto.offset.reset': reset,
        'enable.auto.commit': false,
      });
      await consumer.assign([partition]);
      if (reset === 'earliest')
        observe(
          'earliest',
          (await take(consumer, 2)).map(({ offset }) => offset),
        );
      else {
        observe('latest', (await consumer.poll(3000)).length);
        observe('latest: position', await consumer.position(partition));
      }
      await consumer.close();
    }
    await admin.disconnect();
  },
});
