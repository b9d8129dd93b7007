/**
 * Settings of the Java consumer by their real names with the defaults of kafka-clients 4.3 (ConsumerConfig.java), and the few
 * that say where it stands in a scenario: `broker`, `topics`, `handler`, `commit`.
 */
import { BadOption, optionReader, readOnce, type GivenOptions } from '../../kernel/options';
import type { OptionSpec } from '../../kernel/part';
import { ms, type Duration } from '../../kernel/time';
import { assignorByClass } from './assignors/all';

const page = 'https://kafka.apache.org/43/configuration/consumer-configs/';
const range = 'org.apache.kafka.clients.consumer.RangeAssignor';
const cooperative = 'org.apache.kafka.clients.consumer.CooperativeStickyAssignor';

export const consumerOptions: readonly OptionSpec[] = [
  text('broker', 'kafka', 'name of the cluster, and of its process where it has one node'),
  text('bootstrap.servers', '', 'processes of nodes to ask first; left out: the only one'),
  text('client.id', '', 'left out: name of the process'),
  text('group.id', ''),
  text('group.instance.id', '', 'a static member (KIP-345)'),
  { ...text('group.protocol', 'classic'), values: ['classic', 'consumer'] },
  text('group.remote.assignor', '', 'the consumer protocol only: uniform or range'),
  text('topics', '', 'names, separated by spaces: subscribe'),
  text('handler', '', 'part of this process that gets the records; left out: a program calls poll'),
  text('partition.assignment.strategy', `${range} ${cooperative}`, 'classes, separated by spaces'),
  time('session.timeout.ms', 45_000, 1),
  time('heartbeat.interval.ms', 3000, 1),
  time('max.poll.interval.ms', 300_000, 1),
  number('max.poll.records', 500, 'records', 1),
  flag('enable.auto.commit', true),
  time('auto.commit.interval.ms', 5000, 0),
  {
    ...text(
      'commit',
      'sync',
      'with a handler, and without auto-commit: commitSync after every poll, or never',
    ),
    values: ['sync', 'never'],
  },
  text('auto.offset.reset', 'latest', 'earliest, latest, none or by_duration:PnDTnHnMn.nS'),
  { ...text('isolation.level', 'read_uncommitted'), values: ['read_uncommitted', 'read_committed'] },
  number('fetch.min.bytes', 1, 'bytes', 0),
  number('fetch.max.bytes', 52_428_800, 'bytes', 0),
  time('fetch.max.wait.ms', 500, 0),
  number('max.partition.fetch.bytes', 1_048_576, 'bytes', 0),
  time('request.timeout.ms', 30_000, 1),
  time('default.api.timeout.ms', 60_000, 1),
  time('retry.backoff.ms', 100, 0),
  time('retry.backoff.max.ms', 1000, 0),
  time('metadata.max.age.ms', 300_000, 0),
  flag('allow.auto.create.topics', true),
];

/** Where reading begins without a committed offset. `duration`: so far back from now. */
export type Reset =
  | { readonly is: 'earliest' | 'latest' | 'none' }
  | { readonly is: 'by_duration'; readonly duration: Duration };

/** Durations in microseconds. */
export interface ConsumerConfig {
  readonly broker: string;
  readonly hosts: readonly string[];
  readonly clientId: string;
  /** '': none, so only `assign` works, and nothing is committed. */
  readonly groupId: string;
  /** null: a dynamic member. */
  readonly instanceId: string | null;
  readonly groupProtocol: 'classic' | 'consumer';
  /** null: the group's. */
  readonly remoteAssignor: string | null;
  readonly topics: readonly string[];
  /** null: a program calls. */
  readonly handler: string | null;
  /** Protocol names in order of preference. */
  readonly assignors: readonly string[];
  /** All of them know how: members keep what they need not give up. */
  readonly isCooperative: boolean;
  readonly sessionTimeout: Duration;
  readonly heartbeatInterval: Duration;
  readonly maxPollInterval: Duration;
  readonly maxPollRecords: number;
  readonly autoCommit: boolean;
  readonly autoCommitInterval: Duration;
  readonly commitsEachPoll: boolean;
  readonly reset: Reset;
  readonly isolationLevel: 0 | 1;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly maxWait: Duration;
  readonly maxBytesPerPartition: number;
  readonly requestTimeout: Duration;
  readonly apiTimeout: Duration;
  readonly retryBackoff: Duration;
  readonly retryBackoffMax: Duration;
  readonly metadataMaxAge: Duration;
  readonly createsTopics: boolean;
}

