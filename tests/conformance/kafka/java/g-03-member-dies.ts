import { defineConformance } from '../../define';
import { quick, startMember } from './group-steps';
import { assignments, createTopic } from './steps';

export const scenario = defineConformance({
  id: 'G-03',
  title: "KIP-848: what a member that died had is another's when its session is over, not before",
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { name, now, observe } = tools;
    const topic = await createTopic(tools, 4);
    const group = name('group');
    const a = await startMember(tools, 'a', group, [topic]);
    await assignments(tools, [a.consumer], [4]);
    const b = await startMember(tools, 'b', group, [topic]);
    await assignments(tools, [a.consumer, b.consumer], [2, 2]);
    await a.consumer.kill();
    const killed = now();
    observe('of the survivor', (await assignments(tools, [b.consumer], [4]))[0]);
    const took = now() - killed;
    observe('it took a session at most, and most of one', took > 4500 && took < 9000);
    await b.stop();
    observe('what it was told', await b.consumer.rebalances());
  },
});
