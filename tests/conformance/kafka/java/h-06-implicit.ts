import { defineConformance } from '../../define';
import { delivered, explicit, fromEarliest, joinShare, pollSome, quick, write } from './group-steps';
import { createTopic, refusal } from './steps';

export const scenario = defineConformance({
  id: 'H-06',
  title:
    'Without explicit acknowledgement a poll accepts what the one before gave, and a program may not acknowledge by halves',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const group = name('group');
    await fromEarliest(tools, group);
    const producer = await java.producer('producer');
    await write(producer, topic, 0, 2);
    const a = await joinShare(tools, 'a', group, topic);
    observe('first', delivered(await pollSome(a)));
    observe('committed', await a.commitSync());
    await write(producer, topic, 2, 3);
    const records = await pollSome(a);
    observe('then', delivered(records));
    observe('acknowledge', await refusal(a.acknowledge(records[0], 'RELEASE')));
    observe('nothing new', delivered(await a.poll(1000)));
    const admin = await java.admin('admin');
    observe('start', await admin.shareGroupOffsets(group));
    await write(producer, topic, 3, 5);
    const b = await joinShare(tools, 'b', name('group'), topic, explicit);
    await fromEarliest(tools, group);
    observe('another group from its latest', delivered(await b.poll(2000)));
  },
});
