/**
 * A classic consumer group: its members, its state, and the questions the coordinator asks of it (ClassicGroup.java,
 * ClassicGroupMember.java). What happens to it is in join.ts, membership.ts and rebalance.ts. Where the real broker goes
 * through its members in the order of a hash map, this one goes in the order of joining. Static members are in
 * static-members.ts. Left out: the state Dead (a group that moves to another coordinator is forgotten here).
 * A group whose assignments the broker makes (consumer-group/) has its offsets here and everything else in `modern`.
 */
import { invariant } from '../../kernel/invariant';
import type { ConnectionId, TimerId } from '../../kernel/machine';
import type { Time } from '../../kernel/time';
import type { Assignment, JoinGroupRequest, Subscription } from './protocol';
import type { ModernGroup } from './consumer-group/modern-group';
import type { MemberTimes } from './consumer-group/timers';
import type { PendingOffsets } from './txn-offsets';

export type GroupState = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable';
export type GroupProtocol = JoinGroupRequest['protocols'][number];

export interface Group {
  readonly groupId: string;
  /** "kafka/group/search": the subject of its facts. */
  readonly address: string;
  state: GroupState;
  previousState: GroupState;
  stateSince: Time;
  generation: number;
  /** null until a first member joined: a group that only stores offsets is a simple group. */
  protocolType: string | null;
  /** Name of the assignor all members agreed on. */
  protocol: string | null;
  leader: string | null;
  /** By member id, in the order of joining. */
  readonly members: Map<string, Member>;
  /** Members that were given an id and have not come back with it yet (KIP-394). */
  readonly pendingJoin: Map<string, PendingMember>;
  /** Members that have not asked for their assignment in this generation. */
  readonly pendingSync: Set<string>;
  /** Somebody joined since the initial rebalance was last put off. */
  newMemberAdded: boolean;
  joinTimer: TimerId | null;
  syncTimer: TimerId | null;
  /** By partition address. They outlive every member. */
  readonly offsets: Map<string, CommittedOffset>;
  /** Of open transactions; absent: none. */
  pendingOffsets?: PendingOffsets;
  /** Its latest record in __consumer_offsets: what a restart of the broker finds. null before the first. */
  record: GroupRecord | null;
  /** The broker makes its assignments: members and epochs are here, and those above are unused. Absent: a classic group. */
  modern?: ModernGroup;
  /** By member id, of `modern`. */
  times?: ReadonlyMap<string, MemberTimes>;
}

export interface Member {
  readonly memberId: string;
  /** group.instance.id; absent: a dynamic member. */
  readonly instanceId?: string;
  readonly clientId: string;
  /** Process it runs in: the real broker keeps its host. */
  readonly process: string;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  protocols: readonly GroupProtocol[];
  assignment: Assignment;
  /** It has not been through a whole join yet. */
  isNew: boolean;
  awaitingJoin: Awaiting | null;
  awaitingSync: Awaiting | null;
  session: Session | null;
}

export interface PendingMember {
  readonly memberId: string;
  readonly clientId: string;
  session: Session | null;
}

/** A request that is parked until the group has moved on. */
export interface Awaiting {
  readonly connection: ConnectionId;
  readonly correlationId: number;
}

/** The timer is set for `timerAt`, which may be earlier than needed: a heartbeat only moves `expiresAt`. */
export interface Session {
  readonly timer: TimerId;
  readonly timerAt: Time;
  readonly expiresAt: Time;
}

export interface CommittedOffset {
  readonly topic: string;
  readonly partition: number;
  /** The next offset to read. Anything a client sent: the broker does not compare it with the log. */
  readonly offset: number;
  /** What the client said beside it; absent: nothing. */
  readonly metadata?: string;
  readonly committedAt: Time;
}

/** Immutable. */
export interface GroupRecord {
  readonly generation: number;
  readonly protocolType: string | null;
  readonly protocol: string | null;
  readonly leader: string | null;
  readonly stateSince: Time;
  readonly members: readonly Readonly<
    Pick<
      Member,
      | 'memberId'
      | 'instanceId'
      | 'clientId'
      | 'process'
      | 'sessionTimeoutMs'
      | 'rebalanceTimeoutMs'
      | 'protocols'
      | 'assignment'
    >
  >[];
}

/** Nothing to read. */
export const emptyAssignment: Assignment = {};

const previousStates: Readonly<Record<GroupState, readonly GroupState[]>> = {
  Empty: ['PreparingRebalance'],
  PreparingRebalance: ['Stable', 'CompletingRebalance', 'Empty'],
  CompletingRebalance: ['PreparingRebalance'],
  Stable: ['CompletingRebalance'],
};

export function newGroup(broker: string, groupId: string, now: Time): Group {
  return {
    groupId,
    address: `${broker}/group/${groupId}`,
    state: 'Empty',
    previousState: 'Empty',
    stateSince: now,
    generation: 0,
    protocolType: null,
    protocol: null,
    leader: null,
    members: new Map(),
    pendingJoin: new Map(),
    pendingSync: new Set(),
    newMemberAdded: false,
    joinTimer: null,
    syncTimer: null,
    offsets: new Map(),
    record: null,
  };
}

export function transitionTo(group: Group, state: GroupState, now: Time): void {
  invariant(canBecome(group, state), `a group does not go from ${group.state} to ${state}`);
  group.previousState = group.state;
  group.state = state;
  group.stateSince = now;
}

export function canBecome(group: Group, state: GroupState): boolean {
  return previousStates[state].includes(group.state);
}

export function addMember(group: Group, member: Member): void {
  if (group.members.size === 0) group.protocolType = 'consumer';
  group.leader ??= member.memberId;
  group.members.set(member.memberId, member);
  group.pendingJoin.delete(member.memberId);
}

