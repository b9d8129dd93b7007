import { describe, expect, test } from 'vitest';
import { part } from '../../../../src/brokers/aws/lambda/broker';
import type {
  FunctionConfigurationResponse,
  InvokeRequest,
  InvokeResponse,
} from '../../../../src/brokers/aws/lambda/protocol';
import type { ErrorResponse } from '../../../../src/brokers/aws/protocol/common';
import type { Tagged } from '../../../../src/kernel/machine';
import { LambdaWorld, returns, throws, type LambdaWorldSetup } from '../../../helpers/lambda-world';

function setUp(setup: LambdaWorldSetup = {}) {
  const world = new LambdaWorld({ mapping: null, ...setup });
  const event = (type: InvokeRequest['InvocationType'] = 'RequestResponse'): InvokeRequest => ({
    type: 'InvokeRequest',
    FunctionName: 'work',
    InvocationType: type,
    Payload: { message: world.message('{"raise":1}') },
  });
  const invoke = (type?: InvokeRequest['InvocationType']) => world.ask<InvokeResponse>('lambda', event(type));
  const error = (request: object) => {
    const { exception, message, httpStatus } = world.ask<ErrorResponse>('lambda', request as Tagged);
    return `${httpStatus} ${exception}: ${message}`;
  };
  return { world, invoke, event, error };
}

const seconds = (time: number) => Math.round(time / 100_000) / 10;

