import { defineConformance } from '../../define';
import { quick, startMember } from './group-steps';
import { assignments, createTopic } from './steps';

export const scenario = defineConformance({
  id: 'G-04',
  title: "KIP-848: who closes leaves at once, and the rest is another's at its next heartbeat",
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
    await a.stop();
    await a.consumer.close();
    const left = now();
    observe('of the other', (await assignments(tools, [b.consumer], [4]))[0]);
    observe('soon', now() - left < 4000);
  },
});
