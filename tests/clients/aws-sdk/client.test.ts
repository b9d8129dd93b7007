/** What a client of the SDK does by itself: retries, giving up, metadata. */
import { describe, expect, test } from 'vitest';
import type { AnyMachine } from '../../../src/kernel/machine';
import { refusal, serviceThat, session, type Session } from './session';

const done = { type: 'DeleteQueueResponse' };

/** Sends one command to the service; what came of it, and how long it took. */
async function sendTo(
  service: AnyMachine,
  { maxAttempts, seed = 1 }: { readonly maxAttempts?: number; readonly seed?: number } = {},
) {
  let outcome: { value?: unknown; error?: unknown; tookMs: number } | undefined;
  await session(
    async ({ aws, now }) => {
      const client = new aws.sqs.SQSClient(maxAttempts === undefined ? {} : { maxAttempts });
      const result = await client.send(new aws.sqs.DeleteQueueCommand({ QueueUrl: 'orders' })).then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      );
      outcome = { ...result, tookMs: now() };
    },
    { service, seed },
  );
  return outcome!;
}

describe('retries', () => {
  test('an answer of the server that it has failed is asked for again, three times in all', async () => {
    const service = serviceThat(refusal('InternalFailure', 500));
    const { error } = await sendTo(service);
    expect(service.asked).toHaveLength(3);
    expect(error).toMatchObject({ $fault: 'server', $metadata: { attempts: 3, httpStatusCode: 500 } });
  });

  test('a retry that goes well is a success that says how often it was tried', async () => {
    const { value, tookMs } = await sendTo(serviceThat(refusal('ServiceUnavailable', 503), done));
    expect(value).toMatchObject({ $metadata: { attempts: 2, httpStatusCode: 200 } });
    const { totalRetryDelay } = (value as { $metadata: { totalRetryDelay: number } }).$metadata;
    // at most 50 ms are waited before the first retry
    expect(totalRetryDelay).toBeLessThan(50);
    expect(tookMs).toBeGreaterThanOrEqual(totalRetryDelay);
  });

  test('who is throttled waits up to a second, then up to two', async () => {
    let longest = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const { error } = await sendTo(serviceThat(refusal('RequestThrottled', 403)), { seed });
      const { totalRetryDelay } = (error as { $metadata: { totalRetryDelay: number } }).$metadata;
      expect(totalRetryDelay).toBeLessThan(3000);
      longest = Math.max(longest, totalRetryDelay);
    }
    expect(longest).toBeGreaterThan(1000);
  });

  test('the caller’s own mistake is not tried again', async () => {
    const service = serviceThat(refusal('InvalidParameterValue', 400));
    await sendTo(service);
    expect(service.asked).toHaveLength(1);
  });

  test('maxAttempts says how often', async () => {
    const service = serviceThat(refusal('InternalFailure', 500));
    await sendTo(service, { maxAttempts: 1 });
    expect(service.asked).toHaveLength(1);
  });

  test('a client that has failed too often gives up its retries, until its budget grows again', async () => {
    const service = serviceThat(refusal('InternalFailure', 500));
    await session(
      async ({ aws }) => {
        const client = new aws.sqs.SQSClient({});
        for (let calls = 0; calls < 30; calls++)
          await client.send(new aws.sqs.DeleteQueueCommand({ QueueUrl: 'orders' })).catch(() => undefined);
      },
      { service },
    );
    // 500 tokens pay for 35 retries of 14 each
    expect(service.asked).toHaveLength(30 + 35);
  });

  test('a service that is down is a network error after three attempts', async () => {
    let error: unknown;
    await session(async ({ aws, kernel }) => {
      kernel.fates.crash(kernel.process('sqs')!, 'killed', null, -1);
      const client = new aws.sqs.SQSClient({});
      await client.send(new aws.sqs.ListQueuesCommand({})).catch((caught: unknown) => (error = caught));
    });
    expect(error).toMatchObject({ code: 'ECONNREFUSED', $metadata: { attempts: 3 } });
  });
});

describe('giving up', () => {
  async function abortedAfter(milliseconds: number, wait: (tools: Session) => Promise<void>) {
    let error: unknown;
    let tookMs = 0;
    await session(
      async (tools) => {
        const { aws, sleep, now } = tools;
        const controller = new AbortController();
        const client = new aws.sqs.SQSClient({});
        if (milliseconds === 0) controller.abort();
        else void sleep(milliseconds).then(() => controller.abort());
        await client
          .send(new aws.sqs.ReceiveMessageCommand({ QueueUrl: 'orders' }), { abortSignal: controller.signal })
          .catch((caught: unknown) => (error = caught));
        tookMs = now();
        await wait(tools);
      },
      { service: serviceThat('silence') },
    );
    return { error, tookMs };
  }

  test('a call that is aborted rejects at once, and nobody waits for its answer', async () => {
    const { error, tookMs } = await abortedAfter(300, ({ sleep }) => sleep(1000));
    expect(error).toMatchObject({ name: 'AbortError', message: 'Request aborted' });
    expect(tookMs).toBe(300);
  });

  test('what was aborted before is not sent', async () => {
    const { error, tookMs } = await abortedAfter(0, () => Promise.resolve());
    expect(error).toMatchObject({ name: 'AbortError' });
    expect(tookMs).toBe(0);
  });
});

test('calls of one client overlap', async () => {
  await session(async ({ aws, now }) => {
    const client = new aws.sqs.SQSClient({});
    const { QueueUrl } = await client.send(new aws.sqs.CreateQueueCommand({ QueueName: 'orders' }));
    const began = now();
    const receive = () => client.send(new aws.sqs.ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
    const outputs = await Promise.all([receive(), receive()]);
    expect(now() - began).toBeLessThan(6000);
    for (const output of outputs) expect('Messages' in output).toBe(false);
  });
});
