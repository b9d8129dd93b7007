import { defineConformance } from '../../define';
import { commonEpoch, quick, startMember } from './group-steps';
import { assignments, createTopic } from './steps';

export const scenario = defineConformance({
  id: 'G-01',
  title:
    'KIP-848: a newcomer gets what the old member has given up, and the old one keeps the rest all the while',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const topic = await createTopic(tools, 4);
    const group = name('group');
    const a = await startMember(tools, 'a', group, [topic]);
    await assignments(tools, [a.consumer], [4]);
    observe('epoch of one', await commonEpoch(tools, [a.consumer]));
    const b = await startMember(tools, 'b', group, [topic]);
    observe('assignments', await assignments(tools, [a.consumer, b.consumer], [2, 2]));
    observe('epoch of two', await commonEpoch(tools, [a.consumer, b.consumer]));
    await a.stop();
    await b.stop();
    observe('what the first was told', await a.consumer.rebalances());
    observe('what the second was told', await b.consumer.rebalances());
  },
});
