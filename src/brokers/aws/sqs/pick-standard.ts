import type { Context } from '../../../kernel/machine';
import type { Random } from '../../../kernel/random';
import { calmDown, quietestNoisy } from './fair';
import type { Entry } from './message';
import type { Setup } from './options';
import { addRank, takeRank, type Ranks } from './ranks';
import type { Queue } from './state';

/**
 * Best-effort order: the oldest message that the hosts asked have, now and then another of the oldest few. A queue's
 * messages lie on several hosts; a short poll leaves some of them out, and a message on those is not found.
 */
export class StandardPicker {
  private readonly setup: Setup;
  private readonly queue: Queue;
  private readonly order: Random;
  /** Hosts not asked; null: all are. */
  private readonly left: ReadonlySet<number> | null;
  private readonly candidates: Entry[] = [];
  private readonly passed: number[] = [];
  private readonly drained = new Set<string>();

  constructor(setup: Setup, queue: Queue, isShortPoll: boolean, context: Context) {
    this.setup = setup;
    this.queue = queue;
    this.order = context.random(queue.chance.order);
    const leftOut = isShortPoll && queue.available > 0 ? setup.hosts - setup.hostsSampled : 0;
    this.left = leftOut > 0 ? chosen(leftOut, setup.hosts, context.random(queue.chance.hosts)) : null;
    if (queue.tenants.size > 0) calmDown(queue, context.now);
  }

  next(): Entry | null {
    const { candidates, setup } = this;
    while (candidates.length < setup.orderWindow) {
      const entry = this.oldest(this.queue.ranks);
      if (entry === null) break;
      candidates.push(entry);
    }
    if (candidates.length === 0) return this.fromNoisy();
    const isOutOfOrder = candidates.length > 1 && this.order.chance(setup.outOfOrderProbability);
    return candidates.splice(isOutOfOrder ? this.order.below(candidates.length) : 0, 1)[0];
  }

  end(): void {
    for (const { sequence } of this.candidates) addRank(this.queue.ranks, sequence);
    for (const sequence of this.passed) {
      const { group } = this.queue.messages.get(sequence)!.sent;
      addRank((group !== null && this.queue.tenants.get(group)?.ranks) || this.queue.ranks, sequence);
    }
  }

  private fromNoisy(): Entry | null {
    for (;;) {
      const tenant = quietestNoisy(this.queue, this.drained);
      if (tenant === null) return null;
      const entry = this.oldest(tenant.ranks!);
      if (entry !== null) return entry;
      this.drained.add(tenant.name);
    }
  }

  /** The oldest in these ranks that can be given; it is out of them. */
  private oldest(ranks: Ranks): Entry | null {
    const { queue, left, setup } = this;
    for (;;) {
      const sequence = takeRank(ranks);
      if (sequence === -1) return null;
      const entry = queue.messages.get(sequence);
      if (entry === undefined) continue;
      if (entry.state !== 'available') {
        queue.messages.set(sequence, { ...entry, isRanked: false });
        continue;
      }
      const noisy = entry.sent.group === null ? null : (queue.tenants.get(entry.sent.group)?.ranks ?? null);
      if (noisy !== null && noisy !== ranks) addRank(noisy, sequence);
      else if (left?.has(hostOf(sequence, setup.hosts))) this.passed.push(sequence);
      else return entry;
    }
  }
}

/** Where a message lies. Spread by a multiplicative hash, so that neighbours are on different hosts. */
function hostOf(sequence: number, hosts: number): number {
  return (Math.imul(sequence + 1, 0x9e3779b1) >>> 0) % hosts;
}

function chosen(count: number, of: number, random: Random): ReadonlySet<number> {
  const hosts = new Set<number>();
  while (hosts.size < count) hosts.add(random.below(of));
  return hosts;
}
