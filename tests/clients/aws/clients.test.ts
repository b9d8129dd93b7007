import { describe, expect, test } from 'vitest';
import { part as lambda } from '../../../src/brokers/aws/lambda/broker';
import { part as sns } from '../../../src/brokers/aws/sns/broker';
import { part as sqs } from '../../../src/brokers/aws/sqs/broker';
import { part as consumer } from '../../../src/clients/aws/consumer';
import type { Consumer } from '../../../src/clients/aws/consumer-state';
import { part as code } from '../../../src/clients/aws/function';
import { part as producer } from '../../../src/clients/aws/producer';
import type { Publish } from '../../../src/kernel/delivery';
import type { Tagged } from '../../../src/kernel/machine';
import { BadOption } from '../../../src/kernel/options';
import type { AnyPart } from '../../../src/kernel/part';
import { part as service } from '../../../src/services/consumer';
import { AwsWorld } from '../../helpers/aws-world';

interface Setup {
  readonly queues?: readonly { name: string; attributes?: Record<string, string> }[];
  readonly shop?: object;
  readonly mailer?: object;
  readonly work?: object;
}

/** A shop that sends, and a mailer that receives. */
function street({ queues = [{ name: 'orders' }], shop = {}, mailer = {}, work = {} }: Setup) {
  const options = { duplicateProbability: 0 };
  const world = new AwsWorld({
    processes: [
      { name: 'sqs', parts: [{ name: 'broker', machine: sqs.machine, options: { name: 'sqs', kind: 'sqs', queues, options } }] }, // prettier-ignore
      { name: 'shop', parts: [{ name: 'driver', machine: producer.machine, options: shop }] },
      {
        name: 'mailer',
        restartAfterMs: 1000,
        parts: [
          { name: 'driver', machine: consumer.machine, options: { queue: 'orders', ...mailer } },
          { name: 'consumer', machine: service.machine, options: { latencyMs: 10, ...work } },
        ],
      },
    ],
  });
  let tickets = 0;
  const publish = (...texts: string[]) => {
    const messages = texts.map((text) => world.message(text));
    const command: Publish = {
      type: 'Publish',
      ticket: ++tickets,
      replyTo: 'driver',
      place: 'orders',
      messages,
    };
    world.at(0, (w) => w.command('shop/driver', command));
  };
  return { world, publish, kinds: (kind: string) => world.facts().filter((fact) => fact.kind === kind) };
}

