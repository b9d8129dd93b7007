import { domains, type Domain } from '../kernel/bodies';
import { BadOption, optionReader, readOnce, type GivenOptions } from '../kernel/options';
import type { OptionSpec } from '../kernel/part';
import { ms, type Duration } from '../kernel/time';

/** A deposit (above 0) or a withdrawal. */
export interface LedgerEntry {
  readonly account: string;
  readonly amount: number;
}

/** A producer's options, read. */
export interface ProducerSetup {
  readonly place: string;
  readonly driver: string;
  readonly products: readonly string[];
  readonly pattern: readonly Domain[];
  /** Entries of a ledger, over and over, in place of products and domains by pattern. */
  readonly entries: readonly LedgerEntry[];
  readonly ratePerSecond: number;
  readonly limit: number | null;
  readonly jitter: number;
  readonly awaited: boolean;
  readonly perSend: number;
  readonly startAfter: Duration;
}

export const producerServiceOptions: readonly OptionSpec[] = [
  text('place', 'events', 'topic, exchange or queue it publishes to'),
  text('driver', 'kafka.producer', 'part of this process that publishes'),
  text('products', 'mug pen tee cap jar', 'keys of its messages'),
  text('pattern', 'stock order order stock price order', 'domains, over and over'),
  text('entries', '', 'entries of a ledger instead, in this order: "anna+500 anna-200"'),
  number('ratePerSecond', 1, 'per second', 0, 'events a second; a knob', 'nothing'),
  { ...number('limit', 0, 'records', 0, 'events in all; null: no end', 'restart'), default: null },
  number('jitter', 0.2, '', 0, 'share of the interval by which it varies, up or down', 'restart', 1),
  {
    name: 'awaited',
    type: 'boolean',
    default: false,
    unit: '',
    source: 'await producer.send: the next event waits until this one is settled',
    takes: 'restart',
  },
  number('perSend', 1, 'records', 1, 'events in one call of send', 'restart', 10_000),
  number('startAfterMs', 0, 'ms', 0, 'quiet time after a start', 'restart'),
];

/** Scenario → service. Throws BadOption. */
export const readProducer = readOnce((given: GivenOptions): ProducerSetup => {
  const read = optionReader(producerServiceOptions, given);
  const products = read.list('products');
  const pattern = read.list('pattern');
  const stranger = pattern.find((word) => !(domains as readonly string[]).includes(word));
  if (stranger !== undefined)
    throw new BadOption(`Option "pattern" names domains, and "${stranger}" is none.`);
  if (products.length === 0 || pattern.length === 0) {
    throw new BadOption('Options "products" and "pattern" name at least one each.');
  }
  return {
    place: read.string('place'),
    driver: read.string('driver'),
    products,
    pattern: pattern as Domain[],
    entries: read.list('entries').map(entryIn),
    ratePerSecond: read.number('ratePerSecond'),
    limit: read.numberOrNull('limit'),
    jitter: read.number('jitter'),
    awaited: read.boolean('awaited'),
    perSend: Math.trunc(read.number('perSend')),
    startAfter: ms(read.number('startAfterMs')),
  };
});

function entryIn(word: string): LedgerEntry {
  const [, account, amount] = /^(.+?)([+-]\d+)$/.exec(word) ?? [];
  if (account === undefined) {
    throw new BadOption(`Option "entries" lists entries like "anna+500" and "anna-200", not "${word}".`);
  }
  return { account, amount: Number(amount) };
}

function text(name: string, value: string, source: string): OptionSpec {
  return { name, type: 'string', default: value, unit: '', source, takes: 'restart' };
}

function number(
  name: string,
  value: number,
  unit: OptionSpec['unit'],
  min: number,
  source: string,
  takes: OptionSpec['takes'],
  max?: number,
): OptionSpec {
  return {
    name,
    type: 'number',
    default: value,
    unit,
    min,
    ...(max === undefined ? {} : { max }),
    source,
    takes,
  };
}
