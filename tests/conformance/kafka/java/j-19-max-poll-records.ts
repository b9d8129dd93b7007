import { defineConformance } from '../../define';
import { createTopic, fill } from './steps';

export const scenario = defineConformance({
  id: 'J-19',
  title:
    'A poll gives at most max.poll.records, one partition after another; the rest of a fetch waits for later polls',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    await fill(await java.producer('producer'), topic, 1, 10);
    const partition = { topic, partition: 0 };
    const consumer = await java.consumer('a', {
      'group.id': name('group'),
      'auto.offset.reset': 'earliest',
      'max.poll.records': 4,
    });
    await consumer.assign([partition]);
    for (let count = 0; count < 10;) {
      const records = await consumer.poll(500);
      count += records.length;
      if (records.length === 0) continue;
      observe(
        'polls',
        records.map(({ offset }) => offset),
      );
      observe('position', await consumer.position(partition));
    }
    await consumer.seek(partition, 8);
    observe(
      'after a seek',
      (await consumer.poll(2000)).map(({ offset }) => offset),
    );
    await consumer.pause([partition]);
    await consumer.seek(partition, 0);
    observe('paused', (await consumer.poll(1000)).length);
    await consumer.resume([partition]);
    observe(
      'resumed',
      (await consumer.poll(2000)).map(({ offset }) => offset),
    );
  },
});
