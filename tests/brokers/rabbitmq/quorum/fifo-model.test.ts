/** A quorum queue against a model without any cleverness: lists, and what a channel has in hand. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Version } from '../../../../src/brokers/rabbitmq/queue-type';
import { BareFifo, publication } from './bare-fifo';

const tags = ['a', 'b', 'c'] as const;

type Step =
  | { readonly do: 'publish'; readonly high: boolean }
  | { readonly do: 'consume'; readonly tag: string; readonly prefetch: number }
  | { readonly do: 'cancel'; readonly tag: string }
  | { readonly do: 'Settle' | 'Return' | 'Discard'; readonly tag: string; readonly which: number }
  | { readonly do: 'purge' };

const tag = fc.constantFrom(...tags);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('publish' as const), high: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('consume' as const), tag, prefetch: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), tag }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('Settle' as const, 'Return' as const, 'Discard' as const), tag, which: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('purge' as const) }) },
); // prettier-ignore

interface Had {
  readonly message: number;
  readonly times: number;
  readonly high: boolean;
}

interface Member {
  readonly tag: string;
  readonly hand: { readonly id: number; readonly had: Had }[];
  prefetch: number;
  cancelled: boolean;
  next: number;
}

/** Strict readings of the rules of 4.0 and 3.10, for competing consumers of one priority. */
class Model {
  readonly said: string[] = [];
  private readonly ring: Member[] = [];
  private readonly members = new Map<string, Member>();
  private readonly back: Had[] = [];
  private high: Had[] = [];
  private normal: Had[] = [];
  private taken = 0;
  private published = 0;

  constructor(
    private readonly version: Version,
    private readonly limit: number,
    private readonly maxLength: number,
  ) {}

  run(step: Step): void {
    if (step.do === 'publish') this.publish(step.high);
    else if (step.do === 'consume') this.consume(step.tag, step.prefetch);
    else if (step.do === 'cancel') this.cancel(step.tag);
    else if (step.do === 'purge') this.back.length = this.high.length = this.normal.length = 0;
    else this.settle(step.do, step.tag, step.which);
    this.dispatch();
    while (this.back.length + this.high.length + this.normal.length > this.maxLength)
      this.said.push(`${this.take().message} maxlen`);
  }

  /** Id of what it would settle. */
  idOf(tag: string, which: number): number | undefined {
    return this.members.get(tag)?.hand[which]?.id;
  }

  private publish(high: boolean): void {
    const had = { message: ++this.published, times: 0, high: high && this.version === '4.0' };
    (had.high ? this.high : this.normal).push(had);
  }

  private consume(tag: string, prefetch: number): void {
    let member = this.members.get(tag);
    if (!member) this.members.set(tag, (member = { tag, hand: [], prefetch, cancelled: false, next: 0 }));
    Object.assign(member, { prefetch, cancelled: false });
    this.join(member);
  }

  private cancel(tag: string): void {
    const member = this.members.get(tag);
    if (!member) return;
    member.cancelled = true;
    if (member.hand.length === 0) this.members.delete(tag);
  }

  private settle(how: 'Settle' | 'Return' | 'Discard', tag: string, which: number): void {
    const member = this.members.get(tag);
    const [entry] = member?.hand.splice(which, 1) ?? [];
    if (!member || !entry) return;
    const had = { ...entry.had, times: entry.had.times + 1 };
    if (how === 'Discard') this.said.push(`${had.message} rejected`);
    else if (how === 'Return' && had.times > this.limit) this.said.push(`${had.message} delivery_limit`);
    else if (how === 'Return') this.back.push(had);
    if (member.cancelled && member.hand.length === 0) this.members.delete(tag);
    this.join(member);
  }

  private join(member: Member): void {
    if (this.members.get(member.tag) !== member || this.ring.includes(member)) return;
    if (!member.cancelled && member.hand.length < member.prefetch) this.ring.push(member);
  }

  private dispatch(): void {
    for (;;) {
      while (this.ring.length > 0 && !this.canTake(this.ring[0])) this.ring.shift();
      if (this.ring.length === 0 || this.back.length + this.high.length + this.normal.length === 0) return;
      const member = this.ring.shift()!;
      const had = this.take();
      const id = member.next++;
      member.hand.push({ id, had });
      this.said.push(
        `${member.tag} got ${had.message} as ${id}${had.times > 0 ? ` again ${had.times}` : ''}`,
      );
      this.join(member);
    }
  }

  private canTake(member: Member): boolean {
    return (
      this.members.get(member.tag) === member && !member.cancelled && member.hand.length < member.prefetch
    );
  }

  private take(): Had {
    const returned = this.back.shift();
    if (returned) return returned;
    const mayWait = this.taken === 2 && this.normal.length > 0;
    const takesHigh = this.high.length > 0 && !(mayWait && this.normal[0].message < this.high[0].message);
    this.taken = this.taken === 2 ? 0 : this.taken + 1;
    return (takesHigh ? this.high : this.normal).shift()!;
  }
}

test.each(['4.0', '3.10'] as const)('%s: whatever clients do, it does what the rules say', (version) => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 2, max: 8 }), (steps, maxLength) => {
      // 3.10 gives credit twice where the limit is reached, which the model does not
      const limit = version === '4.0' ? 2 : 1000;
      const queue = new BareFifo({ version, deliveryLimit: limit, maxLength });
      const model = new Model(version, limit, maxLength);
      for (const step of steps) {
        perform(queue, model, step);
        model.run(step);
        expect(queue.heard()).toEqual(model.said.splice(0));
      }
    }),
    { numRuns: 300, seed: 4 },
  );
});

let published = 0;

function perform(queue: BareFifo, model: Model, step: Step): void {
  if (queue.fifo.index === 0) published = 0;
  const channel = { key: 'one', node: 1, connection: 1, channel: 1, process: 'one' };
  if (step.do === 'publish') queue.enqueue(publication(++published, step.high ? { priority: 9 } : {}));
  else if (step.do === 'consume') queue.consume(step.tag, step.prefetch);
  else if (step.do === 'cancel') queue.run({ type: 'CancelCheckout', channel, tag: step.tag });
  else if (step.do === 'purge') queue.run({ type: 'Purge' });
  else {
    const id = model.idOf(step.tag, step.which);
    if (id === undefined) queue.run({ type: 'Expire' });
    else queue.settle(step.do, step.tag, id);
  }
}