describe('from a producer through a queue to a consumer', () => {
  test('everything is sent, confirmed, handled and deleted once', () => {
    const { world, publish, kinds } = street({ shop: { batchSize: 10 } });
    publish(...Array.from({ length: 25 }, (_, i) => `m${i}`));
    world.run(5000);
    expect(kinds('published')).toHaveLength(25);
    expect(kinds('confirmed')).toHaveLength(25);
    expect(kinds('applied')).toHaveLength(25);
    expect(kinds('settled')).toHaveLength(25);
  });

  test('a consumer that deletes first and dies has lost a message; one that deletes after repeats it', () => {
    const run = (how: 'before' | 'after', step: string) => {
      const { world, publish, kinds } = street({ mailer: { delete: how, visibilityTimeout: 5 } });
      world.at(0, (w) => w.pin('mailer', step, 1));
      publish('only');
      world.run(20_000);
      return kinds('applied').length;
    };
    expect(run('before', 'apply')).toBe(0);
    expect(run('after', 'apply')).toBe(1);
    expect(run('after', 'delete')).toBe(2);
    expect(run('after', 'deleted')).toBe(1);
  });

  test('a slow handler outlives the visibility timeout, unless heartbeats hide its message anew', () => {
    const applied = (heartbeatInterval: number) => {
      const { world, publish, kinds } = street({
        mailer: { visibilityTimeout: 2, heartbeatInterval, concurrency: 2 },
        work: { latencyMs: 5000 },
      });
      publish('slow');
      world.run(30_000);
      return kinds('applied').length;
    };
    expect(applied(0)).toBeGreaterThan(1);
    expect(applied(1)).toBe(1);
  });

  test('one message of a receive fails: what becomes of the others', () => {
    const settledAndApplied = (deletes: string) => {
      const { world, publish, kinds } = street({
        queues: [{ name: 'orders', attributes: { VisibilityTimeout: '60' } }],
        shop: { batchSize: 10 },
        mailer: { deletes },
        work: { failing: 'bad' },
      });
      publish('a', 'bad', 'b');
      world.run(30_000);
      return [kinds('settled').length, kinds('applied').length];
    };
    expect(settledAndApplied('each')).toEqual([2, 2]);
    expect(settledAndApplied('batch')).toEqual([2, 2]);
    const [settled, applied] = settledAndApplied('batch or none');
    expect(settled).toBeLessThan(2);
    expect(applied).toBe(2);
  });

  test('a handler that throws may give its message back at once', () => {
    const { world, publish, kinds } = street({
      queues: [{ name: 'orders', attributes: { VisibilityTimeout: '60' } }],
      mailer: { onFailure: 'release' },
      work: { failing: 'bad' },
    });
    publish('bad');
    world.run(1000);
    expect(kinds('failed').length).toBeGreaterThan(3);
  });

  test('a queue that is not there: the call fails and nothing is sent', () => {
    const { world, publish, kinds } = street({ queues: [{ name: 'other' }] });
    publish('x');
    world.run(2000);
    expect(kinds('failed').map(({ detail }) => detail)).toEqual([
      'AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist.',
    ]);
  });

  test('a queue that is not there is asked for once a second, and received from when it is made', () => {
    const { world, publish, kinds } = street({ queues: [{ name: 'other' }] });
    const calls = () => world.state<Consumer>('mailer/driver').calls.lastCall;
    world.run(10_500);
    expect(calls()).toBe(11);
    // whatever else it hears in between
    for (const type of ['Pause', 'Resume']) world.at(10_600, (w) => w.command('mailer/driver', { type }));
    world.run(200);
    expect(calls()).toBe(11);
    world.ask('sqs', { type: 'CreateQueueRequest', QueueName: 'orders' } as Tagged);
    publish('late');
    world.run(5000);
    expect(kinds('applied')).toHaveLength(1);
  });

  test('entries that fail in a batch that succeeds: told of, or overlooked', () => {
    const confirmedAndFailed = (failedEntries: string) => {
      const { world, publish, kinds } = street({
        queues: [{ name: 'orders', attributes: { MaximumMessageSize: '1024' } }],
        shop: { batchSize: 10, failedEntries },
      });
      publish('small', 'x'.repeat(2000));
      world.run(2000);
      return [kinds('confirmed').length, kinds('failed').length];
    };
    expect(confirmedAndFailed('ignore')).toEqual([1, 1]);
    expect(confirmedAndFailed('retry')).toEqual([1, 3]);
  });

  test('three attempts while the service is away, then it is given up', () => {
    const { world, publish, kinds } = street({});
    world.at(0, (w) => w.crash('sqs', 'test'));
    world.run(10);
    publish('x');
    world.run(30_000);
    expect(kinds('failed').map(({ detail }) => detail)).toEqual(['ECONNRESET: the connection was closed']);
  });

  test('of a FIFO queue a group is one key, and a message that is sent twice is one', () => {
    const { world, kinds } = street({ queues: [{ name: 'orders.fifo', attributes: { FifoQueue: 'true' } }] });
    const message = world.message('x', { key: 'k' });
    for (const ticket of [1, 2]) {
      const command: Publish = { type: 'Publish', ticket, replyTo: 'driver', place: 'orders.fifo', messages: [message] }; // prettier-ignore
      world.at(0, (w) => w.command('shop/driver', command));
    }
    world.run(1000);
    expect(kinds('accepted').map(({ detail }) => detail)).toEqual(['k']);
    expect(kinds('confirmed')).toHaveLength(2);
  });

  test('what may change while it runs does with the next delivery; the rest is refused', () => {
    const { world, publish, kinds } = street({});
    world.at(0, (w) => w.configure('mailer/driver', { delete: 'before' }));
    world.at(0, (w) => w.pin('mailer', 'apply', 1));
    publish('only');
    world.run(60_000);
    expect(kinds('applied')).toHaveLength(0);
    expect(() => consumer.machine.configure!(consumer.machine.init({}), { queue: 'x' })).toThrow(
      /cannot be changed/,
    );
  });

  test('paused, it receives nothing; stopped, it finishes what it has', () => {
    const { world, publish, kinds } = street({});
    world.at(0, (w) => w.command('mailer/driver', { type: 'Pause' }));
    world.run(30_000);
    publish('a');
    world.run(5000);
    expect(kinds('applied')).toHaveLength(0);
    world.at(0, (w) => w.command('mailer/driver', { type: 'Resume' }));
    world.run(5000);
    expect(kinds('applied')).toHaveLength(1);
    world.at(0, (w) => w.command('mailer/driver', { type: 'Stop' }));
    publish('b');
    world.run(60_000);
    expect(kinds('applied')).toHaveLength(1);
  });
});

