import { invariant } from './invariant';
import type { Tagged, TimerId } from './machine';
import type { Time } from './time';

/** What a pending event is. */
export const eventKinds = { timer: 0, message: 1, notice: 2, restart: 3, start: 4, action: 5 } as const;
export type EventKind = (typeof eventKinds)[keyof typeof eventKinds];

const slotsMax = 1 << 20;

const isFree = -1;
const waits = -2;

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
  time: Float64Array;
  sequence: Int32Array;
  /** Heap index of a slot, `waits` when it is behind another, `isFree` when it is none. */
  place: Int32Array;
  /** The slot that waits right behind this one, −1 when none does. */
  next: Int32Array;
  free: Int32Array;
}

export interface SavedQueue {
  readonly columns: Columns;
  readonly commands: readonly (Tagged | null)[];
  readonly size: number;
  readonly heapSize: number;
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
    time: new Float64Array(capacity),
    sequence: new Int32Array(capacity),
    place: new Int32Array(capacity),
    next: new Int32Array(capacity),
    free: new Int32Array(capacity),
  };
}

/**
 * The future-event list: a binary heap over typed columns, ordered by (time, sequence) compared as two columns, so
 * ties are first in, first out for ever. Timers are really removed (tombstones would swell every snapshot). What can only
 * come after another pending event, as the messages of a connection do, waits behind that one outside the heap: a hundred
 * messages in flight on one connection are one entry to sort. Measured against other queues in performance.md, section 1a.
 */
export class EventQueue {
  /** Pending events. */
  size = 0;
  private heapSize = 0;
  private capacity = 64;
  private c = columns(this.capacity);
  private commands: (Tagged | null)[] = [];
  private slotCount = 0;
  private freeCount = 0;
  private sequence = 0;
  /** Slot of the latest that was pushed. */
  lastSlot = -1;

  /** Time of the next event; Infinity when nothing is pending. */
  get nextTime(): Time {
    return this.size === 0 ? Infinity : this.c.heapTime[0];
  }

  /** `behind`: slot of the last event of this kind, target and connection, which this one cannot come before; −1: none. */
  push(
    time: Time,
    kind: EventKind,
    target: number,
    connection: number,
    sentAt: Time,
    cause: number,
    command: Tagged | null,
    behind = -1,
  ): TimerId {
    const slot = this.takeSlot();
    const c = this.c;
    c.kind[slot] = kind;
    c.target[slot] = target;
    c.connection[slot] = connection;
    c.sentAt[slot] = sentAt;
    c.cause[slot] = cause;
    c.time[slot] = time;
    c.next[slot] = -1;
    this.commands[slot] = command;
    invariant(this.sequence < 0x7fffffff, 'a run schedules fewer than 2^31 events');
    const sequence = this.sequence++;
    c.sequence[slot] = sequence;
    this.size++;
    this.lastSlot = slot;
    if (behind >= 0 && this.mayWait(slot, behind)) {
      c.next[behind] = slot;
      c.place[slot] = waits;
    } else this.siftUp(this.heapSize++, time, sequence, slot);
    return c.generation[slot] * slotsMax + slot;
  }

  /** Takes the next event off the queue. Read its columns, then `release` the slot. */
  pop(): number {
    const slot = this.c.heapSlot[0];
    this.takeOut(slot);
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
    const { generation, place } = this.c;
    if (slot >= this.slotCount || generation[slot] !== (id - slot) / slotsMax || place[slot] === isFree)
      return false;
    if (place[slot] === waits) this.unlink(slot, this.before());
    else this.takeOut(slot);
    this.release(slot);
    return true;
  }

  /** Removes every pending event for which `doomed(kind, target, connection)` holds. */
  removeWhere(doomed: (kind: number, target: number, connection: number) => boolean): void {
    const c = this.c;
    let before: Int32Array | null = null;
    for (let slot = 0; slot < this.slotCount; slot++) {
      if (c.place[slot] === isFree || !doomed(c.kind[slot], c.target[slot], c.connection[slot])) continue;
      before ??= this.before();
      const next = c.next[slot];
      if (c.place[slot] === waits) this.unlink(slot, before);
      else {
        this.takeOut(slot);
        if (next >= 0) before[next] = -1;
      }
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
      if (c.place[slot] === isFree) continue;
      visit(
        c.kind[slot],
        c.target[slot],
        c.connection[slot],
        c.sentAt[slot],
        c.time[slot],
        this.commands[slot],
        c.sequence[slot],
      );
    }
  }

