import type { Assignor } from './assignor';
import { Shares, sorted } from './shares';

/**
 * kafkajs's only assignor: member ids sorted as strings, partitions in the leader's subscription order and then in
 * metadata order, element i to member i mod n. It does not ask what the others subscribed to.
 * Source: kafkajs consumer/assigners/roundRobinAssigner/index.js.
 */
export const kafkajsRoundRobin: Assignor = {
  name: 'RoundRobinAssigner',
  assign({ members, topics, partitionsOf }) {
    const ids = sorted(members.map(({ memberId }) => memberId));
    const shares = new Shares();
    let turn = 0;
    for (const topic of topics) {
      for (const partition of partitionsOf(topic)) shares.give(ids[turn++ % ids.length], topic, partition);
    }
    return shares.list();
  },
};
