import { defineConformance } from '../../define';
import { delivered, explicit, fromEarliest, joinShare, pollSome, quick, write } from './group-steps';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'H-11',
  title: 'Closing releases what has not been acknowledged',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const group = name('group');
    await fromEarliest(tools, group, { 'share.record.lock.duration.ms': 30_000 });
    await write(await java.producer('producer'), topic, 0, 3);
    const a = await joinShare(tools, 'a', group, topic, explicit);
    const records = await pollSome(a);
    await a.acknowledge(records[1], 'ACCEPT');
    await a.close();
    const b = await joinShare(tools, 'b', group, topic, explicit);
    observe('b', delivered(await pollSome(b)));
  },
});
