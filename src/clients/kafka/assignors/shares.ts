import type { Assignment } from '../../../brokers/kafka/protocol';

/** Collects who gets what, in the order in which it is given out. */
export class Shares {
  private readonly byMember = new Map<string, Map<string, number[]>>();

  give(memberId: string, topic: string, partition: number): void {
    const topics = this.byMember.get(memberId) ?? new Map<string, number[]>();
    this.byMember.set(memberId, topics);
    const partitions = topics.get(topic);
    if (partitions) partitions.push(partition);
    else topics.set(topic, [partition]);
  }

  list(): { memberId: string; assignment: Assignment }[] {
    return [...this.byMember].map(([memberId, topics]) => ({
      memberId,
      assignment: Object.fromEntries(topics),
    }));
  }
}

/** Code-unit order, as both clients sort member ids and topics. */
export function sorted(words: readonly string[]): string[] {
  return [...words].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
