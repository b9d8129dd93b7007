import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { part as lambda } from '../../../../src/brokers/aws/lambda/broker';
import type {
  EventSourceMappingResponse,
  Json,
  ListEventSourceMappingsResponse,
} from '../../../../src/brokers/aws/lambda/protocol';
import type { ErrorResponse } from '../../../../src/brokers/aws/protocol/common';
import type { Tagged } from '../../../../src/kernel/machine';
import { LambdaWorld, recordsOf, returns, throws, type Code } from '../../../helpers/lambda-world';

const texts = (count: number) => Array.from({ length: count }, (_, i) => `m${i}`);
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const hidden = (seconds: number, more: Record<string, string> = {}) => [
  { name: 'orders', attributes: { VisibilityTimeout: String(seconds), ...more } },
  { name: 'dead' },
];
const toDead = (maxReceiveCount: number) => ({
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dead'), maxReceiveCount }),
});

describe('batches of a queue', () => {
  test('ten at a time, and deleted when the function is done', () => {
    const world = new LambdaWorld({});
    world.send(texts(25));
    world.run(5000);
    expect(world.batches.flat().sort()).toEqual(texts(25).sort());
    expect(Math.max(...world.batches.map(({ length }) => length))).toBeLessThanOrEqual(10);
    expect(world.depth()).toEqual([0, 0]);
    expect(world.facts('MessageDeleted')).toHaveLength(25);
  });

  test('records say what SQS says of its messages', () => {
    const world = new LambdaWorld({});
    world.send(['x']);
    world.run(1000);
    const [record] = recordsOf(world.runs[0].event);
    expect(record).toMatchObject({
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn('orders'),
      awsRegion: 'us-east-1',
      attributes: { ApproximateReceiveCount: '1' },
    });
  });

  test('with a window a batch is what comes within it, or is full', () => {
    const world = new LambdaWorld({ mapping: { batchSize: 100, maximumBatchingWindowMs: 10_000 } });
    world.send(texts(15));
    world.run(3000);
    world.send(['late']);
    expect(world.runs).toHaveLength(0);
    world.run(10_000);
    expect(world.batches.map(({ length }) => length)).toEqual([16]);
    const full = new LambdaWorld({ mapping: { batchSize: 15, maximumBatchingWindowMs: 60_000 } });
    full.send(texts(30));
    full.run(3000);
    expect(full.batches.map(({ length }) => length)).toEqual([15, 15]);
  });

  test('a payload is at most 6 MB', () => {
    const world = new LambdaWorld({ mapping: { batchSize: 100, maximumBatchingWindowMs: 5000 } });
    for (let i = 0; i < 8; i++) world.send([`${i}${'x'.repeat(1_000_000)}`]);
    world.run(20_000);
    expect(world.batches.map(({ length }) => length).sort()).toEqual([2, 6]);
  });

  test('an error leaves all of them in the queue until their timeout, then they come again', () => {
    const code: Code = (_, number) => (number === 0 ? throws()(_, 0, null!) : returns()(_, 1, null!));
    const world = new LambdaWorld({ code, queues: hidden(30) });
    world.send(texts(3));
    world.run(20_000);
    expect(world.runs).toHaveLength(1);
    expect(world.facts('BatchItemFailed')).toHaveLength(3);
    world.run(20_000);
    const receives = world.runs.slice(1).flatMap(({ event }) => recordsOf(event).map(({ attributes }) => attributes['ApproximateReceiveCount'])); // prettier-ignore
    expect(receives).toEqual(['2', '2', '2']);
    expect(world.depth()).toEqual([0, 0]);
  });

  test('who always fails ends in the dead-letter queue', () => {
    const world = new LambdaWorld({ code: throws(), queues: hidden(3, toDead(2)) });
    world.send(texts(3));
    world.run(60_000);
    expect(world.batches.flat()).toHaveLength(6);
    expect(world.depth('dead')).toEqual([3, 0]);
  });

  test.each<[string, Json | undefined, number]>([
    ['nothing', undefined, 0],
    ['null', null, 0],
    ['an empty object', {}, 0],
    ['no list', { batchItemFailures: null }, 0],
    ['an empty list', { batchItemFailures: [] }, 0],
    ['an item without an identifier', { batchItemFailures: [{ foo: 'notvalid' }] }, 3],
    ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }, 3],
    ['an identifier that is null', { batchItemFailures: [{ itemIdentifier: null }] }, 3],
    ['an identifier nobody has', { batchItemFailures: [{ itemIdentifier: 'nobody' }] }, 3],
    ['a text', 'done', 3],
    ['another name', { failures: [] }, 3],
  ])('ReportBatchItemFailures answered by %s', (_, returned, left) => {
    const code: Code = () => ({ response: returned === undefined ? {} : { returned } });
    const world = new LambdaWorld({ code, mapping: { reportBatchItemFailures: true }, queues: hidden(60) });
    world.send(texts(3));
    world.run(5000);
    expect(world.depth()).toEqual([0, left]);
  });

  test('ReportBatchItemFailures: only those that are named are left', () => {
    const code: Code = ({ event }) => {
      const [, second] = recordsOf(event);
      return { response: { returned: { batchItemFailures: [{ itemIdentifier: second.messageId }] } } };
    };
    const world = new LambdaWorld({ code, mapping: { reportBatchItemFailures: true }, queues: hidden(60) });
    world.send(texts(3));
    world.run(5000);
    expect(world.depth()).toEqual([0, 1]);
    const [named] = world.facts('BatchItemFailed').map(({ message }) => message);
    expect(named).toBe(recordsOf(world.runs[0].event)[1].body.message);
  });

  test('what meets no filter is deleted, and the function never hears of it', () => {
    const filterCriteria = {
      Filters: [{ Pattern: '{"body":{"kind":["a"]}}' }, { Pattern: '{"body":["plain"]}' }],
    };
    const world = new LambdaWorld({ mapping: { filterCriteria } });
    world.send(['{"kind":"a"}', '{"kind":"b"}', 'plain', 'other', '["a"]']);
    world.run(5000);
    expect(world.batches.flat().sort()).toEqual(['plain', '{"kind":"a"}']);
    expect(world.facts('MessageFiltered')).toHaveLength(3);
    expect(world.depth()).toEqual([0, 0]);
  });

  test('a group of a FIFO queue is one at a time, in its order', () => {
    const queues = [{ name: 'orders.fifo', attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' } }]; // prettier-ignore
    const world = new LambdaWorld({
      queues,
      code: returns(null, 500),
      mapping: { queue: 'sqs/orders.fifo', batchSize: 2 },
    });
    const all = ['a', 'b'].flatMap((group) => texts(6).map((text) => `${group} ${text}`));
    world.send(all, 'orders.fifo', (text) => ({ MessageGroupId: text[0] }));
    world.run(20_000);
    const order = (group: string) => world.batches.flat().filter((text) => text.startsWith(group));
    expect(order('a')).toEqual(texts(6).map((text) => `a ${text}`));
    expect(order('b')).toEqual(texts(6).map((text) => `b ${text}`));
  });
});

