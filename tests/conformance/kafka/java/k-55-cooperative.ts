import { defineConformance } from '../../define';
import { assignments, cooperativeSticky, createTopic, keepPolling } from './steps';

export const scenario = defineConformance({
  id: 'K-55',
  title:
    'A cooperative rebalance has two steps: first the old member gives up a part, then the new one gets it',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 4);
    const group = name('group');
    const start = async (id: string) => {
      const consumer = await java.consumer(id, {
        'group.id': group,
        'partition.assignment.strategy': cooperativeSticky,
      });
      await consumer.subscribe([topic]);
      return keepPolling(consumer);
    };
    const a = await start('a');
    await assignments(tools, [a.consumer], [4]);
    const before = (await a.consumer.groupMetadata()).generationId;
    const b = await start('b');
    observe('assignments', await assignments(tools, [a.consumer, b.consumer], [2, 2]));
    observe('generations on', (await a.consumer.groupMetadata()).generationId - before);
    await a.stop();
    await b.stop();
    observe('what the first was told', await a.consumer.rebalances());
    observe('what the second was told', await b.consumer.rebalances());
  },
});
