/**
 * Whatever programs do with transactions and compacted topics, readers see what a small and obvious model says. Programs
 * run on the simulation, through the facade, as scenarios do.
 */
import fc from 'fast-check';
import type { Consumer } from 'kafkajs';
import { describe, expect, test } from 'vitest';
import { defineConformance, type Tools } from './define';
import { simulate } from './harness/simulate';

const numRuns = process.env.LONG ? 1000 : 60;
const topic = 'events';

/** "offset value" of everything that a reader from the beginning is given. */
async function readAll({ kafka, sleep }: Tools, groupId: string, readUncommitted = false): Promise<string[]> {
  const consumer: Consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200, readUncommitted });
  const taken: string[] = [];
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachMessage: ({ message: { offset, key, value } }) => {
      taken.push(`${offset} ${String(key)} ${value === null ? 'null' : String(value)}`);
      return Promise.resolve();
    },
  });
  await sleep(2000);
  await consumer.disconnect();
  return taken;
}

async function observe(
  run: (tools: Tools) => Promise<void>,
  config = {},
): Promise<Readonly<Record<string, unknown>>> {
  const scenario = {
    id: 'model',
    title: '',
    broker: 'kafka',
    compare: 'D',
    cluster: { config },
    run,
  } as const;
  return simulate(defineConformance(scenario));
}

interface Step {
  readonly who: 'plain' | 'first' | 'second';
  readonly does: 'send' | 'commit' | 'abort';
}

describe('transactions', () => {
  const step = fc.record({
    who: fc.constantFrom<Step['who'][]>('plain', 'first', 'second'),
    does: fc.constantFrom<Step['does'][]>('send', 'send', 'send', 'commit', 'abort'),
  });

  test('readers of committed records get what was committed, in order; others get everything', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const seen = await observe((tools) => play(tools, steps));
        const { committed, all } = model(steps);
        expect(seen['committed']).toEqual(committed);
        expect(seen['all']).toEqual(all);
      }),
      { numRuns },
    );
  }, 240_000);

  async function play(tools: Tools, steps: readonly Step[]): Promise<void> {
    const { kafka, observe: say } = tools;
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] });
    const plain = kafka.producer();
    await plain.connect();
    const senders = new Map<string, Awaited<ReturnType<typeof open>>>();
    const open = async (who: string) => {
      const producer = kafka.producer({ transactionalId: who, idempotent: true });
      await producer.connect();
      return { producer, transaction: await producer.transaction() };
    };
    for (const [index, { who, does }] of steps.entries()) {
      const message = { topic, messages: [{ key: who, value: String(index) }] };
      if (who === 'plain') {
        if (does === 'send') await plain.send(message);
        continue;
      }
      const sender = senders.get(who) ?? (await open(who));
      senders.set(who, sender);
      if (does === 'send') {
        if (!sender.transaction.isActive()) sender.transaction = await sender.producer.transaction();
        await sender.transaction.send(message);
      } else if (sender.transaction.isActive()) await sender.transaction[does]();
    }
    for (const { transaction } of senders.values()) if (transaction.isActive()) await transaction.abort();
    say('committed', await readAll(tools, 'committed'));
    say('all', await readAll(tools, 'all', true));
  }

  /** A list of records with their offsets, and a row of those that wait for their transaction's end. */
  function model(steps: readonly Step[]): { committed: string[]; all: string[] } {
    const records: { offset: number; text: string; state: 'committed' | 'open' | 'aborted'; who: string }[] =
      [];
    let end = 0;
    const finish = (who: string, state: 'committed' | 'aborted'): void => {
      const mine = records.filter((record) => record.who === who && record.state === 'open');
      if (mine.length === 0) return;
      for (const record of mine) record.state = state;
      end++; // the marker
    };
    for (const [index, { who, does }] of steps.entries()) {
      if (does === 'send')
        records.push({
          offset: end++,
          text: `${who} ${index}`,
          state: who === 'plain' ? 'committed' : 'open',
          who,
        });
      else if (who !== 'plain') finish(who, does === 'commit' ? 'committed' : 'aborted');
    }
    finish('first', 'aborted');
    finish('second', 'aborted');
    const textOf = ({ offset, text }: { offset: number; text: string }) => `${offset} ${text}`;
    const committed = records.filter(({ state }) => state === 'committed');
    return { committed: committed.map(textOf), all: records.map(textOf) };
  }
});

describe('compaction', () => {
  const write = fc.record({
    key: fc.constantFrom('a', 'b', 'c'),
    isDelete: fc.boolean(),
    /** A pause in which the segment grows old enough to be rolled by the next record. */
    pause: fc.boolean(),
  });

  test('the newest record of each key stays at its offset, and everything of the active segment', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(write, { minLength: 1, maxLength: 20 }), async (writes) => {
        const sent: string[] = [];
        const newest = new Map<string, string>();
        const seen = await observe(
          async (tools) => {
            const { kafka, sleep, observe: say } = tools;
            const admin = kafka.admin();
            await admin.connect();
            const configEntries = Object.entries({
              'cleanup.policy': 'compact',
              'min.cleanable.dirty.ratio': '0.01',
              'segment.ms': '1000',
            }).map(([name, value]) => ({ name, value }));
            await admin.createTopics({ topics: [{ topic, numPartitions: 1, configEntries }] });
            const producer = kafka.producer();
            await producer.connect();
            for (const [index, { key, isDelete, pause }] of writes.entries()) {
              const value = isDelete ? null : String(index);
              const [{ baseOffset }] = await producer.send({ topic, messages: [{ key, value }] });
              const text = `${baseOffset} ${key} ${String(value)}`;
              sent.push(text);
              newest.set(key, text);
              if (pause) await sleep(1500);
            }
            await sleep(5000);
            say('left', await readAll(tools, 'reader'));
            say('ends', await admin.fetchTopicOffsets(topic));
          },
          { 'log.cleaner.backoff.ms': 500 },
        );
        const left = [seen['left']].flat() as string[];
        // in the order in which it was sent, nothing made up, nothing newest lost
        expect(left).toEqual(sent.filter((text) => left.includes(text)));
        for (const text of newest.values()) expect(left).toContain(text);
        // below the last rolled segment each key stands once
        const lastPause = writes.slice(0, -1).findLastIndex(({ pause }) => pause);
        const keys = left
          .filter((text) => Number(text.split(' ', 1)[0]) <= lastPause)
          .map((text) => text.split(' ')[1]);
        expect(keys).toEqual([...new Set(keys)]);
        expect(seen['ends']).toMatchObject([{ low: '0', high: String(writes.length) }]);
      }),
      { numRuns },
    );
  }, 240_000);
});
