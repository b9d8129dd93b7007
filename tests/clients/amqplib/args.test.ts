/** What is sent, and what is refused before anything is, held against the library itself. */
import fc from 'fast-check';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import * as ours from '../../../src/clients/amqplib/args';

const require = createRequire(import.meta.url);
type Make = (...given: unknown[]) => Record<string, unknown>;
/** Files, not the public interface: they are what we cite. */
const file = (name: string): unknown => require(join(dirname(require.resolve('amqplib')), 'lib', name));
const real = file('api_args.js') as Record<string, Make>;
const defs = file('defs.js') as {
  encodeMethod: (id: number, channel: number, fields: object) => Buffer;
  encodeProperties: (id: number, channel: number, size: number, fields: object) => Buffer;
} & Record<string, number>;

/** By our name: theirs, and the method it becomes. */
const calls: Readonly<Record<string, readonly [Make, Make, string]>> = {
  assertQueue: [ours.assertQueue as Make, real['assertQueue'], 'QueueDeclare'],
  checkQueue: [ours.checkQueue, real['checkQueue'], 'QueueDeclare'],
  deleteQueue: [ours.deleteQueue as Make, real['deleteQueue'], 'QueueDelete'],
  purgeQueue: [ours.purgeQueue, real['purgeQueue'], 'QueuePurge'],
  bindQueue: [(...given) => ours.queueBinding('QueueBind', given[0], given[1], given[2], given[3]), real['bindQueue'], 'QueueBind'],
  unbindExchange: [(...given) => ours.exchangeBinding('ExchangeUnbind', given[0], given[1], given[2], given[3]), real['unbindExchange'], 'ExchangeUnbind'],
  assertExchange: [ours.assertExchange as Make, real['assertExchange'], 'ExchangeDeclare'],
  checkExchange: [ours.checkExchange, real['checkExchange'], 'ExchangeDeclare'],
  deleteExchange: [ours.deleteExchange as Make, real['deleteExchange'], 'ExchangeDelete'],
  publish: [ours.publish as Make, real['publish'], 'BasicPublish'],
  consume: [ours.consume as Make, real['consume'], 'BasicConsume'],
  cancel: [ours.cancel, real['cancel'], 'BasicCancel'],
  get: [ours.get as Make, real['get'], 'BasicGet'],
  ack: [ours.ack, real['ack'], 'BasicAck'],
  nack: [ours.nack, real['nack'], 'BasicNack'],
  reject: [ours.reject, real['reject'], 'BasicReject'],
  prefetch: [ours.prefetch, real['prefetch'], 'BasicQos'],
}; // prettier-ignore

/** Not like numbers, which objects put first. */
const key = fc.stringMatching(/^[a-z-]{0,20}$/);
const options = fc.record(
  {
    durable: fc.boolean(),
    exclusive: fc.boolean(),
    autoDelete: fc.boolean(),
    internal: fc.boolean(),
    ifUnused: fc.boolean(),
    messageTtl: fc.nat(),
    deadLetterExchange: fc.string(),
    alternateExchange: fc.string(),
    arguments: fc.dictionary(key, fc.oneof(fc.string(), fc.integer(), fc.boolean())),
    headers: fc.oneof(fc.dictionary(key, fc.oneof(fc.string(), fc.double({ min: -1e6, max: 1e6, noNaN: true }))), fc.constant({ a: () => 1 })),
    CC: fc.oneof(fc.string(), fc.array(fc.string())),
    persistent: fc.boolean(),
    deliveryMode: fc.oneof(fc.boolean(), fc.constantFrom(1, 2)),
    mandatory: fc.boolean(),
    expiration: fc.oneof(fc.string(), fc.nat()),
    priority: fc.oneof(fc.nat(255), fc.constant('high'), fc.constant(NaN)),
    correlationId: fc.oneof(fc.string({ maxLength: 300 }), fc.nat()),
    timestamp: fc.oneof(fc.nat(), fc.string()),
    consumerTag: fc.string(),
    noAck: fc.boolean(),
  },
  { requiredKeys: [] },
); // prettier-ignore
const name = fc.oneof(fc.string(), fc.constantFrom(undefined, null, 7, 'x'.repeat(256), 'é'.repeat(128)));
const given = fc.oneof(name, options, fc.nat(), fc.boolean(), fc.constant('direct'));

/** The bytes on the wire as the library encodes these fields, or what is thrown. */
function outcome(make: Make, method: string, values: readonly unknown[]): string {
  try {
    const { exchangeType, properties, ...rest } = make(...values);
    const fields = exchangeType === undefined ? rest : { ...rest, type: exchangeType };
    const bytes = defs.encodeMethod(defs[method], 1, fields).toString('hex');
    if (method !== 'BasicPublish') return bytes;
    const header = defs.encodeProperties(defs['BasicProperties'], 1, 0, properties ?? fields);
    return `${bytes} ${header.toString('hex')}`;
  } catch (error) {
    return String(error);
  }
}

test.each(Object.keys(calls))('%s sends what the library sends, and refuses what it refuses', (call) => {
  const [make, theirs, method] = calls[call];
  // options have their place in the arguments; elsewhere the library reads whatever it is given
  const shape = { assertExchange: [name, name, options], publish: [name, name, options] }[call] ?? [
    given,
    given,
    given,
    given,
  ];
  fc.assert(
    fc.property(fc.tuple(...shape), (values) => {
      expect(outcome(make, method, values)).toBe(outcome(theirs, method, values));
    }),
    { numRuns: 300 },
  );
});
