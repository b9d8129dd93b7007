import { defineConformance } from '../../define';
import { delivered, explicit, fromEarliest, joinShare, pollSome, quick, write } from './group-steps';
import { createTopic, refusal } from './steps';

export const scenario = defineConformance({
  id: 'H-07',
  title: 'With explicit acknowledgement the next poll is refused while a record has none',
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
    observe('first', delivered(records));
    observe('poll', await refusal(a.poll(500)));
    await a.acknowledge(records[0], 'ACCEPT');
    observe('poll with one of two', await refusal(a.poll(500)));
    await a.acknowledge(records[1], 'ACCEPT');
    observe('acknowledged twice', await refusal(a.acknowledge(records[1], 'RELEASE')));
    observe('poll with both', await refusal(a.poll(500)));
  },
});
