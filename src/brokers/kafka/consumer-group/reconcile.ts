/**
 * How a member gets from what it has to what it is to have (CurrentAssignmentBuilder.java): it gives up first, is told to,
 * and says that it has; then it takes what is free, and waits for what another still has. Nobody waits for the rest of
 * the group. Each partition keeps the epoch since which the member has it (KIP-1251).
 */
import { topicOf, type ModernMember, type Place } from './modern-group';

export interface Reconciling {
  readonly targetEpoch: number;
  readonly target: readonly Place[];
  /** The member subscribes to other topics than before its last heartbeat. */
  readonly hasSubscriptionChanged: boolean;
  /** What the member says it has; null: it does not say. */
  readonly owned: readonly Place[] | null;
  /** Whether any member has it, or has yet to give it up. */
  readonly hasOwner: (place: Place) => boolean;
}

/** The member's next state; the member itself when there is nothing it can do yet. */
export function reconcile(member: ModernMember, to: Reconciling): ModernMember {
  switch (member.state) {
    case 'STABLE':
      if (member.epoch !== to.targetEpoch) return next(member, to);
      return to.hasSubscriptionChanged ? withoutUnsubscribed(member, to) : member;
    case 'UNREVOKED_PARTITIONS':
      if (!ownsAny(to.owned, member.revoking)) return next(member, to);
      return to.hasSubscriptionChanged ? withoutUnsubscribed(member, to) : member;
    case 'UNRELEASED_PARTITIONS':
      return next(member, to);
  }
}

function next(member: ModernMember, to: Reconciling): ModernMember {
  const { targetEpoch } = to;
  const target = new Set(to.target.filter((place) => member.subscribed.includes(topicOf(place))));
  const assigned = new Map<Place, number>();
  const revoking = new Map<Place, number>();
  for (const [place, epoch] of member.assigned) (target.has(place) ? assigned : revoking).set(place, epoch);
  if (revoking.size > 0 && ownsAny(to.owned, revoking))
    return { ...at(member, member.epoch), state: 'UNREVOKED_PARTITIONS', assigned, revoking };
  let hasUnreleased = false;
  for (const place of target) {
    if (assigned.has(place)) continue;
    // its own, which it has just given up, is free for itself
    if (to.hasOwner(place) && !member.revoking.has(place) && !revoking.has(place)) hasUnreleased = true;
    else assigned.set(place, targetEpoch);
  }
  const state = hasUnreleased ? 'UNRELEASED_PARTITIONS' : 'STABLE';
  return { ...at(member, targetEpoch), state, assigned, revoking: new Map() };
}

/** Topics it does not subscribe to any more are to be given up, whatever the target says of the others. */
function withoutUnsubscribed(member: ModernMember, { owned }: Reconciling): ModernMember {
  const assigned = new Map<Place, number>();
  const revoking = new Map(member.revoking);
  for (const [place, epoch] of member.assigned)
    (member.subscribed.includes(topicOf(place)) ? assigned : revoking).set(place, epoch);
  if (assigned.size === member.assigned.size) return member;
  if (!ownsAny(owned, revoking)) return { ...at(member, member.epoch), assigned };
  return { ...at(member, member.epoch), state: 'UNREVOKED_PARTITIONS', assigned, revoking };
}

function ownsAny(owned: readonly Place[] | null, revoking: ReadonlyMap<Place, number>): boolean {
  return owned === null || owned.some((place) => revoking.has(place));
}

function at(member: ModernMember, epoch: number): ModernMember {
  return { ...member, epoch, previousEpoch: member.epoch };
}
