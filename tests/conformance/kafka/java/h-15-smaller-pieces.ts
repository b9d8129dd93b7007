import { defineConformance } from '../../define';
import { delivered, explicit, fromEarliest, joinShare, pollSome, quick } from './group-steps';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'H-15',
  title: 'What keeps coming back comes in smaller pieces, and for the last time alone',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const producer = await java.producer('producer', { 'linger.ms': 500 });
    const values = [0, 1, 2, 3, 4, 5, 6, 7];
    await Promise.all(values.map((value) => producer.send({ topic, partition: 0, value: String(value) })));
    const group = name('group');
    await fromEarliest(tools, group);
    const a = await joinShare(tools, 'a', group, topic, explicit);
    for (let turn = 0; turn < 9; turn++) {
      const records = await pollSome(a);
      observe('given', delivered(records));
      for (const record of records) await a.acknowledge(record, 'RELEASE');
      await a.commitSync();
    }
  },
});