  save(): SavedQueue {
    const c = this.c;
    const slots = this.slotCount;
    return {
      columns: {
        heapTime: c.heapTime.slice(0, this.heapSize),
        heapSequence: c.heapSequence.slice(0, this.heapSize),
        heapSlot: c.heapSlot.slice(0, this.heapSize),
        kind: c.kind.slice(0, slots),
        target: c.target.slice(0, slots),
        connection: c.connection.slice(0, slots),
        sentAt: c.sentAt.slice(0, slots),
        cause: c.cause.slice(0, slots),
        generation: c.generation.slice(0, slots),
        time: c.time.slice(0, slots),
        sequence: c.sequence.slice(0, slots),
        place: c.place.slice(0, slots),
        next: c.next.slice(0, slots),
        free: c.free.slice(0, this.freeCount),
      },
      commands: this.commands.slice(),
      size: this.size,
      heapSize: this.heapSize,
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
    this.heapSize = saved.heapSize;
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

  /** Whether it is the last of what this one belongs behind, and still pending: slots are used again. */
  private mayWait(slot: number, behind: number): boolean {
    const c = this.c;
    return (
      c.place[behind] !== isFree &&
      c.next[behind] === -1 &&
      c.connection[behind] === c.connection[slot] &&
      c.target[behind] === c.target[slot] &&
      c.kind[behind] === c.kind[slot] &&
      c.time[behind] <= c.time[slot]
    );
  }

  /** Off the heap; what waits behind it takes its place. */
  private takeOut(slot: number): void {
    const { place, next, time, sequence } = this.c;
    const index = place[slot];
    const following = next[slot];
    place[slot] = isFree;
    next[slot] = -1;
    this.size--;
    if (following >= 0) this.siftDown(index, time[following], sequence[following], following);
    else this.removeAt(index);
  }

  /** What is behind it follows what is before it. */
  private unlink(slot: number, before: Int32Array): void {
    const { place, next } = this.c;
    const following = next[slot];
    next[before[slot]] = following;
    if (following >= 0) before[following] = before[slot];
    place[slot] = isFree;
    next[slot] = -1;
    this.size--;
  }

  /** By slot that waits: the one it waits behind. */
  private before(): Int32Array {
    const { place, next } = this.c;
    const before = new Int32Array(this.slotCount).fill(-1);
    for (let slot = 0; slot < this.slotCount; slot++)
      if (place[slot] !== isFree && next[slot] >= 0) before[next[slot]] = slot;
    return before;
  }

  private removeAt(index: number): void {
    const { heapTime, heapSequence, heapSlot } = this.c;
    const last = --this.heapSize;
    if (index === last) return;
    const time = heapTime[last];
    const sequence = heapSequence[last];
    const slot = heapSlot[last];
    if (this.siftDown(index, time, sequence, slot) === index) this.siftUp(index, time, sequence, slot);
  }

  /** Puts an event at this index or below, where it belongs; answers with where that is. */
  private siftDown(index: number, time: Time, sequence: number, slot: number): number {
    const { heapTime, heapSequence, heapSlot, place } = this.c;
    const size = this.heapSize;
    let at = index;
    for (let child = 2 * at + 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && this.isBefore(child + 1, child)) child++;
      const childTime = heapTime[child];
      if (childTime > time || (childTime === time && heapSequence[child] > sequence)) break;
      heapTime[at] = childTime;
      heapSequence[at] = heapSequence[child]!;
      place[(heapSlot[at] = heapSlot[child]!)] = at;
      at = child;
    }
    heapTime[at] = time;
    heapSequence[at] = sequence;
    heapSlot[at] = slot;
    place[slot] = at;
    return at;
  }

  private isBefore(a: number, b: number): boolean {
    const { heapTime, heapSequence } = this.c;
    return heapTime[a] < heapTime[b] || (heapTime[a] === heapTime[b] && heapSequence[a] < heapSequence[b]);
  }
}
