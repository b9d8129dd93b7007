import { defineConformance } from '../../define';
import { assignments, keepPolling } from './steps';

export const scenario = defineConformance({
  id: 'J-60',
  title: 'Range deals out every topic by itself: over many topics the first member carries more',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const admin = await java.admin('admin');
    const topics = [name('a-topic'), name('b-topic')];
    for (const topic of topics) await admin.createTopic(topic, 3);
    const group = name('group');
    const start = async (id: string) => {
      const consumer = await java.consumer(id, { 'group.id': group });
      await consumer.subscribe(topics);
      return keepPolling(consumer);
    };
    const pollings = [await start('a'), await start('b')];
    observe(
      'assignments',
      await assignments(
        tools,
        pollings.map(({ consumer }) => consumer),
        [4, 2],
      ),
    );
    for (const polling of pollings) await polling.stop();
  },
});
