import { defineConformance } from '../../define';
import { commonEpoch, quick, startMember } from './group-steps';
import { assignments, createTopic } from './steps';

export const scenario = defineConformance({
  id: 'G-13',
  title: 'KIP-848: a connection that breaks costs a member nothing, as long as its session goes on',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { fault, name, observe, sleep } = tools;
    const topic = await createTopic(tools, 4);
    const group = name('group');
    const a = await startMember(tools, 'a', group, [topic]);
    await assignments(tools, [a.consumer], [4]);
    const b = await startMember(tools, 'b', group, [topic]);
    await assignments(tools, [a.consumer, b.consumer], [2, 2]);
    const epoch = await commonEpoch(tools, [a.consumer, b.consumer]);
    for (const each of [a, b]) await each.consumer.rebalances();
    await fault.cut('a');
    await sleep(8000);
    observe('epochs on', (await commonEpoch(tools, [a.consumer, b.consumer])) - epoch);
    for (const each of [a, b]) {
      await each.stop();
      observe('told', await each.consumer.rebalances());
    }
  },
});
