import { invariant } from './invariant';
import type { Tagged, TimerId } from './machine';
import type { Time } from './time';

/** What a pending event is. */
export const eventKinds = { timer: 0, message: 1, notice: 2, restart: 3, start: 4, action: 5 } as const;
export type EventKind = (typeof eventKinds)[keyof typeof eventKinds];

const slotsMax = 1 << 20;

/** Pending events as columns; a saved copy is the same thing cut to size. */
interface Columns {
  heapTime: Float64Array;
  heapSequence: Int32Array;
  heapSlot: Int32Array;
  kind: Uint8Array;
  target: Int32Array;
  connection: Int32Array;
  sentAt: Float64Array;
  cause: Int32Array;
  generation: Int32Array;
  /** Heap index of a slot, −1 when it is free. */
  place: Int32Array;
  free: Int32Array;
}

export interface SavedQueue {
  readonly columns: Columns;
  readonly commands: readonly (Tagged | null)[];
  readonly size: number;
  readonly slotCount: number;
  readonly freeCount: number;
  readonly sequence: number;
}

function columns(capacity: number): Columns {
  return {
    heapTime: new Float64Array(capacity),
    heapSequence: new Int32Array(capacity),
    heapSlot: new Int32Array(capacity),
    kind: new Uint8Array(capacity),
    target: new Int32Array(capacity),
    connection: new Int32Array(capacity),
    sentAt: new Float64Array(capacity),
    cause: new Int32Array(capacity),
    generation: new Int32Array(capacity),
    place: new Int32Array(capacity),
    free: new Int32Array(capacity),
  };
}

/**
 * The future-event list: a binary heap over typed columns, ordered by (time, sequence) compared as two columns, so
 * ties are first in, first out for ever. Timers are really removed (tombstones would swell every snapshot).
 * Measured against other queues in performance.md, section 1a.
 */
export class EventQueue {
  size = 0;
  private capacity = 64;
  private c = columns(this.capacity);
  private commands: (Tagged | null)[] = [];
  private slotCount = 0;
  private freeCount = 0;
  private sequence = 0;

  /** Time of the next event; Infinity when nothing is pending. */
  get nextTime(): Time {
    return this.size === 0 ? Infinity : this.c.heapTime[0];
  }

  push(
    time: Time,
    kind: EventKind,
    target: number,
    connection: number,
    sentAt: Time,
    cause: number,
    command: Tagged | null,
  ): TimerId {
    const slot = this.takeSlot();
    const c = this.c;
    c.kind[slot] = kind;
    c.target[slot] = target;
    c.connection[slot] = connection;
    c.sentAt[slot] = sentAt;
    c.cause[slot] = cause;
    this.commands[slot] = command;
    invariant(this.sequence < 0x7fffffff, 'a run schedules fewer than 2^31 events');
    this.siftUp(this.size++, time, this.sequence++, slot);
    return c.generation[slot] * slotsMax + slot;
  }

  /** Takes the next event off the heap. Read its columns, then `release` the slot. */
  pop(): number {
    const slot = this.c.heapSlot[0];
    this.removeAt(0);
    return slot;
  }

  kindOf(slot: number): number {
    return this.c.kind[slot];
  }
  targetOf(slot: number): number {
    return this.c.target[slot];
  }
  connectionOf(slot: number): number {
    return this.c.connection[slot];
  }
  causeOf(slot: number): number {
    return this.c.cause[slot];
  }
  commandOf(slot: number): Tagged | null {
    return this.commands[slot]!;
  }

  release(slot: number): void {
    this.commands[slot] = null;
    this.c.generation[slot]++;
    this.c.free[this.freeCount++] = slot;
  }

  /** Removes a pending event by its id; false when it is gone already. */
  cancel(id: TimerId): boolean {
    const slot = id % slotsMax;
    if (
      slot >= this.slotCount ||
      this.c.generation[slot] !== (id - slot) / slotsMax ||
      this.c.place[slot] < 0
    )
      return false;
    this.removeAt(this.c.place[slot]);
    this.release(slot);
    return true;
  }

  /** Removes every pending event for which `doomed(kind, target, connection)` holds. */
  removeWhere(doomed: (kind: number, target: number, connection: number) => boolean): void {
    const c = this.c;
    for (let slot = 0; slot < this.slotCount; slot++) {
      if (c.place[slot] < 0 || !doomed(c.kind[slot], c.target[slot], c.connection[slot])) continue;
      this.removeAt(c.place[slot]);
      this.release(slot);
    }
  }

