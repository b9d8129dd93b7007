import { defineConformance } from '../../define';
import { delivered, explicit, fromEarliest, joinShare, pollSome, quick, write } from './group-steps';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'H-03',
  title: 'A record that is rejected never comes again, and the start of the group goes past it',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const group = name('group');
    await fromEarliest(tools, group);
    await write(await java.producer('producer'), topic, 0, 3);
    const a = await joinShare(tools, 'a', group, topic, explicit);
    for (const record of await pollSome(a))
      await a.acknowledge(record, record.offset === 2 ? 'ACCEPT' : 'REJECT');
    observe('acknowledged', await a.commitSync());
    observe('then', delivered(await a.poll(2000)));
    const admin = await java.admin('admin');
    observe('start', await admin.shareGroupOffsets(group));
  },
});
