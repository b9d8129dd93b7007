/** Members of a consumer group, and what each is assigned. */
import type { Consumer, Kafka } from 'kafkajs';

export interface Member {
  readonly consumer: Consumer;
  /** How often it has joined. */
  readonly joins: () => number;
  /** The partitions it was assigned last. */
  readonly assigned: () => readonly number[];
}

/** Starts a member that only waits; resolves when it has joined. It hears of a rebalance within half a second. */
export async function startMember(kafka: Kafka, topic: string, groupId: string): Promise<Member> {
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200, heartbeatInterval: 300 });
  let joins = 0;
  let assigned: number[] = [];
  let joined = () => {};
  const first = new Promise<void>((resolve) => (joined = resolve));
  consumer.on('consumer.group_join', ({ payload }) => {
    joins++;
    assigned = (payload.memberAssignment[topic] ?? []).toSorted((a, b) => a - b);
    joined();
  });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({ eachMessage: async () => {} });
  await first;
  return { consumer, joins: () => joins, assigned: () => assigned };
}

/** Whether the members together have every partition, and none has what another has. */
export function whenShared(members: readonly Member[], partitions: number): boolean {
  const all = members.flatMap(({ assigned }) => assigned());
  return all.length === partitions && new Set(all).size === partitions;
}
