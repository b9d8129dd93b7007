import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeOf, LoneSqs } from './lone-sqs';
import { ModelQueue, type ModelSettings } from './model';

/** What a client, or time, does next. Numbers choose among what there is. */
type Step =
  | {
      readonly does: 'send';
      readonly group: number;
      readonly delay: number;
      readonly dedup: number;
    }
  /** Twelve of one group at once. */
  | { readonly does: 'burst'; readonly group: number }
  | { readonly does: 'receive'; readonly max: number; readonly visibility: number | null }
  | { readonly does: 'delete' | 'old delete'; readonly which: number }
  | { readonly does: 'change'; readonly which: number; readonly visibility: number }
  | { readonly does: 'wait'; readonly ms: number };

const small = fc.nat({ max: 3 });
const which = fc.nat({ max: 11 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('send'),
      group: small,
      delay: small,
      dedup: fc.nat({ max: 8 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('burst'), group: fc.nat({ max: 1 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('receive'),
      max: fc.integer({ min: 1, max: 10 }),
      visibility: fc.option(small),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('delete', 'old delete'), which }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('change'), which, visibility: small }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('wait'),
      ms: fc.constantFrom(1, 500, 999, 1000, 2000, 5000, 100_000),
    }),
  },
);

const settings = (isFifo: boolean): fc.Arbitrary<ModelSettings> =>
  fc.record({
    isFifo: fc.constant(isFifo),
    visibilityMs: fc.constantFrom(0, 1000, 3000),
    delayMs: fc.constantFrom(0, 0, 2000),
    maxReceives: fc.option(fc.integer({ min: 1, max: 3 })),
  });

/** The broker beside the model, step by step. */
class Comparison {
  private readonly sqs: LoneSqs;
  private readonly model: ModelQueue;
  private readonly queue: string;
  private readonly handles: string[] = [];
  private count = 0;

  constructor(given: ModelSettings, seed: number) {
    const suffix = given.isFifo ? '.fifo' : '';
    this.queue = `q${suffix}`;
    this.model = new ModelQueue(given);
    const redrive = { deadLetterTargetArn: `sqs/dead${suffix}`, maxReceiveCount: given.maxReceives };
    const attributes = {
      VisibilityTimeout: String(given.visibilityMs / 1000),
      DelaySeconds: String(given.delayMs / 1000),
      ...(given.maxReceives !== null && { RedrivePolicy: JSON.stringify(redrive) }),
    };
    const chances = { outOfOrderProbability: 0.5, orderWindow: 3, fifoGroupWindow: 2 };
    const queues = [{ name: this.queue, attributes }, { name: `dead${suffix}` }];
    this.sqs = new LoneSqs(queues, chances, seed);
    this.sqs.isQuick = true;
  }

  take(next: Step): void {
    switch (next.does) {
      case 'send':
        this.send(next);
        break;
      case 'receive':
        this.receive(next.max, next.visibility);
        break;
      case 'burst':
        for (let i = 0; i < 12; i++) this.send({ group: next.group, delay: 3, dedup: null });
        break;
      case 'delete':
        this.delete(this.recent(next.which % 3));
        break;
      case 'old delete':
        this.delete(this.recent(next.which));
        break;
      case 'change':
        this.change(this.recent(next.which), next.visibility);
        break;
      case 'wait':
        this.sqs.wait(next.ms);
    }
    this.agree();
  }

  private get now(): number {
    return this.sqs.nowMs;
  }

  private recent(index: number): string | undefined {
    return this.handles.at(-1 - index);
  }

  private send({ group, delay, dedup }: { group: number; delay: number; dedup: number | null }): void {
    const { isFifo, delayMs } = this.model.settings;
    const body = `m${this.count++}`;
    const id = dedup === null ? body : `d${dedup}`;
    const MessageGroupId = `g${group}`;
    const own = delay === 3 || isFifo ? {} : { DelaySeconds: delay };
    // on a standard queue a group is a tenant, and some messages are nobody's
    const more = isFifo
      ? { MessageGroupId, MessageDeduplicationId: id }
      : group < 3
        ? { ...own, MessageGroupId }
        : own;
    const answer = this.sqs.send(this.queue, body, more);
    if (answer.type === 'ErrorResponse') throw new Error(answer.message);
    const duplicate = isFifo ? this.model.duplicateOf(id, this.now) : null;
    if (duplicate !== null) expect(answer.MessageId).toBe(duplicate);
    else {
      const hiddenMs = 'DelaySeconds' in own ? delay * 1000 : delayMs;
      this.model.sent(body, answer.MessageId, MessageGroupId, isFifo ? id : body, hiddenMs, this.now);
    }
  }

  private receive(max: number, visibility: number | null): void {
    const more = { MaxNumberOfMessages: max, ...(visibility !== null && { VisibilityTimeout: visibility }) };
    const given = this.sqs.receive(this.queue, more);
    const hiddenMs = visibility === null ? this.model.settings.visibilityMs : visibility * 1000;
    expect(this.model.received(given, max, hiddenMs, this.now)).toBeNull();
    this.handles.push(...given.map(({ handle }) => handle));
  }

