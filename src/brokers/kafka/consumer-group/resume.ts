/** A coordinator that finds groups in __consumer_offsets gives every member a session to be heard of (onLoaded). */
import type { Context } from '../../../kernel/machine';
import type { Group } from '../group';
import type { BrokerState } from '../state';
import { groupSetting } from './group-config';
import { keepMember, timeRevocation } from './timers';

export function resumeMembers(state: BrokerState, group: Group, context: Context): void {
  const { groupId, modern } = group;
  if (!modern) return;
  for (const member of modern.members.values()) {
    keepMember(
      group,
      member.memberId,
      groupSetting(state, groupId, `${modern.kind}.session.timeout.ms`),
      context,
    );
    if (member.state === 'UNREVOKED_PARTITIONS') timeRevocation(group, member, true, context);
  }
}
