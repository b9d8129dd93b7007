/**
 * When members subscribe to different topics: what they have stays where it can, the rest goes to whoever may have it and
 * has least, and then partitions move until no move would balance better
 * (AbstractStickyAssignor.GeneralAssignmentBuilder, without racks).
 */
import { byText, nameOf, partitionsOf, topicsOf, type AssignorInput, type Place } from './assignor';
import type { Claims, Memory } from './claims';
import { Movements } from './movements';

export function assignGenerally(input: AssignorInput, claims: Claims, memory: Memory): Map<string, Place[]> {
  return new Balancing(input, claims, memory).assign();
}

/** One assignment in the making. */
class Balancing {
  private readonly input: AssignorInput;
  private readonly current: Map<string, Place[]>;
  /** Who may have a topic, and what a member may have. */
  private readonly candidates = new Map<string, string[]>();
  private readonly topics = new Map<string, readonly string[]>();
  /** By name of the partition. */
  private owners = new Map<string, string>();
  private readonly previous: ReadonlyMap<string, string>;
  private readonly all: readonly Place[];
  /** Somebody no longer subscribes to what it has. */
  private mustRevoke = false;
  /** Members that take part in balancing. */
  private taking: string[] = [];
  private readonly movements = new Movements();

  constructor(input: AssignorInput, claims: Claims, memory: Memory) {
    this.input = input;
    this.current = claims.owned;
    for (const topic of topicsOf(input)) this.candidates.set(topic, []);
    for (const { memberId, topics } of input.members) {
      const known = topics.filter((topic) => this.candidates.has(topic));
      this.topics.set(memberId, known);
      for (const topic of known) this.candidates.get(topic)!.push(memberId);
    }
    // those with the fewest candidates first
    const sorted = [...this.candidates.keys()].sort(
      (a, b) => this.candidates.get(a)!.length - this.candidates.get(b)!.length || byText(a, b),
    );
    this.all = sorted.flatMap((topic) => partitionsOf(input, topic));
    this.previous = previousOwners(input, claims, memory);
  }

  assign(): Map<string, Place[]> {
    for (const [memberId, places] of this.current) {
      const kept = places.filter(({ topic }) => this.topics.get(memberId)!.includes(topic));
      if (kept.length < places.length) this.mustRevoke = true;
      this.current.set(memberId, kept);
      for (const place of kept) this.owners.set(nameOf(place), memberId);
    }
    const free = this.all.filter((place) => !this.owners.has(nameOf(place)));
    this.taking = [...this.current.keys()];
    this.balance(free);
    return this.current;
  }

  private balance(free: readonly Place[]): void {
    const isInitial = [...this.current.values()].every(({ length }) => length === 0);
    for (const place of free) {
      const memberId = this.bySize().find((one) => this.topics.get(one)!.includes(place.topic));
      if (memberId === undefined) continue;
      this.current.get(memberId)!.push(place);
      this.owners.set(nameOf(place), memberId);
    }
    const canMove = ({ topic }: Place) => this.candidates.get(topic)!.length >= 2;
    const fixed = new Map<string, Place[]>();
    this.taking = this.taking.filter((memberId) => {
      const places = this.current.get(memberId)!;
      if (places.length < this.mostOf(memberId) || places.some(canMove)) return true;
      fixed.set(memberId, places);
      this.current.delete(memberId);
      return false;
    });
    const before = new Map([...this.current].map(([memberId, places]) => [memberId, [...places]]));
    if (!this.mustRevoke) this.reassign(free.filter(canMove));
    const isChanged = this.reassign(this.all.filter(canMove));
    if (!isInitial && isChanged && scoreOf(this.current) >= scoreOf(before))
      for (const [memberId, places] of before) this.current.set(memberId, places);
    for (const [memberId, places] of fixed) this.current.set(memberId, places);
  }

  /** Moves what can be moved to who has less, until nothing is gained by it. Whether anything moved. */
  private reassign(places: readonly Place[]): boolean {
    let isChanged = false;
    for (let isModified = true; isModified;) {
      isModified = false;
      for (const place of places) {
        if (this.isBalanced()) break;
        const target = this.betterOwner(place);
        if (target === null) continue;
        this.move(place, target);
        isModified = isChanged = true;
      }
    }
    return isChanged;
  }

  /** Who had it in an earlier generation, if that helps; else whoever of its candidates has least; null: it stays. */
  private betterOwner(place: Place): string | null {
    const count = this.sizeOf(this.owners.get(nameOf(place))!);
    const before = this.previous.get(nameOf(place));
    if (before !== undefined && this.current.has(before) && count > this.sizeOf(before) + 1) return before;
    const candidates = this.candidates.get(place.topic)!;
    if (!candidates.some((one) => this.current.has(one) && count > this.sizeOf(one) + 1)) return null;
    return this.bySize().find((one) => this.topics.get(one)!.includes(place.topic))!;
  }

  private move(place: Place, target: string): void {
    const from = this.owners.get(nameOf(place))!;
    const moved = this.movements.actual(place, from, target);
    const name = nameOf(moved);
    const source = this.owners.get(name)!;
    this.movements.note(moved, source, target);
    this.current.set(
      source,
      this.current.get(source)!.filter((one) => nameOf(one) !== name),
    );
    this.current.get(target)!.push(moved);
    this.owners.set(name, target);
  }

  private isBalanced(): boolean {
    const sorted = this.bySize();
    const least = this.sizeOf(sorted[0]);
    if (least >= this.sizeOf(sorted[sorted.length - 1]) - 1) return true;
    return sorted.every((memberId) => {
      const size = this.sizeOf(memberId);
      if (size === this.mostOf(memberId)) return true;
      return this.topics.get(memberId)!.every((topic) =>
        partitionsOf(this.input, topic).every((place) => {
          const owner = this.owners.get(nameOf(place))!;
          return owner === memberId || !this.current.has(owner) || size + 1 >= this.sizeOf(owner);
        }),
      );
    });
  }

  /** Those who take part, with the fewest partitions first. */
  private bySize(): string[] {
    return [...this.taking].sort((a, b) => this.sizeOf(a) - this.sizeOf(b) || byText(a, b));
  }

  private sizeOf(memberId: string): number {
    return this.current.get(memberId)!.length;
  }

  private mostOf(memberId: string): number {
    return this.topics.get(memberId)!.reduce((sum, topic) => sum + this.input.countOf(topic), 0);
  }
}

/** From the generations before the youngest: who had a partition latest, by its name. */
function previousOwners(
  { members }: AssignorInput,
  { maxGeneration }: Claims,
  memory: Memory,
): ReadonlyMap<string, string> {
  const latest = new Map<string, { readonly memberId: string; readonly generation: number }>();
  for (const member of members) {
    const { places, generation } = memory(member);
    if (generation >= maxGeneration) continue;
    for (const place of places) {
      const known = latest.get(nameOf(place));
      if (!known || generation > known.generation)
        latest.set(nameOf(place), { memberId: member.memberId, generation });
    }
  }
  return new Map([...latest].map(([name, { memberId }]) => [name, memberId]));
}

/** Sum of the differences in size over all pairs: less is better. */
function scoreOf(assigned: ReadonlyMap<string, readonly Place[]>): number {
  const sizes = [...assigned.values()].map(({ length }) => length);
  let score = 0;
  for (let one = 0; one < sizes.length; one++)
    for (let other = one + 1; other < sizes.length; other++) score += Math.abs(sizes[one] - sizes[other]);
  return score;
}