/** Also forgets a member that is only pending. The oldest member left takes over from a leader. */
export function removeMember(group: Group, memberId: string): void {
  group.members.delete(memberId);
  group.pendingJoin.delete(memberId);
  group.pendingSync.delete(memberId);
  if (group.leader === memberId) group.leader = group.members.keys().next().value ?? null;
}

/** Every member waits for the join to end, and nobody is still on the way with a new id. */
export function haveAllJoined({ members, pendingJoin }: Group): boolean {
  if (pendingJoin.size > 0) return false;
  for (const { awaitingJoin } of members.values()) if (awaitingJoin === null) return false;
  return true;
}

export function countAwaitingJoin({ members }: Group): number {
  let count = 0;
  for (const { awaitingJoin } of members.values()) if (awaitingJoin !== null) count++;
  return count;
}

/** A leader that did not rejoin is replaced by one that did. false: nobody did. */
export function electJoinedLeader(group: Group): boolean {
  if (group.leader === null) return false;
  if (group.members.get(group.leader)!.awaitingJoin !== null) return true;
  for (const { memberId, awaitingJoin } of group.members.values()) {
    if (awaitingJoin === null) continue;
    group.leader = memberId;
    return true;
  }
  return false;
}

/** The longest any member asks for. */
export function rebalanceTimeoutMsOf({ members }: Group): number {
  let longest = 0;
  for (const { rebalanceTimeoutMs } of members.values()) longest = Math.max(longest, rebalanceTimeoutMs);
  return longest;
}

/** Whether a member with these protocols could be in the group: at least one of them is known to everybody. */
export function supportsProtocols(
  group: Group,
  protocolType: string,
  protocols: readonly GroupProtocol[],
): boolean {
  if (group.state === 'Empty') return protocolType !== '' && protocols.length > 0;
  return group.protocolType === protocolType && protocols.some(({ name }) => isKnownToAll(group, name));
}

/** Each member votes for the first of its protocols that all know; the most votes win, the earlier one in a draw. */
export function selectProtocol(group: Group): string {
  const votes = new Map<string, number>();
  for (const { protocols } of group.members.values()) {
    const vote = protocols.find(({ name }) => isKnownToAll(group, name))?.name;
    invariant(vote !== undefined, 'members of a group have a protocol in common');
    votes.set(vote, (votes.get(vote) ?? 0) + 1);
  }
  let winner = '';
  for (const [name, count] of votes) if (winner === '' || count > votes.get(winner)!) winner = name;
  return winner;
}

function isKnownToAll({ members }: Group, name: string): boolean {
  for (const { protocols } of members.values()) {
    if (!protocols.some((protocol) => protocol.name === name)) return false;
  }
  return true;
}

/** Same protocols in the same order with the same subscriptions: a rejoin that changes nothing. */
export function matches({ protocols }: Member, others: readonly GroupProtocol[]): boolean {
  return (
    protocols.length === others.length &&
    protocols.every((protocol, index) => {
      const { name, topics } = protocol;
      const other = others[index];
      return (
        name === other.name &&
        topics.length === other.topics.length &&
        topics.every((topic, position) => topic === other.topics[position]) &&
        isSameMemory(protocol, other)
      );
    })
  );
}

/** Its metadata is compared as bytes: a member that has something else, or is of another generation, has changed. */
function isSameMemory(a: GroupProtocol, b: GroupProtocol): boolean {
  if (a.generationId !== b.generationId || a.userData?.generation !== b.userData?.generation) return false;
  return (
    isSameAssignment(a.ownedPartitions ?? emptyAssignment, b.ownedPartitions ?? emptyAssignment) &&
    isSameAssignment(a.userData?.assignment ?? emptyAssignment, b.userData?.assignment ?? emptyAssignment)
  );
}

function isSameAssignment(a: Assignment, b: Assignment): boolean {
  const topics = Object.keys(a);
  return (
    topics.length === Object.keys(b).length &&
    topics.every(
      (topic) =>
        a[topic].length === b[topic]?.length &&
        a[topic].every((partition, index) => partition === b[topic][index]),
    )
  );
}

/** What a member subscribes to in the protocol the group has chosen. */
export function topicsOf(member: Member, protocol: string | null): readonly string[] {
  return subscriptionOf(member, protocol).topics;
}

/** All that it tells the leader in that protocol. */
export function subscriptionOf({ protocols }: Member, protocol: string | null): Subscription {
  const chosen = protocols.find(({ name }) => name === protocol);
  if (!chosen) return { topics: [] };
  const { name: _, ...subscription } = chosen;
  return subscription;
}

/**
 * What a member works on at this moment: while it waits in a join or sync, what it has said that it keeps, which is nothing
 * where the assignor is eager.
 */
export function ownedBy(group: Group, member: Member): Assignment {
  const { assignment, awaitingJoin } = member;
  if (group.state === 'Stable') return assignment;
  if (group.state === 'PreparingRebalance' && awaitingJoin === null) return assignment;
  return subscriptionOf(member, group.protocol).ownedPartitions ?? emptyAssignment;
}

export function cloneGroup(group: Group): Group {
  const members = new Map<string, Member>();
  for (const [id, member] of group.members) members.set(id, { ...member });
  const pendingJoin = new Map<string, PendingMember>();
  for (const [id, member] of group.pendingJoin) pendingJoin.set(id, { ...member });
  return {
    ...group,
    members,
    pendingJoin,
    pendingSync: new Set(group.pendingSync),
    offsets: new Map(group.offsets),
  };
}
