/** Options that every client of the library has, by their real names, with the defaults of kafka-clients 4.3.1. */
import type { OptionReader } from '../../kernel/options';
import type { OptionSpec } from '../../kernel/part';
import { ms, type Duration } from '../../kernel/time';
import type { JavaConfig } from './api';
import type { Backoff } from './backoff';

const manual = 'https://kafka.apache.org/documentation/#';

/** What clients know about their cluster. Durations in microseconds. */
export interface ClientOptions {
  /** First part of the addresses of its partitions, until the cluster has said its name. */
  readonly broker: string;
  /** Processes of brokers to ask first: bootstrap.servers. */
  readonly hosts: readonly string[];
  /** client.id; '': name of the process. */
  readonly clientId: string;
  readonly requestTimeout: Duration;
  readonly metadataMaxAge: Duration;
  /** retry.backoff.ms, retry.backoff.max.ms */
  readonly retry: Backoff;
  /** reconnect.backoff.ms, reconnect.backoff.max.ms */
  readonly reconnect: Backoff;
}

/** `page`: "producerconfigs_" or "consumerconfigs_", where the manual describes them. */
export function clientSpecs(page: string): readonly OptionSpec[] {
  return [
    {
      ...{ name: 'broker', type: 'string', default: 'kafka', unit: '', takes: 'restart' },
      source: 'name of the cluster, and of its process where it has one node',
    },
    text('bootstrap.servers', '', page),
    text('client.id', '', page),
    time('request.timeout.ms', 30_000, page),
    time('metadata.max.age.ms', 300_000, page),
    time('retry.backoff.ms', 100, page),
    time('retry.backoff.max.ms', 1000, page),
    time('reconnect.backoff.ms', 50, page),
    time('reconnect.backoff.max.ms', 1000, page),
  ];
}

export function clientOptions(read: OptionReader): ClientOptions {
  const broker = read.string('broker');
  const hosts = read.list('bootstrap.servers');
  return {
    broker,
    hosts: hosts.length > 0 ? hosts : [broker],
    clientId: read.string('client.id'),
    requestTimeout: ms(read.number('request.timeout.ms')),
    metadataMaxAge: ms(read.number('metadata.max.age.ms')),
    retry: { initial: ms(read.number('retry.backoff.ms')), max: ms(read.number('retry.backoff.max.ms')) },
    reconnect: {
      initial: ms(read.number('reconnect.backoff.ms')),
      max: ms(read.number('reconnect.backoff.max.ms')),
    },
  };
}

/** A program's configuration as an option takes it: in a .properties file everything is text. */
export function readConfig(
  specs: readonly OptionSpec[],
  config: JavaConfig,
): Readonly<Record<string, string | number | boolean>> {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => {
      const type = specs.find((spec) => spec.name === name)?.type;
      if (type === 'number') return [name, Number(value)];
      if (type === 'boolean') return [name, String(value) === 'true'];
      return [name, type === 'string' ? String(value) : value];
    }),
  );
}

export function time(name: string, milliseconds: number, page: string, min = 0): OptionSpec {
  return number(name, milliseconds, 'ms', page, min);
}

export function number(
  name: string,
  standard: number,
  unit: OptionSpec['unit'],
  page: string,
  min = 0,
): OptionSpec {
  return {
    name,
    type: 'number',
    default: standard,
    unit,
    min,
    source: manual + page + name,
    takes: 'restart',
  };
}

export function flag(name: string, standard: boolean, page: string): OptionSpec {
  return {
    name,
    type: 'boolean',
    default: standard,
    unit: '',
    source: manual + page + name,
    takes: 'restart',
  };
}

export function text(name: string, standard: string, page: string, values?: readonly string[]): OptionSpec {
  return {
    ...{ name, type: 'string', default: standard, unit: '', source: manual + page + name, takes: 'restart' },
    ...(values ? { values } : {}),
  };
}
