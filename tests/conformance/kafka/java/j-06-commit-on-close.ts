import { defineConformance } from '../../define';
import { createTopic, fill, take } from './steps';

export const scenario = defineConformance({
  id: 'J-06',
  title: 'close() commits what was polled; a process that is killed commits nothing',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    await fill(await java.producer('producer'), topic, 1, 10);
    const partition = { topic, partition: 0 };
    for (const end of ['kill', 'close'] as const) {
      const config = { 'group.id': name('group'), 'auto.offset.reset': 'earliest', 'max.poll.records': 4 };
      const consumer = await java.consumer('a', config);
      await consumer.subscribe([topic]);
      await take(consumer, 1);
      observe('position', await consumer.position(partition));
      await consumer[end]();
      const looking = await java.consumer('b', config);
      observe(`committed after ${end}`, await looking.committed(partition));
      await looking.close();
    }
  },
});
