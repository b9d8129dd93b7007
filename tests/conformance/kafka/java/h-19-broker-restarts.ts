import { defineConformance } from '../../define';
import { delivered, explicit, fromEarliest, joinShare, pollSome, quick, write } from './group-steps';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'H-19',
  title:
    'When the broker dies, locks are gone and deliveries that nobody answered are counted anew; what was acknowledged stays so',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { fault, java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const group = name('group');
    await fromEarliest(tools, group, { 'share.record.lock.duration.ms': 30_000 });
    await write(await java.producer('producer'), topic, 0, 4);
    const a = await joinShare(tools, 'a', group, topic, explicit);
    const held = await pollSome(a);
    observe('a', delivered(held));
    await a.acknowledge(held[1], 'ACCEPT');
    await a.acknowledge(held[2], 'RELEASE');
    observe('a acknowledges', await a.commitSync());
    await a.kill();
    await fault.crash(1);
    await fault.start(1);
    const b = await joinShare(tools, 'b', group, topic, explicit);
    observe('b', delivered(await pollSome(b, 60_000)));
  },
});
