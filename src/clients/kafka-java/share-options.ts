/** Settings of the Java share consumer by their real names (ConsumerConfig.java), and where it stands in a scenario. */
import { optionReader, readOnce, type GivenOptions } from '../../kernel/options';
import type { OptionSpec } from '../../kernel/part';
import { ms, type Duration } from '../../kernel/time';
import { clientOptions, clientSpecs, number, text, time, type ClientOptions } from './client-options';

const page = 'consumerconfigs_';

export const shareSpecs: readonly OptionSpec[] = [
  ...clientSpecs(page),
  text('group.id', '', page),
  text('share.acknowledgement.mode', 'implicit', page, ['implicit', 'explicit']),
  text('share.acquire.mode', 'batch_optimized', page, ['batch_optimized', 'record_limit']),
  number('max.poll.records', 500, 'records', page, 1),
  time('max.poll.interval.ms', 300_000, page, 1),
  time('fetch.max.wait.ms', 500, page),
  number('fetch.min.bytes', 1, 'bytes', page),
  number('fetch.max.bytes', 52_428_800, 'bytes', page),
  time('default.api.timeout.ms', 60_000, page, 1),
  { ...text('topics', '', page), source: 'names, separated by spaces: subscribe' },
  {
    ...text('handler', '', page),
    source: 'part of this process that gets the records; left out: a program calls poll',
  },
  {
    ...text('on.failure', 'RELEASE', page, ['RELEASE', 'REJECT']),
    source: 'with a handler: what it does with a record that could not be handled',
  },
];

/** Durations in microseconds. */
export interface ShareOptions extends ClientOptions {
  readonly groupId: string;
  readonly isExplicit: boolean;
  /** share.acquire.mode, as the protocol numbers it. */
  readonly acquireMode: 0 | 1;
  readonly recordsMax: number;
  readonly pollInterval: Duration;
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly apiTimeout: Duration;
  readonly topics: readonly string[];
  /** null: a program calls. */
  readonly handler: string | null;
  readonly rejectsFailed: boolean;
}

export const readShareOptions = readOnce((given: GivenOptions): ShareOptions => {
  const read = optionReader(shareSpecs, given);
  return {
    ...clientOptions(read),
    groupId: read.string('group.id'),
    // whoever is handed the records says of each what became of it
    isExplicit: read.string('share.acknowledgement.mode') === 'explicit' || read.string('handler') !== '',
    acquireMode: read.string('share.acquire.mode') === 'record_limit' ? 1 : 0,
    recordsMax: read.number('max.poll.records'),
    pollInterval: ms(read.number('max.poll.interval.ms')),
    maxWaitMs: read.number('fetch.max.wait.ms'),
    minBytes: read.number('fetch.min.bytes'),
    maxBytes: read.number('fetch.max.bytes'),
    apiTimeout: ms(read.number('default.api.timeout.ms')),
    topics: read.list('topics'),
    handler: read.string('handler') === '' ? null : read.string('handler'),
    rejectsFailed: read.string('on.failure') === 'REJECT',
  };
});
