import { defineConformance } from '../../define';
import { assignments, createTopic, keepPolling, sticky } from './steps';

export const scenario = defineConformance({
  id: 'J-13',
  title: 'The sticky assignor moves as little as it can, though everything is given up for a moment',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 6);
    const group = name('group');
    const start = async (id: string) => {
      const consumer = await java.consumer(id, {
        'group.id': group,
        'partition.assignment.strategy': sticky,
      });
      await consumer.subscribe([topic]);
      return keepPolling(consumer);
    };
    const a = await start('a');
    observe('alone', await assignments(tools, [a.consumer], [6]));
    const b = await start('b');
    observe('two', await assignments(tools, [a.consumer, b.consumer], [3, 3]));
    const c = await start('c');
    observe('three', await assignments(tools, [a.consumer, b.consumer, c.consumer], [2, 2, 2]));
    await b.stop();
    await b.consumer.close();
    observe('without the second', await assignments(tools, [a.consumer, c.consumer], [3, 3]));
    await a.stop();
    observe('what the first was told', await a.consumer.rebalances());
  },
});
