import { expect, test } from 'vitest';
import { BadContent } from '../../src/scenario/bad-content';
import { tryOut } from '../../src/scenario/trial';
import { parseRecording } from '../../src/scenario/validate';

const resizer = { name: 'resizer', role: 'images', restartAfterMs: null, parts: [{ kind: 'mail' }] };

function recording(...brokers: readonly object[]): unknown {
  return {
    ...{ engine: '0.1.0', seed: 1, inputs: [] },
    scenario: {
      ...{ version: 1, name: 'brokers', latencyMs: 1, links: [], schedule: [], endMs: 1000 },
      brokers,
      services: [resizer],
    },
  };
}

const rabbit = {
  name: 'rabbit',
  kind: 'rabbitmq',
  version: '3.10',
  nodes: 3,
  exchanges: [{ name: 'events', type: 'topic', arguments: { 'alternate-exchange': 'rest' } }],
  queues: [{ name: 'email', arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 3 } }],
  bindings: [
    { source: 'events', destination: 'email', routingKey: 'order.*' },
    { source: 'amq.topic', destination: 'events', destinationType: 'exchange' },
  ],
  options: { consumer_timeout: 1_800_000 },
};
const sqs = {
  name: 'sqs',
  kind: 'sqs',
  queues: [{ name: 'orders', attributes: { VisibilityTimeout: '30' } }, { name: 'ledger.fifo' }],
};
const sns = {
  name: 'sns',
  kind: 'sns',
  topics: [{ name: 'order-events' }],
  subscriptions: [
    { topic: 'order-events', protocol: 'sqs', endpoint: 'sqs/orders', attributes: { RawMessageDelivery: 'true' } },
    { topic: 'order-events', protocol: 'lambda', endpoint: 'arn:aws:lambda:us-east-1:000000000000:function:resize' },
  ],
}; // prettier-ignore
const lambda = {
  name: 'lambda',
  kind: 'lambda',
  functions: [{ name: 'resize', process: 'resizer', timeoutMs: 3000 }],
  eventSourceMappings: [
    {
      function: 'resize',
      queue: 'sqs/orders',
      batchSize: 10,
      filterCriteria: { Filters: [{ Pattern: '{}' }] },
    },
  ],
};

/** A RabbitMQ of one queue with these arguments. */
const withQueue = (given: object, more: object = {}): object => ({
  ...{ name: 'rabbit', kind: 'rabbitmq' },
  queues: [{ name: 'email', ...more, arguments: given }],
});
const ofQuorum = (given: object, more: object = {}): object =>
  withQueue({ 'x-queue-type': 'quorum', ...given }, more);

test('brokers of every kind may stand side by side', () => {
  expect(parseRecording(recording(rabbit, sqs, sns, lambda)).scenario.brokers).toEqual([
    rabbit,
    sqs,
    sns,
    lambda,
  ]);
});

test.each([
  ['a second queue of one name', { ...rabbit, queues: [...rabbit.queues, { name: 'email' }] }, 'rabbit: two queues are called "email"'],
  ['a binding to nowhere', { ...rabbit, queues: [] }, 'rabbit: a binding leads to queue "email", which is not declared'],
  ['a binding from nowhere', { ...rabbit, exchanges: [] }, 'rabbit: a binding comes from exchange "events", which is not declared'],
  ["a name of RabbitMQ's own", { ...rabbit, exchanges: [{ name: 'amq.mine', type: 'topic' }] }, 'names that begin with amq.'],
  ['an argument that RabbitMQ would ignore', withQueue({ 'x-max-lenght': 5 }), 'rabbit: queue "email": there is no argument "x-max-lenght"'],
  ['a delivery limit in words', ofQuorum({ 'x-delivery-limit': 'many' }), 'rabbit: queue "email": "x-delivery-limit" is a whole number, not "many"'],
  ['an overflow that quorum queues ignore', ofQuorum({ 'x-overflow': 'reject-publish-dlx' }), 'quorum queues know no "x-overflow" of "reject-publish-dlx"'],
  ['a subscription to no topic', { ...sns, topics: [] }, 'sns: a subscription is to topic "order-events", which there is not'],
  ['a function without code', { ...lambda, functions: [{ name: 'resize', process: 'nobody' }] }, 'function "resize" runs in "nobody", which is no service'],
  ['a mapping of no queue', lambda, 'lambda: an event source mapping reads "sqs/orders", which is no queue'],
  ['two queues of one name', { ...sqs, queues: [{ name: 'a' }, { name: 'a' }] }, 'sqs: two queues are called "a"'],
])('refused: %s', (_, broker, reason) => {
  expect(() => parseRecording(recording(broker))).toThrow(reason);
}); // prettier-ignore

