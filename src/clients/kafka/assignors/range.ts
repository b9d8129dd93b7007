import type { Assignor } from './assignor';
import { Shares, sorted } from './shares';

/**
 * Java's default: for every topic by itself, its partitions in contiguous runs over its sorted subscribers; the first
 * n mod c of them get one more. Over many topics the early members carry more.
 * Source: apache/kafka clients/…/consumer/RangeAssignor.java, without racks.
 */
export const range: Assignor = {
  name: 'range',
  assign({ members, partitionsOf }) {
    const shares = new Shares();
    const topics = sorted([...new Set(members.flatMap((member) => member.topics))]);
    for (const topic of topics) {
      const subscribers = members.filter((member) => member.topics.includes(topic));
      const ids = sorted(subscribers.map(({ memberId }) => memberId));
      const partitions = [...partitionsOf(topic)].sort((a, b) => a - b);
      const each = Math.floor(partitions.length / ids.length);
      const more = partitions.length % ids.length;
      ids.forEach((memberId, index) => {
        const start = each * index + Math.min(index, more);
        const end = start + each + (index < more ? 1 : 0);
        for (const partition of partitions.slice(start, end)) shares.give(memberId, topic, partition);
      });
    }
    return shares.list();
  },
};
