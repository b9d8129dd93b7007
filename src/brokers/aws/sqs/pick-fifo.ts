import type { Context } from '../../../kernel/machine';
import type { Random } from '../../../kernel/random';
import { heapPop, heapPush } from './heap';
import type { Entry } from './message';
import type { Setup } from './options';
import type { Group, Queue } from './state';

/** Numbers of messages that are gone, after which a group's list is tidied. */
const worthTidying = 64;

/**
 * The prefix rule: of a group can be received what stands before its first message that is in flight or delayed. One
 * receive takes as much as it can from one group, then from the next. Groups come in the order in which their first
 * messages became available: so it was recorded from AWS, which promises none.
 */
export class FifoPicker {
  private readonly setup: Setup;
  private readonly queue: Queue;
  private readonly choice: Random;
  /** Sequence from which on a backlog is not looked through; null: not asked yet. */
  private horizon: number | null = null;
  private readonly touched: Group[] = [];
  private readonly beyond: Entry[] = [];
  private group: Group | null = null;
  private at = 0;

  constructor(setup: Setup, queue: Queue, context: Context) {
    this.setup = setup;
    this.queue = queue;
    this.choice = context.random(queue.chance.groups);
  }

  next(): Entry | null {
    for (;;) {
      this.group ??= this.nextGroup();
      if (this.group === null) return null;
      const entry = this.nextIn(this.group);
      if (entry?.state === 'available') return entry;
      this.group = null;
    }
  }

  end(): void {
    for (const { order, sequence } of this.beyond) heapPush(this.queue.ready, order, sequence);
    for (const group of this.touched) {
      if (this.queue.groups.get(group.name) !== group) continue;
      if (group.head > worthTidying && group.head * 2 > group.items.length) {
        group.items = group.items.slice(group.head);
        group.head = 0;
      }
      const first = this.queue.messages.get(group.items[group.head]);
      if (first?.state === 'available') heapPush(this.queue.ready, first.order, first.sequence);
    }
  }

  private nextGroup(): Group | null {
    const found: Entry[] = [];
    while (found.length < this.setup.fifoGroupWindow) {
      const first = this.nextReady();
      if (first === null) break;
      found.push(first);
    }
    if (found.length === 0) return null;
    const index = found.length === 1 ? 0 : this.choice.below(found.length);
    for (const other of found) {
      if (other !== found[index]) heapPush(this.queue.ready, other.order, other.sequence);
    }
    const group = this.queue.groups.get(found[index].sent.group ?? '')!;
    this.touched.push(group);
    this.at = group.head;
    return group;
  }

  private nextReady(): Entry | null {
    const { keys, numbers } = this.queue.ready;
    while (keys.length > 0) {
      const order = keys[0];
      const entry = this.queue.messages.get(numbers[0]);
      heapPop(this.queue.ready);
      if (entry?.state !== 'available' || entry.order !== order) continue;
      const group = this.queue.groups.get(entry.sent.group ?? '');
      if (group?.items[group.head] !== entry.sequence) continue;
      if (!this.isBeyond(entry)) return entry;
      this.beyond.push(entry);
    }
    return null;
  }

  /** There are so many messages before it that it is not found. */
  private isBeyond({ sequence }: Entry): boolean {
    const { messages } = this.queue;
    const { inFlightLimit } = this.setup;
    // there cannot be more before it than there are numbers
    if (messages.size <= inFlightLimit || sequence < messages.first()!.sequence + inFlightLimit) return false;
    this.horizon ??= messages.ranked(inFlightLimit)?.sequence ?? Infinity;
    return sequence >= this.horizon;
  }

  private nextIn(group: Group): Entry | undefined {
    let gone = 0;
    while (this.at < group.items.length) {
      const entry = this.queue.messages.get(group.items[this.at++]);
      if (entry === undefined) {
        gone++;
        continue;
      }
      if (gone > worthTidying) this.tidy(group, entry.sequence);
      return entry;
    }
    return undefined;
  }

  private tidy(group: Group, here: number): void {
    group.items = group.items.slice(group.head).filter((one) => this.queue.messages.get(one) !== undefined);
    group.head = 0;
    this.at = group.items.indexOf(here) + 1;
  }
}
