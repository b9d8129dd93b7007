import { defineConformance } from '../../define';
import { commonEpoch, quick, startMember } from './group-steps';
import { assignments, createTopic } from './steps';

export const scenario = defineConformance({
  id: 'G-12',
  title:
    'KIP-848: a member that does not poll for max.poll.interval.ms leaves, and joins again with its next poll',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, name, observe, sleep, until } = tools;
    const topic = await createTopic(tools, 2);
    const group = name('group');
    const a = await startMember(tools, 'a', group, [topic], { 'max.poll.interval.ms': 3000 });
    await assignments(tools, [a.consumer], [2]);
    const epoch = await commonEpoch(tools, [a.consumer]);
    await a.stop();
    await sleep(6000);
    const admin = await java.admin('admin');
    const { members, state } = await admin.describeGroup(group);
    observe('while it does not poll', [state, members.length]);
    await until(async () => {
      await a.consumer.poll(100);
      return (await a.consumer.assignment()).length === 2;
    });
    observe('what it was told', await a.consumer.rebalances());
    observe('epochs on', (await commonEpoch(tools, [a.consumer])) - epoch);
  },
});
