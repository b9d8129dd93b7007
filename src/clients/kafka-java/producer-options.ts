/** Options of the Java producer by their real names, with the defaults of kafka-clients 4.3.1 (ProducerConfig.java). */
import { optionReader, readOnce, type GivenOptions } from '../../kernel/options';
import type { OptionSpec } from '../../kernel/part';
import { ms, toMs, type Duration } from '../../kernel/time';
import { clientOptions, clientSpecs, flag, number, text, time, type ClientOptions } from './client-options';
import type { Thrown } from './exceptions';

const page = 'producerconfigs_';
const wholeNumberMax = 2_147_483_647;
/** More requests in flight than a broker remembers batches of a producer cannot be sorted out again. */
const inFlightMax = 5;

export const producerSpecs: readonly OptionSpec[] = [
  ...clientSpecs(page),
  text('acks', 'all', page, ['all', '-1', '0', '1']),
  flag('enable.idempotence', true, page),
  number('retries', wholeNumberMax, 'times', page),
  number('max.in.flight.requests.per.connection', 5, '', page, 1),
  number('batch.size', 16_384, 'bytes', page),
  time('linger.ms', 5, page),
  time('delivery.timeout.ms', 120_000, page),
  time('max.block.ms', 60_000, page),
  number('max.request.size', 1_048_576, 'bytes', page),
  number('buffer.memory', 33_554_432, 'bytes', page),
  { ...text('transactional.id', '', page), default: null },
  time('transaction.timeout.ms', 60_000, page, 1),
];

/** Durations in microseconds. */
export interface ProducerOptions {
  readonly client: ClientOptions;
  readonly acks: 0 | 1 | -1;
  readonly isIdempotent: boolean;
  readonly retries: number;
  readonly maxInFlight: number;
  readonly batchSize: number;
  readonly linger: Duration;
  readonly deliveryTimeout: Duration;
  readonly maxBlock: Duration;
  readonly maxRequestSize: number;
  readonly bufferMemory: number;
  readonly transactionalId: string | null;
  readonly transactionTimeoutMs: number;
}

/** Scenario → driver. Throws BadOption. */
export const readProducerOptions = readOnce((given: GivenOptions): ProducerOptions => {
  const read = optionReader(producerSpecs, given);
  const client = clientOptions(read);
  const acks = read.string('acks');
  const linger = ms(read.number('linger.ms'));
  const transactionalId = given['transactional.id'] === undefined ? null : read.string('transactional.id');
  const retries = read.number('retries');
  const asked = ms(read.number('delivery.timeout.ms'));
  return {
    client,
    acks: acks === '0' ? 0 : acks === '1' ? 1 : -1,
    // without all acknowledgements or tries it is off, unless somebody insists (see `refusedConfig`)
    isIdempotent: read.boolean('enable.idempotence') && acks !== '0' && acks !== '1' && retries > 0,
    retries,
    maxInFlight: read.number('max.in.flight.requests.per.connection'),
    batchSize: read.number('batch.size'),
    linger,
    // KafkaProducer.java configureDeliveryTimeout
    deliveryTimeout: Math.max(asked, linger + client.requestTimeout),
    maxBlock: ms(read.number('max.block.ms')),
    maxRequestSize: read.number('max.request.size'),
    bufferMemory: read.number('buffer.memory'),
    transactionalId,
    transactionTimeoutMs: read.number('transaction.timeout.ms'),
  };
});

/** What the library throws when it is given these options; null: it takes them (ProducerConfig.java, KafkaProducer.java). */
export function refusedConfig(given: GivenOptions): Thrown | null {
  const options = readProducerOptions(given);
  const { retries, acks, maxInFlight, isIdempotent, linger, client } = options;
  const refused = (message: string): Thrown => ({ name: 'ConfigException', message });
  const insists = given['enable.idempotence'] === true;
  if (insists && retries === 0)
    return refused('Must set retries to non-zero when using the idempotent producer.');
  if (insists && acks !== -1)
    return refused(
      'Must set acks to all in order to use the idempotent producer. Otherwise we cannot guarantee idempotence.',
    );
  if (given['enable.idempotence'] !== false && maxInFlight > inFlightMax)
    return refused(
      `To use the idempotent producer, max.in.flight.requests.per.connection must be set to at most 5. Current value is ${maxInFlight}.`,
    );
  if (!isIdempotent && given['transactional.id'] !== undefined)
    return refused('Cannot set a transactional.id without also enabling idempotence.');
  const timeout = given['delivery.timeout.ms'];
  if (typeof timeout === 'number' && timeout < toMs(linger + client.requestTimeout))
    // found out when it is being built, and wrapped by that
    return { name: 'KafkaException', message: 'Failed to construct kafka producer' };
  return null;
}
