/**
 * The assignor "simple" of share groups: every partition has as many members as it takes to give each member one, and
 * what is assigned stays (SimpleHomogeneousAssignmentBuilder.java). Members with different subscriptions are simplified
 * (SimpleHeterogeneousAssignmentBuilder.java): what each subscribes to is dealt out by itself.
 */
import { isHomogeneous, type AssignmentTask, type Targets } from '../consumer-group/assignor';
import { inOrder, partitionIn, placeOf, topicOf, type Place } from '../consumer-group/modern-group';

export function assignSimple(task: AssignmentTask): Targets {
  const { members, partitions } = task;
  if (members.length === 0) return new Map();
  if (isHomogeneous(task)) return assignAlike(task);
  const targets = new Map<string, Place[]>(members.map(({ memberId }) => [memberId, []]));
  for (const [topic, count] of partitions) {
    const readers = members.filter(({ subscribed }) => subscribed.includes(topic));
    const mine = readers.map((member) => ({
      ...member,
      target: member.target.filter((place) => topicOf(place) === topic),
    }));
    for (const [memberId, places] of assignAlike({ members: mine, partitions: new Map([[topic, count]]) }))
      targets.get(memberId)!.push(...places);
  }
  return new Map([...targets].map(([memberId, places]) => [memberId, inOrder(places)]));
}

function assignAlike({ members, partitions }: AssignmentTask): Targets {
  const places = [...partitions].flatMap(([topic, count]) =>
    Array.from({ length: count }, (_, partition) => placeOf(topic, partition)),
  );
  const kept = new Map<string, Set<Place>>(members.map(({ memberId }) => [memberId, new Set()]));
  if (places.length === 0 || members.length === 0) return finished(kept);
  // each partition is to have so many members, and each member its part of all that makes
  const sharing = Math.ceil(members.length / places.length);
  const desired = members.map((_, index) => upTo(index + 1) - upTo(index));
  function upTo(count: number): number {
    return Math.ceil((sharing * places.length * count) / members.length);
  }
  const readers = new Map<Place, Set<string>>(places.map((place) => [place, new Set()]));
  members.forEach(({ memberId, target }, index) => {
    const still = inOrder(target).filter(
      (place) => partitionIn(place) < (partitions.get(topicOf(place)) ?? 0),
    );
    for (const place of still.slice(Math.max(0, still.length - desired[index]))) {
      if (readers.get(place)!.size >= sharing) continue;
      readers.get(place)!.add(memberId);
      kept.get(memberId)!.add(place);
    }
  });
  dealOut(members, desired, sharing, readers, kept);
  return finished(kept);
}

/** Partitions that have too few members get those that have too few partitions, one after the other. */
function dealOut(
  members: AssignmentTask['members'],
  desired: readonly number[],
  sharing: number,
  readers: ReadonlyMap<Place, Set<string>>,
  kept: ReadonlyMap<string, Set<Place>>,
): void {
  let unfilled = members.filter(({ memberId }, index) => kept.get(memberId)!.size < desired[index]);
  const roomOf = (memberId: string) => desired[members.findIndex((each) => each.memberId === memberId)];
  let turn = 0;
  for (const [place, has] of readers) {
    let tried = 0;
    while (has.size < sharing && unfilled.length > 0 && tried < unfilled.length) {
      turn %= unfilled.length;
      const { memberId } = unfilled[turn];
      if (has.has(memberId)) {
        turn++;
        tried++;
        continue;
      }
      tried = 0;
      has.add(memberId);
      kept.get(memberId)!.add(place);
      if (kept.get(memberId)!.size >= roomOf(memberId))
        unfilled = unfilled.filter((each) => each.memberId !== memberId);
      else turn++;
    }
  }
}

function finished(kept: ReadonlyMap<string, ReadonlySet<Place>>): Targets {
  return new Map([...kept].map(([memberId, places]) => [memberId, inOrder(places)]));
}
