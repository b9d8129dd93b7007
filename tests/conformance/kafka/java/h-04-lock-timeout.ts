import { defineConformance } from '../../define';
import { delivered, explicit, fromEarliest, joinShare, pollSome, quick, write } from './group-steps';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'H-04',
  title: 'A lock that runs out gives the record to another, and a late acknowledgement is refused',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const group = name('group');
    await fromEarliest(tools, group);
    await write(await java.producer('producer'), topic, 0, 2);
    const a = await joinShare(tools, 'a', group, topic, explicit);
    const records = await pollSome(a);
    observe('a', delivered(records));
    const b = await joinShare(tools, 'b', group, topic, explicit);
    const taken = await pollSome(b);
    observe('b', delivered(taken));
    for (const record of records) await a.acknowledge(record, 'ACCEPT');
    observe('a is late', await a.commitSync());
    for (const record of taken) await b.acknowledge(record, 'ACCEPT');
    observe('b is in time', await b.commitSync());
  },
});