const other = { ...sqs, name: 'sqs2', queues: [{ name: 'q', attributes: { VisibilityTimeout: '2' } }] };
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const reads = (queue: string, options = {}) => ({
  ...lambda,
  ...{ eventSourceMappings: [{ function: 'resize', queue }], options },
});
const leads = (protocol: string, endpoint: string, options = {}) => ({
  ...sns,
  ...{ subscriptions: [{ topic: 'order-events', protocol, endpoint }], options },
});

test('queues and functions are named by process or by ARN', () => {
  const slow = { ...other, queues: [{ name: 'q' }] };
  for (const queue of ['sqs2/q', queueArn('q')]) {
    const brokers = [
      sqs,
      slow,
      reads(queue, { sqsProcess: 'sqs2' }),
      leads('sqs', queue, { sqsProcess: 'sqs2' }),
    ];
    expect(parseRecording(recording(...brokers)).scenario.brokers).toEqual(brokers);
  }
  parseRecording(recording(sqs, lambda, leads('lambda', 'lambda/resize')));
});

test.each([
  ['a queue of another process', reads('sqs2/q'), 'reads "sqs2/q", which is no queue of "sqs"'],
  ['the ARN of a queue of another process', reads(queueArn('q')), `reads "${queueArn('q')}", which is no queue of "sqs"`],
  ['the ARN of a topic', reads('arn:aws:sns:us-east-1:000000000000:orders'), 'which is no queue of "sqs"'],
  ['the ARN of another account', reads('arn:aws:sqs:us-east-1:000000000001:orders'), 'which is no queue of "sqs"'],
  ['a process that is not there', reads('sqs/orders', { sqsProcess: 'sqs3' }), 'which is no queue of "sqs3"'],
  ['a queue that shows messages again too early', reads('sqs2/q', { sqsProcess: 'sqs2' }), 'sqs2/q: Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds'],
  ['a subscription of no queue', leads('sqs', 'sqs/none'), 'a subscription leads to "sqs/none", which is no queue of "sqs"'],
  ['a subscription of no function', leads('lambda', 'lambda/none'), 'a subscription leads to "lambda/none", which is no function of "lambda"'],
  ['a function that is said to be a queue', leads('sqs', 'lambda/resize'), 'which is no queue of "sqs"'],
])('refused: %s', (_, broker, reason) => {
  const rest = [sqs, other, ...(broker.kind === 'sns' ? [lambda] : [])];
  expect(() => parseRecording(recording(...rest, broker))).toThrow(reason);
}); // prettier-ignore

test.each([
  ['an unknown kind', { name: 'x', kind: 'pulsar' }, 'unknown'],
  ['a field of another kind', { ...sqs, topics: [] }, 'unknown'],
  ['an unknown exchange type', { ...rabbit, exchanges: [{ name: 'e', type: 'round' }] }, 'notValid'],
  ['a slash in a name', { ...rabbit, queues: [{ name: 'a/b' }] }, 'notValid'],
  ['a hostile queue', { ...rabbit, queues: [{ name: 'constructor' }] }, 'hostileName'],
  ['a hostile endpoint', { ...sns, subscriptions: [{ topic: 'order-events', protocol: 'sqs', endpoint: 'sqs/constructor' }] }, 'hostileName'],
  ['too many nodes', { ...rabbit, nodes: 1000 }, 'absurd'],
  ['too many queues', { ...sqs, queues: Array.from({ length: 201 }, (_, index) => ({ name: `q${index}` })) }, 'absurd'],
  ['a batch beyond AWS', { ...lambda, eventSourceMappings: [{ function: 'resize', queue: 'sqs/orders', batchSize: 1e6 }] }, 'absurd'],
  ['a number where AWS has text', { ...sqs, queues: [{ name: 'a', attributes: { VisibilityTimeout: 30 } }] }, 'notValid'],
] as const)('refused: %s', (_, broker, problem) => {
  expect.assertions(2);
  try {
    parseRecording(recording(broker));
  } catch (error) {
    expect(error).toBeInstanceOf(BadContent);
    expect((error as BadContent).problem).toBe(problem);
  }
}); // prettier-ignore

