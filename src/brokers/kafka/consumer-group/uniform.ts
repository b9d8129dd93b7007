/**
 * The assignor "uniform": nobody has more than one partition more than another, and as few partitions move as that
 * allows (UniformHomogeneousAssignmentBuilder.java, step by step). Members with different subscriptions
 * (UniformHeterogeneousAssignmentBuilder.java) are simplified: each keeps what it subscribes to, what is free goes to
 * whoever has least, and then partitions move from the fullest to the emptiest as long as that evens them out.
 */
import { isHomogeneous, type AssignmentTask, type Targets } from './assignor';
import { inOrder, placeOf, topicOf, type Place } from './modern-group';

export function assignUniform(task: AssignmentTask): Targets {
  if (task.members.length === 0) return new Map();
  return isHomogeneous(task) ? assignHomogeneous(task) : assignHeterogeneous(task);
}

function assignHomogeneous({ members, partitions }: AssignmentTask): Targets {
  const kept = new Map<string, Place[]>();
  const held = new Set(members.flatMap(({ target }) => target));
  const free = everyPlace(partitions).filter((place) => !held.has(place));
  let total = 0;
  for (const count of partitions.values()) total += count;
  const quotaMin = Math.floor(total / members.length);
  let extras = total % members.length;
  const unfilled: { readonly memberId: string; readonly room: number }[] = [];
  members.forEach(({ memberId, target }, index) => {
    const mine = inOrder(target).filter((place) => isThere(partitions, place));
    let hasExtra = extras > 0;
    const keep = mine.slice(0, quotaMin + (hasExtra ? 1 : 0));
    free.push(...mine.slice(keep.length));
    let room = quotaMin + (hasExtra ? 1 : 0) - keep.length;
    // what it could have on top goes to another, unless it is one of the last who can take it
    if (room > 0 && hasExtra && members.length - index > extras) {
      room--;
      hasExtra = false;
    }
    if (room > 0) unfilled.push({ memberId, room });
    if (hasExtra) extras--;
    kept.set(memberId, keep);
  });
  let next = 0;
  for (const { memberId, room } of unfilled) {
    kept.get(memberId)!.push(...free.slice(next, next + room));
    next += room;
  }
  return sorted(kept);
}

function assignHeterogeneous({ members, partitions }: AssignmentTask): Targets {
  const kept = new Map<string, Place[]>();
  const taken = new Set<Place>();
  for (const { memberId, subscribed, target } of members) {
    const mine = target.filter((place) => isThere(partitions, place) && subscribed.includes(topicOf(place)) && !taken.has(place)); // prettier-ignore
    for (const place of mine) taken.add(place);
    kept.set(memberId, [...mine]);
  }
  const sizeOf = (memberId: string) => kept.get(memberId)!.length;
  const readersOf = (place: Place) => members.filter(({ subscribed }) => subscribed.includes(topicOf(place)));
  for (const place of everyPlace(partitions)) {
    if (taken.has(place)) continue;
    const readers = readersOf(place);
    if (readers.length === 0) continue;
    const least = readers.reduce((a, b) => (sizeOf(b.memberId) < sizeOf(a.memberId) ? b : a));
    kept.get(least.memberId)!.push(place);
  }
  for (let moved = true; moved;) {
    moved = false;
    for (const [memberId, places] of kept)
      for (const place of [...places]) {
        const to = readersOf(place).find((reader) => sizeOf(reader.memberId) + 1 < places.length);
        if (!to) continue;
        places.splice(places.indexOf(place), 1);
        kept.get(to.memberId)!.push(place);
        moved = to.memberId !== memberId;
      }
  }
  return sorted(kept);
}

function everyPlace(partitions: ReadonlyMap<string, number>): Place[] {
  return [...partitions].flatMap(([topic, count]) =>
    Array.from({ length: count }, (_, partition) => placeOf(topic, partition)),
  );
}

function isThere(partitions: ReadonlyMap<string, number>, place: Place): boolean {
  return Number(place.slice(place.lastIndexOf('/') + 1)) < (partitions.get(topicOf(place)) ?? 0);
}

function sorted(kept: ReadonlyMap<string, readonly Place[]>): Targets {
  return new Map([...kept].map(([memberId, places]) => [memberId, inOrder(places)]));
}
