/** Programs against the facade, on the simulated services: what goes in comes out as the SDK has it. */
import { fc, test as check } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { base64OfBytes, bytesOfBase64 } from '../../../src/brokers/aws/protocol/bytes';
import { session, type Session } from './session';

async function queueOf({ aws }: Session, QueueName = 'orders') {
  const client = new aws.sqs.SQSClient({});
  const { QueueUrl } = await client.send(new aws.sqs.CreateQueueCommand({ QueueName }));
  return { client, QueueUrl: QueueUrl! };
}

check.prop([fc.uint8Array({ maxLength: 64 })])(
  'bytes survive base64, which is what Node makes of them',
  (bytes) => {
    const text = base64OfBytes(bytes);
    expect(text).toBe(Buffer.from(bytes).toString('base64'));
    expect([...bytesOfBase64(text)]).toEqual([...bytes]);
  },
);

describe('SQS', () => {
  test('a message comes out as it went in, with digests of its text and attributes', async () => {
    await session(async (tools) => {
      const { SendMessageCommand, ReceiveMessageCommand } = tools.aws.sqs;
      const { client, QueueUrl } = await queueOf(tools);
      const MessageAttributes = {
        name: { DataType: 'String', StringValue: 'Zoë 🚂' },
        bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255, 7) },
      };
      const sent = await client.send(
        new SendMessageCommand({ QueueUrl, MessageBody: 'grüße 🚀', MessageAttributes }),
      );
      const { Messages } = await client.send(
        new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1, MessageAttributeNames: ['All'] }),
      );
      expect(Messages).toHaveLength(1);
      expect(Messages![0]).toMatchObject({
        ...{ Body: 'grüße 🚀', MessageId: sent.MessageId, MD5OfBody: sent.MD5OfMessageBody },
        ...{ MD5OfMessageAttributes: sent.MD5OfMessageAttributes, MessageAttributes },
      });
      expect(sent.MD5OfMessageBody).toMatch(/^[0-9a-f]{32}$/);
      expect(sent.$metadata.requestId).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    });
  });

  test('best effort is not order: another seed makes another order', async () => {
    const orders = new Set<string>();
    for (let seed = 1; seed <= 10; seed++)
      await session(
        async (tools) => {
          const { SendMessageCommand, ReceiveMessageCommand, DeleteMessageCommand } = tools.aws.sqs;
          const { client, QueueUrl } = await queueOf(tools);
          for (let number = 0; number < 8; number++)
            await client.send(new SendMessageCommand({ QueueUrl, MessageBody: String(number) }));
          const received: string[] = [];
          while (received.length < 8) {
            const receive = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 });
            for (const { Body, ReceiptHandle } of (await client.send(receive)).Messages ?? []) {
              received.push(Body!);
              await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
            }
          }
          expect([...received].sort()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
          orders.add(received.join(' '));
        },
        { seed },
      );
    expect(orders.size).toBeGreaterThan(1);
  });
});

describe('Lambda', () => {
  test('a function’s result, its error, and an event that is only taken in', async () => {
    await session(async ({ aws, sleep }) => {
      const seen: unknown[] = [];
      await aws.createFunction({
        name: 'double',
        handler: ({ value }: { value?: number }, { functionName }) => {
          seen.push(value);
          if (value === undefined) throw new RangeError(`${functionName} needs a value`);
          return { value: value * 2, nothing: undefined };
        },
      });
      const client = new aws.lambda.LambdaClient({});
      const invoke = (payload: object, rest = {}) =>
        client.send(
          new aws.lambda.InvokeCommand({ FunctionName: 'double', Payload: JSON.stringify(payload), ...rest }),
        );
      const textOf = (bytes?: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes)) as unknown;

      const good = await invoke({ value: 21 });
      expect(good.StatusCode).toBe(200);
      expect('FunctionError' in good).toBe(false);
      expect(textOf(good.Payload)).toEqual({ value: 42 });

      const bad = await invoke({});
      expect(bad).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
      expect(textOf(bad.Payload)).toMatchObject({
        errorType: 'RangeError',
        errorMessage: 'double needs a value',
      });

      const taken = await invoke({ value: 1 }, { InvocationType: 'Event' });
      expect(taken.StatusCode).toBe(202);
      await sleep(5000);
      expect(seen).toEqual([21, undefined, 1]);
    });
  });

  test('a function that does not exist is an error of its own class', async () => {
    await session(async ({ aws }) => {
      const client = new aws.lambda.LambdaClient({});
      const error: unknown = await client
        .send(new aws.lambda.InvokeCommand({ FunctionName: 'nobody' }))
        .catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(aws.lambda.ResourceNotFoundException);
      expect(error).toMatchObject({ Type: 'User', $metadata: { httpStatusCode: 404 } });
      expect('Code' in (error as object)).toBe(false);
    });
  });

  test('a function that takes too long is given up, and what it says later is heard by nobody', async () => {
    await session(async ({ aws, sleep }) => {
      let finished = 0;
      await aws.createFunction({
        ...{ name: 'slow', timeoutMs: 1000 },
        handler: async () => {
          await sleep(3000);
          finished++;
        },
      });
      const client = new aws.lambda.LambdaClient({});
      const { FunctionError } = await client.send(new aws.lambda.InvokeCommand({ FunctionName: 'slow' }));
      expect(FunctionError).toBe('Unhandled');
      expect(finished).toBe(0);
      await sleep(5000);
      expect(finished).toBe(1);
    });
  });
});
