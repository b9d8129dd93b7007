/**
 * A group whose assignments the broker makes: of the consumer protocol (KIP-848) or a share group (KIP-932). A group has
 * three epochs: its own goes up with every change of members or topics, the target assignment has the epoch it was
 * computed for, and each member the one it has followed to (ConsumerGroup.java, ShareGroup.java, ModernGroup.java).
 * Everything here is written down before it counts, so it is immutable and replaced whole; timers stand beside it.
 * Simplified: topics are known by name (a topic deleted and made again is the same one), no regular expressions, no racks.
 */
import type { Time } from '../../../kernel/time';
import type { Assignment } from '../protocol';

/** "orders/0". */
export type Place = string;

export type MemberState = 'STABLE' | 'UNREVOKED_PARTITIONS' | 'UNRELEASED_PARTITIONS';

export interface ModernGroup {
  readonly kind: 'consumer' | 'share';
  readonly epoch: number;
  /** Epoch that the target assignment was computed for. */
  readonly targetEpoch: number;
  /** When it was computed last; null: never, or nobody knows. */
  readonly targetAt: Time | null;
  /** What the topics were like that somebody subscribes to: "orders:4 parcels:1". */
  readonly topics: string;
  /** By member id, in the order of joining. */
  readonly members: ReadonlyMap<string, ModernMember>;
  /** Share groups only: partitions by topic that the share coordinator knows of. */
  readonly initialised?: ReadonlyMap<string, number>;
}

export interface ModernMember {
  readonly memberId: string;
  readonly instanceId: string | null;
  readonly clientId: string;
  readonly process: string;
  /** −2: a static member that has gone for a while. */
  readonly epoch: number;
  readonly previousEpoch: number;
  readonly state: MemberState;
  readonly rebalanceTimeoutMs: number;
  readonly serverAssignor: string | null;
  /** Sorted. */
  readonly subscribed: readonly string[];
  /** What it may read, and since which epoch. */
  readonly assigned: ReadonlyMap<Place, number>;
  /** What it has to give up first, and since which epoch it had it. */
  readonly revoking: ReadonlyMap<Place, number>;
  readonly target: readonly Place[];
}

export type ModernState = 'Empty' | 'Assigning' | 'Reconciling' | 'Stable';

export function newModernGroup(kind: ModernGroup['kind']): ModernGroup {
  return { kind, epoch: 1, targetEpoch: 0, targetAt: null, topics: '', members: new Map() };
}

export function newMember(memberId: string): ModernMember {
  return {
    ...{ memberId, instanceId: null, clientId: '', process: '', epoch: 0, previousEpoch: -1 },
    ...{ state: 'STABLE', rebalanceTimeoutMs: -1, serverAssignor: null, subscribed: [] },
    ...{ assigned: new Map(), revoking: new Map(), target: [] },
  };
}

/** ConsumerGroup.java maybeUpdateGroupState. A share group is never reconciling: nobody has to give anything up. */
export function stateOf({ kind, epoch, members, targetEpoch }: ModernGroup): ModernState {
  if (members.size === 0) return 'Empty';
  if (kind === 'share') return 'Stable';
  if (epoch > targetEpoch) return 'Assigning';
  for (const member of members.values()) if (!isReconciled(member, targetEpoch)) return 'Reconciling';
  return 'Stable';
}

export function isReconciled({ epoch, state }: ModernMember, targetEpoch: number): boolean {
  return state === 'STABLE' && epoch === targetEpoch;
}

/** Whether somebody has the partition still, or has yet to give it up. */
export function hasOwner({ members }: ModernGroup, place: Place): boolean {
  for (const { assigned, revoking } of members.values())
    if (assigned.has(place) || revoking.has(place)) return true;
  return false;
}

export function staticMember({ members }: ModernGroup, instanceId: string): ModernMember | undefined {
  for (const member of members.values()) if (member.instanceId === instanceId) return member;
  return undefined;
}

export function withMember(group: ModernGroup, member: ModernMember): ModernGroup {
  return { ...group, members: new Map(group.members).set(member.memberId, member) };
}

export function withoutMember(group: ModernGroup, memberId: string): ModernGroup {
  const members = new Map(group.members);
  members.delete(memberId);
  return { ...group, members };
}

export function placeOf(topic: string, partition: number): Place {
  return `${topic}/${partition}`;
}

export function topicOf(place: Place): string {
  return place.slice(0, place.lastIndexOf('/'));
}

export function partitionIn(place: Place): number {
  return Number(place.slice(place.lastIndexOf('/') + 1));
}

/** By topic, then by number. */
export function inOrder(places: Iterable<Place>): Place[] {
  return [...places].sort((a, b) => {
    const [one, other] = [topicOf(a), topicOf(b)];
    if (one !== other) return one < other ? -1 : 1;
    return partitionIn(a) - partitionIn(b);
  });
}

export function assignmentOf(places: Iterable<Place>): Assignment {
  const assignment: Record<string, number[]> = {};
  for (const place of inOrder(places)) (assignment[topicOf(place)] ??= []).push(partitionIn(place));
  return assignment;
}

export function placesIn(assignment: Assignment): Place[] {
  return Object.keys(assignment).flatMap((topic) =>
    assignment[topic].map((partition) => placeOf(topic, partition)),
  );
}
