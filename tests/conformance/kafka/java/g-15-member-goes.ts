import { defineConformance } from '../../define';
import { commonEpoch, quick, startMember } from './group-steps';
import { assignments, createTopic } from './steps';

export const scenario = defineConformance({
  id: 'G-15',
  title:
    'KIP-848: a member that leaves and one that comes at once make two epochs, and nothing moves but what has to',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const topic = await createTopic(tools, 6);
    const group = name('group');
    const a = await startMember(tools, 'a', group, [topic]);
    await assignments(tools, [a.consumer], [6]);
    const b = await startMember(tools, 'b', group, [topic]);
    await assignments(tools, [a.consumer, b.consumer], [3, 3]);
    const c = await startMember(tools, 'c', group, [topic]);
    await assignments(tools, [a.consumer, b.consumer, c.consumer], [2, 2, 2]);
    const epoch = await commonEpoch(tools, [a.consumer, b.consumer, c.consumer]);
    for (const each of [a, b, c]) await each.consumer.rebalances();
    await c.stop();
    await c.consumer.close();
    await assignments(tools, [a.consumer, b.consumer], [3, 3]);
    observe('epochs on', (await commonEpoch(tools, [a.consumer, b.consumer])) - epoch);
    for (const each of [a, b]) {
      await each.stop();
      observe(
        'told',
        (await each.consumer.rebalances()).map(({ is, partitions }) => [is, partitions.length]),
      );
    }
  },
});
