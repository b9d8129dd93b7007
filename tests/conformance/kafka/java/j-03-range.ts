import { defineConformance } from '../../define';
import { assignments, createTopic, keepPolling } from './steps';

export const scenario = defineConformance({
  id: 'J-03',
  title:
    'K-46 from Java: by default a topic is dealt out in ranges, and everything is given up at each rebalance',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 5);
    const group = name('group');
    const first = await java.consumer('a', { 'group.id': group });
    await first.subscribe([topic]);
    const pollings = [keepPolling(first)];
    await assignments(tools, [first], [5]);
    const second = await java.consumer('b', { 'group.id': group });
    await second.subscribe([topic]);
    pollings.push(keepPolling(second));
    observe('assignments', await assignments(tools, [first, second], [3, 2]));
    for (const polling of pollings) await polling.stop();
    observe('what the first was told', await first.rebalances());
    observe('what the second was told', await second.rebalances());
  },
});
