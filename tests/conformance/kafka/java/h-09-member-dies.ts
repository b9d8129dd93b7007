import { defineConformance } from '../../define';
import { delivered, explicit, fromEarliest, joinShare, pollSome, quick, write } from './group-steps';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'H-09',
  title: 'What a member held when it died goes to another at once: the broker sees its connection close',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, name, now, observe } = tools;
    const topic = await createTopic(tools, 1);
    const group = name('group');
    await fromEarliest(tools, group, { 'share.record.lock.duration.ms': 30_000 });
    await write(await java.producer('producer'), topic, 0, 2);
    const a = await joinShare(tools, 'a', group, topic, explicit);
    observe('a', delivered(await pollSome(a)));
    const b = await joinShare(tools, 'b', group, topic, explicit);
    await b.poll(1000);
    await a.kill();
    const killed = now();
    observe('b', delivered(await pollSome(b)));
    observe('soon', now() - killed < 5000);
  },
});
