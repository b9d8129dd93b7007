/**
 * Whatever becomes of requests, answers, connections and the broker, the Java producer writes each record once and in
 * order; with transactions, all of a transaction or nothing. The model is a list of what was sent.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JavaProducer } from '../../src/clients/kafka-java/api';
import { defineConformance, type Tools } from './define';
import { simulate } from './harness/simulate';

const numRuns = process.env.LONG ? 1000 : 60;
const partitions = 2;

type Deed =
  | { readonly does: 'send'; readonly partition: number; readonly count: number }
  | { readonly does: 'drop' | 'cut' | 'crash' }
  | { readonly does: 'hold' | 'sleep'; readonly forMs: number };

const trouble: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant('drop' as const) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('hold' as const), forMs: fc.integer({ min: 1, max: 3000 }) }) }, // prettier-ignore
  { weight: 2, arbitrary: fc.record({ does: fc.constant('cut' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('crash' as const) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('sleep' as const), forMs: fc.integer({ min: 1, max: 800 }) }) }, // prettier-ignore
);
const send: fc.Arbitrary<Deed> = fc.record({
  does: fc.constant('send' as const),
  partition: fc.nat(partitions - 1),
  count: fc.integer({ min: 1, max: 4 }),
});
const deeds = fc.array(fc.oneof({ weight: 2, arbitrary: send }, { weight: 1, arbitrary: trouble }), {
  maxLength: 30,
});
const config = fc.record({
  'linger.ms': fc.constantFrom(0, 5, 100),
  'batch.size': fc.constantFrom(1, 200, 16_384),
  'max.in.flight.requests.per.connection': fc.constantFrom(1, 2, 5),
});

/** What a reader of committed records finds, by partition: "offset value". */
async function read(tools: Tools, topic: string): Promise<string[][]> {
  const found: string[][] = Array.from({ length: partitions }, () => []);
  const consumer = tools.client('reader').consumer({ groupId: 'reader', maxWaitTimeInMs: 200 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachMessage: ({ partition, message: { offset, value } }) => {
      found[partition].push(`${offset} ${String(value)}`);
      return Promise.resolve();
    },
  });
  await tools.sleep(3000);
  await consumer.disconnect();
  return found;
}

async function strike({ fault, sleep }: Tools, deed: Exclude<Deed, { does: 'send' }>): Promise<void> {
  if (deed.does === 'drop') await fault.dropResponse('producer', 'Produce');
  else if (deed.does === 'hold') await fault.dropResponse('producer', 'Produce', { holdMs: deed.forMs });
  else if (deed.does === 'cut') await fault.cut('producer');
  else if (deed.does === 'sleep') await sleep(deed.forMs);
  else {
    await fault.crash(1);
    await fault.start(1);
  }
}

async function play(run: (tools: Tools, topic: string) => Promise<void>): Promise<void> {
  await simulate(
    defineConformance({
      ...{ id: 'model', title: '', broker: 'kafka', compare: 'D' },
      async run(tools) {
        const admin = await tools.java.admin('admin');
        await admin.createTopic('events', partitions);
        await run(tools, 'events');
      },
    }),
  );
}

const patient = { 'request.timeout.ms': 2000, 'delivery.timeout.ms': 3_000_000, 'max.block.ms': 600_000 };

describe('the Java producer', () => {
  test('writes each record once and in order, at the offset that it says', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, config, async (list, given) => {
        await play(async (tools, topic) => {
          const producer = await tools.java.producer('producer', { ...patient, ...given });
          const sent: { partition: number; value: string; told: Promise<number> }[] = [];
          for (const deed of list) {
            if (deed.does !== 'send') await strike(tools, deed);
            else
              for (let count = 0; count < deed.count; count++)
                sent.push(one(producer, topic, deed.partition, String(sent.length)));
          }
          const offsets = await Promise.all(sent.map(({ told }) => told));
          const expected = Array.from({ length: partitions }, (_, partition) =>
            sent.flatMap((each, index) =>
              each.partition === partition ? [`${offsets[index]} ${each.value}`] : [],
            ),
          );
          expect(await read(tools, topic)).toEqual(expected);
        });
      }),
      { numRuns },
    );
  }, 240_000);

  function one(producer: JavaProducer, topic: string, partition: number, value: string) {
    const told = producer.send({ topic, partition, value }).then(({ offset }) => offset);
    return { partition, value, told };
  }
});

describe('its transactions', () => {
  const transaction = fc.record({
    deeds: fc.array(fc.oneof({ weight: 2, arbitrary: send }, { weight: 1, arbitrary: trouble }), {
      maxLength: 8,
    }),
    commits: fc.boolean(),
  });

  test('are read as a whole or not at all, in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(transaction, { maxLength: 6 }), config, async (list, given) => {
        await play(async (tools, topic) => {
          const producer = await tools.java.producer('producer', {
            ...{ ...patient, ...given, 'transactional.id': 'tx', 'transaction.timeout.ms': 900_000 },
          });
          await producer.initTransactions();
          const expected: string[][] = Array.from({ length: partitions }, () => []);
          let value = 0;
          for (const { deeds: each, commits } of list) {
            await producer.beginTransaction();
            const told: Promise<unknown>[] = [];
            for (const deed of each) {
              if (deed.does !== 'send') {
                await strike(tools, deed);
                continue;
              }
              for (let count = 0; count < deed.count; count++) {
                if (commits) expected[deed.partition].push(String(value));
                const { partition } = deed;
                told.push(producer.send({ topic, partition, value: String(value++) }).catch(() => null));
              }
            }
            await (commits ? producer.commitTransaction() : producer.abortTransaction());
            await Promise.all(told);
          }
          const found = await read(tools, topic);
          expect(found.map((rows) => rows.map((row) => row.split(' ')[1]))).toEqual(expected);
        });
      }),
      { numRuns },
    );
  }, 240_000);
});
