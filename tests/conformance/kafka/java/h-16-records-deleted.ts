import { defineConformance } from '../../define';
import { delivered, explicit, fromEarliest, joinShare, pollSome, quick, write } from './group-steps';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'H-16',
  title:
    'Records that are deleted are given to nobody any more, and who holds some acknowledges them in vain without being told',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, kafka, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const group = name('group');
    await fromEarliest(tools, group, { 'share.record.lock.duration.ms': 30_000 });
    const producer = await java.producer('producer');
    await write(producer, topic, 0, 2);
    const a = await joinShare(tools, 'a', group, topic, explicit);
    const held = await pollSome(a);
    observe('a', delivered(held));
    await write(producer, topic, 2, 6);
    const admin = kafka.admin();
    await admin.connect();
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '4' }] });
    await admin.disconnect();
    const b = await joinShare(tools, 'b', group, topic, explicit);
    observe('b', delivered(await pollSome(b)));
    for (const record of held) await a.acknowledge(record, 'ACCEPT');
    observe('a acknowledges', await a.commitSync());
  },
});