  /** Visits pending events in slot order (for drawing what is in flight; the order carries no meaning). */
  forEach(
    visit: (
      kind: number,
      target: number,
      connection: number,
      sentAt: Time,
      time: Time,
      command: Tagged | null,
      id: number,
    ) => void,
  ): void {
    const c = this.c;
    for (let slot = 0; slot < this.slotCount; slot++) {
      const place = c.place[slot];
      if (place < 0) continue;
      visit(
        c.kind[slot],
        c.target[slot],
        c.connection[slot],
        c.sentAt[slot],
        c.heapTime[place],
        this.commands[slot],
        c.heapSequence[place],
      );
    }
  }

  save(): SavedQueue {
    const c = this.c;
    const slots = this.slotCount;
    return {
      columns: {
        heapTime: c.heapTime.slice(0, this.size),
        heapSequence: c.heapSequence.slice(0, this.size),
        heapSlot: c.heapSlot.slice(0, this.size),
        kind: c.kind.slice(0, slots),
        target: c.target.slice(0, slots),
        connection: c.connection.slice(0, slots),
        sentAt: c.sentAt.slice(0, slots),
        cause: c.cause.slice(0, slots),
        generation: c.generation.slice(0, slots),
        place: c.place.slice(0, slots),
        free: c.free.slice(0, this.freeCount),
      },
      commands: this.commands.slice(),
      size: this.size,
      slotCount: slots,
      freeCount: this.freeCount,
      sequence: this.sequence,
    };
  }

  load(saved: SavedQueue): void {
    while (this.capacity < saved.slotCount) this.capacity *= 2;
    const fresh = columns(this.capacity);
    for (const key of Object.keys(fresh) as (keyof Columns)[]) fresh[key].set(saved.columns[key]);
    this.c = fresh;
    this.commands = saved.commands.slice();
    this.size = saved.size;
    this.slotCount = saved.slotCount;
    this.freeCount = saved.freeCount;
    this.sequence = saved.sequence;
  }

  private takeSlot(): number {
    if (this.freeCount > 0) return this.c.free[--this.freeCount];
    if (this.slotCount === this.capacity) this.grow();
    return this.slotCount++;
  }

  private grow(): void {
    invariant(this.capacity < slotsMax, `no more than ${slotsMax} events are pending at once`);
    this.capacity *= 2;
    const bigger = columns(this.capacity);
    for (const key of Object.keys(bigger) as (keyof Columns)[]) bigger[key].set(this.c[key]);
    this.c = bigger;
  }

  private siftUp(index: number, time: Time, sequence: number, slot: number): void {
    const { heapTime, heapSequence, heapSlot, place } = this.c;
    let at = index;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const parentTime = heapTime[parent];
      if (parentTime < time || (parentTime === time && heapSequence[parent] < sequence)) break;
      heapTime[at] = parentTime;
      heapSequence[at] = heapSequence[parent]!;
      place[(heapSlot[at] = heapSlot[parent]!)] = at;
      at = parent;
    }
    heapTime[at] = time;
    heapSequence[at] = sequence;
    heapSlot[at] = slot;
    place[slot] = at;
  }

  private removeAt(index: number): void {
    const { heapTime, heapSequence, heapSlot, place } = this.c;
    place[heapSlot[index]] = -1;
    const last = --this.size;
    if (index === last) return;
    const time = heapTime[last];
    const sequence = heapSequence[last];
    const slot = heapSlot[last];
    let at = index;
    for (let child = 2 * at + 1; child < last; child = 2 * at + 1) {
      if (child + 1 < last && this.before(child + 1, child)) child++;
      const childTime = heapTime[child];
      if (childTime > time || (childTime === time && heapSequence[child] > sequence)) break;
      heapTime[at] = childTime;
      heapSequence[at] = heapSequence[child]!;
      place[(heapSlot[at] = heapSlot[child]!)] = at;
      at = child;
    }
    if (at === index) this.siftUp(at, time, sequence, slot);
    else {
      heapTime[at] = time;
      heapSequence[at] = sequence;
      heapSlot[at] = slot;
      place[slot] = at;
    }
  }

  private before(a: number, b: number): boolean {
    const { heapTime, heapSequence } = this.c;
    return heapTime[a] < heapTime[b] || (heapTime[a] === heapTime[b] && heapSequence[a] < heapSequence[b]);
  }
}
