/** A classic queue and its channels against a model without any cleverness: lists, searched from the front. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachReady } from '../../../src/brokers/rabbitmq/classic/ready';
import type { ClassicState } from '../../../src/brokers/rabbitmq/classic/state';
import { Client, LoneBroker, ofType } from './lone-broker';

const clients = [1, 2, 3] as const;

type Step =
  | { readonly do: 'publish' }
  | { readonly do: 'consume'; readonly who: number; readonly prefetch: number }
  | { readonly do: 'cancel' | 'get' | 'reopen'; readonly who: number }
  | { readonly do: 'ack' | 'requeue' | 'reject'; readonly who: number; readonly which: number };

const who = fc.constantFrom(...clients);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('publish' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('consume' as const), who, prefetch: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'get' as const, 'reopen' as const), who }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('ack' as const, 'requeue' as const, 'reject' as const), who, which: fc.nat(3) }) },
); // prettier-ignore

interface Had {
  readonly message: number;
  readonly again: boolean;
}

interface Taker {
  readonly who: number;
  readonly prefetch: number;
  used: number;
}

interface InHand extends Had {
  readonly tag: number;
  /** null: it was got. */
  readonly by: Taker | null;
}

class Model {
  ready: Had[] = [];
  readonly hands = new Map(clients.map((one) => [one as number, { held: [] as InHand[], next: 1 }]));
  /** What each was given in the present step. */
  given: string[] = [];
  private ring: Taker[] = [];
  private full: Taker[] = [];
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  publish(message: number): void {
    this.ready.push({ message, again: false });
    this.run();
    this.trim();
  }

  consumes(one: number): boolean {
    return [...this.ring, ...this.full].some((taker) => taker.who === one);
  }

  consume(one: number, prefetch: number): void {
    this.ring.push({ who: one, prefetch, used: 0 });
    this.run();
  }

  cancel(one: number): void {
    this.ring = this.ring.filter((taker) => taker.who !== one);
    this.full = this.full.filter((taker) => taker.who !== one);
    this.run();
  }

  get(one: number): void {
    const head = this.ready.shift();
    if (head) this.hand(one, head, null);
  }

  settle(how: 'ack' | 'requeue' | 'reject', one: number, tag: number): void {
    const mine = this.hands.get(one)!;
    const at = mine.held.findIndex((had) => had.tag === tag);
    const [had] = mine.held.splice(at, 1);
    if (had.by) this.free(had.by);
    if (how === 'requeue') this.back([had]);
    this.run();
  }

  reopen(one: number): void {
    const { held } = this.hands.get(one)!;
    this.hands.set(one, { held: [], next: 1 });
    this.ring = this.ring.filter((taker) => taker.who !== one);
    this.full = this.full.filter((taker) => taker.who !== one);
    this.back(held);
    this.run();
  }

  private free(taker: Taker): void {
    const wasFull = taker.used === taker.prefetch;
    taker.used--;
    if (!wasFull || !this.full.includes(taker)) return;
    this.full = this.full.filter((other) => other !== taker);
    this.ring.push(taker);
  }

  private back(held: readonly Had[]): void {
    this.ready.push(...held.map(({ message }) => ({ message, again: true })));
    this.ready.sort((a, b) => a.message - b.message);
    this.trim();
  }

  private trim(): void {
    while (this.ready.length > this.most) this.ready.shift();
  }

  private run(): void {
    while (this.ready.length > 0 && this.ring.length > 0) {
      const taker = this.ring.shift()!;
      if (taker.prefetch > 0 && taker.used >= taker.prefetch) this.full.push(taker);
      else {
        taker.used++;
        this.ring.push(taker);
        this.hand(taker.who, this.ready.shift()!, taker);
      }
    }
  }

  private hand(one: number, { message, again }: Had, by: Taker | null): void {
    const mine = this.hands.get(one)!;
    mine.held.push({ message, again, by, tag: mine.next });
    this.given.push(`${one} ${message} ${again} ${mine.next++}`);
  }
}

class Real {
  readonly broker = new LoneBroker();
  private readonly channels = new Map<number, Client>();
  private readonly publisher: Client;
  private readonly numbers = new Map<number, number>();
  private readonly tags = new Map<number, string>();
  private consumed = 0;

