import { defineConformance } from '../../define';
import { delivered, explicit, fromEarliest, joinShare, pollSome, quick, write } from './group-steps';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'H-05',
  title: 'After five deliveries a record is given to nobody any more',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const group = name('group');
    await fromEarliest(tools, group);
    const producer = await java.producer('producer');
    await write(producer, topic, 0, 1);
    const a = await joinShare(tools, 'a', group, topic, explicit);
    for (let turn = 0; turn < 5; turn++) {
      const records = await pollSome(a);
      observe('deliveries', delivered(records));
      for (const record of records) await a.acknowledge(record, 'RELEASE');
      await a.commitSync();
    }
    observe('a sixth', delivered(await a.poll(2000)));
    await write(producer, topic, 1, 2);
    const next = await pollSome(a);
    observe('the next', delivered(next));
    for (const record of next) await a.acknowledge(record, 'ACCEPT');
    await a.commitSync();
    const admin = await java.admin('admin');
    observe('start', await admin.shareGroupOffsets(group));
  },
});
