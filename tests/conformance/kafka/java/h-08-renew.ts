import { defineConformance } from '../../define';
import { delivered, explicit, fromEarliest, joinShare, pollSome, quick, write } from './group-steps';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'H-08',
  title: 'RENEW keeps the lock for as long again',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, name, observe, sleep } = tools;
    const topic = await createTopic(tools, 1);
    const group = name('group');
    await fromEarliest(tools, group);
    await write(await java.producer('producer'), topic, 0, 1);
    const b = await joinShare(tools, 'b', group, topic, explicit);
    const a = await joinShare(tools, 'a', group, topic, explicit);
    const records = await pollSome(a);
    observe('a', delivered(records));
    for (let turn = 0; turn < 3; turn++) {
      await sleep(1500);
      await a.acknowledge(records[0], 'RENEW');
      observe('renewed', await a.commitSync());
      // what was renewed is given again by a poll, and may be acknowledged again
      observe('again', delivered(await a.poll(500)));
    }
    observe('b', delivered(await b.poll(1000)));
    await a.acknowledge(records[0], 'ACCEPT');
    observe('accepted', await a.commitSync());
  },
});