  constructor(most: number) {
    this.publisher = this.broker.connect(9);
    this.publisher.queue('q', most === Infinity ? {} : { 'x-max-length': most });
    for (const one of clients) this.channels.set(one, this.broker.connect(one));
  }

  take(step: Step, message: number, tag: number): void {
    if (step.do === 'publish') {
      this.publisher.publish(message, 'q');
      return;
    }
    const client = this.channels.get(step.who)!;
    // what it hears must stay with the broker, to be collected
    const tell = (type: string, more: object = {}): void =>
      this.broker.tell({ type, channel: client.number, ...more } as never, step.who);
    if (step.do === 'consume') {
      // a tag that is used again inherits credit from what the old consumer settles, as in the real queue
      this.tags.set(step.who, `c${this.consumed + 1}`);
      tell('BasicQos', { prefetchCount: step.prefetch, global: false });
      tell('BasicConsume', {
        queue: 'q',
        consumerTag: `c${++this.consumed}`,
        noAck: false,
        exclusive: false,
        arguments: {},
      });
    } else if (step.do === 'cancel') tell('BasicCancel', { consumerTag: this.tags.get(step.who) });
    else if (step.do === 'get') tell('BasicGet', { queue: 'q', noAck: false });
    else if (step.do === 'ack') tell('BasicAck', { deliveryTag: tag, multiple: false });
    else if (step.do === 'reopen') this.reopen(step.who, tell);
    else tell('BasicReject', { deliveryTag: tag, requeue: step.do === 'requeue' });
  }

  private reopen(one: number, tell: (type: string, more?: object) => void): void {
    tell('ChannelClose', { replyCode: 200, replyText: '', classId: 0, methodId: 0 });
    const number = (this.numbers.get(one) ?? 1) + 1;
    this.numbers.set(one, number);
    this.broker.tell({ type: 'ChannelOpen', channel: number }, one);
    this.channels.set(one, new Client(this.broker, one, number));
  }

  given(): string[] {
    return clients.flatMap((one) => {
      const heard = this.broker.heard(one);
      const methods = [...ofType(heard, 'BasicDeliver'), ...ofType(heard, 'BasicGetOk')];
      return methods.map(({ message, redelivered, deliveryTag }) => `${one} ${message} ${redelivered} ${deliveryTag}`); // prettier-ignore
    });
  }

  ready(): Had[] {
    const queue = this.broker.state.held.get('q') as ClassicState;
    return [...eachReady(queue.ready)].map(({ publication, redelivered }) => ({
      message: publication.message,
      again: redelivered,
    }));
  }
}

/** What the model can do now; the tag of the delivery that is settled. */
function possible(model: Model, step: Step): { readonly tag: number } | null {
  if (step.do === 'consume') return model.consumes(step.who) ? null : { tag: 0 };
  if (step.do === 'cancel') return model.consumes(step.who) ? { tag: 0 } : null;
  if (!('which' in step)) return { tag: 0 };
  const { held } = model.hands.get(step.who)!;
  return held.length > 0 ? { tag: held[step.which % held.length].tag } : null;
}

function play(model: Model, step: Step, message: number, tag: number): void {
  if (step.do === 'publish') model.publish(message);
  else if (step.do === 'consume') model.consume(step.who, step.prefetch);
  else if ('which' in step) model.settle(step.do, step.who, tag);
  else model[step.do](step.who);
}

test('whatever clients do, each message is where the model has it, and they are given the same', () => {
  const limit = fc.constantFrom(2, 5, Infinity);
  fc.assert(
    fc.property(fc.array(step, { minLength: 15, maxLength: 40 }), limit, (steps, most) => {
      const [model, real] = [new Model(most), new Real(most)];
      for (const [message, one] of steps.entries()) {
        const can = possible(model, one);
        if (can === null) continue;
        model.given = [];
        play(model, one, message, can.tag);
        real.take(one, message, can.tag);
        expect(real.given().sort()).toEqual(model.given.sort());
        expect(real.ready()).toEqual(model.ready);
      }
    }),
    { numRuns: 100 },
  );
});
