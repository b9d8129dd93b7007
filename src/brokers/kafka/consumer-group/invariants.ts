/** What is always true of a group whose assignments the broker makes. */
import { invariant } from '../../../kernel/invariant';
import type { Group } from '../group';
import type { ModernGroup } from './modern-group';

export function checkModern({ groupId, times }: Group, modern: ModernGroup): void {
  const { epoch, kind, members, targetEpoch } = modern;
  invariant(targetEpoch <= epoch, `${groupId}: the target is not newer than the group`);
  const owned = new Set<string>();
  const targeted = new Set<string>();
  for (const member of members.values()) {
    const { memberId } = member;
    invariant(member.epoch <= targetEpoch, `${memberId}: a member does not pass the target`);
    invariant(
      (member.state === 'UNREVOKED_PARTITIONS') === member.revoking.size > 0,
      `${memberId}: a member that has something to give up is waited for`,
    );
    invariant(times === undefined || times.has(memberId), `${memberId}: a member has a session that can end`);
    if (kind === 'share') continue;
    for (const place of [...member.assigned.keys(), ...member.revoking.keys()]) {
      invariant(!owned.has(place), `${groupId}: ${place} has one owner`);
      owned.add(place);
    }
    for (const place of member.target) {
      invariant(!targeted.has(place), `${groupId}: ${place} is to have one owner`);
      targeted.add(place);
    }
  }
}