/** Scenario or program → consumer. Throws BadOption. */
export const readConsumerConfig = readOnce((given: GivenOptions): ConsumerConfig => {
  const read = optionReader(consumerOptions, given);
  const orNull = (name: string): string | null => (read.string(name) === '' ? null : read.string(name));
  const assignors = read.list('partition.assignment.strategy').map((name) => {
    const assignor = assignorByClass(name);
    if (!assignor) throw new BadOption(`Option "partition.assignment.strategy" knows no "${name}".`);
    return assignor;
  });
  if (read.number('heartbeat.interval.ms') >= read.number('session.timeout.ms'))
    throw new BadOption('Heartbeat must be set lower than the session timeout');
  return {
    broker: read.string('broker'),
    hosts:
      read.list('bootstrap.servers').length > 0 ? read.list('bootstrap.servers') : [read.string('broker')],
    clientId: read.string('client.id'),
    groupId: read.string('group.id'),
    instanceId: orNull('group.instance.id'),
    groupProtocol: read.string('group.protocol') as ConsumerConfig['groupProtocol'],
    remoteAssignor: orNull('group.remote.assignor'),
    topics: read.list('topics'),
    handler: orNull('handler'),
    assignors: assignors.map(({ name }) => name),
    isCooperative: assignors.every(({ isCooperative }) => isCooperative),
    sessionTimeout: ms(read.number('session.timeout.ms')),
    heartbeatInterval: ms(read.number('heartbeat.interval.ms')),
    maxPollInterval: ms(read.number('max.poll.interval.ms')),
    maxPollRecords: read.number('max.poll.records'),
    // without a group there is nothing to commit to (KafkaConsumer: enable.auto.commit is then off)
    autoCommit: read.boolean('enable.auto.commit') && read.string('group.id') !== '',
    autoCommitInterval: ms(read.number('auto.commit.interval.ms')),
    commitsEachPoll: !read.boolean('enable.auto.commit') && read.string('commit') === 'sync',
    reset: resetOf(read.string('auto.offset.reset')),
    isolationLevel: read.string('isolation.level') === 'read_committed' ? 1 : 0,
    minBytes: read.number('fetch.min.bytes'),
    maxBytes: read.number('fetch.max.bytes'),
    maxWait: ms(read.number('fetch.max.wait.ms')),
    maxBytesPerPartition: read.number('max.partition.fetch.bytes'),
    requestTimeout: ms(read.number('request.timeout.ms')),
    apiTimeout: ms(read.number('default.api.timeout.ms')),
    retryBackoff: ms(read.number('retry.backoff.ms')),
    retryBackoffMax: ms(read.number('retry.backoff.max.ms')),
    metadataMaxAge: ms(read.number('metadata.max.age.ms')),
    createsTopics: read.boolean('allow.auto.create.topics'),
  };
});

/** AutoOffsetResetStrategy.fromString: "by_duration:P1DT2H3M4.5S" (KIP-1106). */
function resetOf(text: string): Reset {
  if (text === 'earliest' || text === 'latest' || text === 'none') return { is: text };
  const match = /^by_duration:P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (!match)
    throw new BadOption(
      `Option "auto.offset.reset" is earliest, latest, none or by_duration:<ISO 8601 duration>, not ${text}.`,
    );
  const [days, hours, minutes, seconds] = match.slice(1).map((part: string | undefined) => Number(part ?? 0));
  const whole = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
  return { is: 'by_duration', duration: ms(whole * 1000) };
}

function text(name: string, value: string, note = ''): OptionSpec {
  const source = note === '' ? page : `${note} (${page})`;
  return { name, type: 'string', default: value, unit: '', source, takes: 'restart' };
}

function flag(name: string, value: boolean): OptionSpec {
  return { name, type: 'boolean', default: value, unit: '', source: page, takes: 'restart' };
}

function time(name: string, milliseconds: number, min: number): OptionSpec {
  return number(name, milliseconds, 'ms', min);
}

function number(name: string, value: number, unit: OptionSpec['unit'], min: number): OptionSpec {
  return { name, type: 'number', default: value, unit, min, source: page, takes: 'restart' };
}