describe('pollers', () => {
  const busiest = (world: LambdaWorld) => {
    let most = 0;
    for (let i = 0; i < 200; i++) {
      world.run(100);
      const environments = [...world.lambda.functions.get('work')!.environments.values()];
      most = Math.max(most, environments.filter(({ state }) => state === 'busy').length);
    }
    return most;
  };

  test('five batches at once at first, more while there is more, at most as many as may be', () => {
    const slow = { code: returns(null, 2500), mapping: { batchSize: 1 } };
    const free = new LambdaWorld({ ...slow });
    free.send(texts(200));
    free.run(900);
    expect(free.runs).toHaveLength(5);
    expect(busiest(free)).toBeGreaterThan(20);
    const bound = new LambdaWorld({ ...slow, mapping: { batchSize: 1, maximumConcurrency: 2 } });
    bound.send(texts(50));
    expect(busiest(bound)).toBe(2);
  });

  test('a poll that finds nothing lets them be fewer again', () => {
    const world = new LambdaWorld({ code: returns(null, 2500), mapping: { batchSize: 1 } });
    world.send(texts(100));
    world.run(300_000);
    const [mapping] = world.lambda.mappings.values();
    expect(mapping.pollers).toBe(5);
    expect(world.depth()).toEqual([0, 0]);
  });

  test('a function without room costs receives: a low maximum leads to dead letters that nobody tried', () => {
    const world = new LambdaWorld({
      code: returns(null, 2900),
      function: { reservedConcurrency: 1 },
      queues: hidden(3, toDead(1)),
      mapping: { batchSize: 1 },
    });
    world.send(texts(20));
    world.run(120_000);
    const tried = new Set(world.batches.flat());
    expect(world.depth('dead')[0]).toBeGreaterThan(0);
    expect(tried.size).toBeLessThan(20);
    expect(world.facts('InvocationThrottled').length).toBeGreaterThan(0);
  });

  test('what a function that is too slow for the visibility timeout has done comes again', () => {
    const world = new LambdaWorld({
      code: returns(null, 5000),
      function: { timeoutMs: 10_000 },
      queues: hidden(2),
    });
    world.send(['x']);
    world.run(6000);
    expect(world.runs.length).toBeGreaterThan(1);
  });
});

