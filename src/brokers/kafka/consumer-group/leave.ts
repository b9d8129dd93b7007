/** How a member whose assignments the broker makes goes: by itself, silent for too long, or too slow to give up (consumerGroupFenceMember). */
import type { Context } from '../../../kernel/machine';
import type { Group } from '../group';
import { watchOffsets } from '../offset-expiry';
import { staticLeaveEpoch } from '../protocol/consumer-groups';
import type { BrokerState } from '../state';
import { withMember, withoutMember, type ModernMember } from './modern-group';
import { tellEmpty, tellStart } from './story';
import { topicsLike } from './target';
import { forgetTimes, isSilent, type MemberSilent, type RevocationTimedOut } from './timers';

/** What it had is free. The others hear of it by their heartbeats. */
export function removeMember(
  state: BrokerState,
  group: Group,
  { clientId, memberId }: ModernMember,
  why: string,
  context: Context,
): void {
  forgetTimes(group, memberId, context);
  tellStart(group, `${clientId} ${why}`, context);
  const rest = withoutMember(group.modern!, memberId);
  group.modern = { ...rest, epoch: rest.epoch + 1, topics: topicsLike(state, rest) };
  if (rest.members.size > 0) return;
  group.stateSince = context.now;
  tellEmpty(group, context);
  watchOffsets(state, group, context);
}

/** A static member goes and means to come back: what it has stays its own until its session ends. */
export function goForAWhile(group: Group, member: ModernMember): void {
  const assigned = new Map([...member.assigned.keys()].map((place) => [place, 0]));
  group.modern = withMember(group.modern!, {
    ...member,
    ...{ epoch: staticLeaveEpoch, assigned, revoking: new Map() },
  });
}

export function memberSilent(
  state: BrokerState,
  { groupId, memberId }: MemberSilent,
  context: Context,
): void {
  const group = state.groups.get(groupId);
  const member = group?.modern?.members.get(memberId);
  if (!group || !member || !isSilent(group, memberId, context)) return;
  removeMember(state, group, member, 'timed out', context);
}

export function revocationTimedOut(
  state: BrokerState,
  { epoch, groupId, memberId }: RevocationTimedOut,
  context: Context,
): void {
  const group = state.groups.get(groupId);
  const member = group?.modern?.members.get(memberId);
  if (!group || member?.epoch !== epoch) return;
  removeMember(state, group, member, 'did not give up its partitions in time', context);
}
