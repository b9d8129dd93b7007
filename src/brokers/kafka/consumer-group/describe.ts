/** How a group looks whose assignments the broker makes: what each member has, is to have, and has yet to give up. */
import type { Group as GroupShape } from '../../../kernel/shape';
import type { Group } from '../group';
import type { Partition } from '../partition';
import { inOrder, placeOf, stateOf, type ModernGroup, type ModernMember, type Place } from './modern-group';
import { preferredAssignor } from './target';

/** `at` makes an address of a partition: "orders/0" → "kafka/orders/0". */
export function modernShape(
  group: Group,
  modern: ModernGroup,
  at: (place: Place) => string,
): Omit<GroupShape, 'lag'> {
  const members = [...modern.members.values()];
  const isShare = modern.kind === 'share';
  return {
    ...{ shape: 'group', address: group.address, name: group.groupId, type: modern.kind },
    ...{ state: stateOf(modern), generation: modern.epoch, targetEpoch: modern.targetEpoch },
    protocol: isShare ? 'simple' : preferredAssignor(members),
    members: members.map((member) => memberShape(group, member, at)),
  };
}

function memberShape(
  { times }: Group,
  member: ModernMember,
  at: (place: Place) => string,
): GroupShape['members'][number] {
  const { assigned, epoch, instanceId, memberId, process, revoking, target } = member;
  return {
    ...{ memberId, process, epoch },
    // until it has given up what it is told to, it goes on reading it
    owns: inOrder([...assigned.keys(), ...revoking.keys()]).map(at),
    expiresAt: times?.get(memberId)?.expiresAt ?? null,
    target: target.map(at),
    ...(revoking.size > 0 ? { revoking: inOrder(revoking.keys()).map(at) } : {}),
    ...(instanceId === null ? {} : { instance: instanceId }),
  };
}

/** Who reads the partition for the group; in a share group nobody does alone. */
export function modernOwner(
  { kind, members }: ModernGroup,
  { topic, index }: Partition,
): Pick<ModernMember, 'process'> | null {
  const place = placeOf(topic, index);
  if (kind === 'share') return null;
  for (const member of members.values())
    if (member.assigned.has(place) || member.revoking.has(place)) return member;
  return null;
}
