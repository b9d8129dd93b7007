import { defineConformance } from '../../define';
import { createTopic, fill } from './steps';

export const scenario = defineConformance({
  id: 'J-15',
  title:
    'Without a committed offset auto.offset.reset says where to begin: at the end, at the start, or it throws',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    await fill(await java.producer('producer'), topic, 1, 3);
    const partition = { topic, partition: 0 };
    for (const reset of ['latest', 'earliest', 'none']) {
      const consumer = await java.consumer('a', { 'group.id': name('group'), 'auto.offset.reset': reset });
      await consumer.assign([partition]);
      await consumer.poll(5000).catch((error: unknown) => observe(`${reset}: poll`, (error as Error).name));
      observe(
        `${reset}: position`,
        await consumer.position(partition).catch((error: unknown) => (error as Error).name),
      );
      await consumer.seek(partition, 99);
      await consumer
        .poll(3000)
        .catch((error: unknown) => observe(`${reset}: poll behind the end`, (error as Error).name));
      observe(
        `${reset}: position after a seek behind the end`,
        await consumer.position(partition).catch((error: unknown) => (error as Error).name),
      );
      await consumer.close();
    }
  },
});