describe('mappings', () => {
  const setUp = () => {
    const world = new LambdaWorld({ mapping: null, queues: [{ name: 'orders' }, { name: 'short', attributes: { VisibilityTimeout: '2' } }] }); // prettier-ignore
    const ask = <Answer extends Tagged = EventSourceMappingResponse>(request: object) =>
      world.ask<Answer>('lambda', request as Tagged);
    const create = (more: object = {}) => ({
      type: 'CreateEventSourceMappingRequest',
      FunctionName: 'work',
      EventSourceArn: queueArn('orders'),
      ...more,
    });
    const error = (request: object) => {
      const { exception, message } = ask<ErrorResponse>(request);
      return `${exception}: ${message}`;
    };
    return { world, ask, create, error };
  };

  test('a scenario, too, has one of a queue to a function', () => {
    const { machine } = lambda;
    const mappings =
      (...queues: readonly string[]) =>
      () =>
        machine.init({
          ...{ name: 'lambda', functions: [{ name: 'work', process: 'worker' }] },
          eventSourceMappings: queues.map((queue) => ({ function: 'work', queue })),
        });
    expect(mappings('sqs/orders', 'sqs/other')).not.toThrow();
    expect(mappings('sqs/orders', queueArn('orders'))).toThrow(
      /^lambda: An event source mapping .* already exists/,
    );
  });

  test('being made, enabled, disabled, updated, deleted', () => {
    const { world, ask, create, error } = setUp();
    const { UUID, State, BatchSize } = ask(create());
    expect([State, BatchSize]).toEqual(['Creating', 10]);
    const state = () => ask({ type: 'GetEventSourceMappingRequest', UUID }).State;
    const update = (more: object) => ({ type: 'UpdateEventSourceMappingRequest', UUID, ...more });
    expect(error(update({ BatchSize: 5 }))).toMatch(/^ResourceInUseException/);
    world.run(3000);
    expect(state()).toBe('Enabled');
    expect(ask(update({ BatchSize: 5 }))).toMatchObject({ State: 'Updating', BatchSize: 5 });
    world.run(3000);
    expect(ask(update({ Enabled: false })).State).toBe('Disabling');
    world.run(3000);
    expect(state()).toBe('Disabled');
    world.send(['x']);
    world.run(30_000);
    expect(world.runs).toHaveLength(0);
    expect(ask(update({ Enabled: true })).State).toBe('Enabling');
    world.run(5000);
    expect(world.runs).toHaveLength(1);
    expect(ask({ type: 'DeleteEventSourceMappingRequest', UUID }).State).toBe('Deleting');
    world.run(3000);
    expect(error({ type: 'GetEventSourceMappingRequest', UUID })).toBe(
      'ResourceNotFoundException: The resource you requested does not exist.',
    );
  });

  test.each<[object, string]>([
    [{ FunctionName: 'nobody' }, 'InvalidParameterValueException: Function does not exist'],
    [
      { BatchSize: 11 },
      'InvalidParameterValueException: Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    ],
    [
      { FilterCriteria: { Filters: [{ Pattern: 'simple string' }] } },
      'InvalidParameterValueException: Invalid filter pattern definition.',
    ],
    [
      { FilterCriteria: { Filters: [{ Pattern: '{"eventSource":[]}' }] } },
      'InvalidParameterValueException: Invalid filter pattern definition.',
    ],
    [
      { EventSourceArn: queueArn('nobody') },
      'InvalidParameterValueException: Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
    ],
    [
      { EventSourceArn: queueArn('short') },
      'InvalidParameterValueException: Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds',
    ],
  ])('is not made with %j', (more, message) => {
    const { create, error } = setUp();
    expect(error(create(more))).toBe(message);
  });

  test('a queue and a function are mapped once', () => {
    const { ask, create, error } = setUp();
    const { UUID } = ask(create());
    expect(error(create())).toBe(
      `ResourceConflictException: An event source mapping with SQS arn (" ${queueArn('orders')} ") and function (" work ") already exists. Please update or delete the existing mapping with UUID ${UUID}`,
    );
    const { EventSourceMappings } = ask<ListEventSourceMappingsResponse>({
      type: 'ListEventSourceMappingsRequest',
      FunctionName: 'work',
    });
    expect(EventSourceMappings.map((one) => one.UUID)).toEqual([UUID]);
  });
});

test('whatever functions, queues and Lambda do, nothing is deleted that the function has not done', () => {
  const done =
    (kind: number, number: number): Code =>
    (request, _, context) => {
      const records = recordsOf(request.event);
      if (kind === 0) return { response: { threw: { errorMessage: 'no' } } };
      if (kind === 1) return { response: null };
      const failed = kind === 2 ? records.filter((__, index) => (index + number) % 2 === 0) : [];
      for (const record of records) {
        if (!failed.includes(record)) context.notes.set(`done ${record.body.message}`, [1]);
      }
      return { response: { returned: { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) } } }; // prettier-ignore
    };
  const faults = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.constantFrom('worker', 'lambda', 'sqs')),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(
      fc.record({
        kinds: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 6 }),
        count: fc.integer({ min: 1, max: 25 }),
        batchSize: fc.integer({ min: 1, max: 10 }),
        faults,
        seed: fc.integer({ min: 1, max: 1000 }),
      }),
      ({ kinds, count, batchSize, faults: crashes, seed }) => {
        const world = new LambdaWorld({
          seed,
          code: (request, number, context) => done(kinds[number] ?? 3, number)(request, number, context),
          queues: hidden(4),
          function: { timeoutMs: 3000 },
          mapping: { batchSize, reportBatchItemFailures: true },
        });
        for (const [atMs, process] of crashes) world.at(atMs, (w) => w.crash(process, 'test'));
        try {
          world.send(texts(count));
        } catch {
          return; // the queue was away while the test sent to it
        }
        world.run(120_000);
        const isDone = (message: number) => world.kernel.notes.has(`done ${message}`);
        for (const { message } of world.facts('MessageDeleted')) expect(isDone(message)).toBe(true);
        expect(world.depth()).toEqual([0, 0]);
      },
    ),
    { numRuns: 60 },
  );
});
