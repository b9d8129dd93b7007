import fc from 'fast-check';
import { expect, test } from 'vitest';
import { part as sns } from '../../../../src/brokers/aws/sns/broker';
import type { PublishRequest, PublishResponse } from '../../../../src/brokers/aws/sns/protocol';
import { part as sqs } from '../../../../src/brokers/aws/sqs/broker';
import { queueUrl, type DeleteMessageRequest, type ReceiveMessageRequest, type ReceiveMessageResponse } from '../../../../src/brokers/aws/sqs/protocol'; // prettier-ignore
import { textOf } from '../../../../src/brokers/aws/protocol/content';
import { AwsWorld } from '../../../helpers/aws-world';

interface Setup {
  readonly fifo: boolean;
  readonly seed: number;
  /** Who crashes when; each is up again half a second later. */
  readonly crashes: readonly (readonly [atMs: number, process: string])[];
}

function fork({ fifo, seed, crashes }: Setup) {
  const end = fifo ? '.fifo' : '';
  const attributes = fifo ? { FifoQueue: 'true' } : {};
  const queues = ['a', 'b'].map((name) => ({ name: name + end, attributes }));
  const options = { duplicateProbability: 0, outOfOrderProbability: 0 };
  const world = new AwsWorld({
    seed,
    latencyMs: { kind: 'uniform', minMs: 1, maxMs: 20 },
    processes: [
      { name: 'sqs', restartAfterMs: 500, parts: [{ name: 'broker', machine: sqs.machine, options: { name: 'sqs', kind: 'sqs', queues, options } }] }, // prettier-ignore
      {
        name: 'sns',
        restartAfterMs: 500,
        parts: [
          {
            name: 'broker',
            machine: sns.machine,
            options: {
              ...{ name: 'sns', kind: 'sns', topics: [{ name: `events${end}` }] },
              subscriptions: queues.map(({ name }) => ({
                topic: `events${end}`,
                protocol: 'sqs',
                endpoint: `sqs/${name}`,
                attributes: { RawMessageDelivery: 'true' },
              })),
            },
          },
        ],
      },
    ],
  });
  for (const [atMs, process] of crashes) world.at(atMs, (w) => w.crash(process, 'test'));
  return world;
}

/** All that is in a queue, in the order in which it comes out. */
function drain(world: AwsWorld, queue: string): string[] {
  const texts: string[] = [];
  for (;;) {
    const request: ReceiveMessageRequest = {
      type: 'ReceiveMessageRequest',
      QueueUrl: queueUrl(queue),
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 1,
    };
    const { Messages = [] } = world.ask<ReceiveMessageResponse>('sqs', request);
    if (Messages.length === 0) return texts;
    for (const { Body, ReceiptHandle } of Messages) {
      texts.push(textOf(Body, world.bodies.get(Body.message)));
      const deletion: DeleteMessageRequest = { type: 'DeleteMessageRequest', QueueUrl: queueUrl(queue), ReceiptHandle }; // prettier-ignore
      world.ask('sqs', deletion);
    }
  }
}

const setups = fc.record({
  fifo: fc.boolean(),
  seed: fc.integer({ min: 1, max: 10_000 }),
  crashes: fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.constantFrom('sqs', 'sns')), { maxLength: 3 }), // prettier-ignore
});
const groups = fc.array(fc.constantFrom('x', 'y', 'z'), { minLength: 1, maxLength: 12 });

test('every subscriber gets everything that was accepted, of a FIFO topic once and each group in its order', () => {
  fc.assert(
    fc.property(setups, groups, (setup, published) => {
      const world = fork(setup);
      const end = setup.fifo ? '.fifo' : '';
      const accepted: string[] = [];
      published.forEach((group, number) => {
        const text = `${group}${number}`;
        const fifo = setup.fifo ? { MessageGroupId: group, MessageDeduplicationId: text } : {};
        const request: PublishRequest = {
          type: 'PublishRequest',
          TopicArn: `arn:aws:sns:us-east-1:000000000000:events${end}`,
          Message: { message: world.message(text) },
          ...fifo,
        };
        const answer = world.ask<PublishResponse>('sns', request);
        // SNS was away: nobody knows whether it has it
        if (answer.type === 'PublishResponse') accepted.push(text);
        world.run(100);
      });
      world.run(60_000);
      for (const queue of ['a', 'b']) {
        const got = drain(world, queue + end);
        for (const text of accepted) expect(got).toContain(text);
        if (!setup.fifo) continue;
        expect(new Set(got).size).toBe(got.length);
        for (const group of ['x', 'y', 'z']) {
          const inGroup = got.filter((text) => text.startsWith(group)).map((text) => Number(text.slice(1)));
          expect(inGroup).toEqual([...inGroup].sort((one, other) => one - other));
        }
      }
    }),
    { numRuns: 60 },
  );
});
