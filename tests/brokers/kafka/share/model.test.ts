import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acknowledge, releaseAll, releaseExpired } from '../../../../src/brokers/kafka/share/acknowledge';
import { acquire } from '../../../../src/brokers/kafka/share/acquire';
import { checkShare } from '../../../../src/brokers/kafka/share/invariants';
import {
  newSharePartition,
  nextFetchOffset,
  recordsOf,
  reloaded,
  type SharePartition,
} from '../../../../src/brokers/kafka/share/share-partition';

/** What is known of a record without any of the machinery: who has it until when, how often it was given, how it ended. */
interface Known {
  holder: string | null;
  until: number;
  deliveries: number;
  end: 'accepted' | 'rejected' | 'too often' | null;
}

interface Model {
  now: number;
  readonly records: Known[];
}

interface Real {
  partition: SharePartition;
  readonly batches: { baseOffset: number; lastOffset: number }[];
}

type Step = fc.Command<Model, Real>;

const limit = 4;
const lock = 30;

class Write implements Step {
  constructor(readonly size: number) {}
  check = () => true;
  run(model: Model, { batches }: Real): void {
    const baseOffset = model.records.length;
    batches.push({ baseOffset, lastOffset: baseOffset + this.size - 1 });
    for (let index = 0; index < this.size; index++)
      model.records.push({ holder: null, until: 0, deliveries: 0, end: null });
  }
  toString = () => `write(${this.size})`;
}

class Fetch implements Step {
  constructor(
    readonly member: string,
    readonly recordsMax: number,
    readonly isRecordLimit: boolean,
  ) {}
  check = () => true;
  run(model: Model, { batches, partition }: Real): void {
    const from = nextFetchOffset(partition);
    const isFree = model.records.some(({ end, holder }) => end === null && holder === null);
    const holder = { memberId: this.member, process: this.member, until: model.now + lock };
    const { isRecordLimit, recordsMax } = this;
    const by = { holder, recordsMax, isRecordLimit, deliveriesMax: limit, inFlightMax: 2000 };
    const acquired = acquire(partition, batches.filter(({ lastOffset }) => lastOffset >= from), from, by); // prettier-ignore
    if (isFree) expect(acquired.length).toBeGreaterThan(0);
    let count = 0;
    for (const { deliveryCount, firstOffset, lastOffset } of acquired)
      for (let offset = firstOffset; offset <= lastOffset; offset++) {
        const record = model.records[offset];
        // nobody else has it, and it is not over
        expect([offset, record.holder, record.end]).toEqual([offset, null, null]);
        record.holder = this.member;
        record.until = model.now + lock;
        expect(deliveryCount).toBe(++record.deliveries);
        count++;
      }
    if (isRecordLimit) expect(count).toBeLessThanOrEqual(recordsMax);
  }
  toString = () => `fetch(${this.member}, ${this.recordsMax}${this.isRecordLimit ? ', exactly' : ''})`;
}

/** The member answers for one of its records, or for one that is not its own. */
class Answer implements Step {
  constructor(
    readonly member: string,
    readonly which: number,
    readonly type: number,
  ) {}
  check = ({ records }: Readonly<Model>) => records.length > 0;
  run(model: Model, { partition }: Real): void {
    const offset = this.which % model.records.length;
    const record = model.records[offset];
    const isBeforeStart = offset < partition.start;
    const { error } = acknowledge(
      partition,
      this.member,
      [{ firstOffset: offset, lastOffset: offset, acknowledgeTypes: [this.type] }],
      { deliveriesMax: limit, mayRenew: true, until: model.now + lock },
    );
    if (record.holder !== this.member) {
      // what is before the start is passed over, whoever answers for it
      if (!isBeforeStart) expect(error).not.toBe('NONE');
      return;
    }
    expect(error).toBe('NONE');
    if (this.type === 4) record.until = model.now + lock;
    else end(record, this.type);
  }
  toString = () => `answer(${this.member}, ${this.which}, ${this.type})`;
}

