import { defineConformance } from '../../define';
import { quick, startMember } from './group-steps';
import { assignments, createTopic, keepPolling } from './steps';

export const scenario = defineConformance({
  id: 'G-10',
  title: 'KIP-848: a member that subscribes to other topics gives up the old ones and gets the new ones',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const orders = await createTopic(tools, 2);
    const more = await createTopic(tools, 1);
    const a = await startMember(tools, 'a', name('group'), [orders]);
    await assignments(tools, [a.consumer], [2]);
    await a.stop();
    await a.consumer.subscribe([more]);
    const polling = keepPolling(a.consumer);
    await until(async () => (await a.consumer.assignment()).join() === [more + '-0'].join());
    await polling.stop();
    observe('what it was told', await a.consumer.rebalances());
    observe('epoch', (await a.consumer.groupMetadata()).generationId);
  },
});
