/**
 * What __consumer_offsets keeps of a group: one record when it becomes Stable or Empty, nothing in between
 * (GroupMetadataManager.java, newGroupMetadataRecord and replay). So a coordinator that restarts in the middle of a
 * rebalance finds the members and the generation of the last one that ended; whoever came later is unknown to it.
 * The offsets' topic is compacted: only the latest record of a group is kept here.
 */
import type { Context } from '../../kernel/machine';
import { addMember, newGroup, subscriptionOf, type CommittedOffset, type Group, type Member } from './group';
import { resumeMembers } from './consumer-group/resume';
import { keepAlive } from './sessions';
import type { BrokerState } from './state';

/** Writes the group down as it is now. */
export function persist(group: Group): void {
  const { generation, protocolType, protocol, leader, stateSince } = group;
  group.record = {
    generation,
    protocolType,
    protocol,
    leader,
    stateSince,
    members: [...group.members.values()].map((member) => ({
      memberId: member.memberId,
      ...(member.instanceId === undefined ? {} : { instanceId: member.instanceId }),
      clientId: member.clientId,
      process: member.process,
      sessionTimeoutMs: member.sessionTimeoutMs,
      rebalanceTimeoutMs: member.rebalanceTimeoutMs,
      // of the protocols only the chosen one is written
      protocols: protocol === null ? [] : [{ name: protocol, ...subscriptionOf(member, protocol) }],
      assignment: member.assignment,
    })),
  };
}

/** A crash of the broker: every group is again what its record says; one without a record and offsets is gone. */
export function reloadGroups(state: BrokerState): void {
  for (const [groupId, group] of state.groups) {
    if (group.record === null && group.offsets.size === 0 && !group.pendingOffsets && !group.modern)
      state.groups.delete(groupId);
    else state.groups.set(groupId, fromRecord(state.name, group));
  }
}

/** After the restart every member has one session timeout to be heard of again (onLoaded). */
export function resumeSessions(state: BrokerState, context: Context): void {
  for (const group of state.groups.values()) {
    for (const member of group.members.values()) keepAlive(group, member, member.sessionTimeoutMs, context);
    resumeMembers(state, group, context);
  }
}

export function fromRecord(
  broker: string,
  { groupId, modern, record, offsets, pendingOffsets, stateSince }: Group,
): Group {
  const group = newGroup(broker, groupId, record?.stateSince ?? stateSince);
  for (const [address, offset] of offsets) group.offsets.set(address, offset satisfies CommittedOffset);
  if (pendingOffsets) group.pendingOffsets = pendingOffsets;
  if (modern) Object.assign(group, { modern, protocolType: 'consumer' });
  if (record === null) return group;
  for (const saved of record.members) addMember(group, { ...saved, ...idle });
  group.state = record.members.length === 0 ? 'Empty' : 'Stable';
  group.generation = record.generation;
  group.protocolType = record.protocolType;
  group.protocol = record.protocol;
  group.leader = record.leader;
  group.record = record;
  return group;
}

const idle: Pick<Member, 'isNew' | 'awaitingJoin' | 'awaitingSync' | 'session'> = {
  isNew: false,
  awaitingJoin: null,
  awaitingSync: null,
  session: null,
};
