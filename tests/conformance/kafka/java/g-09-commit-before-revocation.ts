import { defineConformance } from '../../define';
import { quick, startMember } from './group-steps';
import { assignments, createTopic, fill } from './steps';

export const scenario = defineConformance({
  id: 'G-09',
  title: 'KIP-848: what is given up is committed before, so that the next member reads nothing again',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, name, observe, until } = tools;
    const topic = await createTopic(tools, 4);
    const producer = await java.producer('producer');
    await fill(producer, topic, 4, 5);
    const group = name('group');
    const config = { 'auto.commit.interval.ms': 600_000 };
    const a = await startMember(tools, 'a', group, [topic], config);
    await until(() => a.taken.length === 20);
    const b = await startMember(tools, 'b', group, [topic], config);
    await assignments(tools, [a.consumer, b.consumer], [2, 2]);
    await fill(producer, topic, 4, 1);
    await until(() => a.taken.length + b.taken.length >= 24);
    observe('the first took', a.taken.length);
    observe('the second took', b.taken.length);
  },
});
