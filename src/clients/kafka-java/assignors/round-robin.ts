/** Members as a ring over the partitions of all topics; who did not subscribe to a topic is passed over (RoundRobinAssignor.java). */
import { byMember, partitionsOf, topicsOf, type Assignor, type Place } from './assignor';

export const roundRobin: Assignor = {
  name: 'roundrobin',
  className: 'RoundRobinAssignor',
  isCooperative: false,
  assign(input) {
    const ring = [...input.members].sort(byMember);
    const assigned = new Map<string, Place[]>(ring.map(({ memberId }) => [memberId, []]));
    let turn = 0;
    for (const topic of topicsOf(input)) {
      for (const place of partitionsOf(input, topic)) {
        while (!ring[turn % ring.length].topics.includes(topic)) turn++;
        assigned.get(ring[turn++ % ring.length].memberId)!.push(place);
      }
    }
    return assigned;
  },
};