test.each([
  [consumer, { waitTimeSeconds: 1.5 }],
  [consumer, { visibilityTimeout: 1.5 }],
  [consumer, { heartbeatInterval: 0.000_001 }],
  [consumer, { requestTimeout: 1e12 }],
  [producer, { batchSize: 2.5 }],
  [lambda, { name: 'lambda', functions: [], options: { pollersAtFirst: 50_000 } }],
  [lambda, { name: 'lambda', functions: [], options: { pollersPerSecond: 0.5 } }],
  [sqs, { name: 'sqs', queues: [], options: { hosts: 1.5 } }],
])('beyond what is meant: $1', ({ machine }: AnyPart, options) => {
  expect(() => machine.init(options)).toThrow(BadOption);
});

describe('a function behind a topic or a queue', () => {
  const services = (more: object, functionOptions: object = {}, work: object = {}) => {
    const world = new AwsWorld({
      processes: [
        {
          name: 'sqs',
          parts: [{ name: 'broker', machine: sqs.machine, options: { name: 'sqs', kind: 'sqs', queues: [{ name: 'orders', attributes: { VisibilityTimeout: '10' } }], options: { duplicateProbability: 0 } } }], // prettier-ignore
        },
        {
          name: 'sns',
          parts: [
            {
              name: 'broker',
              machine: sns.machine,
              options: {
                ...{ name: 'sns', kind: 'sns', topics: [{ name: 'events' }] },
                subscriptions: [{ topic: 'events', protocol: 'lambda', endpoint: 'lambda/resize' }],
              },
            },
          ],
        },
        {
          name: 'lambda',
          parts: [
            {
              name: 'broker',
              machine: lambda.machine,
              options: {
                ...{ name: 'lambda', kind: 'lambda' },
                functions: [{ name: 'resize', process: 'resizer' }],
                ...more,
              },
            },
          ],
        },
        { name: 'shop', parts: [{ name: 'driver', machine: producer.machine, options: { service: 'sns' } }] },
        {
          name: 'resizer',
          restartAfterMs: 500,
          parts: [
            { name: 'code', machine: code.machine, options: functionOptions },
            { name: 'consumer', machine: service.machine, options: { latencyMs: 50, ...work } },
          ],
        },
      ],
    });
    const publish = (place: string, ...texts: string[]) => {
      const messages = texts.map((text) => world.message(text));
      const command: Publish = { type: 'Publish', ticket: 1, replyTo: 'driver', place, messages };
      world.at(0, (w) => w.command('shop/driver', command));
    };
    return { world, publish, kinds: (kind: string) => world.facts().filter((fact) => fact.kind === kind) };
  };

  test('a notification is delivered to it once, and again after a failure', () => {
    const well = services({});
    well.publish('events', 'x');
    well.world.run(5000);
    expect(well.world.facts('EventDelivered')).toHaveLength(1);
    expect(well.kinds('applied')).toHaveLength(1);
    const badly = services({}, {}, { failing: 'bad' });
    badly.publish('events', 'bad');
    badly.world.run(300_000);
    expect(badly.world.facts('EventDelivered')).toHaveLength(1);
    expect(badly.world.facts('EventRedelivered').map(({ amount }) => amount)).toEqual([2, 3]);
    expect(badly.world.facts('EventDiscarded')).toHaveLength(1);
  });

  test('a process that dies takes the invocation with it; the event is run again', () => {
    const { world, publish, kinds } = services({});
    world.at(0, (w) => w.pin('resizer', 'apply', 1));
    publish('events', 'x');
    world.run(120_000);
    expect(kinds('applied')).toHaveLength(1);
    expect(world.facts('FunctionFailed')).toHaveLength(1);
  });
});
