import { defineConformance } from '../../define';
import { explicit, fromEarliest, joinShare, pollSome, quick, write } from './group-steps';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'H-18',
  title: 'No more records are handed out than a partition may have in flight, until some are over',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const group = name('group');
    await fromEarliest(tools, group, {
      'share.partition.max.record.locks': 100,
      'share.record.lock.duration.ms': 30_000,
    });
    await write(await java.producer('producer'), topic, 0, 130);
    const a = await joinShare(tools, 'a', group, topic, explicit);
    const held = await pollSome(a);
    observe('a', [held.length, held[0].offset, held[held.length - 1].offset]);
    const b = await joinShare(tools, 'b', group, topic, explicit);
    observe('b', (await b.poll(3000)).length);
    for (const record of held.slice(0, 10)) await a.acknowledge(record, 'ACCEPT');
    observe('a acknowledges', await a.commitSync());
    const more = await pollSome(b);
    observe('b then', [more.length, more[0].offset, more[more.length - 1].offset]);
  },
});
