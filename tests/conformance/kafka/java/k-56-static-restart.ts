import { defineConformance } from '../../define';
import { assignments, createTopic, keepPolling } from './steps';

export const scenario = defineConformance({
  id: 'K-56',
  title: 'A static member that comes back within its session has the same partitions, and nobody rebalances',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 4);
    const group = name('group');
    const start = async (id: string) => {
      const consumer = await java.consumer(id, { 'group.id': group, 'group.instance.id': id });
      await consumer.subscribe([topic]);
      return keepPolling(consumer);
    };
    const first = await start('till-1');
    const second = await start('till-2');
    observe('before', await assignments(tools, [first.consumer, second.consumer], [2, 2]));
    const { generationId } = await first.consumer.groupMetadata();
    await first.consumer.rebalances();
    await second.consumer.rebalances();
    await second.stop();
    await second.consumer.close();

    const again = await start('till-2');
    observe('after', await assignments(tools, [first.consumer, again.consumer], [2, 2]));
    observe('generations on', (await again.consumer.groupMetadata()).generationId - generationId);
    observe('what the other was told meanwhile', await first.consumer.rebalances());
    await again.stop();
    observe('what the one that came back was told', await again.consumer.rebalances());
  },
});
