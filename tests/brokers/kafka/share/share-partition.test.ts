import { describe, expect, test } from 'vitest';
import {
  acknowledge,
  releaseAll,
  releaseExpired,
  startAtLeast,
} from '../../../../src/brokers/kafka/share/acknowledge';
import { acquire } from '../../../../src/brokers/kafka/share/acquire';
import { checkShare } from '../../../../src/brokers/kafka/share/invariants';
import {
  canAcquire,
  newSharePartition,
  nextFetchOffset,
  reloaded,
  type SharePartition,
} from '../../../../src/brokers/kafka/share/share-partition';

const limit = 5;
const rules = { deliveriesMax: limit, mayRenew: true, until: 100 };
const accept = 1;
const release = 2;
const reject = 3;
const renew = 4;

/** Batches of so many records each, from 0 on. */
const log = (...sizes: number[]) => {
  let next = 0;
  return sizes.map((size) => ({ baseOffset: next, lastOffset: (next += size) - 1 }));
};

/** What a member gets, as "first-last (delivery)". */
function take(
  partition: SharePartition,
  batches: ReturnType<typeof log>,
  { member = 'a', recordsMax = 500, isRecordLimit = false, inFlightMax = 2000, until = 30 } = {},
): string[] {
  const from = nextFetchOffset(partition);
  const holder = { memberId: member, process: member, until };
  const by = { holder, recordsMax, isRecordLimit, deliveriesMax: limit, inFlightMax };
  const acquired = acquire(partition, batches.filter(({ lastOffset }) => lastOffset >= from), from, by); // prettier-ignore
  checkShare(partition, limit);
  return acquired.map(
    ({ deliveryCount, firstOffset, lastOffset }) => `${firstOffset}-${lastOffset} (${deliveryCount})`,
  );
}

function say(
  partition: SharePartition,
  type: number | number[],
  first: number,
  last = first,
  member = 'a',
): string {
  const acknowledgeTypes = typeof type === 'number' ? [type] : type;
  const { error } = acknowledge(
    partition,
    member,
    [{ firstOffset: first, lastOffset: last, acknowledgeTypes }],
    rules,
  );
  checkShare(partition, limit);
  return error;
}

const fresh = () => newSharePartition('tills', 'orders', 0, 0);

describe('handing out', () => {
  test('whole batches, also when that is more than was asked for; to each member others', () => {
    const partition = fresh();
    const batches = log(3, 3, 3);
    expect(take(partition, batches, { recordsMax: 2 })).toEqual(['0-2 (1)']);
    expect(take(partition, batches, { recordsMax: 4, member: 'b' })).toEqual(['3-8 (1)']);
    expect(nextFetchOffset(partition)).toBe(9);
  });

  test('in record_limit mode no more than was asked for; the rest of the batch is another’s', () => {
    const partition = fresh();
    const batches = log(5);
    expect(take(partition, batches, { recordsMax: 2, isRecordLimit: true })).toEqual(['0-1 (1)']);
    expect(take(partition, batches, { recordsMax: 2, isRecordLimit: true, member: 'b' })).toEqual([
      '2-3 (1)',
    ]);
    expect(take(partition, batches)).toEqual(['4-4 (1)']);
  });

  test('no more than the partition may have in flight, but what is released in between', () => {
    const partition = fresh();
    const batches = log(1, 1, 1, 1);
    expect(take(partition, batches, { inFlightMax: 3 })).toEqual(['0-2 (1)']);
    expect(canAcquire(partition, 3)).toBe(false);
    say(partition, release, 1);
    expect(canAcquire(partition, 3)).toBe(true);
    expect(take(partition, batches, { inFlightMax: 3 })).toEqual(['1-1 (2)']);
  });

  test('what was released comes before what nobody has had', () => {
    const partition = fresh();
    take(partition, log(2, 2));
    say(partition, [release, accept, accept, release], 0, 3);
    expect(take(partition, log(2, 2, 2))).toEqual(['0-0 (2)', '3-3 (2)', '4-5 (1)']);
  });

  test('what is delivered for the third time comes in halves, and for the last time alone', () => {
    const partition = fresh();
    const batches = log(8);
    for (let delivery = 1; delivery <= 3; delivery++) {
      expect(take(partition, batches)).toEqual([`0-7 (${delivery})`]);
      say(partition, release, 0, 7);
    }
    expect(take(partition, batches)).toEqual(['0-3 (4)']);
    say(partition, release, 0, 3);
    expect(take(partition, batches)).toEqual(['0-0 (5)']);
    expect(take(partition, batches)).toEqual(['1-1 (5)']);
  });
});

