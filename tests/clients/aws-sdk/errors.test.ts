/** The SDK's error classes and fields, as 3.1169 makes them of AWS's answers (compared with a stub over HTTP). */
import * as realLambda from '@aws-sdk/client-lambda';
import * as realSns from '@aws-sdk/client-sns';
import * as realSqs from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { awsSdk } from '../../../src/clients/aws-sdk';
import type { ScriptWorld } from '../../../src/clients/script';
import { refusal, serviceThat, session } from './session';

type Thrown = Error & Readonly<Record<string, unknown>>;

async function thrownFor(
  answer: ReturnType<typeof refusal>,
): Promise<{ error: Thrown; aws: typeof realSqs }> {
  let error: Thrown | undefined;
  let module: typeof realSqs | undefined;
  await session(
    async ({ aws }) => {
      module = aws.sqs;
      const client = new aws.sqs.SQSClient({});
      await client
        .send(new aws.sqs.ReceiveMessageCommand({ QueueUrl: 'orders' }))
        .catch((caught: unknown) => (error = caught as Thrown));
    },
    { service: serviceThat(answer) },
  );
  return { error: error!, aws: module! };
}

describe('errors', () => {
  test('an error that the model names has its class, its name, and the code of the query protocol', async () => {
    const { error, aws } = await thrownFor(
      refusal('AWS.SimpleQueueService.NonExistentQueue', 400, 'QueueDoesNotExist'),
    );
    expect(error).toBeInstanceOf(aws.QueueDoesNotExist);
    expect(error).toBeInstanceOf(aws.SQSServiceException);
    expect(error).toMatchObject({
      ...{ name: 'QueueDoesNotExist', Code: 'AWS.SimpleQueueService.NonExistentQueue', Type: 'Sender' },
      ...{ $fault: 'client', $metadata: { httpStatusCode: 400, attempts: 1, totalRetryDelay: 0 } },
    });
    expect(error.message).toBe('AWS.SimpleQueueService.NonExistentQueue!');
  });

  test('an error that the model does not name is of the service’s class, under its code', async () => {
    const { error, aws } = await thrownFor(
      refusal('InvalidParameterValue', 400, 'InvalidParameterValueException'),
    );
    expect(error).toBeInstanceOf(aws.SQSServiceException);
    expect(error.name).toBe('InvalidParameterValue');
  });

  test('a queue that is made again otherwise is QueueNameExists, with another code', async () => {
    const { error } = await thrownFor(refusal('QueueAlreadyExists', 400, 'QueueNameExists'));
    expect([error.name, error['Code']]).toEqual(['QueueNameExists', 'QueueAlreadyExists']);
  });
});

/** What a module has under the name; the name of the error when it refuses. */
function look(module: object, name: string): unknown {
  try {
    return (module as Readonly<Record<string, unknown>>)[name];
  } catch (error) {
    return (error as Error).name;
  }
}

describe('modules', () => {
  const { sqs, sns, lambda } = awsSdk({} as ScriptWorld);

  test.each([
    ['client-sqs', sqs, realSqs],
    ['client-sns', sns, realSns],
    ['client-lambda', lambda, realLambda],
  ] as const)(
    'of %s everything that is offered is in the library, and the rest says that it is not there',
    (_, ours, real) => {
      const names = Object.keys(real).filter((name) => /^[A-Z].*(Command|Exception|Client)$/.test(name));
      const found = names.map((name) => look(ours, name));
      for (const one of found) expect(one === 'NotSimulated' || typeof one === 'function').toBe(true);
      const offered = found.filter((one) => one !== 'NotSimulated');
      expect(offered.length).toBeGreaterThan(10);
    },
  );

  test('SQS is offered whole', () => {
    const commands = Object.keys(realSqs).filter((name) => /[a-z]Command$/.test(name));
    for (const name of commands)
      expect((sqs as Readonly<Record<string, unknown>>)[name], name).toBeTypeOf('function');
  });

  test('what is no name of the library is not there, so that a module can be printed and awaited', () => {
    expect((sqs as unknown as { then?: unknown }).then).toBeUndefined();
  });

  test.each([
    ['client-sqs', sqs, realSqs.SQSServiceException, realSqs],
    ['client-sns', sns, realSns.SNSServiceException, realSns],
  ] as const)('of %s every error class is there', (_, ours, base, real) => {
    const names = Object.entries(real as Readonly<Record<string, unknown>>)
      .filter(
        ([, value]) =>
          typeof value === 'function' && (value as { prototype: unknown }).prototype instanceof base,
      )
      .map(([name]) => name);
    expect(names.length).toBeGreaterThan(20);
    for (const name of names)
      expect((ours as Readonly<Record<string, unknown>>)[name], name).toBeTypeOf('function');
  });
});
