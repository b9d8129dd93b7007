import { defineConformance } from '../../define';
import { quick, startMember } from './group-steps';
import { assignments, createTopic } from './steps';

export const scenario = defineConformance({
  id: 'G-06',
  title:
    'KIP-848: a group.instance.id that is in use is not given away: the second member is refused, the first goes on',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const topic = await createTopic(tools, 2);
    const group = name('group');
    const a = await startMember(tools, 'a', group, [topic], { 'group.instance.id': 'till-1' });
    await assignments(tools, [a.consumer], [2]);
    const b = await startMember(tools, 'b', group, [topic], { 'group.instance.id': 'till-1' });
    await until(() => b.error !== null);
    observe('the second', (b.error as Error).name);
    observe('the first', a.error);
    observe('has still', await a.consumer.assignment());
  },
});
