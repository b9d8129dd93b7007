/**
 * What has moved from whom to whom while an assignment is balanced: where a partition of a topic has gone one way, another of
 * the same topic is not sent the other way, but the first one back (AbstractStickyAssignor.PartitionMovements).
 */
import { nameOf, type Place } from './assignor';

interface Movement {
  readonly place: Place;
  readonly from: string;
  readonly to: string;
}

export class Movements {
  /** By name of the partition. */
  private readonly known = new Map<string, Movement>();

  note(place: Place, from: string, to: string): void {
    const name = nameOf(place);
    const before = this.known.get(name);
    this.known.delete(name);
    if (before?.from !== to) this.known.set(name, { place, from: before?.from ?? from, to });
  }

  /** The partition to move instead of this one, so that nothing goes back and forth. */
  actual(place: Place, owner: string, target: string): Place {
    const from = this.known.get(nameOf(place))?.from ?? owner;
    for (const movement of this.known.values())
      if (movement.place.topic === place.topic && movement.from === target && movement.to === from)
        return movement.place;
    return place;
  }
}
