import { defineConformance } from '../../define';
import { commonEpoch, quick, startMember } from './group-steps';
import { assignments, createTopic } from './steps';

export const scenario = defineConformance({
  id: 'G-05',
  title:
    'KIP-848: a static member that comes back within its session gets the same partitions, and the other hears nothing',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const topic = await createTopic(tools, 4);
    const group = name('group');
    const a = await startMember(tools, 'a', group, [topic], { 'group.instance.id': 'till-1' });
    await assignments(tools, [a.consumer], [4]);
    const b = await startMember(tools, 'b', group, [topic], { 'group.instance.id': 'till-2' });
    const [before] = await assignments(tools, [a.consumer, b.consumer], [2, 2]);
    const epoch = await commonEpoch(tools, [a.consumer, b.consumer]);
    await b.consumer.rebalances();
    await a.stop();
    await a.consumer.close();
    const again = await startMember(tools, 'a-again', group, [topic], { 'group.instance.id': 'till-1' });
    const [after] = await assignments(tools, [again.consumer], [2]);
    observe('the same partitions', before.join() === after.join());
    observe('epochs on', (await commonEpoch(tools, [again.consumer, b.consumer])) - epoch);
    await b.stop();
    observe('what the other was told', await b.consumer.rebalances());
  },
});
