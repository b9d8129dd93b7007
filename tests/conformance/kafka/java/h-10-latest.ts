import { defineConformance } from '../../define';
import { delivered, joinShare, pollSome, quick, write } from './group-steps';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'H-10',
  title: "A new share group begins at the end: what was written before it is nobody's",
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const group = name('group');
    const producer = await java.producer('producer');
    await write(producer, topic, 0, 3);
    const a = await joinShare(tools, 'a', group, topic);
    observe('before', delivered(await a.poll(5000)));
    await write(producer, topic, 3, 5);
    observe('after', delivered(await pollSome(a)));
  },
});
