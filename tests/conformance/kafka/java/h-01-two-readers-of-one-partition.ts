import { defineConformance } from '../../define';
import { delivered, explicit, fromEarliest, joinShare, pollSome, quick, write } from './group-steps';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'H-01',
  title: 'Two members of a share group read one partition: each record goes to one of them',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const group = name('group');
    await fromEarliest(tools, group);
    const producer = await java.producer('producer');
    await write(producer, topic, 0, 3);
    const a = await joinShare(tools, 'a', group, topic, explicit);
    observe('a', delivered(await pollSome(a)));
    await write(producer, topic, 3, 6);
    const b = await joinShare(tools, 'b', group, topic, explicit);
    observe('b', delivered(await pollSome(b)));
  },
});