  private delete(handle: string | undefined): void {
    if (handle === undefined) return;
    const expected = this.model.deleted(handle, this.now);
    const code = codeOf(this.sqs.delete(this.queue, handle));
    expect(code).toBe(expected === 'refused' ? 'InvalidParameterValue' : 'DeleteMessageResponse');
  }

  private change(handle: string | undefined, visibility: number): void {
    if (handle === undefined) return;
    const expected = this.model.changed(handle, visibility * 1000, this.now);
    const code = codeOf(this.sqs.visibility(this.queue, handle, visibility));
    expect(code).toBe(expected === 'refused' ? 'InvalidParameterValue' : 'ChangeMessageVisibilityResponse');
  }

  /** Both hold the same messages, in the same states, and each message is in one queue. */
  private agree(): void {
    const entries = [...this.sqs.state.queues.get(this.queue)!.messages.values()];
    const ids = new Set(entries.map(({ sent }) => sent.id));
    this.model.movedOut((id) => ids.has(id));
    const seen = (id: string, isVisible: boolean) => `${id} ${isVisible ? 'visible' : 'hidden'}`;
    const { messages, dead } = this.model;
    expect(entries.map(({ sent, state }) => seen(sent.id, state === 'available'))).toEqual(
      messages.map(({ id, visibleAt }) => seen(id, visibleAt <= this.now)),
    );
    const deadQueue = [...this.sqs.state.queues.values()].at(-1)!;
    expect([...deadQueue.messages.values()].map(({ sent }) => sent.id).sort()).toEqual(
      dead.map(({ id }) => id).sort(),
    );
  }
}

test.each([
  ['standard', false],
  ['FIFO', true],
])('a %s queue agrees with the naive model, whatever clients do', (_, isFifo) => {
  fc.assert(
    fc.property(
      settings(isFifo),
      fc.nat(),
      fc.array(step, { maxLength: 80, size: 'max' }),
      (given, seed, steps) => {
        const comparison = new Comparison(given, seed);
        for (const next of steps) comparison.take(next);
      },
    ),
    { numRuns: 60 },
  );
});

test('with copies that survive every message is received at least once, and none that was not sent', () => {
  const chance = fc.record({
    p: fc.double({ min: 0, max: 0.6, noNaN: true }),
    sampled: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(fc.nat(), chance, fc.integer({ min: 1, max: 40 }), (seed, { p, sampled }, count) => {
      const options = {
        duplicateProbability: p,
        outOfOrderProbability: 0.3,
        hosts: 4,
        hostsSampled: sampled,
      };
      const sqs = new LoneSqs([{ name: 'q', attributes: { VisibilityTimeout: '1' } }], options, seed);
      const sent = Array.from({ length: count }, (_, i) => String(i));
      for (const text of sent) sqs.send('q', text);
      const got = new Map<string, number>();
      for (let round = 0; round < 400 && sqs.state.queues.get('q')!.messages.size > 0; round++) {
        for (const { text, handle } of sqs.receive('q')) {
          got.set(text, (got.get(text) ?? 0) + 1);
          sqs.delete('q', handle);
        }
        sqs.wait(250);
      }
      expect([...got.keys()].sort()).toEqual([...sent].sort());
      const copies = sqs.factsOf('CopySurvived').length;
      const receives = [...got.values()].reduce((sum, times) => sum + times, 0);
      expect(receives).toBeGreaterThanOrEqual(count);
      expect(receives).toBeLessThanOrEqual(count + copies);
    }),
    { numRuns: 25 },
  );
});

test('fair queues lose nothing and give nothing twice, whoever is noisy', () => {
  const tenant = fc.nat({ max: 4 });
  fc.assert(
    fc.property(
      fc.nat(),
      fc.array(tenant, { minLength: 1, maxLength: 200, size: 'max' }),
      fc.array(fc.nat({ max: 9 })),
      (seed, tenants, keeps) => {
        const sqs = new LoneSqs(undefined, { outOfOrderProbability: 0.3 }, seed);
        sqs.isQuick = true;
        tenants.forEach((one, i) =>
          sqs.send('orders', String(i), one === 4 ? {} : { MessageGroupId: `t${one}` }),
        );
        const got: string[] = [];
        for (let round = 0; ; round++) {
          const given = sqs.receive('orders', { VisibilityTimeout: 43_200 });
          if (given.length === 0) break;
          got.push(...given.map(({ text }) => text));
          // some are deleted, the others stay in flight
          for (const { handle } of given.slice(keeps[round] ?? 0)) sqs.delete('orders', handle);
        }
        expect(got.length).toBe(tenants.length);
        expect(new Set(got).size).toBe(tenants.length);
      },
    ),
    { numRuns: 20 },
  );
});
