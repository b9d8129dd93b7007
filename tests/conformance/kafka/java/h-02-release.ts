import { defineConformance } from '../../define';
import { delivered, explicit, fromEarliest, joinShare, pollSome, quick, write } from './group-steps';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'H-02',
  title: 'A record that is released comes again, counted, and what was accepted beside it does not',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const group = name('group');
    await fromEarliest(tools, group);
    await write(await java.producer('producer'), topic, 0, 4);
    const a = await joinShare(tools, 'a', group, topic, explicit);
    const records = await pollSome(a);
    observe('first', delivered(records));
    for (const record of records) await a.acknowledge(record, record.offset === 1 ? 'RELEASE' : 'ACCEPT');
    observe('acknowledged', await a.commitSync());
    const again = await pollSome(a);
    observe('then', delivered(again));
    for (const record of again) await a.acknowledge(record, 'ACCEPT');
    observe('acknowledged', await a.commitSync());
    observe('and then', delivered(await a.poll(2000)));
  },
});