function end(record: Known, type: number): void {
  record.holder = null;
  if (type === 1) record.end = 'accepted';
  else if (type === 3) record.end = 'rejected';
  else if (record.deliveries >= limit) record.end = 'too often';
}

class Wait implements Step {
  constructor(readonly time: number) {}
  check = () => true;
  run(model: Model, { partition }: Real): void {
    model.now += this.time;
    releaseExpired(partition, model.now, limit);
    for (const record of model.records)
      if (record.holder !== null && record.until <= model.now) end(record, 2);
  }
  toString = () => `wait(${this.time})`;
}

class Go implements Step {
  constructor(readonly member: string) {}
  check = () => true;
  run(model: Model, { partition }: Real): void {
    releaseAll(partition, this.member, limit);
    for (const record of model.records) if (record.holder === this.member) end(record, 2);
  }
  toString = () => `go(${this.member})`;
}

/** The broker dies: locks are gone, and what was never written down of a record is forgotten, its count too. */
class Crash implements Step {
  check = () => true;
  run(model: Model, real: Real): void {
    real.partition = reloaded(real.partition);
    const counts = new Map(
      [...recordsOf(real.partition)].map(([offset, { deliveries }]) => [offset, deliveries]),
    );
    model.records.forEach((record, offset) => {
      if (record.end !== null) return;
      record.holder = null;
      const kept = counts.get(offset) ?? 0;
      // a count may be forgotten, never invented
      expect(kept).toBeLessThanOrEqual(record.deliveries);
      record.deliveries = kept;
    });
  }
  toString = () => 'crash';
}

function checked(step: Step): Step {
  return {
    check: (model) => step.check(model),
    run(model, real) {
      step.run(model, real);
      checkShare(real.partition, limit);
      const held = new Map([...recordsOf(real.partition)].map(([offset, { holder }]) => [offset, holder?.memberId ?? null])); // prettier-ignore
      model.records.forEach(({ end: over, holder }, offset) => {
        if (offset < real.partition.start) expect(over).not.toBeNull();
        expect(held.get(offset) ?? null).toBe(holder);
      });
    },
    toString: () => step.toString(),
  };
}

const member = fc.constantFrom('a', 'b', 'c');
const steps = fc.commands(
  [
    fc.integer({ min: 1, max: 6 }).map((size) => checked(new Write(size))),
    fc.tuple(member, fc.integer({ min: 1, max: 8 }), fc.boolean()).map((args) => checked(new Fetch(...args))),
    fc
      .tuple(member, fc.nat({ max: 40 }), fc.integer({ min: 1, max: 4 }))
      .map((args) => checked(new Answer(...args))),
    fc
      .tuple(member, fc.nat({ max: 8 }), fc.integer({ min: 1, max: 4 }))
      .map((args) => checked(new Answer(...args))),
    fc.constantFrom(5, 31).map((time) => checked(new Wait(time))),
    member.map((name) => checked(new Go(name))),
    fc.constant(checked(new Crash())),
  ],
  { maxCommands: 60 },
);

test('a share group gives each record to one member at a time, counts, and in the end every record is over', () => {
  fc.assert(
    fc.property(steps, (commands) => {
      const model: Model = { now: 0, records: [] };
      const real: Real = { partition: newSharePartition('tills', 'orders', 0, 0), batches: [] };
      fc.modelRun(() => ({ model, real }), commands);
      // somebody takes and accepts until there is nothing left: no record is lost
      for (let turn = 0; turn < 400 && model.records.some(({ end: over }) => over === null); turn++) {
        new Wait(31).run(model, real);
        new Fetch('last', 500, false).run(model, real);
        model.records.forEach(({ holder }, offset) => {
          if (holder === 'last') checked(new Answer('last', offset, 1)).run(model, real);
        });
      }
      expect(model.records.filter(({ end: over }) => over === null)).toEqual([]);
      expect(real.partition.start).toBe(model.records.length);
    }),
    { numRuns: process.env.LONG ? 3000 : 300 },
  );
});
