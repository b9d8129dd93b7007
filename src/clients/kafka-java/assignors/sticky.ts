/**
 * Everybody keeps as much of what they had as balance allows, and the rest goes to those who have least. The eager one
 * (StickyAssignor.java) gives everything up for a moment and remembers it; the cooperative one gives up only what moves
 * (CooperativeStickyAssignor.java): a partition that somebody else still has is dealt out to nobody, and its new owner gets
 * it in the rebalance that follows when it has been given up.
 */
import { nameOf, type Assignor, type AssignorInput, type Place } from './assignor';
import { assignedLast, claimsOf, ownedNow, type Memory } from './claims';
import { assignEvenly } from './sticky-even';
import { assignGenerally } from './sticky-general';

export const sticky: Assignor = {
  name: 'sticky',
  className: 'StickyAssignor',
  isCooperative: false,
  assign: (input) => assign(input, assignedLast).assigned,
};

export const cooperativeSticky: Assignor = {
  name: 'cooperative-sticky',
  className: 'CooperativeStickyAssignor',
  isCooperative: true,
  assign(input) {
    const { assigned, moving } = assign(input, ownedNow);
    const transferring = moving ?? movingIn(input, assigned);
    for (const [memberId, places] of assigned)
      assigned.set(
        memberId,
        places.filter((place) => transferring.get(nameOf(place)) !== memberId),
      );
    return assigned;
  },
};

/** `moving`: names of partitions that go from one member to another, and to whom; null: not known. */
function assign(
  input: AssignorInput,
  memory: Memory,
): { assigned: Map<string, Place[]>; moving: ReadonlyMap<string, string> | null } {
  const claims = claimsOf(input, memory);
  if (claims.areSubscriptionsEqual) return assignEvenly(input, claims);
  return { assigned: assignGenerally(input, claims, memory), moving: null };
}

/** computePartitionsTransferringOwnership: given to one while another has not given them up. */
function movingIn(
  { members }: AssignorInput,
  assigned: ReadonlyMap<string, readonly Place[]>,
): ReadonlyMap<string, string> {
  const added = new Map<string, string>();
  const revoked = new Set<string>();
  for (const member of members) {
    const had = new Set(ownedNow(member).places.map(nameOf));
    const has = new Set(assigned.get(member.memberId)!.map(nameOf));
    for (const name of has) if (!had.has(name)) added.set(name, member.memberId);
    for (const name of had) if (!has.has(name)) revoked.add(name);
  }
  return new Map([...added].filter(([name]) => revoked.has(name)));
}