describe('invoking and waiting', () => {
  test('what the code returns is the answer; what it throws is an error of the function, and the call succeeds', () => {
    expect(setUp({ code: returns({ ok: true }) }).invoke()).toMatchObject({ StatusCode: 200, Payload: { ok: true } }); // prettier-ignore
    expect(setUp({ code: throws('sorry') }).invoke()).toMatchObject({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      Payload: { errorType: 'Error', errorMessage: 'sorry' },
    });
  });

  test('a dry run runs nothing', () => {
    const { world, invoke } = setUp();
    expect(invoke('DryRun').StatusCode).toBe(204);
    expect(world.runs).toHaveLength(0);
  });

  test('a function that takes too long, and one that dies', () => {
    const slow = setUp({ code: () => ({ response: null }), function: { timeoutMs: 3000 } });
    const { Payload } = slow.invoke();
    expect(Payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(JSON.stringify(Payload)).toContain('Task timed out after 3.00 seconds');
    const dying = setUp({ code: () => ({ response: null }) });
    dying.world.at(50, (w) => w.crash('worker', 'test'));
    expect(dying.invoke()).toMatchObject({ FunctionError: 'Unhandled' });
  });

  test('a function that is not there, and what cannot be made', () => {
    const { error } = setUp();
    expect(error({ type: 'InvokeRequest', FunctionName: 'nobody', Payload: { message: 0 } })).toBe(
      '404 ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:000000000000:function:nobody',
    );
    expect(error({ type: 'CreateFunctionRequest', FunctionName: 'work', Code: { process: 'x' } })).toBe(
      '409 ResourceConflictException: Function already exist: work',
    );
    expect(error({ type: 'UpdateFunctionConfigurationRequest', FunctionName: 'work', Timeout: 901 })).toMatch(
      /^400 ValidationException: .*less than or equal to 900$/,
    );
  });

  test('made, changed, asked for and deleted', () => {
    const { world, error } = setUp();
    const ask = (request: object) => world.ask<FunctionConfigurationResponse>('lambda', request as Tagged);
    const named = { FunctionName: 'other' };
    expect(ask({ type: 'CreateFunctionRequest', ...named, Code: { process: 'worker' } })).toMatchObject({ Timeout: 3, MemorySize: 128 }); // prettier-ignore
    ask({ type: 'UpdateFunctionConfigurationRequest', ...named, Timeout: 10 });
    expect(ask({ type: 'GetFunctionConfigurationRequest', ...named }).Timeout).toBe(10);
    ask({ type: 'DeleteFunctionRequest', ...named });
    expect(error({ type: 'GetFunctionConfigurationRequest', ...named })).toMatch(/^404 /);
  });
});

describe('environments', () => {
  test('the first call starts one, the next uses it, calls at once need one each, and idle ones are gone', () => {
    const { world, invoke, event } = setUp({
      code: returns(null, 500),
      options: { environmentIdleMs: 60_000, coldStartMs: 100 },
    });
    invoke();
    invoke();
    expect(world.runs.map(({ environment, coldStart }) => [environment, coldStart])).toEqual([
      [1, true],
      [1, false],
    ]);
    for (let i = 0; i < 3; i++) world.at(0, (w) => w.command('lambda/broker', event('Event')));
    world.run(300);
    const states = () =>
      [...world.lambda.functions.get('work')!.environments.values()].map(({ state }) => state);
    expect(states()).toEqual(['busy', 'busy', 'busy']);
    const face = (message: number) => ({
      message,
      domain: 'order' as const,
      label: '',
      key: null,
      version: 0,
    });
    const look = { now: world.kernel.now, cells: 10, laneEnd: () => null, rows: 10, face };
    const [about] = part.describe!(world.lambda, look).about!;
    expect(about.process).toBe('worker');
    expect(about.fields.environments!.map(({ id, state, faces }) => [id, state, faces.length])).toEqual([
      [1, 'busy', 1],
      [2, 'busy', 1],
      [3, 'busy', 1],
    ]);
    world.run(2000);
    expect(states()).toEqual(['idle', 'idle', 'idle']);
    world.run(60_000);
    expect(states()).toEqual([]);
  });

  test('reserved concurrency is as many at once, and no more', () => {
    const { world, event, error } = setUp({
      code: returns(null, 1000),
      function: { reservedConcurrency: 1 },
    });
    world.at(0, (w) => w.command('lambda/broker', event()));
    world.run(10);
    expect(error(event())).toBe('429 TooManyRequestsException: Rate Exceeded.');
    expect(world.facts('InvocationThrottled')).toHaveLength(1);
  });

  test('a reservation leaves 100 to others', () => {
    const { error } = setUp();
    expect(error({ type: 'PutFunctionConcurrencyRequest', FunctionName: 'work', ReservedConcurrentExecutions: 901 })).toMatch(/below its minimum value of \[100\]/); // prettier-ignore
  });
});

describe('asynchronous events', () => {
  const configure = (world: LambdaWorld, more: object) =>
    world.ask('lambda', {
      type: 'PutFunctionEventInvokeConfigRequest',
      FunctionName: 'work',
      ...more,
    } as Tagged);

  test('answered at once, retried after one and two minutes, then lost', () => {
    const { world, invoke } = setUp({ code: throws() });
    expect(invoke('Event').StatusCode).toBe(202);
    world.run(400_000);
    const times = world.facts('FunctionInvoked').map(({ time }) => seconds(time));
    expect(times).toHaveLength(3);
    expect(times[1] - times[0]).toBeCloseTo(60.1, 0);
    expect(times[2] - times[1]).toBeCloseTo(120, 0);
    expect(world.facts('EventDiscarded')).toHaveLength(1);
  });

  test('what is given up goes to the destination and to the dead-letter queue', () => {
    const { world, invoke } = setUp({ code: throws('bad'), queues: [{ name: 'failed' }, { name: 'dead' }] });
    const arn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
    configure(world, { MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: arn('failed') } } }); // prettier-ignore
    world.ask('lambda', {
      type: 'UpdateFunctionConfigurationRequest',
      FunctionName: 'work',
      DeadLetterConfig: { TargetArn: arn('dead') },
    } as Tagged);
    invoke('Event');
    world.run(5000);
    expect(world.runs).toHaveLength(1);
    expect(world.facts('EventDeadLettered').map(({ detail }) => detail)).toEqual(['sqs/failed', 'sqs/dead']);
    expect([world.depth('failed')[0], world.depth('dead')[0]]).toEqual([1, 1]);
  });

  test('throttled events wait longer and longer, until they are too old', () => {
    const { world, invoke } = setUp({ function: { reservedConcurrency: 0 } });
    configure(world, { MaximumEventAgeInSeconds: 60 });
    invoke('Event');
    world.run(120_000);
    const times = world.facts('InvocationThrottled').map(({ time }) => Math.round(seconds(time)));
    expect(times).toEqual([0, 1, 3, 7, 15, 31]);
    expect(world.facts('EventAgeExceeded')).toHaveLength(1);
  });

  test('an event that was accepted is run though Lambda crashes in between', () => {
    const { world, invoke } = setUp({ code: returns(null, 1000) });
    invoke('Event');
    world.run(200);
    world.at(0, (w) => w.crash('lambda', 'test'));
    world.run(5000);
    expect(world.runs).toHaveLength(2);
    expect(world.lambda.events.size).toBe(0);
  });
});
