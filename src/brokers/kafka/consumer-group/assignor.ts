/** What an assignor of the broker is asked, and answers (ConsumerGroupPartitionAssignor.java). */
import type { ModernMember, Place } from './modern-group';

export interface AssignmentTask {
  /** In the order of joining; the real broker has them in the order of a hash map. */
  readonly members: readonly Pick<ModernMember, 'memberId' | 'instanceId' | 'subscribed' | 'target'>[];
  /** Partitions by topic, of every topic that exists and that somebody subscribes to; sorted. */
  readonly partitions: ReadonlyMap<string, number>;
}

/** By member id: what each is to have. */
export type Targets = ReadonlyMap<string, readonly Place[]>;

/** Everybody subscribes to the same topics. */
export function isHomogeneous({ members }: AssignmentTask): boolean {
  const first = members[0]?.subscribed.join();
  return members.every(({ subscribed }) => subscribed.join() === first);
}
