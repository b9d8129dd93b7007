import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  changed,
  noLeader,
  type ElectionRules,
  type Wish,
} from '../../../../src/brokers/kafka/cluster/election';
import type { PartitionImage } from '../../../../src/brokers/kafka/protocol/cluster';

const whole: PartitionImage = {
  ...{ replicas: [1, 2, 3], isr: [1, 2, 3], elr: [], lastLeader: null },
  ...{ leader: 1, leaderEpoch: 4, partitionEpoch: 9 },
};

function rules(active: readonly number[], { minInSync = 2, unclean = false } = {}): ElectionRules {
  return { isActive: (node) => active.includes(node), minInSync, unclean };
}

/** Kills nodes one after the other, as the controller does when it fences them. */
function without(partition: PartitionImage, dead: readonly number[], options = {}): PartitionImage {
  const gone: number[] = [];
  return dead.reduce((now, node) => {
    gone.push(node);
    const isr = now.isr.filter((each) => each !== node);
    return changed(now, { isr }, rules([1, 2, 3].filter((each) => !gone.includes(each)), options)); // prettier-ignore
  }, partition);
}

describe('an election', () => {
  test('gives the partition to the next replica in sync, in a new epoch', () => {
    expect(without(whole, [1])).toEqual({
      ...{ ...whole, isr: [2, 3], leader: 2, leaderEpoch: 5, partitionEpoch: 10 },
    });
  });

  test('leaves the epoch alone when only the ISR changes, and everything when nothing does', () => {
    expect(without(whole, [3])).toEqual({ ...whole, isr: [1, 2], partitionEpoch: 10 });
    expect(changed(whole, {}, rules([1, 2, 3]))).toBe(whole);
  });

  test('keeps who left below the minimum eligible, and lets it lead when nobody in sync is left', () => {
    const one = without(whole, [1, 2]);
    expect(one).toMatchObject({ isr: [3], elr: [2], leader: 3 });
    const none = without(whole, [1, 2, 3]);
    expect(none).toMatchObject({ isr: [], elr: [2, 3], leader: noLeader, lastLeader: 3 });
    expect(changed(none, {}, rules([2]))).toMatchObject({ isr: [2], elr: [3], leader: 2, lastLeader: null });
  });

  test('does not trust who was killed: it is eligible no more', () => {
    const none = without(whole, [1, 2, 3]);
    expect(none.elr).toEqual([2, 3]);
    expect(changed(none, { uncleanShutdown: [2] }, rules([2]))).toMatchObject({ elr: [3], leader: noLeader });
  });

  test('takes the last known leader when nobody eligible is left', () => {
    const none = changed(without(whole, [1, 2, 3]), { uncleanShutdown: [2] }, rules([]));
    const lost = changed(none, { uncleanShutdown: [3] }, rules([3]));
    expect(lost).toMatchObject({ isr: [3], elr: [], leader: 3, lastLeader: null });
  });

  test('takes anybody where that is allowed, and believes it alone', () => {
    const alone = without(whole, [2, 3], { minInSync: 1 });
    expect(without(alone, [1], { minInSync: 1 }).leader).toBe(noLeader);
    const unclean = changed({ ...alone, isr: [1] }, { isr: [] }, rules([2], { minInSync: 1, unclean: true }));
    expect(unclean).toMatchObject({ isr: [2], leader: 2, elr: [] });
  });

  test('gives leadership back to the first replica only when it is in sync', () => {
    const led = without(whole, [1]);
    expect(changed(led, { preferred: true }, rules([1, 2, 3])).leader).toBe(2);
    const again = changed(led, { isr: [2, 3, 1] }, rules([1, 2, 3]));
    expect(changed(again, { preferred: true }, rules([1, 2, 3]))).toMatchObject({
      leader: 1,
      leaderEpoch: 6,
    });
  });

  const node = fc.integer({ min: 1, max: 3 });
  const nodes = fc.uniqueArray(node, { maxLength: 3 });
  const step = fc.record({
    active: nodes,
    wish: fc.oneof(
      fc.constant<Wish>({}),
      fc.constant<Wish>({ preferred: true }),
      nodes.map((isr): Wish => ({ isr })),
      nodes.map((uncleanShutdown): Wish => ({ uncleanShutdown })),
    ),
  });

  test('whatever is wished: a leader is up and in sync, epochs never fall, and no two changes share one', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.boolean(), (steps, unclean) => {
        let partition = whole;
        for (const { active, wish } of steps) {
          // a leader asks for an ISR with itself in it, of nodes that are up
          const isr = wish.isr && [...new Set([partition.leader, ...wish.isr])].filter((one) => active.includes(one)); // prettier-ignore
          const next = changed(partition, { ...wish, ...(isr ? { isr } : {}) }, rules(active, { unclean }));
          if (next.leader !== noLeader) {
            expect(next.isr).toContain(next.leader);
            if (next.leader !== partition.leader) expect(active).toContain(next.leader);
          }
          expect(next.leaderEpoch - partition.leaderEpoch).toBe(next.leader === partition.leader ? 0 : 1);
          if (next !== partition) expect(next.partitionEpoch).toBe(partition.partitionEpoch + 1);
          expect(next.elr.filter((one) => next.isr.includes(one))).toEqual([]);
          partition = next;
        }
      }),
    );
  });
});