describe('acknowledging', () => {
  test('the start goes past what is over, and stops at what is not', () => {
    const partition = fresh();
    take(partition, log(4));
    expect(say(partition, accept, 1)).toBe('NONE');
    expect(partition.start).toBe(0);
    expect(say(partition, reject, 0)).toBe('NONE');
    expect(partition.start).toBe(2);
    expect(say(partition, accept, 2, 3)).toBe('NONE');
    expect([partition.start, partition.end, partition.batches]).toEqual([4, 4, []]);
  });

  test('is refused for what another has, for what nobody has, twice, and for what never was', () => {
    const partition = fresh();
    take(partition, log(2));
    take(partition, log(2, 2), { member: 'b' });
    expect(say(partition, accept, 2)).toBe('INVALID_RECORD_STATE');
    expect(say(partition, accept, 0, 3)).toBe('INVALID_RECORD_STATE');
    expect(say(partition, accept, 0, 9)).toBe('INVALID_REQUEST');
    expect(say(partition, accept, 0, 1)).toBe('NONE');
    expect(say(partition, accept, 0, 1)).toBe('INVALID_RECORD_STATE');
    expect(say(partition, accept, 2, 3, 'b')).toBe('NONE');
  });

  test('all of it counts, or nothing', () => {
    const partition = fresh();
    take(partition, log(3));
    say(partition, release, 1);
    expect(say(partition, accept, 0, 2)).toBe('INVALID_RECORD_STATE');
    expect(take(partition, log(3), { member: 'b' })).toEqual(['1-1 (2)']);
    expect(say(partition, [accept], 0)).toBe('NONE');
  });

  test('after as many deliveries as there may be, a release is the end', () => {
    const partition = fresh();
    for (let delivery = 1; delivery <= 5; delivery++) {
      expect(take(partition, log(1))).toEqual([`0-0 (${delivery})`]);
      say(partition, release, 0);
    }
    expect(take(partition, log(1))).toEqual([]);
    expect(partition.start).toBe(1);
  });
});

describe('locks', () => {
  test('one that runs out gives the record back, and its holder can acknowledge it no more', () => {
    const partition = fresh();
    take(partition, log(2), { until: 30 });
    expect(releaseExpired(partition, 29, limit)).toEqual([]);
    expect(releaseExpired(partition, 30, limit).map(([offset]) => offset)).toEqual([0, 1]);
    expect(take(partition, log(2), { member: 'b', until: 60 })).toEqual(['0-1 (2)']);
    expect(say(partition, accept, 0)).toBe('INVALID_RECORD_STATE');
  });

  test('RENEW begins the lock anew, unless the group does not allow it', () => {
    const partition = fresh();
    take(partition, log(1), { until: 30 });
    expect(say(partition, renew, 0)).toBe('NONE');
    expect(releaseExpired(partition, 30, limit)).toEqual([]);
    const strict = { ...rules, mayRenew: false };
    const again = [{ firstOffset: 0, lastOffset: 0, acknowledgeTypes: [renew] }];
    expect(acknowledge(partition, 'a', again, strict).error).toBe('INVALID_RECORD_STATE');
    expect(releaseExpired(partition, 100, limit)).toHaveLength(1);
  });

  test('a member that goes gives back what it has, and only that', () => {
    const partition = fresh();
    take(partition, log(2));
    take(partition, log(2, 2), { member: 'b' });
    expect(releaseAll(partition, 'a', limit).map(([offset]) => offset)).toEqual([0, 1]);
    expect(take(partition, log(2, 2), { member: 'c' })).toEqual(['0-1 (2)']);
  });
});

describe('what is kept', () => {
  test('has no acquisitions: after a crash a delivery that nobody answered is counted anew', () => {
    const partition = fresh();
    take(partition, log(4));
    say(partition, [accept, release, accept], 0, 2);
    const next = reloaded(partition);
    checkShare(next, limit);
    expect(next.start).toBe(1);
    expect(take(next, log(4))).toEqual(['1-1 (2)', '3-3 (1)']);
  });

  test('the start that is written is the one before what is written with it', () => {
    const partition = fresh();
    take(partition, log(1, 1));
    expect(partition.kept.start).toBe(-1);
    say(partition, accept, 0, 1);
    expect([partition.start, partition.kept.start]).toEqual([2, 0]);
  });

  test('a log that is cut off from under the group leaves who holds records with them, to no avail', () => {
    const partition = fresh();
    take(partition, log(2, 2));
    startAtLeast(partition, 3);
    checkShare(partition, limit);
    expect(partition.start).toBe(3);
    expect(say(partition, accept, 2, 3)).toBe('NONE');
    expect(partition.start).toBe(3);
    releaseExpired(partition, 30, limit);
    expect([partition.start, nextFetchOffset(partition)]).toEqual([4, 4]);
  });
});
