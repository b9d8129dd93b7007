import { defineConformance } from '../../define';
import { delivered, explicit, fromEarliest, joinShare, pollSome, quick, write } from './group-steps';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'H-14',
  title:
    'A record that was released comes before later ones to the same reader, and after them when another has them already',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const group = name('group');
    await fromEarliest(tools, group, { 'share.record.lock.duration.ms': 30_000 });
    const producer = await java.producer('producer');
    await write(producer, topic, 0, 2);
    const a = await joinShare(tools, 'a', group, topic, explicit);
    const first = await pollSome(a);
    observe('a', delivered(first));
    await write(producer, topic, 2, 4);
    const b = await joinShare(tools, 'b', group, topic, explicit);
    const second = await pollSome(b);
    observe('b', delivered(second));
    for (const record of first) await a.acknowledge(record, record.offset === 0 ? 'RELEASE' : 'ACCEPT');
    observe('acknowledged', await a.commitSync());
    for (const record of second) await b.acknowledge(record, 'ACCEPT');
    observe('acknowledged', await b.commitSync());
    await write(producer, topic, 4, 5);
    const seen: string[] = [];
    while (seen.length < 2) {
      const records = await pollSome(b);
      seen.push(...delivered(records));
      for (const record of records) await b.acknowledge(record, 'ACCEPT');
      await b.commitSync();
    }
    observe('in what order', seen);
  },
});
