/** Runs of RabbitMQ, SQS, SNS and Lambda whose instants the gallery puts beside each other. */
import type { BrokerSpec, PartSpec, Scenario, ServiceSpec } from '../../scenario/scenario';
import type { StripRun } from './strip-run';

const service = (name: string, parts: readonly PartSpec[]): ServiceSpec => ({
  name,
  role: name,
  restartAfterMs: null,
  parts,
});

function scenarioOf(
  name: string,
  brokers: readonly BrokerSpec[],
  services: readonly ServiceSpec[],
): Scenario {
  return { version: 1, name, latencyMs: 150, links: [], brokers, services, schedule: [], endMs: 60_000 };
}

function shop(
  driver: PartSpec,
  place: string,
  more: Readonly<Record<string, string | number>> = {},
): ServiceSpec {
  const options = { pattern: 'order', ratePerSecond: 1, jitter: 0, startAfterMs: 500, driver: driver.kind, place, ...more }; // prettier-ignore
  return service('shop', [driver, { kind: 'producer', options }]);
}

/** An order goes by its key to one queue; one of them cannot be handled, is rejected, and ends among the dead letters. */
export function rejectedRun(): StripRun {
  const consumer = (queue: string): PartSpec => ({
    kind: 'rabbitmq.consumer',
    options: { queue, prefetch: 2, onFailure: 'reject', handler: 'consumer' },
  });
  return {
    scenario: scenarioOf(
      'rejected',
      [
        {
          name: 'rabbit',
          kind: 'rabbitmq',
          exchanges: [
            { name: 'orders', type: 'topic' },
            { name: 'dlx', type: 'fanout' },
          ],
          queues: [
            { name: 'europe', arguments: { 'x-dead-letter-exchange': 'dlx' } },
            { name: 'america' },
            { name: 'dead' },
          ],
          bindings: [
            { source: 'orders', destination: 'europe', routingKey: 'eu.*' },
            { source: 'orders', destination: 'america', routingKey: 'us.*' },
            { source: 'dlx', destination: 'dead' },
          ],
        },
      ],
      [
        shop({ kind: 'rabbitmq.producer', options: { exchange: 'orders', routingKey: 'key' } }, 'orders', {
          products: 'eu.mug us.pen eu.tee eu.cap jp.jar',
          ratePerSecond: 2,
          limit: 12,
        }),
        service('packer', [
          consumer('europe'),
          { kind: 'consumer', options: { latencyMs: 1800, failing: 'OC03' } },
        ]),
        service('clerk', [consumer('america'), { kind: 'consumer', options: { latencyMs: 700 } }]),
      ],
    ),
    inputs: [],
    instants: [
      { name: 'routed', atMs: 1600 },
      { name: 'unacked', atMs: 3400 },
      { name: 'rejected', atMs: 6000 },
      { name: 'kept', atMs: 9500 },
    ],
    told: [
      ...['MessageRouted', 'MessageUnroutable', 'MessageRejected', 'MessageAcknowledged'],
      ...['MessageDeadLettered', 'HandlerFailed'],
    ],
  };
}

const sqsOf = (...queues: Extract<BrokerSpec, { kind: 'sqs' }>['queues']): BrokerSpec => ({
  name: 'sqs',
  kind: 'sqs',
  queues,
});

/** A message that nobody deletes is visible again when its timeout is over, and once too often received it is moved. */
export function timeoutRun(): StripRun {
  const redrive = {
    deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:jobs-dlq',
    maxReceiveCount: 2,
  };
  const worker = service('worker', [
    { kind: 'aws.consumer', options: { queue: 'jobs', maxNumberOfMessages: 1, handler: 'consumer' } },
    { kind: 'consumer', options: { latencyMs: 900, failing: 'OC02' } },
  ]);
  return {
    scenario: scenarioOf(
      'timeout',
      [
        sqsOf(
          { name: 'jobs', attributes: { VisibilityTimeout: '5', RedrivePolicy: JSON.stringify(redrive) } },
          { name: 'jobs-dlq' },
        ),
      ],
      [shop({ kind: 'aws.producer' }, 'jobs', { limit: 8 }), worker],
    ),
    inputs: [],
    instants: [
      { name: 'hidden', atMs: 5200 },
      { name: 'again', atMs: 9800 },
      { name: 'moved', atMs: 16_500 },
    ],
    told: [
      ...['MessageReceived', 'MessageReceivedAgain', 'MessageDeleted', 'HandlerFailed'],
      ...['VisibilityTimeoutEnded', 'MessageDeadLettered'],
    ],
  };
}

/** While a message of a group is in flight, nobody is given the next of that group. */
export function lockRun(): StripRun {
  const worker = (name: string) =>
    service(name, [
      {
        kind: 'aws.consumer',
        options: { queue: 'ledger.fifo', maxNumberOfMessages: 1, handler: 'consumer' },
      },
      { kind: 'consumer', options: { latencyMs: 2500 } },
    ]);
  return {
    scenario: scenarioOf(
      'lock',
      [sqsOf({ name: 'ledger.fifo', attributes: { FifoQueue: 'true', VisibilityTimeout: '30' } })],
      [
        shop({ kind: 'aws.producer', options: { messageGroupId: 'key' } }, 'ledger.fifo', {
          pattern: 'ledger',
          products: 'anna ben anna cleo anna',
          ratePerSecond: 2,
          limit: 10,
        }),
        worker('worker-a'),
        worker('worker-b'),
      ],
    ),
    inputs: [],
    instants: [
      { name: 'locked', atMs: 3200 },
      { name: 'next', atMs: 5200 },
      { name: 'order', atMs: 9000 },
    ],
    told: ['MessageReceived', 'MessageDeleted', 'MessageHandled'],
  };
}

/** One publish becomes a message in each subscribed queue; a Lambda function takes from one, in as many environments as it needs. */
export function fanRun(): StripRun {
  return {
    scenario: scenarioOf(
      'fan',
      [
        sqsOf(
          { name: 'pictures', attributes: { VisibilityTimeout: '30' } },
          { name: 'audit', attributes: { VisibilityTimeout: '30' } },
        ),
        {
          name: 'sns',
          kind: 'sns',
          topics: [{ name: 'order-events' }],
          subscriptions: ['pictures', 'audit'].map((queue) => ({
            topic: 'order-events',
            protocol: 'sqs' as const,
            endpoint: `sqs/${queue}`,
          })),
        },
        {
          name: 'lambda',
          kind: 'lambda',
          functions: [{ name: 'resize', process: 'resizer', timeoutMs: 10_000 }],
          eventSourceMappings: [{ function: 'resize', queue: 'sqs/pictures', batchSize: 1 }],
        },
      ],
      [
        shop({ kind: 'aws.producer', options: { service: 'sns' } }, 'order-events', {
          ratePerSecond: 2,
          limit: 12,
        }),
        service('resizer', [
          { kind: 'aws.function', options: { handler: 'consumer' } },
          { kind: 'consumer', options: { latencyMs: 1500 } },
        ]),
        service('auditor', [
          { kind: 'aws.consumer', options: { queue: 'audit', handler: 'consumer' } },
          { kind: 'consumer', options: { latencyMs: 300 } },
        ]),
      ],
    ),
    inputs: [],
    instants: [
      { name: 'copied', atMs: 1250 },
      { name: 'multiplied', atMs: 4200 },
      { name: 'idle', atMs: 14_000 },
    ],
    told: ['NotificationAccepted', 'NotificationDelivered', 'FunctionInvoked', 'FunctionReturned'],
  };
}
