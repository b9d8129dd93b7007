/**
 * Java's default: every topic by itself, its partitions in contiguous runs over its subscribers; the first of them get one
 * more. Over many topics the early members carry more (RangeAssignor.java assignRanges).
 */
import { byMember, partitionsOf, topicsOf, type Assignor, type Place } from './assignor';

export const range: Assignor = {
  name: 'range',
  className: 'RangeAssignor',
  isCooperative: false,
  assign(input) {
    const assigned = new Map<string, Place[]>(input.members.map(({ memberId }) => [memberId, []]));
    for (const topic of topicsOf(input)) {
      const subscribers = input.members.filter(({ topics }) => topics.includes(topic)).sort(byMember);
      const partitions = partitionsOf(input, topic);
      const each = Math.floor(partitions.length / subscribers.length);
      const more = partitions.length % subscribers.length;
      let next = 0;
      subscribers.forEach(({ memberId }, index) => {
        const end = next + each + (index < more ? 1 : 0);
        assigned.get(memberId)!.push(...partitions.slice(next, end));
        next = end;
      });
    }
    return assigned;
  },
};
