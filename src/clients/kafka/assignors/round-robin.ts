import type { Assignor } from './assignor';
import { Shares, sorted } from './shares';

/**
 * Java's RoundRobinAssignor: sorted members as a ring over all partitions sorted by topic; a member that did not
 * subscribe to a topic is passed over.
 * Source: apache/kafka clients/…/consumer/RoundRobinAssignor.java.
 */
export const roundRobin: Assignor = {
  name: 'roundrobin',
  assign({ members, partitionsOf }) {
    const shares = new Shares();
    const ids = sorted(members.map(({ memberId }) => memberId));
    const ring = ids.map((id) => members.find(({ memberId }) => memberId === id)!);
    const topics = sorted([...new Set(members.flatMap((member) => member.topics))]);
    let turn = 0;
    for (const topic of topics) {
      for (const partition of [...partitionsOf(topic)].sort((a, b) => a - b)) {
        while (!ring[turn % ring.length].topics.includes(topic)) turn++;
        shares.give(ring[turn++ % ring.length].memberId, topic, partition);
      }
    }
    return shares.list();
  },
};
