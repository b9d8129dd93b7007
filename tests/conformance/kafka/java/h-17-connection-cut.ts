import { defineConformance } from '../../define';
import { delivered, explicit, fromEarliest, joinShare, pollSome, quick, write } from './group-steps';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'H-17',
  title:
    "A connection that breaks ends the session: what the member held is another's, and its acknowledgement comes to nothing",
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { fault, java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const group = name('group');
    await fromEarliest(tools, group, { 'share.record.lock.duration.ms': 30_000 });
    await write(await java.producer('producer'), topic, 0, 2);
    const a = await joinShare(tools, 'a', group, topic, explicit);
    const held = await pollSome(a);
    observe('a', delivered(held));
    const b = await joinShare(tools, 'b', group, topic, explicit);
    await b.poll(3000);
    await fault.cut('a');
    observe('b', delivered(await pollSome(b)));
    for (const record of held) await a.acknowledge(record, 'ACCEPT');
    observe('a acknowledges', await a.commitSync());
  },
});
