/** Who had what before, as members themselves say: what sticky assignors begin with (AbstractStickyAssignor.allSubscriptionsEqual). */
import { nameOf, placesOf, type AssignorInput, type GroupMember, type Place } from './assignor';

export interface Claims {
  /** By member id. A partition that two say they have is the one's with the younger generation. */
  readonly owned: Map<string, Place[]>;
  /** Names of partitions that two members of one generation say they have: nobody keeps them. */
  readonly disputed: ReadonlySet<string>;
  /** Everybody subscribes to the same topics. */
  readonly areSubscriptionsEqual: boolean;
  readonly maxGeneration: number;
}

/** What a member says it had, and in which generation: each assignor has its own place for that. */
export type Memory = (member: GroupMember) => {
  readonly places: readonly Place[];
  readonly generation: number;
};

/** CooperativeStickyAssignor: what it still has. */
export const ownedNow: Memory = ({ owned, generation }) => ({ places: placesOf(owned), generation });

/** StickyAssignor: what it was given last, since by now it has given everything up. */
export const assignedLast: Memory = ({ previous }) =>
  previous
    ? { places: placesOf(previous.assignment), generation: previous.generation }
    : { places: [], generation: -1 };

export function claimsOf({ members, countOf }: AssignorInput, memory: Memory): Claims {
  const owned = new Map<string, Place[]>();
  const disputed = new Set<string>();
  const owners = new Map<string, GroupMember>();
  const [first] = members;
  let areSubscriptionsEqual = true;
  let maxGeneration = -1;
  for (const member of members) {
    const { topics } = member;
    if (topics.length !== first.topics.length || !topics.every((topic) => first.topics.includes(topic)))
      areSubscriptionsEqual = false;
    const { places, generation } = memory(member);
    maxGeneration = Math.max(maxGeneration, generation);
    const own: Place[] = [];
    owned.set(member.memberId, own);
    for (const place of places) {
      if (place.partition >= countOf(place.topic)) continue;
      const name = nameOf(place);
      const other = owners.get(name);
      if (other && generation < other.generation) continue;
      if (other) {
        const others = owned.get(other.memberId)!;
        others.splice(
          others.findIndex((one) => nameOf(one) === name),
          1,
        );
      }
      if (other && generation === other.generation) disputed.add(name);
      else own.push(place);
      owners.set(name, member);
    }
  }
  return { owned, disputed, areSubscriptionsEqual, maxGeneration };
}