/** Read as a recording, and begun. */
async function begun(broker: object): Promise<unknown> {
  const { scenario, ...rest } = parseRecording(recording(broker));
  return tryOut({ ...rest, scenario: { ...scenario, services: [] } }, { time: 0, fact: null });
}

const exchange = (type: string, given: object): object => ({ name: 'events', type, arguments: given });
const bound = { source: 'events', destination: 'email' };

test.each([
  ['more priorities than there are', withQueue({ 'x-max-priority': 1e9 }), "invalid arg 'x-max-priority' for queue 'email' in vhost '/': {max_value_exceeded,1000000000}"],
  ['a length below nothing', withQueue({ 'x-max-length': -1 }), "'x-max-length' for queue 'email' in vhost '/': {value_negative,-1}"],
  ['an end before the beginning', withQueue({ 'x-expires': -5 }), "'x-expires' for queue 'email' in vhost '/': {value_negative,-5}"],
  ['a number in text', withQueue({ 'x-message-ttl': '500' }), `'x-message-ttl' for queue 'email' in vhost '/': "expected integer, got longstr"`],
  ['a misspelt overflow', withQueue({ 'x-overflow': 'dropp-head' }), 'invalid_overflow'],
  ['a truth in text', withQueue({ 'x-single-active-consumer': 'true' }), '{unacceptable_type,longstr}'],
  ['a key for dead letters that go nowhere', withQueue({ 'x-dead-letter-routing-key': 'dead' }), 'routing_key_but_no_dlx_defined'],
  ['a dead-letter exchange without a name', withQueue({ 'x-dead-letter-exchange': 7 }), "invalid type 'byte' for arg 'x-dead-letter-exchange' in queue 'email'"],
  ['an unknown type of queue', withQueue({ 'x-queue-type': 'nope' }), "unsupported queue type 'nope'"],
  ['a limit of another type', withQueue({ 'x-delivery-limit': 3 }), "'x-delivery-limit' for queue 'email' in vhost '/' of queue type rabbit_classic_queue"],
  ['a transient quorum queue', ofQuorum({}, { durable: false }), "invalid property 'non-durable'"],
  ['a quorum queue that goes by itself', ofQuorum({}, { autoDelete: true }), "invalid property 'auto-delete'"],
  ['a quorum queue with priorities', ofQuorum({ 'x-max-priority': 5 }), 'of queue type rabbit_quorum_queue'],
  ["a name of RabbitMQ's own", { name: 'rabbit', kind: 'rabbitmq', queues: [{ name: 'amq.mine' }] }, `queue "amq.mine" of "rabbit": ACCESS_REFUSED - queue name 'amq.mine' contains reserved prefix`],
  ['an alternate exchange without a name', { name: 'rabbit', kind: 'rabbitmq', exchanges: [exchange('topic', { 'alternate-exchange': 7 })] }, `exchange "events" of "rabbit": PRECONDITION_FAILED - invalid type 'byte' for arg 'alternate-exchange'`],
  ['a match of some sort', { ...withQueue({}), exchanges: [exchange('headers', {})], bindings: [{ ...bound, arguments: { 'x-match': 'some' } }] }, 'binding from "events" to "email" of "rabbit": PRECONDITION_FAILED - Invalid x-match field value'],
])('RabbitMQ itself refuses, before anything runs: %s', async (_, broker, reason) => {
  const refused = await begun(broker).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(BadContent);
  expect(refused).toMatchObject({ problem: 'cannotRun', message: expect.stringContaining(reason) as string });
}); // prettier-ignore

test.each([
  ['as it stands', rabbit],
  ['with every priority', withQueue({ 'x-max-priority': 255 })],
  ['with rules, and an argument of its own', ofQuorum({ 'x-delivery-limit': -1, 'x-overflow': 'reject-publish', owner: 'mail' })],
  ['with headers', { ...withQueue({}), exchanges: [exchange('headers', {})], bindings: [{ ...bound, arguments: { 'x-match': 'any', country: 'nz' } }] }],
])('RabbitMQ begins: %s', async (_, broker) => {
  await expect(begun(broker)).resolves.toHaveProperty('hash');
}); // prettier-ignore
