/**
 * When all subscribe to the same: everybody gets the same number of partitions, some one more
 * (AbstractStickyAssignor.ConstrainedAssignmentBuilder, without racks).
 */
import { byText, nameOf, partitionsOf, topicsOf, type AssignorInput, type Place } from './assignor';
import type { Claims } from './claims';

export function assignEvenly(
  input: AssignorInput,
  { owned, disputed }: Claims,
): { assigned: Map<string, Place[]>; moving: ReadonlyMap<string, string> } {
  const all = topicsOf(input).flatMap((topic) => partitionsOf(input, topic));
  const count = owned.size;
  const least = Math.floor(all.length / count);
  const most = Math.ceil(all.length / count);
  /** So many members get one more than the others; none where all get the same. */
  const larger = all.length % count;
  let fullMembers = 0;
  const assigned = new Map<string, Place[]>();
  const revoked = new Map<string, string>();
  const below: string[] = [];
  let atLeast: string[] = [];

  for (const [memberId, claimed] of owned) {
    // what it keeps, if not all, are the lowest numbers of all its topics
    const own = claimed
      .filter((place) => !disputed.has(nameOf(place)))
      .sort((a, b) => a.partition - b.partition || byText(a.topic, b.topic));
    let kept = own;
    if (own.length < least) below.push(memberId);
    else if (own.length >= most && fullMembers < larger) {
      kept = own.slice(0, most);
      if (++fullMembers === larger) atLeast = [];
    } else {
      kept = own.slice(0, least);
      if (fullMembers < larger) atLeast.push(memberId);
    }
    for (const place of own.slice(kept.length)) revoked.set(nameOf(place), memberId);
    assigned.set(memberId, kept);
  }
  const taken = new Set([...assigned.values()].flat().map(nameOf));
  const free = all.filter((place) => !taken.has(nameOf(place)));
  const moving = dealOut(free, { assigned, revoked, disputed, least, below, atLeast });
  return { assigned, moving };
}

interface Dealing {
  readonly assigned: Map<string, Place[]>;
  /** By name: who had it and does not keep it. */
  readonly revoked: ReadonlyMap<string, string>;
  readonly disputed: ReadonlySet<string>;
  readonly least: number;
  readonly below: readonly string[];
  readonly atLeast: readonly string[];
}

/** Round about among those who have too little, and then one each to those who may have one more (assignRoundRobin). */
function dealOut(free: readonly Place[], dealing: Dealing): ReadonlyMap<string, string> {
  const { assigned, revoked, disputed, least } = dealing;
  const below = [...dealing.below].sort(byText);
  const atLeast = [...dealing.atLeast].sort(byText);
  const moving = new Map<string, string>();
  let turn = 0;
  for (const place of free) {
    let memberId: string;
    if (below.length === 0) memberId = atLeast.shift()!;
    else {
      if (turn >= below.length) turn = 0;
      memberId = below[turn];
    }
    const places = [...assigned.get(memberId)!, place];
    assigned.set(memberId, places);
    const name = nameOf(place);
    const before = revoked.get(name);
    if ((before !== undefined && before !== memberId) || disputed.has(name)) moving.set(name, memberId);
    if (below.length === 0) continue;
    if (places.length === least) {
      below.splice(turn, 1);
      atLeast.push(memberId);
    } else turn++;
  }
  return moving;
}
