/** A quorum queue of three nodes, whatever happens to them: what was confirmed is delivered, and nothing is there twice. */
import type { ConfirmChannel } from 'amqplib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ClusterWorld } from './world';

type At<What> = What extends string ? { readonly do: What; readonly node: number } : never;
type Between<What> = What extends string
  ? { readonly do: What; readonly from: number; readonly to: number }
  : never;
type Step =
  | { readonly do: 'publish'; readonly node: number; readonly count: number }
  | { readonly do: 'consume'; readonly node: number; readonly acks: number }
  | At<'crash' | 'start' | 'isolate'>
  | Between<'cut' | 'heal'>
  | { readonly do: 'healAll' }
  | { readonly do: 'sleep'; readonly ms: number };

const node = fc.integer({ min: 1, max: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('publish' as const), node, count: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('consume' as const), node, acks: fc.integer({ min: 0, max: 6 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('crash' as const), node }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('start' as const), node }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const), from: node, to: node }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('heal' as const), from: node, to: node }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('isolate' as const), node }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('healAll' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sleep' as const), ms: fc.constantFrom(1, 5, 300, 3000, 20_000) }) },
); // prettier-ignore

class Run {
  readonly confirmed = new Set<number>();
  /** Bodies as they came, and whether they said that they had been delivered before. */
  readonly got: { readonly body: number; readonly again: boolean }[] = [];
  private readonly world: ClusterWorld;
  private readonly up = new Set([1, 2, 3]);
  private readonly producers = new Map<number, ConfirmChannel>();
  private published = 0;
  private consumers = 0;

  constructor(world: ClusterWorld) {
    this.world = world;
  }

  async begin(): Promise<void> {
    const channel = await (await this.world.connect(1)).createChannel();
    await channel.assertQueue('q', { arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': -1 } });
  }

  async perform(step: Step): Promise<void> {
    if (step.do === 'sleep') return this.world.sleep(step.ms);
    if (step.do === 'healAll') return this.healAll();
    if (step.do === 'cut' || step.do === 'heal') {
      if (step.from !== step.to) this.world[step.do](step.from, step.to);
    } else if (step.do === 'isolate') {
      for (const other of [1, 2, 3]) if (other !== step.node) this.world.cut(step.node, other);
    } else if (step.do === 'crash') {
      if (this.up.delete(step.node)) this.world.crash(step.node);
      this.producers.delete(step.node);
      await this.world.sleep(1);
    } else if (step.do === 'start') {
      if (!this.up.has(step.node)) this.world.start(step.node);
      this.up.add(step.node);
      await this.world.sleep(5);
    } else if (this.up.has(step.node)) {
      if (step.do === 'publish') await this.publish(step.node, step.count);
      else await this.consume(step.node, step.acks);
    }
  }

  private async publish(node: number, count: number): Promise<void> {
    let channel = this.producers.get(node);
    if (!channel) {
      channel = await (await this.world.connect(node)).createConfirmChannel();
      channel.on('error', () => {});
      this.producers.set(node, channel);
    }
    for (let i = 0; i < count; i++) {
      const body = ++this.published;
      channel.sendToQueue('q', Buffer.from(`${body}`), {}, (error: unknown) => {
        if (!error) this.confirmed.add(body);
      });
    }
    await this.world.sleep(2);
  }

  /** Acknowledges so many, and keeps the rest until its node goes or the end. */
  async consume(node: number, acks: number): Promise<void> {
    const channel = await (await this.world.connect(node, `consumer-${++this.consumers}`)).createChannel();
    channel.on('error', () => {});
    await channel.prefetch(4);
    let left = acks;
    await channel.consume('q', (message) => {
      if (!message) return;
      this.got.push({ body: Number(message.content.toString()), again: message.fields.redelivered });
      if (left-- > 0) channel.ack(message);
    });
    await this.world.sleep(3);
  }

  private healAll(): void {
    for (const [from, to] of [
      [1, 2],
      [1, 3],
      [2, 3],
    ])
      this.world.heal(from, to);
  }

  /** Everything is well again, and whoever held something lets it go. */
  async end(): Promise<void> {
    this.healAll();
    for (const node of [1, 2, 3]) if (!this.up.has(node)) this.world.start(node);
    await this.world.sleep(90_000);
    for (const node of [3, 2, 1]) {
      this.world.crash(node);
      await this.world.sleep(100);
      this.world.start(node);
      await this.world.sleep(30_000);
    }
    await this.consume(1, Infinity);
    await this.world.sleep(60_000);
  }
}

test('every confirmed message is delivered, and none is in the queue twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 25 }),
      fc.integer({ min: 1, max: 1000 }),
      async (steps, seed) => {
        const world = new ClusterWorld(seed);
        const run = new Run(world);
        await world.run(async () => {
          await run.begin();
          for (const each of steps) await run.perform(each);
          await run.end();
        });
        world.check();
        const delivered = new Set(run.got.map(({ body }) => body));
        expect([...run.confirmed].filter((body) => !delivered.has(body))).toEqual([]);
        const first = run.got.filter(({ again }) => !again).map(({ body }) => body);
        expect(first.length).toBe(new Set(first).size);
        for (const number of [1, 2, 3]) {
          const quorum = world.quorum(number, 'q');
          expect(quorum).toEqual(world.quorum(1, 'q'));
        }
      },
    ),
    { numRuns: 80, seed: 7 },
  );
}, 120_000);
